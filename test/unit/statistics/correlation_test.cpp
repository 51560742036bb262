#include "statistics/correlation.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <vector>

namespace topline::statistics {
namespace {

using Values = std::vector<double>;

// Hollander and Wolfe (1973), page 187: lightness and quality of canned tuna.
const Values lightness = {44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1};
const Values quality = {2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8};

TEST(Correlation, PublishedExample) {
  const auto pearson = pearson_correlation(lightness, quality, 0.95);
  EXPECT_NEAR(pearson->r, 0.5711816, 5e-8);
  EXPECT_NEAR(pearson->statistic, 1.8411, 5e-5);
  EXPECT_EQ(pearson->df, 7);
  EXPECT_NEAR(pearson->p, 0.1082, 5e-5);
  EXPECT_NEAR(pearson->interval->low, -0.1497426, 5e-8);
  EXPECT_NEAR(pearson->interval->high, 0.8955795, 5e-8);
  const auto spearman = spearman_correlation(lightness, quality);
  EXPECT_NEAR(spearman->rho, 0.6, 1e-15);
  EXPECT_NEAR(spearman->statistic, 48, 1e-13);
  // 26 of 36 pairs concordant.
  EXPECT_NEAR(kendall_correlation(lightness, quality)->tau, 16.0 / 36, 1e-15);
  EXPECT_NEAR(kendall_correlation(lightness, quality)->statistic, 16 / std::sqrt(9.0 * 8 * 23 / 18),
              1e-14);
}

TEST(Correlation, KendallPairByPair) {
  // A sequence with many ties in both columns.
  Values x;
  Values y;
  unsigned state = 7;
  auto next = [&](unsigned range) {
    state = state * 1664525U + 1013904223U;
    return static_cast<double>((state >> 16) % range);
  };
  for (int i = 0; i < 120; ++i) {
    x.push_back(next(6));
    y.push_back(std::floor(x.back() / 2) + next(5));
  }
  double surplus = 0;
  double apart_in_x = 0;
  double apart_in_y = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      const double product = (x[i] - x[j]) * (y[i] - y[j]);
      surplus += product > 0 ? 1 : product < 0 ? -1 : 0;
      apart_in_x += x[i] != x[j] ? 1 : 0;
      apart_in_y += y[i] != y[j] ? 1 : 0;
    }
  }
  const auto kendall = kendall_correlation(x, y);
  EXPECT_NEAR(kendall->tau, surplus / std::sqrt(apart_in_x * apart_in_y), 1e-14);
  EXPECT_NEAR(kendall_correlation(y, x)->statistic, kendall->statistic, 1e-12);
}

TEST(Correlation, TiesByHand) {
  // x ties once, y never: 1 2 2 4 with 1 3 2 4. Concordant 5, discordant 0.
  const auto kendall = kendall_correlation(Values{1, 2, 2, 4}, Values{1, 3, 2, 4});
  EXPECT_NEAR(kendall->tau, 5 / std::sqrt(5.0 * 6), 1e-15);
  // (4·3·13 − 2·1·9)/18.
  EXPECT_NEAR(kendall->statistic, 5 / std::sqrt(138.0 / 18), 1e-14);
  // Ranks 1 2.5 2.5 4 and 1 3 2 4: products 4.5, squares 4.5 and 5.
  EXPECT_NEAR(spearman_correlation(Values{1, 2, 2, 4}, Values{1, 3, 2, 4})->rho,
              4.5 / std::sqrt(22.5), 1e-15);
}

TEST(Correlation, PerfectOnes) {
  const auto line = pearson_correlation(Values{1, 2, 3, 4}, Values{8, 6, 4, 2}, 0.95);
  EXPECT_EQ(line->r, -1);
  EXPECT_EQ(line->statistic, -std::numeric_limits<double>::infinity());
  EXPECT_EQ(line->p, 0);
  EXPECT_EQ(line->interval->low, -1);
  EXPECT_EQ(line->interval->high, -1);
  EXPECT_EQ(spearman_correlation(Values{1, 2, 30}, Values{-4, 0, 5})->p, 0);
  EXPECT_EQ(kendall_correlation(Values{1, 2, 30}, Values{-4, 0, 5})->tau, 1);
  EXPECT_FALSE(pearson_correlation(Values{1, 2, 4}, Values{1, 2, 3}, 0.95)->interval.has_value());
}

TEST(Correlation, Refusals) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(pearson_correlation(Values{1, 2}, Values{1, 2}, 0.95).ok());
  EXPECT_FALSE(pearson_correlation(Values{1, 2, 3}, Values{1, 2}, 0.95).ok());
  EXPECT_FALSE(pearson_correlation(Values{1, 2, 3}, Values{1, 1, 1}, 0.95).ok());
  EXPECT_FALSE(pearson_correlation(Values{1, 2, nan}, Values{1, 2, 1}, 0.95).ok());
  EXPECT_FALSE(spearman_correlation(Values{2, 2, 2}, Values{1, 2, 1}).ok());
  EXPECT_FALSE(kendall_correlation(Values{2, 2, 2}, Values{1, 2, 1}).ok());
}

}  // namespace
}  // namespace topline::statistics
