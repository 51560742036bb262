// The parts of check_study, each a subject of its own.
#pragma once

#include "study/open_study.hpp"

namespace topline {

// What AAPOR's disclosure items ask of study.yaml and is missing, and entries of study.yaml that
// do not fit each other.
void check_disclosure(const OpenStudy& study, Diagnostics& faults);

// Options and rows that read alike, that contradict their question, or that count as opinions
// though their names say otherwise.
void check_options(const OpenStudy& study, Diagnostics& faults);

// {Q3} in texts: names that are unknown, asked later or not asked of everybody; lonely braces.
// `routed` tells whether the ways through the questionnaire may be enumerated.
void check_piping(const OpenStudy& study, bool routed, Diagnostics& faults);

// Conditions that read what is not yet answered when they are looked at.
void check_order(const OpenStudy& study, Diagnostics& faults);

// Conditions that can never hold, or always do, by enumeration of the ways that lead to them.
void check_routing(const OpenStudy& study, Diagnostics& faults);

// Derived options, bands and tables that nobody falls into.
void check_derivations(const OpenStudy& study, Diagnostics& faults);

// Missing, stale and superfluous translations and reports, for every language of the study.
// `complete`: every text of the study could be read, so that others are really superfluous.
void check_translations(const OpenStudy& study, bool complete, Diagnostics& faults);

}  // namespace topline
