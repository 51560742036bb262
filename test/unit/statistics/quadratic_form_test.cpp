#include "statistics/quadratic_form.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <vector>

#include "statistics/distributions.hpp"

namespace topline::statistics {
namespace {

using Numbers = std::vector<double>;

void expect_close(const Result<double>& value, double expected, double relative = 1e-12) {
  ASSERT_TRUE(value.ok());
  EXPECT_NEAR(*value, expected, relative * std::abs(expected));
}

double sum_upper(double x, const Numbers& coefficients, const Numbers& df) {
  const Result<double> tail = chi_squared_sum_upper(x, coefficients, df);
  return tail ? *tail : -1;
}

TEST(ChiSquaredSum, PublishedTable) {
  // Imhof (1961), table 1.
  EXPECT_NEAR(sum_upper(0.1, {0.6, 0.3, 0.1}, {1, 1, 1}), 0.9458, 5e-5);
  EXPECT_NEAR(sum_upper(0.7, {0.6, 0.3, 0.1}, {1, 1, 1}), 0.5064, 5e-5);
  EXPECT_NEAR(sum_upper(2.0, {0.6, 0.3, 0.1}, {1, 1, 1}), 0.1240, 5e-5);
  EXPECT_NEAR(sum_upper(0.2, {0.6, 0.3, 0.1}, {2, 2, 2}), 0.9935, 5e-5);
  EXPECT_NEAR(sum_upper(2.0, {0.6, 0.3, 0.1}, {2, 2, 2}), 0.3998, 5e-5);
  EXPECT_NEAR(sum_upper(6.0, {0.6, 0.3, 0.1}, {2, 2, 2}), 0.0161, 5e-5);
  EXPECT_NEAR(sum_upper(1.0, {0.6, 0.3, 0.1}, {6, 4, 2}), 0.9973, 5e-5);
  EXPECT_NEAR(sum_upper(5.0, {0.6, 0.3, 0.1}, {6, 4, 2}), 0.4353, 5e-5);
  EXPECT_NEAR(sum_upper(12.0, {0.6, 0.3, 0.1}, {6, 4, 2}), 0.0088, 5e-5);
}

TEST(ChiSquaredSum, OneTermIsChiSquared) {
  for (double df : {0.5, 1.0, 2.0, 3.3, 30.0, 3000.0}) {
    for (double z : {-8.0, -1.0, 0.0, 1.0, 8.0, 30.0}) {
      const double x = std::max(df + z * std::sqrt(2 * df), 0.01 * df);
      expect_close(chi_squared_sum_upper(2.5 * x, Numbers{2.5}, Numbers{df}),
                   chi_squared_upper(x, df));
      // The same split into several terms, one of which does not count.
      expect_close(chi_squared_sum_upper(x, Numbers{1, 1, 0}, Numbers{0.25 * df, 0.75 * df, 4}),
                   chi_squared_upper(x, df));
    }
  }
}

TEST(ChiSquaredSum, PairsOfDegreesHaveAClosedForm) {
  // A chi-squared with two degrees of freedom is exponential; the tail of a sum of exponentials
  // with means m is the sum over i of exp(−x/m_i)·Π m_i/(m_i − m_j).
  const Numbers means = {8, 3, 1, 0.25};
  for (double x : {0.5, 5.0, 12.25, 40.0, 300.0}) {
    double expected = 0;
    for (size_t i = 0; i < means.size(); ++i) {
      double part = std::exp(-x / means[i]);
      for (size_t j = 0; j < means.size(); ++j)
        part *= i == j ? 1 : means[i] / (means[i] - means[j]);
      expected += part;
    }
    expect_close(chi_squared_sum_upper(x, Numbers{4, 1.5, 0.5, 0.125}, Numbers{2, 2, 2, 2}),
                 expected);
  }
}

TEST(ChiSquaredSum, CoefficientsOfBothSigns) {
  // The difference of two exponentials with one mean is Laplace's.
  for (double x : {0.0, 0.01, 3.0, 40.0}) {
    expect_close(chi_squared_sum_upper(x, Numbers{1, -1}, Numbers{2, 2}), 0.5 * std::exp(-x / 2));
    expect_close(chi_squared_sum_upper(-x, Numbers{1, -1}, Numbers{2, 2}),
                 1 - 0.5 * std::exp(-x / 2));
  }
  // A chi-squared less almost a constant.
  expect_close(chi_squared_sum_upper(2, Numbers{1, -1e-9}, Numbers{1, 1e9}),
               chi_squared_upper(3, 1), 1e-8);
  // Negative by rounding, as eigenvalues come.
  expect_close(chi_squared_sum_upper(3, Numbers{1, -1e-17}, Numbers{1, 1}),
               chi_squared_upper(3, 1));
}

TEST(ChiSquaredSum, BeyondItsValues) {
  EXPECT_EQ(sum_upper(0, {1, 0.5}, {2, 2}), 1);
  EXPECT_EQ(sum_upper(-3, {1, 0.5}, {2, 2}), 1);
  EXPECT_EQ(sum_upper(3, {-1, -0.5}, {2, 2}), 0);
  EXPECT_EQ(sum_upper(1e9, {1, 0.5}, {2, 2}), 0);
  expect_close(chi_squared_sum_upper(-3, Numbers{-1}, Numbers{2}), -std::expm1(-1.5));
}

TEST(ChiSquaredSum, WithADenominator) {
  for (double x : {1e-6, 0.1, 1.0, 2.5, 50.0}) {
    for (double denominator : {1.0, 2.5, 182.0, 3000.0}) {
      expect_close(f_sum_upper(x, Numbers{1.0 / 3}, Numbers{3}, denominator),
                   f_upper(x, 3, denominator), 1e-11);
    }
    expect_close(
        f_sum_upper(x, Numbers{1.0 / 3}, Numbers{3}, std::numeric_limits<double>::infinity()),
        chi_squared_upper(3 * x, 3));
  }
  expect_close(f_sum_upper(-1, Numbers{1}, Numbers{3}, 5), 1);
}

TEST(Saddlepoint, OfOneTermByHand) {
  // K' = k/(1 − 2ζ) = x gives w² = x − k − k·log(x/k) and v = (x − k)/sqrt(2k).
  for (double k : {1.0, 4.0, 17.5}) {
    for (double x : {0.3 * k, 0.97 * k, 1.02 * k, 4 * k}) {
      const double w = std::copysign(std::sqrt(x - k - k * std::log(x / k)), x - k);
      const double v = (x - k) / std::sqrt(2 * k);
      expect_close(saddlepoint_upper(7 * x, Numbers{7}, Numbers{k}),
                   normal_upper(w + std::log(v / w) / w), 1e-10);
    }
  }
}

TEST(Saddlepoint, NearTheExactTail) {
  for (double x : {0.5, 1.5, 3.0, 10.0, 40.0}) {
    const double exact = sum_upper(x, {1, 0.5, 0.2}, {1, 1, 2});
    const Result<double> near = saddlepoint_upper(x, Numbers{1, 0.5, 0.2}, Numbers{1, 1, 2});
    EXPECT_NEAR(*near / exact, 1, x < 5 ? 0.05 : 0.15);
    EXPECT_NE(*near, exact);
  }
  const Result<double> exact = f_sum_upper(3, Numbers{1, 0.5}, Numbers{1, 1}, 30);
  expect_close(f_saddlepoint_upper(3, Numbers{1, 0.5}, Numbers{1, 1}, 30), *exact, 0.03);
}

TEST(Saddlepoint, SmoothAtTheMean) {
  const double step = 1e-5;
  auto at = [](double x) { return *saddlepoint_upper(x, Numbers{1, 0.5}, Numbers{2, 2}); };
  EXPECT_NEAR(at(3), (at(3 - step) + at(3 + step)) / 2, 1e-9);
  EXPECT_GT(at(3 - 1e-9), at(3));
  EXPECT_LT(at(3 + 1e-9), at(3));
}

TEST(ChiSquaredSum, Refusals) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(chi_squared_sum_upper(1, Numbers{1, 2}, Numbers{1}).ok());
  EXPECT_FALSE(chi_squared_sum_upper(1, Numbers{}, Numbers{}).ok());
  EXPECT_FALSE(chi_squared_sum_upper(1, Numbers{0, 0}, Numbers{1, 1}).ok());
  EXPECT_FALSE(chi_squared_sum_upper(nan, Numbers{1}, Numbers{1}).ok());
  EXPECT_FALSE(chi_squared_sum_upper(1, Numbers{nan}, Numbers{1}).ok());
  EXPECT_FALSE(saddlepoint_upper(1, Numbers{1}, Numbers{0}).ok());
  EXPECT_FALSE(f_sum_upper(1, Numbers{1}, Numbers{1}, 0).ok());
  EXPECT_FALSE(f_saddlepoint_upper(nan, Numbers{1}, Numbers{1}, 3).ok());
}

}  // namespace
}  // namespace topline::statistics
