// Tests of what estimates say: one number against a hypothesis, or several hypotheses at once.
#pragma once

#include <span>
#include <string>
#include <utility>

#include "base/result.hpp"
#include "estimation/estimates.hpp"

namespace topline {

// One number against the value that a hypothesis has for it, two-sided.
struct TTest {
  Estimate estimate;  // its degrees of freedom are those of the test
  double hypothesis = 0;
  double statistic = 0;  // (estimate − hypothesis) / standard error
  double p = 1;
  std::string method;

  // estimate ∓ t · standard error, `level` such as 0.95. A hypothesis lies outside of it exactly
  // where p is below 1 − level.
  [[nodiscard]] std::pair<double, double> interval(double level) const;
};

// Several hypotheses at once, referred to F.
struct FTest {
  double statistic = 0;
  double numerator_df = 0;
  double denominator_df = 0;
  double p = 1;
  std::string method;
};

// Estimate number `index` against `hypothesis`, referred to Student's t with `degrees_of_freedom`.
// Refused without degrees of freedom, and where the estimate does not vary.
Result<TTest> t_test(const Estimates& estimates, Eigen::Index index, double hypothesis,
                     double degrees_of_freedom);

// That all of the estimates numbered in `indices` are 0: b'V⁻¹b / k, referred to F with k and
// `denominator_df` degrees of freedom (Wald 1943, Trans. Am. Math. Soc. 54, 426-482; with F and a
// design: Korn and Graubard 1990, The American Statistician 44, 270-276). R's regTermTest, Stata's
// test with nosvyadjust. Refused where the covariance of the estimates has no inverse: with fewer
// independent units or replicates than hypotheses, or where one of them follows from the others.
Result<FTest> wald_test(const Estimates& estimates, std::span<const Eigen::Index> indices,
                        double denominator_df);

// The same with the statistic scaled by (d − k + 1)/d and d − k + 1 degrees of freedom below, d
// being `denominator_df` (Fellegi 1980, J. Am. Stat. Assoc. 75, 261-268; Korn and Graubard 1990,
// equation 1). Stata's test after svy.
Result<FTest> adjusted_wald_test(const Estimates& estimates, std::span<const Eigen::Index> indices,
                                 double denominator_df);

// Both of estimates that classes have, that these are equal: of the K − 1 differences from the
// first.
Result<FTest> equality_test(const Estimates& classes, double denominator_df);
Result<FTest> adjusted_equality_test(const Estimates& classes, double denominator_df);

// b'V⁻¹b. Refused as above.
Result<double> wald_chi_squared(const Eigen::VectorXd& estimates,
                                const Eigen::MatrixXd& covariance);

}  // namespace topline
