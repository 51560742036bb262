#include "statistics/reliability.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <vector>

namespace topline::statistics {
namespace {

using Items = std::vector<std::vector<double>>;

TEST(ScaleReliability, TwoItemsByHand) {
  // Variances 5/3 and 20/3, covariance 10/3, that of the sum 15: alpha = 2·(1 − 25/45).
  const auto result = scale_reliability(Items{{1, 2, 3, 4}, {2, 4, 6, 8}});
  EXPECT_NEAR(result->scale.alpha, 8.0 / 9, 1e-15);
  EXPECT_NEAR(result->scale.standardized_alpha, 1, 1e-15);
  EXPECT_NEAR(result->scale.average_correlation, 1, 1e-15);
  EXPECT_TRUE(result->items.empty());
}

TEST(ScaleReliability, ThreeItemsByHand) {
  // Deviations (−1, 0, 1), (−1, 1, 0), (0, −1, 1): sums of products 1, 1 and −1, squares 2 each.
  const auto result = scale_reliability(Items{{1, 2, 3}, {1, 3, 2}, {2, 1, 3}});
  // Trace 6, sum 6 + 2·(1 + 1 − 1) = 8.
  EXPECT_NEAR(result->scale.alpha, 1.5 * 0.25, 1e-15);
  EXPECT_NEAR(result->scale.average_correlation, 1.0 / 6, 1e-15);
  EXPECT_NEAR(result->scale.standardized_alpha, 0.5 / (1 + 2.0 / 6), 1e-15);
  ASSERT_EQ(result->items.size(), 3U);
  // Without the second: trace 4, sum 6; without the first: sum 2.
  EXPECT_NEAR(result->items[1].alpha_without, 2 * (1 - 4.0 / 6), 1e-15);
  EXPECT_NEAR(result->items[0].alpha_without, 2 * (1 - 4.0 / 2), 1e-15);
  EXPECT_NEAR(result->items[1].average_correlation_without, 0.5, 1e-15);
  EXPECT_NEAR(result->items[1].standardized_alpha_without, 1 / 1.5, 1e-15);
  // The first with the sum of the others, (−1, 0, 1): 2/sqrt(2·2); the second with (−1, −1, 2): 0.
  EXPECT_NEAR(result->items[0].correlation_with_rest, 1, 1e-15);
  EXPECT_NEAR(result->items[1].correlation_with_rest, 0, 1e-15);
}

TEST(ScaleReliability, LocationAndUnitDoNotCount) {
  const Items items = {{1, 2, 3, 5}, {1, 3, 2, 4}, {2, 1, 3, 3}};
  Items moved = items;
  for (std::vector<double>& item : moved) {
    for (double& value : item)
      value = 1e6 + 4 * value;
  }
  EXPECT_NEAR(scale_reliability(moved)->scale.alpha, scale_reliability(items)->scale.alpha, 1e-12);
}

TEST(ScaleReliability, Refusals) {
  EXPECT_FALSE(scale_reliability(Items{{1, 2, 3}}).ok());
  EXPECT_FALSE(scale_reliability(Items{{1, 2, 3}, {1, 2}}).ok());
  EXPECT_FALSE(scale_reliability(Items{{1, 2, 3}, {2, 2, 2}}).ok());
  EXPECT_FALSE(scale_reliability(Items{{1}, {2}}).ok());
  const auto reversed = scale_reliability(Items{{1, 2, 3}, {3, 2, 1}});
  ASSERT_FALSE(reversed.ok());
  EXPECT_NE(reversed.fault().hint.find("reversed"), std::string::npos);
}

}  // namespace
}  // namespace topline::statistics
