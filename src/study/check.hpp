// What is questionable in a study beyond names that do not resolve.
#pragma once

#include "study/open_study.hpp"

namespace topline {

// Options nobody can reach, questions that no path shows, routing that looks back wrongly,
// screen-out that ends everybody, missing or stale translations of each language, columns of
// the responses that do not fit: faults and warnings with their places.
void check_study(const OpenStudy& study, Diagnostics& faults);

}  // namespace topline
