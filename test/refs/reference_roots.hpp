// The root finders that the reference stops early, so that our functions can be held against its
// values to the last digits although ours go on.
#pragma once

#include <functional>

namespace topline::refs {

// Brent's method (1973, Algorithms for Minimization without Derivatives, chapter 4) between two
// ends at which `function` has opposite signs, until the bracket is within `tolerance`.
double brent_root(const std::function<double(double)>& function, double low, double high,
                  double tolerance);

// The quantile of the studentized range at probability p: a first value from the normal quantile of
// Odeh and Evans (1974, Appl. Statist. 23, 96-97), then secants until a step is below 0.0001.
double tukey_quantile(double p, double means, double df);

}  // namespace topline::refs
