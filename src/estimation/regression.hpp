// Linear and logistic regression under a sample design.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "estimation/estimates.hpp"
#include "estimation/hypothesis_test.hpp"
#include "estimation/regression_model.hpp"
#include "tabulation/sample_rows.hpp"

namespace topline {

struct RegressionFit {
  RegressionModel model;
  std::vector<ModelColumn> columns;  // of which each has a coefficient
  Estimates coefficients;
  Eigen::MatrixXd bread;  // A⁻¹, the inverse of the weighted information matrix
  // Of tests of coefficients: the design's + 1 − the number of coefficients, above 0.
  double residual_df = 0;
  double deviance = 0;  // weighted: Σ w·e², or −2·Σ w·log likelihood (less that of y itself)
  double null_deviance = 0;  // of the intercept alone; of η = 0 without one
  int iterations = 0;        // of the full sample's fit

  // 1 − deviance/null deviance: R², or McFadden's (1974).
  [[nodiscard]] double explained() const { return 1 - deviance / null_deviance; }
};

// The coefficients that solve Σ w·x·(y − μ(x'β)) = 0 over the domain, the census fit's estimate
// (Binder 1983, Int. Stat. Rev. 51, 279-292, equation 3.3), with their variance under the design:
// A⁻¹ V(Σ w·x·(y − μ)) A⁻¹ by linearization (equation 3.6), refitted to every replicate otherwise.
// R's svyglm with gaussian and quasibinomial families, Stata's svy: regress and svy: logit.
//
// Linear fits are solved on centred and scaled columns and refined by a second step. Logistic ones
// take Newton's steps, halved where the deviance would rise, until a step changes no standardized
// coefficient by more than 1e-8; the step after which that holds leaves an error of the order of
// its square. R stops once the deviance changes by less than 1e-8, relatively, and takes the
// information matrix of the step before: its coefficients then agree to some 9 digits, its standard
// errors to 5 or more.
//
// Refused, by name: models that make no sense (check_model); nobody in the domain; as many
// coefficients as rows or more; an outcome that does not vary, or outside of 0 to 1 for a logistic
// regression; codes that are no levels; terms that do not vary or that follow from those before
// them; a term that separates the outcomes perfectly, in the sample or in a replicate; no residual
// degrees of freedom; strata with a single unit where the design fails on them. Time: a pass over
// the rows for each step, and for each step of each replicate; linear fits take one pass for all
// replicates.
Result<RegressionFit> fit_regression(const SampleRows& rows, const RegressionModel& model);

// Coefficient number `index` against 0.
Result<TTest> coefficient_test(const RegressionFit& fit, size_t index);

// That all coefficients of a term are 0: R's regTermTest, with k and the fit's residual degrees of
// freedom.
Result<FTest> term_test(const RegressionFit& fit, size_t term);

}  // namespace topline
