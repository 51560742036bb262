// Cases that a rule of processing.yaml drops: test entries, repeated ones, speeders, those who
// left on the first page.
#pragma once

#include <vector>

#include "simulation/interview.hpp"

namespace topline {

struct DroppedRow {
  size_t row = 0;
  size_t rule = 0;  // position in Processing::rules: the first that drops the case
};

// Fills the rows of `raw`: respondents are invented, with hidden values on both sides of what
// the rules look for, until there are enough whom the wanted rule drops first. Aggregates in
// rules are taken over `reference`, derived variables included. Returns the rows that could not
// be filled.
std::vector<DroppedRow> fill_dropped(const OpenStudy& study, Interview& interview, Dataset& raw,
                                     std::vector<DroppedRow> wanted, const Dataset& reference,
                                     Random random);

// Copies the answers of a case, as they would be read from a file.
void copy_case(Dataset& to, size_t row, const Dataset& from, size_t from_row);

}  // namespace topline
