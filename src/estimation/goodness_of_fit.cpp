#include "estimation/goodness_of_fit.hpp"

#include <Eigen/Eigenvalues>
#include <cmath>

#include "estimation/estimates.hpp"
#include "statistics/distributions.hpp"

namespace topline {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

Result<GoodnessOfFit> goodness_of_fit(const Tally& classes, std::span<const double> shares) {
  const auto count = static_cast<Index>(classes.columns);
  if (count < 2 || shares.size() != classes.columns)
    return fault_in("", "a test of shares needs two or more classes, and a share for each");
  VectorXd expected_share = Eigen::Map<const VectorXd>(shares.data(), count);
  if (!(expected_share.minCoeff() > 0) || !expected_share.allFinite())
    return fault_in("", "the shares to be tested against must all be above 0",
                    "leave out classes that cannot have anybody in them");
  expected_share /= expected_share.sum();
  const Eigen::Map<const VectorXd> totals(classes.totals.data(), count);
  const double all = totals.sum();
  if (!(all > 0))
    return fault_in("", "nobody is in the base of this test, so that there is nothing to test");

  const VectorXd expected = expected_share * all;
  const VectorXd root = expected.cwiseSqrt();
  // Of (T − p·N̂)/√(p·N̂): N̂ is estimated, in both places.
  MatrixXd derivative = root.cwiseInverse().asDiagonal();
  for (Index i = 0; i < count; ++i)
    derivative.row(i).array() -= expected_share(i) * (totals(i) / expected(i) + 1) / (2 * root(i));
  const Result<Estimates> residuals =
      estimate(classes, {[&](const VectorXd& t) -> VectorXd { return derivative * t; },
                         [&](const VectorXd&) -> MatrixXd { return derivative; }});
  if (!residuals)
    return residuals.fault();

  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(residuals->covariance,
                                                       Eigen::EigenvaluesOnly);
  const VectorXd lambda = solver.eigenvalues().reverse();
  if (!(lambda(0) > 1e-20 * all))
    return fault_in("", "the sample does not vary, so that these shares cannot be tested",
                    "nothing is to be tested where everybody was asked");
  GoodnessOfFit test;
  test.statistic = ((totals - expected).array().square() / expected.array()).sum();
  test.design_effects.assign(lambda.begin(), lambda.end());
  test.scale = lambda.squaredNorm() / lambda.sum();
  test.degrees_of_freedom = lambda.sum() * lambda.sum() / lambda.squaredNorm();
  test.p = statistics::chi_squared_upper(test.statistic / test.scale, test.degrees_of_freedom);
  test.method = "chi-squared of given shares, Satterthwaite's approximation, " + residuals->method;
  return test;
}

}  // namespace topline
