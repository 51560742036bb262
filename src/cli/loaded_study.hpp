// What most commands begin with: the study opened, its responses read and screened.
#pragma once

#include <optional>
#include <string>

#include "cli/command.hpp"
#include "screening/screen.hpp"
#include "study/open_study.hpp"

namespace topline {

struct LoadedStudy {
  OpenStudy study;
  Screened screened;
  Diagnostics warnings;
};

// The folder, without a slash at its end; "." when it is empty.
std::string study_folder(const std::string& written);

// Opens the study. Nothing, and a told fault, when it has errors.
std::optional<OpenStudy> open_or_tell(Context& context, const std::string& folder);

// Opens the study, reads its responses and screens them. Nothing, and told faults, otherwise.
std::optional<LoadedStudy> load_or_tell(Context& context, const std::string& folder);

// Tells a fault, and returns true, when writing to `output` would overwrite a file that the study
// was read from: its definition, and its responses too when `responses` is true.
bool is_of_the_study(Context& context, const OpenStudy& study, const std::string& output,
                     bool responses);

// Tells a fault, and returns true, where the study declares a sample design or weighting: tables
// and reports count every respondent once, and would pass off a wrong share and a wrong interval
// for right.
bool design_is_refused(Context& context, const OpenStudy& study, const std::string& command);

// "612 started → 284 valid → 249 to the end"
std::string chain_of_bases(const Ledger& ledger);

}  // namespace topline
