// Confidence intervals of the share of a simple random sample: `hits` of `n`, n > 0. `level` is
// 0.95 for 95 %. Bounds are shares from 0 to 1.
#pragma once

#include <cstdint>

#include "base/result.hpp"
#include "statistics/bounds.hpp"

namespace topline::statistics {

// The score interval: the shares that a test with the normal approximation does not reject
// (Wilson 1927, J. Am. Stat. Assoc. 22, 209-212). `correction` moves the hits outwards before, by
// up to a half for continuity (Newcombe 1998, Statist. Med. 17, 857-872, methods 3 and 4).
Result<Bounds> wilson_bounds(int64_t hits, int64_t n, double level, double correction = 0);

// The shares under which neither tail of the binomial distribution is below (1 − level)/2 (Clopper
// and Pearson 1934, Biometrika 26, 404-413): "exact".
Result<Bounds> clopper_pearson_bounds(int64_t hits, int64_t n, double level);

// p̃ ∓ z·sqrt(p̃(1 − p̃)/ñ) with z² cases more, half of them hits; not beyond 0 and 1 (Agresti and
// Coull 1998, Am. Statist. 52, 119-126).
Result<Bounds> agresti_coull_bounds(int64_t hits, int64_t n, double level);

}  // namespace topline::statistics
