// The YAML of our fenced blocks: figure, table, findings.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/document.hpp"

namespace topline {

// `yaml` holds as many empty lines before the block's content as precede it in the file, so that
// places fit. `fence` is where the block begins.
ExhibitText read_exhibit(const std::string& yaml, bool table, const Place& fence,
                         Diagnostics& faults);

std::vector<FindingText> read_findings(const std::string& yaml, const Place& fence,
                                       Diagnostics& faults);

}  // namespace topline
