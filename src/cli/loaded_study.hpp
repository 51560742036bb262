// What most commands begin with: the study opened, its responses read and screened.
#pragma once

#include <optional>
#include <string>

#include "analysis/weighed_cases.hpp"
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

// Draws up and weighs the sample of a loaded study, whose cases the result points to. Nothing, and
// told faults (the study's warnings among them), otherwise.
std::optional<WeighedCases> weigh_or_tell(Context& context, const LoadedStudy& loaded);

// "612 started → 284 valid → 249 to the end"
std::string chain_of_bases(const Ledger& ledger);

}  // namespace topline
