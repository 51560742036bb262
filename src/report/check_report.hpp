// Whether everything that a report names is there.
#pragma once

#include "report/document.hpp"
#include "study/open_study.hpp"

namespace topline {

// Tells of every value that does not resolve, every figure and table that cannot be made of what
// it names, repeated ids and numbers, and links and findings that lead nowhere. Needs no
// responses: `topline check` calls it as well as `topline report`.
void check_report(const Document& document, const OpenStudy& study, Diagnostics& faults);

// The reports of all editions of `study`: parses and checks each.
void check_reports(const OpenStudy& study, Diagnostics& faults);

}  // namespace topline
