// Rounding as the field does it: once, from full precision, half away from zero (62.5 -> 63).
#pragma once

#include <cstdint>

namespace topline {

// `value` rounded to `decimals` (0 to 9) places, halves away from zero. A value that is a half
// in decimal but just below it in binary (1.005) counts as a half: one part in 10^12 is added
// before rounding, far below what any survey statistic resolves.
double round_half_up(double value, int decimals = 0);

// The percentage 100·part/whole rounded to `decimals` places in exact integer arithmetic,
// scaled by 10^decimals: percent_rounded(5, 8) == 63, percent_rounded(1, 3, 1) == 333.
// `whole` must be positive and 0 <= part; counts up to 2^53.
int64_t percent_rounded(int64_t part, int64_t whole, int decimals = 0);

}  // namespace topline
