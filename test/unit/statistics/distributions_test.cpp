#include "statistics/distributions.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <numbers>

namespace topline::statistics {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

void expect_close(double value, double expected, double relative = 1e-13) {
  EXPECT_NEAR(value, expected, relative * std::abs(expected));
}

TEST(Distributions, PublishedTables) {
  // Any book of tables; here Pearson and Hartley (1966), Biometrika Tables for Statisticians.
  EXPECT_NEAR(normal_quantile(0.975), 1.959964, 5e-7);
  EXPECT_NEAR(normal_upper(3), 0.0013499, 5e-8);
  EXPECT_NEAR(normal_density(1), 0.2419707, 5e-8);
  EXPECT_NEAR(student_quantile(0.975, 10), 2.228, 5e-4);
  EXPECT_NEAR(student_quantile(0.9995, 3), 12.924, 5e-4);
  EXPECT_NEAR(chi_squared_upper_quantile(0.05, 10), 18.3070, 5e-5);
  EXPECT_NEAR(chi_squared_quantile(0.005, 5), 0.411742, 5e-7);
  EXPECT_NEAR(f_upper_quantile(0.05, 4, 10), 3.4780, 5e-5);
  EXPECT_NEAR(f_upper_quantile(0.01, 1, 1), 4052.2, 0.05);
  EXPECT_NEAR(digamma(1), -0.5772156649, 5e-11);
  expect_close(log_gamma(11), std::log(3628800.0));
}

TEST(Distributions, ClosedForms) {
  for (double x : {-1e8, -3.0, -0.2, 0.0, 1.0, 40.0}) {
    expect_close(student_upper(x, 1), std::atan2(1, x) / std::numbers::pi);
    const double root = std::sqrt(2 + x * x);
    expect_close(student_lower(x, 2), x < 0 ? 1 / (root * (root - x)) : 1 - 1 / (root * (root + x)),
                 1e-12);
  }
  for (double x : {1e-12, 0.5, 3.0, 60.0, 1000.0}) {
    expect_close(chi_squared_upper(x, 2), std::exp(-x / 2));
    expect_close(chi_squared_lower(x, 2), -std::expm1(-x / 2));
    expect_close(f_upper(x, 2, 7.5), std::pow(1 + 2 * x / 7.5, -7.5 / 2), 1e-12);
  }
  for (double x : {1e-300, 1e-9, 0.3, 0.999}) {
    expect_close(beta_lower(x, 1, 4.5), -std::expm1(4.5 * std::log1p(-x)));
    expect_close(beta_upper(x, 1, 4.5), std::exp(4.5 * std::log1p(-x)));
    expect_close(beta_lower(x, 0.01, 1), std::pow(x, 0.01));
  }
}

TEST(Distributions, OneAsACaseOfAnother) {
  for (double x : {0.1, 1.0, 2.5, 30.0}) {
    for (double df : {0.7, 3.0, 14.2, 2789.6}) {
      expect_close(student_two_sided(x, df), f_upper(x * x, 1, df), 1e-12);
      expect_close(f_lower(x, 3.3, df), f_upper(1 / x, df, 3.3));
      expect_close(f_upper(x, df, infinity), chi_squared_upper(x * df, df));
      expect_close(f_upper(x, infinity, df), chi_squared_lower(df / x, df));
    }
    expect_close(student_upper(x, infinity), normal_upper(x));
    expect_close(2 * normal_upper(x), chi_squared_upper(x * x, 1), 1e-12);
  }
  EXPECT_EQ(f_upper(0.999, infinity, infinity), 1);
  EXPECT_EQ(f_upper(1.001, infinity, infinity), 0);
  EXPECT_EQ(f_quantile(0.3, infinity, infinity), 1);
}

TEST(Distributions, QuantilesInvertTails) {
  for (double p : {1e-300, 1e-30, 1e-10, 0.001, 0.2, 0.5}) {
    expect_close(normal_lower(normal_quantile(p)), p, 1e-12);
    expect_close(chi_squared_upper(chi_squared_upper_quantile(p, 7.7), 7.7), p, 1e-11);
    expect_close(beta_lower(beta_quantile(p, 2.5, 80), 2.5, 80), p, 1e-11);
    expect_close(beta_upper(beta_upper_quantile(p, 0.5, 0.5), 0.5, 0.5), p, p < 1e-9 ? 1 : 1e-7);
    if (p < 1e-100)
      continue;
    expect_close(student_lower(student_quantile(p, 14.2), 14.2), p, 1e-11);
    expect_close(chi_squared_lower(chi_squared_quantile(p, 7.7), 7.7), p, 1e-11);
    expect_close(f_lower(f_quantile(p, 1.93, 14.2), 1.93, 14.2), p, 1e-11);
    expect_close(f_upper(f_upper_quantile(p, 1.93, 14.2), 1.93, 14.2), p, 1e-11);
  }
}

TEST(Distributions, BetaWithAlmostAllAtOneEnd) {
  // With b = 1 the quantile is p^(1/a): most of them lie below the smallest double.
  expect_close(beta_quantile(0.5, 0.001, 1), std::pow(0.5, 1000), 1e-12);
  expect_close(beta_quantile(0.97, 0.001, 1), std::pow(0.97, 1000), 1e-12);
  EXPECT_EQ(beta_quantile(0.3, 0.001, 1), 0);
  EXPECT_EQ(beta_quantile(0.7, 1, 0.001), 1);
  expect_close(beta_lower(beta_quantile(0.5, 0.001, 5), 0.001, 5), 0.5, 1e-12);
  expect_close(beta_lower(beta_quantile(0.999, 0.001, 5), 0.001, 5), 0.999, 1e-12);
}

TEST(Distributions, Ends) {
  EXPECT_EQ(normal_quantile(0), -infinity);
  EXPECT_EQ(normal_quantile(1), infinity);
  EXPECT_EQ(student_quantile(1, 3), infinity);
  EXPECT_EQ(student_lower(-infinity, 3), 0);
  EXPECT_EQ(student_upper(-infinity, 3), 1);
  EXPECT_EQ(chi_squared_lower(-1, 3), 0);
  EXPECT_EQ(chi_squared_upper(infinity, 3), 0);
  EXPECT_EQ(chi_squared_quantile(1, 3), infinity);
  EXPECT_EQ(chi_squared_upper_quantile(1, 3), 0);
  EXPECT_EQ(f_lower(0, 2, 3), 0);
  EXPECT_EQ(f_lower(-1, 2, 3), 0);
  EXPECT_EQ(f_upper(-1, 2, 3), 1);
  EXPECT_EQ(f_lower(infinity, 2, 3), 1);
  EXPECT_EQ(f_quantile(0, 2, 3), 0);
  EXPECT_EQ(f_upper_quantile(0, 2, 3), infinity);
  EXPECT_EQ(beta_quantile(0, 2, 3), 0);
  EXPECT_EQ(beta_quantile(1, 2, 3), 1);
  EXPECT_EQ(beta_lower(7, 2, 3), 1);
}

TEST(Distributions, NoDistributionNoNumber) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (double value :
       {normal_quantile(-0.1), normal_quantile(nan), student_lower(1, 0), student_upper(nan, 2),
        student_quantile(0.5, -1), chi_squared_upper(1, 0), chi_squared_lower(nan, 1),
        chi_squared_quantile(1.1, 2), f_upper(1, 0, 2), f_upper(1, 2, nan), f_quantile(2, 1, 1),
        beta_lower(0.5, 0, 1), beta_quantile(0.5, 1, -1), beta_quantile(nan, 1, 1), log_gamma(0),
        digamma(-1), binomial_probability(4, 3, 0.5)})
    EXPECT_TRUE(std::isnan(value));
}

TEST(Distributions, BinomialProbabilities) {
  expect_close(binomial_probability(0, 3, 0.2), 0.512);
  expect_close(binomial_probability(1, 3, 0.2), 0.384);
  expect_close(binomial_probability(3, 3, 0.2), 0.008);
  EXPECT_EQ(binomial_probability(0, 3, 0), 1);
  EXPECT_EQ(binomial_probability(3, 3, 0), 0);
  EXPECT_EQ(binomial_probability(3, 3, 1), 1);
}

}  // namespace
}  // namespace topline::statistics
