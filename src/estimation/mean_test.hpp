// Tests of means under a sample design. Shares are means of zeros and ones.
#pragma once

#include <cstddef>
#include <span>

#include "base/result.hpp"
#include "estimation/hypothesis_test.hpp"
#include "tabulation/sample_rows.hpp"

namespace topline {

// The degrees of freedom of a test of one mean.
enum class OneSampleFreedom {
  // Those of the design, as the mean's interval has them: the test and the interval then agree.
  // Stata, SAS, SUDAAN.
  design,
  // One less: R's svyttest.
  one_less,
};

// The mean of `input` against `hypothesis`, by Student's t.
Result<TTest> one_sample_mean_test(const SampleRows& rows, size_t input, double hypothesis,
                                   OneSampleFreedom freedom = OneSampleFreedom::design);

// The mean of `value` in class 1 less that in class 0, `code` telling the classes apart: t with the
// design's degrees of freedom less 1, as for the slope of a regression on the class (R's svyttest,
// svyglm). The groups' covariance is that of the design: they need not be independent. Rows with
// other codes are left out. Refused where a group is empty.
Result<TTest> two_group_mean_test(const SampleRows& rows, size_t value, size_t code);

// That the means of `value` are the same in all of `classes` classes: Wald's F with K − 1 and the
// design's degrees of freedom less K − 1.
Result<FTest> equal_means_test(const SampleRows& rows, size_t value, size_t code, size_t classes);

// Σ c·x̄ of the classes' means x̄, `coefficients` by class, against 0: t with the design's degrees of
// freedom less K − 1. What the coefficients add up to should be 0.
Result<TTest> mean_contrast_test(const SampleRows& rows, size_t value, size_t code,
                                 std::span<const double> coefficients);

}  // namespace topline
