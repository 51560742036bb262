#include "statistics/multiple_testing.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <limits>
#include <vector>

namespace topline::statistics {
namespace {

using Values = std::vector<double>;

void expect_adjusted(const Values& p, Adjustment adjustment, const Values& expected,
                     size_t tests = 0) {
  const auto adjusted = adjusted_probabilities(p, adjustment, tests);
  ASSERT_TRUE(adjusted.ok());
  ASSERT_EQ(adjusted->size(), expected.size());
  for (size_t i = 0; i < expected.size(); ++i)
    EXPECT_NEAR((*adjusted)[i], expected[i], 1e-15) << i;
}

TEST(AdjustedProbabilities, ByHandInAnyOrder) {
  const Values p = {0.04, 0.01, 0.03, 0.005, 0.6};
  expect_adjusted(p, Adjustment::none, p);
  expect_adjusted(p, Adjustment::bonferroni, {0.2, 0.05, 0.15, 0.025, 1});
  // Sorted 0.005·5, 0.01·4, 0.03·3, 0.04·2, 0.6·1: rising, 0.08 becomes 0.09 or 0.09 becomes 0.08.
  expect_adjusted(p, Adjustment::holm, {0.09, 0.04, 0.09, 0.025, 0.6});
  expect_adjusted(p, Adjustment::hochberg, {0.08, 0.04, 0.08, 0.025, 0.6});
  // 0.005·5, 0.01·5/2, 0.03·5/3, 0.04·5/4, 0.6.
  expect_adjusted(p, Adjustment::benjamini_hochberg, {0.05, 0.025, 0.05, 0.025, 0.6});
  const double sum = 1 + 0.5 + 1.0 / 3 + 0.25 + 0.2;
  expect_adjusted(p, Adjustment::benjamini_yekutieli,
                  {0.05 * sum, 0.025 * sum, 0.05 * sum, 0.025 * sum, 1});
}

TEST(AdjustedProbabilities, PublishedExample) {
  // Benjamini and Hochberg (1995), section 4.1: at 0.05, four findings against three of
  // Bonferroni's.
  const Values p = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
  auto findings = [&](Adjustment adjustment) {
    const auto adjusted = adjusted_probabilities(p, adjustment);
    return std::count_if(adjusted->begin(), adjusted->end(), [](double x) { return x <= 0.05; });
  };
  EXPECT_EQ(findings(Adjustment::benjamini_hochberg), 4);
  EXPECT_EQ(findings(Adjustment::bonferroni), 3);
  EXPECT_EQ(findings(Adjustment::none), 9);
}

TEST(AdjustedProbabilities, MoreTestsThanProbabilities) {
  expect_adjusted({0.01, 0.02}, Adjustment::bonferroni, {0.1, 0.2}, 10);
  expect_adjusted({0.01, 0.02}, Adjustment::holm, {0.1, 0.18}, 10);
  EXPECT_FALSE(adjusted_probabilities(Values{0.1, 0.2}, Adjustment::holm, 1).ok());
}

TEST(AdjustedProbabilities, Edges) {
  expect_adjusted({}, Adjustment::holm, {});
  expect_adjusted({0.3}, Adjustment::benjamini_yekutieli, {0.3});
  expect_adjusted({0, 0, 1}, Adjustment::holm, {0, 0, 1});
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(adjusted_probabilities(Values{0.1, nan}, Adjustment::none).ok());
  EXPECT_FALSE(adjusted_probabilities(Values{0.1, 1.1}, Adjustment::holm).ok());
}

}  // namespace
}  // namespace topline::statistics
