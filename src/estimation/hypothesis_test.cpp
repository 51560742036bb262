#include "estimation/hypothesis_test.hpp"

#include <Eigen/Cholesky>
#include <cmath>
#include <numeric>
#include <vector>

#include "estimation/means.hpp"
#include "statistics/distributions.hpp"

namespace topline {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

Diagnostic no_degrees_of_freedom() {
  return fault_in("", "the design leaves no degrees of freedom for this test",
                  "test fewer hypotheses at once, or use a design with more sampled units");
}

struct Quadratic {
  double chi_squared = 0;
  double hypotheses = 0;
};

Result<Quadratic> quadratic_form(const Estimates& estimates, std::span<const Index> indices) {
  const auto count = static_cast<Index>(indices.size());
  VectorXd value(count);
  MatrixXd covariance(count, count);
  for (Index i = 0; i < count; ++i) {
    value(i) = estimates.value(indices[static_cast<size_t>(i)]);
    for (Index j = 0; j < count; ++j)
      covariance(i, j) =
          estimates.covariance(indices[static_cast<size_t>(i)], indices[static_cast<size_t>(j)]);
  }
  const Result<double> chi_squared = wald_chi_squared(value, covariance);
  if (!chi_squared)
    return chi_squared.fault();
  return Quadratic{*chi_squared, static_cast<double>(count)};
}

Estimates differences_from_first(const Estimates& classes) {
  const Index others = classes.value.size() - 1;
  MatrixXd differences(others, others + 1);
  differences.col(0).setConstant(-1);
  differences.rightCols(others).setIdentity();
  return contrasts(classes, differences);
}

std::vector<Index> all_of(const Estimates& estimates) {
  std::vector<Index> indices(static_cast<size_t>(estimates.value.size()));
  std::iota(indices.begin(), indices.end(), Index{0});
  return indices;
}

Diagnostic nothing_to_compare() {
  return fault_in("", "a comparison needs two or more groups or options");
}

FTest referred_to_f(double statistic, double above, double below, std::string method) {
  return {statistic, above, below, statistics::f_upper(statistic, above, below), std::move(method)};
}

}  // namespace

std::pair<double, double> TTest::interval(double level) const {
  return symmetric_interval(estimate, level, Reference::student);
}

Result<TTest> t_test(const Estimates& estimates, Index index, double hypothesis,
                     double degrees_of_freedom) {
  if (!(degrees_of_freedom > 0))
    return no_degrees_of_freedom();
  TTest test;
  test.estimate = estimates.at(index);
  test.estimate.degrees_of_freedom = degrees_of_freedom;
  test.hypothesis = hypothesis;
  // Rounding leaves a little where everybody is alike.
  if (!(test.estimate.standard_error > 1e-14 * std::abs(test.estimate.value)))
    return fault_in("", "the estimate has no variance, so that it cannot be tested",
                    "choose a base, or an answer, where not everybody says the same");
  test.statistic = (test.estimate.value - hypothesis) / test.estimate.standard_error;
  test.p = statistics::student_two_sided(test.statistic, degrees_of_freedom);
  test.method = "t test, " + estimates.method;
  return test;
}

Result<double> wald_chi_squared(const VectorXd& estimates, const MatrixXd& covariance) {
  const Diagnostic singular =
      fault_in("",
               "the hypotheses cannot be tested together: the covariance of their estimates has "
               "no inverse",
               "test fewer of them at once: there may be no more hypotheses than sampled units "
               "less strata, or replicates");
  const VectorXd deviation = covariance.diagonal().cwiseMax(0).cwiseSqrt();
  if (estimates.size() == 0 || !(deviation.minCoeff() > 0))
    return singular;
  // As correlations, so that the units of measurement make no difference.
  const VectorXd scale = deviation.cwiseInverse();
  const Eigen::LLT<MatrixXd> factor(scale.asDiagonal() * covariance * scale.asDiagonal());
  // A pivot is the share of an estimate's variance that those before it leave.
  if (factor.info() != Eigen::Success || !(MatrixXd(factor.matrixL()).diagonal().minCoeff() > 1e-6))
    return singular;
  return factor.matrixL().solve(scale.cwiseProduct(estimates)).squaredNorm();
}

Result<FTest> wald_test(const Estimates& estimates, std::span<const Index> indices,
                        double denominator_df) {
  const Result<Quadratic> form = quadratic_form(estimates, indices);
  if (!form)
    return form.fault();
  if (!(denominator_df > 0))
    return no_degrees_of_freedom();
  return referred_to_f(form->chi_squared / form->hypotheses, form->hypotheses, denominator_df,
                       "Wald test, " + estimates.method);
}

Result<FTest> adjusted_wald_test(const Estimates& estimates, std::span<const Index> indices,
                                 double denominator_df) {
  const Result<Quadratic> form = quadratic_form(estimates, indices);
  if (!form)
    return form.fault();
  const double below = denominator_df - form->hypotheses + 1;
  if (!(below > 0))
    return no_degrees_of_freedom();
  return referred_to_f(form->chi_squared * below / (form->hypotheses * denominator_df),
                       form->hypotheses, below, "adjusted Wald test, " + estimates.method);
}

Result<FTest> equality_test(const Estimates& classes, double denominator_df) {
  if (classes.value.size() < 2)
    return nothing_to_compare();
  const Estimates differences = differences_from_first(classes);
  return wald_test(differences, all_of(differences), denominator_df);
}

Result<FTest> adjusted_equality_test(const Estimates& classes, double denominator_df) {
  if (classes.value.size() < 2)
    return nothing_to_compare();
  const Estimates differences = differences_from_first(classes);
  return adjusted_wald_test(differences, all_of(differences), denominator_df);
}

}  // namespace topline
