// Short names that can be read, made from the texts of options, rows and pages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace topline::lf_srm {

// One name for each label of a list (the options of a question, the rows of a grid): as short
// as they can be told apart by ("consuming", "not_involved", "dk", "from_10_to_49"). The same
// labels give the same names whatever the order. All are names as is_name() has them, and
// different. A label without a Latin letter or digit gives `fallback` and its position from 1.
std::vector<std::string> short_names(const std::vector<std::string>& labels,
                                     std::string_view fallback);

// A page's name from its title, different from all `taken`: "License Compliance and Security"
// gives "license_compliance_security".
std::string page_name(std::string_view title, const std::vector<std::string>& taken);

// "OSPO Annual Survey  2022" gives "ospo-annual-survey-2022".
std::string file_name_of(std::string_view title);

}  // namespace topline::lf_srm
