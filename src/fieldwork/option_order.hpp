// The order in which a respondent sees options and rows: the same each time a page is shown.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "instrument/questionnaire.hpp"

namespace topline {

// Positions of the question's options, or of its rows, in the order shown to the respondent of
// that seed. `order: random` shuffles what has no anchor; options of one group stay together, and
// the groups are shuffled too. Of a grid, the rows are shuffled and the options keep their order.
std::vector<int> option_order(const Question& question, uint64_t seed);
std::vector<int> row_order(const Question& question, uint64_t seed);

}  // namespace topline
