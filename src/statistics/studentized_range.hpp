// The distribution of the range of k independent standard normal variables, divided by the root of
// an independent chi-squared variable over its degrees of freedom (Student 1927, Biometrika 19,
// 151-164; as two integrals: Copenhaver and Holland 1988, J. Stat. Comput. Simul. 30, 1-15,
// equations 1 and 2).
#pragma once

namespace topline::statistics {

// P(range > q) for k means, k >= 2 whole, and df > 0, which may be infinite. Both integrals by the
// trapezoidal rule on the whole line, which converges geometrically there; the step of the outer
// one is halved until two sums agree to 1e-13. NaN outside of that, as in distributions.hpp.
double studentized_range_upper(double q, double k, double df);

// The q with P(range > q) = p, 0 < p < 1, to the last digits of P. NaN otherwise.
double studentized_range_upper_quantile(double p, double k, double df);

}  // namespace topline::statistics
