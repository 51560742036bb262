// The distribution of Q = Σ a_i·χ²_i, a linear combination of independent chi-squared variables
// with h_i degrees of freedom: what a quadratic form in normal variables comes to. The test
// statistics of Rao and Scott have it.
#pragma once

#include <span>

#include "base/result.hpp"

namespace topline::statistics {

// P(Q > x), by integrating the inverse Laplace transform (equation 4 of Imhof 1961, Biometrika 48,
// 419-426, continued to a curve through the saddlepoint in the complex plane, where it neither
// oscillates nor cancels; trapezoidal rule after Trefethen and Weideman 2014, SIAM Review 56,
// 385-458). The step is halved until two sums agree to 1e-13, relative to the smaller of both
// tails: the result has some 12 digits, far out in a tail as well.
// The coefficients may be of both signs; those of 0 are left out. `df` has one number per
// coefficient, above 0 and finite, not necessarily whole. Refused where the lengths differ, a
// number is not finite, or no coefficient is left.
Result<double> chi_squared_sum_upper(double x, std::span<const double> coefficients,
                                     std::span<const double> df);

// The same by the saddlepoint approximation of Lugannani and Rice in the form of Barndorff-Nielsen
// (Kuonen 1999, Biometrika 86, 929-935, equation 3): within some hundredths of the smaller
// tail, up to 15 of a hundred far out where one term with few degrees of freedom leads; the one
// that some programs print. At the mean, where the formula is 0/0, its limit.
Result<double> saddlepoint_upper(double x, std::span<const double> coefficients,
                                 std::span<const double> df);

// P(Q / (χ²/k) > x), where χ² is independent with k = `denominator_df` degrees of freedom: as
// F is to chi-squared. An infinite denominator_df gives the functions above. Both are the tail at 0
// of a combination with the further coefficient −x/k.
Result<double> f_sum_upper(double x, std::span<const double> coefficients,
                           std::span<const double> df, double denominator_df);
Result<double> f_saddlepoint_upper(double x, std::span<const double> coefficients,
                                   std::span<const double> df, double denominator_df);

}  // namespace topline::statistics
