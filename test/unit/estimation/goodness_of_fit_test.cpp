#include "estimation/goodness_of_fit.hpp"

#include <cmath>
#include <gtest/gtest.h>

#include "sample_of_rows.hpp"

namespace topline {
namespace {

// Rows in classes, `counts` of each.
Tally tally_of(const std::vector<int>& counts) {
  std::vector<double> codes;
  for (size_t c = 0; c < counts.size(); ++c)
    codes.insert(codes.end(), static_cast<size_t>(counts[c]), static_cast<double>(c));
  const SampleOfRows rows({codes});
  return rows.tally_by_class(
      {1, [](size_t count, const double* const*, double* out) { std::fill_n(out, count, 1.0); }}, 0,
      counts.size());
}

// Where the shares are those of the hypothesis all design effects but one, which is 0, are n/(n −
// 1).
TEST(GoodnessOfFit, SharesAsExpected) {
  const Result<GoodnessOfFit> test =
      goodness_of_fit(tally_of({20, 30, 50}), std::vector<double>{2, 3, 5});
  ASSERT_TRUE(test.ok());
  EXPECT_NEAR(test->statistic, 0, 1e-25);
  EXPECT_NEAR(test->degrees_of_freedom, 2, 1e-12);
  EXPECT_NEAR(test->scale, 100.0 / 99, 1e-12);
  EXPECT_NEAR(test->p, 1, 1e-12);
}

// Two classes: X²/λ = (O − E)²/(n/(n − 1)·O₁·O₂/n), Wald's z².
TEST(GoodnessOfFit, TwoClassesAreWaldsTest) {
  const Result<GoodnessOfFit> test =
      goodness_of_fit(tally_of({40, 60}), std::vector<double>{0.5, 0.5});
  ASSERT_TRUE(test.ok());
  EXPECT_NEAR(test->statistic, 4, 1e-13);
  EXPECT_NEAR(test->degrees_of_freedom, 1, 1e-12);
  const double z2 = 100 / (100.0 / 99 * 24);
  EXPECT_NEAR(test->statistic / test->scale, z2, 1e-12);
  EXPECT_NEAR(test->p, std::erfc(std::sqrt(z2 / 2)), 1e-12);
}

TEST(GoodnessOfFit, WhatCannotBeTestedIsRefused) {
  EXPECT_FALSE(goodness_of_fit(tally_of({40, 60}), std::vector<double>{0.5}).ok());
  EXPECT_FALSE(goodness_of_fit(tally_of({40, 60}), std::vector<double>{0, 1}).ok());
  EXPECT_FALSE(goodness_of_fit(tally_of({100}), std::vector<double>{1}).ok());
  EXPECT_FALSE(goodness_of_fit(tally_of({100, 0}), std::vector<double>{0.5, 0.5}).ok());
}

}  // namespace
}  // namespace topline
