#include "estimation/hypothesis_test.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <vector>

#include "statistics/distributions.hpp"

namespace topline {
namespace {

Estimates two_estimates(double a, double b, double var_a, double cov, double var_b) {
  Estimates estimates;
  estimates.value = Eigen::Vector2d(a, b);
  estimates.covariance.resize(2, 2);
  estimates.covariance << var_a, cov, cov, var_b;
  return estimates;
}

// Table of Student's t: with 10 degrees of freedom 2.228 is passed in either direction by 5 %.
TEST(HypothesisTest, OneNumber) {
  const Result<TTest> test = t_test(two_estimates(2.228 * 2 + 1, 0, 4, 0, 1), 0, 1, 10);
  ASSERT_TRUE(test.ok());
  EXPECT_NEAR(test->statistic, 2.228, 1e-12);
  EXPECT_NEAR(test->p, 0.05, 2e-5);
  EXPECT_NEAR(test->interval(0.95).first, 1, 1e-3);
}

TEST(HypothesisTest, TheIntervalEndsAtTheHypothesisWhereItsLevelIsOneLessP) {
  const Result<TTest> test = t_test(two_estimates(3, 0, 4, 0, 1), 0, 0.5, 7);
  ASSERT_TRUE(test.ok());
  EXPECT_NEAR(test->interval(1 - test->p).first, 0.5, 1e-9);
}

TEST(HypothesisTest, WhatCannotBeTestedIsRefused) {
  EXPECT_FALSE(t_test(two_estimates(3, 0, 4, 0, 1), 0, 0, 0).ok());
  EXPECT_FALSE(t_test(two_estimates(3, 0, 0, 0, 1), 0, 0, 5).ok());
  const std::vector<Eigen::Index> both = {0, 1};
  // The second is the first twice.
  EXPECT_FALSE(wald_test(two_estimates(1, 2, 1, 2, 4), both, 10).ok());
  EXPECT_FALSE(wald_test(two_estimates(1, 2, 1, 0, 0), both, 10).ok());
  EXPECT_FALSE(adjusted_wald_test(two_estimates(1, 2, 1, 0, 1), both, 1).ok());
  EXPECT_FALSE(wald_test(two_estimates(1, 2, 1, 0, 1), std::vector<Eigen::Index>{}, 10).ok());
}

// Independent estimates: 2²/4 + 3²/1 = 10, of which F is a half; the adjusted is 10·9/(2·10).
TEST(HypothesisTest, SeveralHypotheses) {
  const Estimates estimates = two_estimates(2, 3, 4, 0, 1);
  const std::vector<Eigen::Index> both = {0, 1};
  const Result<FTest> wald = wald_test(estimates, both, 10);
  ASSERT_TRUE(wald.ok());
  EXPECT_NEAR(wald->statistic, 5, 1e-14);
  EXPECT_EQ(wald->numerator_df, 2);
  EXPECT_EQ(wald->denominator_df, 10);
  // With two degrees of freedom above, P(F > x) = (1 + 2x/d)^(−d/2).
  EXPECT_NEAR(wald->p, std::pow(1 + 2 * 5.0 / 10, -5), 1e-14);
  const Result<FTest> adjusted = adjusted_wald_test(estimates, both, 10);
  ASSERT_TRUE(adjusted.ok());
  EXPECT_NEAR(adjusted->statistic, 4.5, 1e-14);
  EXPECT_EQ(adjusted->denominator_df, 9);
  EXPECT_NEAR(adjusted->p, std::pow(1 + 2 * 4.5 / 9, -4.5), 1e-14);
}

TEST(HypothesisTest, UnitsOfMeasurementMakeNoDifference) {
  const std::vector<Eigen::Index> both = {0, 1};
  const Result<double> plain =
      wald_chi_squared(Eigen::Vector2d(1, 2), two_estimates(0, 0, 2, 0.5, 1).covariance);
  const Result<double> scaled = wald_chi_squared(Eigen::Vector2d(1e6, 2e-6),
                                                 two_estimates(0, 0, 2e12, 0.5, 1e-12).covariance);
  ASSERT_TRUE(plain.ok());
  ASSERT_TRUE(scaled.ok());
  // (1, 2) times the inverse of (2, ½; ½, 1): (1·1 − 2·1·2·½ + 2·4)/(2 − ¼)
  EXPECT_NEAR(*plain, 7 / 1.75, 1e-13);
  EXPECT_NEAR(*scaled, *plain, 1e-12);
}

TEST(HypothesisTest, TwoClassesAreTheTTestOfTheirDifference) {
  const Estimates classes = two_estimates(5, 8, 2, 0.5, 1);
  const Result<FTest> test = equality_test(classes, 12);
  ASSERT_TRUE(test.ok());
  EXPECT_NEAR(test->statistic, 9 / (2 + 1 - 2 * 0.5), 1e-13);
  EXPECT_NEAR(test->p, statistics::student_two_sided(std::sqrt(4.5), 12), 1e-13);
}

}  // namespace
}  // namespace topline
