#include "statistics/rank_tests.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <vector>

#include "statistics/distributions.hpp"
#include "statistics/ranks.hpp"

namespace topline::statistics {
namespace {

using Values = std::vector<double>;

TEST(Ranks, TiesShareTheirs) {
  const Ranks ranks = ranks_of(Values{5, 1, 5, -2, 5, 1});
  EXPECT_EQ(ranks.rank, (Values{5, 2.5, 5, 1, 5, 2.5}));
  EXPECT_EQ(ranks.ties, (Values{2, 3}));
  EXPECT_EQ(ranks.tie_sum(), 6 + 24);
  EXPECT_TRUE(ranks_of(Values{}).rank.empty());
}

TEST(RankSumTest, PublishedExample) {
  // Hollander and Wolfe (1973), Nonparametric Statistical Methods, page 69: U = 35. Mean 25,
  // variance 10·5·16/12.
  const Values x = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
  const Values y = {1.15, 0.88, 0.90, 0.74, 1.21};
  const auto plain = rank_sum_test(x, y, Continuity::uncorrected);
  EXPECT_EQ(plain->statistic, 35);
  EXPECT_NEAR(plain->z, 10 / std::sqrt(800.0 / 12), 1e-14);
  EXPECT_NEAR(plain->p, 2 * normal_upper(plain->z), 1e-15);
  EXPECT_NEAR(rank_sum_test(x, y, Continuity::corrected)->z, 9.5 / std::sqrt(800.0 / 12), 1e-14);
  EXPECT_EQ(rank_sum_test(y, x, Continuity::corrected)->statistic, 15);
  EXPECT_EQ(rank_sum_test(y, x, Continuity::corrected)->p,
            rank_sum_test(x, y, Continuity::corrected)->p);
}

TEST(RankSumTest, TiesByHand) {
  // Ranks 1 3 3 | 3 5: U = 7 − 6; variance 6/12·(6 − 24/20).
  const auto test = rank_sum_test(Values{1, 2, 2}, Values{2, 3}, Continuity::uncorrected);
  EXPECT_EQ(test->statistic, 1);
  EXPECT_NEAR(test->z, -2 / std::sqrt(2.4), 1e-14);
  EXPECT_EQ(rank_sum_test(Values{1, 2}, Values{1, 2}, Continuity::corrected)->p, 1);
  EXPECT_FALSE(rank_sum_test(Values{1, 1}, Values{1}, Continuity::corrected).ok());
  EXPECT_FALSE(rank_sum_test(Values{}, Values{1}, Continuity::corrected).ok());
}

TEST(SignedRankTest, PublishedExample) {
  // Hollander and Wolfe (1973), page 29: T+ = 40 of 9 pairs; mean 22.5, variance 9·10·19/24.
  const Values x = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
  const Values y = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};
  const auto test = signed_rank_test(x, y, Continuity::corrected);
  EXPECT_EQ(test->statistic, 40);
  EXPECT_NEAR(test->z, 17 / std::sqrt(71.25), 1e-14);
}

TEST(SignedRankTest, ZerosAndTiesByHand) {
  // Differences 1, −1, 2 with ranks 1.5, 1.5, 3; variance 3·4·7/24 − 6/48.
  const auto test =
      signed_rank_test(Values{2, 1, 5, 4}, Values{1, 2, 3, 4}, Continuity::uncorrected);
  EXPECT_EQ(test->statistic, 4.5);
  EXPECT_NEAR(test->z, 1.5 / std::sqrt(3.375), 1e-15);
  EXPECT_FALSE(signed_rank_test(Values{1, 2}, Values{1, 2}, Continuity::corrected).ok());
}

TEST(KruskalTest, PublishedExample) {
  // Hollander and Wolfe (1973), page 116.
  const std::vector<Values> groups = {
      {2.9, 3.0, 2.5, 2.6, 3.2}, {3.8, 2.7, 4.0, 2.4}, {2.8, 3.4, 3.7, 2.2, 2.0}};
  const auto test = kruskal_test(groups);
  EXPECT_NEAR(test->statistic, 0.771, 5e-4);
  EXPECT_EQ(test->df, 2);
  EXPECT_NEAR(test->p, 0.68, 5e-4);
}

TEST(KruskalTest, OfTwoGroupsIsTheRankSumTest) {
  const std::vector<Values> groups = {{1, 2, 2, 7, 7, 9}, {2, 3, 7, 11}};
  const auto pair = rank_sum_test(groups[0], groups[1], Continuity::uncorrected);
  EXPECT_NEAR(kruskal_test(groups)->statistic, pair->z * pair->z, 1e-14);
  EXPECT_FALSE(kruskal_test(std::vector<Values>{{1, 1}, {1}}).ok());
  EXPECT_FALSE(kruskal_test(std::vector<Values>{{1}, {}}).ok());
}

}  // namespace
}  // namespace topline::statistics
