#include "statistics/mean_tests.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <vector>

namespace topline::statistics {
namespace {

using Values = std::vector<double>;

// Student (1908): hours of sleep gained by two drugs, by the same ten patients.
const Values first = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2};
const Values second = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

TEST(TTest, StudentsSleepers) {
  const auto paired = paired_t_test(first, second, 0.95);
  EXPECT_NEAR(paired->statistic, -4.0621, 5e-5);
  EXPECT_EQ(paired->df, 9);
  EXPECT_NEAR(paired->p, 0.002833, 5e-7);
  EXPECT_NEAR(paired->estimate, -1.58, 1e-14);
  EXPECT_NEAR(paired->interval.low, -2.4598858, 5e-8);
  EXPECT_NEAR(paired->interval.high, -0.7001142, 5e-8);
  const auto welch = two_sample_t_test(first, second, Variances::own, 0.95);
  EXPECT_NEAR(welch->statistic, -1.8608, 5e-5);
  EXPECT_NEAR(welch->df, 17.776, 5e-4);
  EXPECT_NEAR(welch->p, 0.07939, 5e-6);
  EXPECT_NEAR(welch->interval.low, -3.3654832, 5e-8);
  const auto pooled = two_sample_t_test(first, second, Variances::equal, 0.95);
  EXPECT_EQ(pooled->df, 18);
  EXPECT_NEAR(pooled->p, 0.07919, 5e-6);
}

TEST(TTest, ByHand) {
  // Mean 3, variance 2.5, standard error sqrt(0.5).
  const auto test = one_sample_t_test(Values{1, 2, 3, 4, 5}, 1, 0.95);
  EXPECT_NEAR(test->statistic, 2 / std::sqrt(0.5), 1e-14);
  EXPECT_NEAR(test->standard_error, std::sqrt(0.5), 1e-15);
  EXPECT_EQ(test->df, 4);
}

TEST(TTest, LargeMeansCostNoDigits) {
  Values near;
  Values far;
  for (double value : second) {
    near.push_back(std::round(value * 16));
    far.push_back(std::round(value * 16) + 1e12);
  }
  EXPECT_NEAR(one_sample_t_test(far, 1e12, 0.95)->standard_error,
              one_sample_t_test(near, 0, 0.95)->standard_error, 1e-13);
}

TEST(TTest, OneOfTwoSamplesMayBeConstant) {
  const auto test = two_sample_t_test(Values{2, 2, 2}, Values{1, 2, 3, 4}, Variances::own, 0.95);
  EXPECT_NEAR(test->df, 3, 1e-12);
}

TEST(TTest, Refusals) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(one_sample_t_test(Values{1}, 0, 0.95).ok());
  EXPECT_FALSE(one_sample_t_test(Values{0.1, 0.1, 0.1}, 0, 0.95).ok());
  EXPECT_FALSE(one_sample_t_test(Values{1, nan}, 0, 0.95).ok());
  EXPECT_FALSE(one_sample_t_test(Values{1, 2}, nan, 0.95).ok());
  EXPECT_FALSE(one_sample_t_test(Values{1, 2}, 0, 1).ok());
  EXPECT_FALSE(paired_t_test(Values{1, 2}, Values{1}, 0.95).ok());
  EXPECT_FALSE(paired_t_test(Values{1, 2}, Values{2, 3}, 0.95).ok());
  EXPECT_FALSE(two_sample_t_test(Values{1, 1}, Values{2, 2}, Variances::own, 0.95).ok());
  EXPECT_FALSE(two_sample_t_test(Values{1, 2}, Values{2}, Variances::own, 0.95).ok());
}

}  // namespace
}  // namespace topline::statistics
