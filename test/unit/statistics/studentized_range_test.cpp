#include "statistics/studentized_range.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

#include "statistics/distributions.hpp"

namespace topline::statistics {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(StudentizedRange, PublishedTable) {
  // Pearson and Hartley (1966), Biometrika Tables for Statisticians, table 29.
  EXPECT_NEAR(studentized_range_upper_quantile(0.05, 3, 10), 3.88, 5e-3);
  EXPECT_NEAR(studentized_range_upper_quantile(0.05, 2, infinity), 2.77, 5e-3);
  EXPECT_NEAR(studentized_range_upper_quantile(0.05, 3, infinity), 3.31, 5e-3);
  EXPECT_NEAR(studentized_range_upper_quantile(0.05, 10, 20), 5.01, 5e-3);
  EXPECT_NEAR(studentized_range_upper_quantile(0.05, 5, 5), 5.67, 5e-3);
  EXPECT_NEAR(studentized_range_upper_quantile(0.01, 20, 120), 5.83, 5e-3);
}

TEST(StudentizedRange, OfTwoMeansIsStudents) {
  for (double df : {0.5, 1.0, 2.0, 13.7, 300.0, 1e6, infinity}) {
    for (double q : {0.01, 1.0, 4.0, 12.0}) {
      const double expected = student_two_sided(q / std::sqrt(2.0), df);
      EXPECT_NEAR(studentized_range_upper(q, 2, df) / expected, 1, df > 1e5 ? 1e-11 : 1e-12)
          << q << " " << df;
    }
  }
}

TEST(StudentizedRange, OfThreeNormalValuesInClosedForm) {
  // E(range) = 3/sqrt(π): the integral of the upper tail.
  double sum = 0.5;
  for (int i = 1; i < 1200; ++i)
    sum += studentized_range_upper(0.01 * i, 3, infinity);
  EXPECT_NEAR(0.01 * sum, 3 / std::sqrt(std::acos(-1.0)), 1e-5);
}

TEST(StudentizedRange, Ends) {
  EXPECT_EQ(studentized_range_upper(0, 3, 5), 1);
  EXPECT_EQ(studentized_range_upper(-1, 3, 5), 1);
  EXPECT_EQ(studentized_range_upper(infinity, 3, 5), 0);
  EXPECT_TRUE(std::isnan(studentized_range_upper(1, 1, 5)));
  EXPECT_TRUE(std::isnan(studentized_range_upper(1, 3, 0)));
  EXPECT_TRUE(std::isnan(studentized_range_upper_quantile(0, 3, 5)));
  EXPECT_NEAR(studentized_range_upper(studentized_range_upper_quantile(1e-8, 4, 9), 4, 9), 1e-8,
              1e-20);
}

}  // namespace
}  // namespace topline::statistics
