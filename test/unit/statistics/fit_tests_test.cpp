// Tests of the form of a distribution.
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <vector>

#include "statistics/normality.hpp"
#include "statistics/smirnov.hpp"

namespace topline::statistics {
namespace {

using Values = std::vector<double>;

TEST(ShapiroWilkTest, PublishedExample) {
  // Shapiro and Wilk (1965), section 4.1: weights of eleven men. Their table gives W = 0.79;
  // Royston's coefficients come to 0.7888 with p = 0.0067.
  const Values weights = {148, 154, 158, 160, 161, 162, 166, 170, 182, 195, 236};
  const auto test = shapiro_wilk_test(weights);
  EXPECT_NEAR(test->statistic, 0.7888, 5e-5);
  EXPECT_NEAR(test->p, 0.0067, 5e-5);
  Values moved;
  for (double value : weights)
    moved.push_back(1e6 - 3 * value);
  EXPECT_NEAR(shapiro_wilk_test(moved)->statistic, test->statistic, 1e-12);
}

TEST(ShapiroWilkTest, ThreeValuesExactly) {
  // W is ¾ at least: for two equal values. p = 6/π·(arcsin(sqrt(W)) − π/3).
  EXPECT_NEAR(shapiro_wilk_test(Values{0, 0, 1})->statistic, 0.75, 1e-15);
  EXPECT_NEAR(shapiro_wilk_test(Values{0, 0, 1})->p, 0, 1e-14);
  EXPECT_NEAR(shapiro_wilk_test(Values{-1, 0, 1})->statistic, 1, 1e-15);
  EXPECT_NEAR(shapiro_wilk_test(Values{-1, 0, 1})->p, 1, 1e-7);
  // 0, 1, 3: ½·9/(14/3).
  EXPECT_NEAR(shapiro_wilk_test(Values{0, 1, 3})->statistic, 27.0 / 28, 1e-14);
}

TEST(ShapiroWilkTest, AllSizes) {
  // Evenly spread values are less normal the more of them there are.
  double before = 1;
  for (const size_t size : {5U, 8U, 40U, 400U, 5000U}) {
    Values values(size);
    for (size_t i = 0; i < size; ++i)
      values[i] = static_cast<double>(i);
    const auto test = shapiro_wilk_test(values);
    ASSERT_TRUE(test.ok());
    EXPECT_GT(test->statistic, 0.9);
    EXPECT_LE(test->statistic, 1);
    EXPECT_LT(test->p, before);
    before = test->p;
  }
  EXPECT_LT(before, 1e-20);
}

TEST(ShapiroWilkTest, Refusals) {
  EXPECT_FALSE(shapiro_wilk_test(Values{1, 2}).ok());
  EXPECT_FALSE(shapiro_wilk_test(Values{2, 2, 2, 2}).ok());
  EXPECT_FALSE(shapiro_wilk_test(Values(5001, 1.0)).ok());
  EXPECT_FALSE(shapiro_wilk_test(Values{1, 2, std::numeric_limits<double>::infinity()}).ok());
}

// D of samples: `first` says which of the sorted pooled values are of the first one.
double difference(const Values& pooled, const std::vector<bool>& first) {
  double largest = 0;
  for (double at : pooled) {
    double below_first = 0;
    double below_second = 0;
    double size = 0;
    for (size_t i = 0; i < pooled.size(); ++i) {
      size += first[i] ? 1 : 0;
      (first[i] ? below_first : below_second) += pooled[i] <= at ? 1 : 0;
    }
    largest = std::max(
        largest,
        std::abs(below_first / size - below_second / (static_cast<double>(pooled.size()) - size)));
  }
  return largest;
}

TEST(SmirnovTest, ExactlyByAllWaysOfDealing) {
  for (const Values& pooled :
       {Values{1, 2, 3, 4, 5, 6, 7, 8, 9}, Values{1, 2, 2, 3, 3, 3, 4, 8, 8}}) {
    const std::vector<std::vector<bool>> deals = {
        {true, true, false, true, false, false, false, true, false},
        {false, false, false, false, false, true, true, true, true}};
    for (const std::vector<bool>& deal : deals) {
      Values x;
      Values y;
      for (size_t i = 0; i < pooled.size(); ++i)
        (deal[i] ? x : y).push_back(pooled[i]);
      const double found = difference(pooled, deal);
      std::vector<bool> other = {false, false, false, false, false, true, true, true, true};
      double all = 0;
      double as_far = 0;
      do {
        all += 1;
        as_far += difference(pooled, other) >= found - 1e-12 ? 1 : 0;
      } while (std::next_permutation(other.begin(), other.end()));
      EXPECT_EQ(all, 126);
      const auto test = smirnov_test(x, y);
      EXPECT_TRUE(test->exact);
      EXPECT_NEAR(test->statistic, found, 1e-15);
      EXPECT_NEAR(test->p, as_far / all, 1e-14);
    }
  }
}

TEST(SmirnovTest, LimitAsTabulated) {
  // Two samples of 200, the one `steps` ahead of the other: D·sqrt(100) = steps/20. Smirnov (1948)
  // gives 0.73000 below 1; elsewhere by the first terms of 2·(exp(−2t²) − exp(−8t²) + …).
  auto p = [](int steps) {
    Values x;
    Values y;
    for (int i = 0; i < 200; ++i) {
      x.push_back(i);
      y.push_back(i + steps - 0.5);
    }
    const auto test = smirnov_test(x, y);
    EXPECT_FALSE(test->exact);
    EXPECT_NEAR(test->statistic, steps / 200.0, 1e-15);
    return test->p;
  };
  auto series = [](double t) {
    double sum = 0;
    for (int k = 1; k < 40; ++k)
      sum += (k % 2 == 1 ? 2 : -2) * std::exp(-2 * k * k * t * t);
    return sum;
  };
  EXPECT_NEAR(p(20), 1 - 0.73000, 5e-6);
  EXPECT_NEAR(p(27), 2 * (std::exp(-3.645) - std::exp(-14.58)), 1e-13);
  EXPECT_NEAR(p(19), series(0.95), 1e-14);
  EXPECT_NEAR(p(8), series(0.4), 1e-13);
  EXPECT_NEAR(p(1), 1, 1e-15);
}

TEST(SmirnovTest, Ends) {
  EXPECT_EQ(smirnov_test(Values{1, 2}, Values{1, 2})->p, 1);
  EXPECT_NEAR(smirnov_test(Values{1, 2}, Values{3, 4})->p, 2.0 / 6, 1e-15);
  EXPECT_EQ(smirnov_test(Values{1}, Values{1, 1})->statistic, 0);
  EXPECT_FALSE(smirnov_test(Values{}, Values{1}).ok());
}

}  // namespace
}  // namespace topline::statistics
