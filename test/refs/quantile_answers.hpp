// The calls of the reference on quantiles, answered by quantile.hpp.
#pragma once

#include <optional>

#include "refs.hpp"

namespace topline::refs {

// svyquantile(…), plain or on replicates ("[mse=FALSE] svyquantile(…)"), by domain ("svyby(~y,
// ~half, svyquantile, …)") and svycdf(~y), as the library has them; nothing for other calls.
std::optional<Values> quantile_answer(const Call& call);

// Four things that the reference computes otherwise, done in its way with the library's shares and
// their variance; nothing for other calls:
// - the rule `shahvaish`, in which it takes w_k/2 in the unit of the weights beside sums that are
//   scaled to the number of rows, so that its quantiles change with that unit;
// - the interval `score`, of which it carries the unweighted share of rows at or below the bounds
//   back to values by the weighted quantile rule;
// - the rules that step on api_srs: rounding keeps the sum of 20 of 200 equal weights of 30.97 from
//   meeting a tenth of all exactly, so that it goes on to the next row;
// - the interval `asin` on "read-as JK1", whose angles leave 0 to π/2: their sines come back, so
// that
//   its lower bound lies above the quantile.
std::optional<Values> quantile_quirk_answer(const Call& call);

}  // namespace topline::refs
