// Where an increasing function crosses 0.
#pragma once

#include <algorithm>
#include <cmath>

namespace topline::statistics {

// The point between `low` and `high` at which the increasing `function` crosses 0, by bisection to
// the last digit. It need not exist at `low` and `high`, and either may be infinite: then the
// search goes out from 0 in steps that double, the first of length `scale`. Where the function has
// one sign all over, the end that is nearest to a crossing.
template <typename Function>
double increasing_root(const Function& function, double low, double high, double scale) {
  if (std::isinf(high)) {
    high = std::max(low, 0.0) + scale;
    while (function(high) < 0 && std::isfinite(high))
      high = 2 * high + scale;
  }
  if (std::isinf(low)) {
    low = std::min(high, 0.0) - scale;
    while (function(low) > 0 && std::isfinite(low))
      low = 2 * low - scale;
  }
  for (;;) {
    const double middle = low + (high - low) / 2;
    if (!(middle > low && middle < high))
      return middle;
    (function(middle) < 0 ? low : high) = middle;
  }
}

}  // namespace topline::statistics
