// The published report: for each edition one HTML file that needs nothing else, and each figure
// as SVG and its data as CSV.
#pragma once

#include <string>
#include <vector>

#include "analysis/weighed_cases.hpp"
#include "base/result.hpp"
#include "study/open_study.hpp"

namespace topline {

struct OutputFile {
  std::string path;  // relative to the output folder: report.en.html, figures/use.en.svg
  std::string bytes;
};

// Every edition for which there is report/<lang>.md, in the order of study.languages. `study` is
// in its own language; the editions are translated here. Names that do not resolve and values
// that may not be shown go to `faults`; files are only of use when it has no errors. The Result's
// fault is of the environment: a font that is not installed.
Result<std::vector<OutputFile>> build_report(const OpenStudy& study, const WeighedCases& cases,
                                             Diagnostics& faults);

}  // namespace topline
