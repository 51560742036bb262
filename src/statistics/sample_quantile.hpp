// Quantiles of plain numbers.
#pragma once

#include <span>
#include <vector>

#include "base/result.hpp"

namespace topline::statistics {

// The quantiles at `probabilities` (0 to 1) by one of the nine definitions of Hyndman and Fan
// (1996, Am. Statist. 50, 361-365), `type` 1 to 9: 1 to 3 are values of the sample or means of two
// of them, 4 to 9 interpolate. 6 is what SPSS and Minitab compute, 7 what R and spreadsheets do by
// default, 2 what SAS and Stata do, 8 what the authors recommend. Positions that are whole but for
// rounding count as whole. Refused: no values, values that are not finite, probabilities beyond 0
// and 1.
Result<std::vector<double>> sample_quantiles(std::span<const double> values,
                                             std::span<const double> probabilities, int type);

}  // namespace topline::statistics
