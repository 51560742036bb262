#include "statistics/table_tests.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <vector>

namespace topline::statistics {
namespace {

using Table = std::vector<double>;

TEST(IndependenceTest, PublishedExamples) {
  // Agresti (2007), An Introduction to Categorical Data Analysis, page 39: party and gender.
  const auto party =
      independence_test(Table{762, 327, 468, 484, 239, 477}, 3, Continuity::corrected);
  EXPECT_NEAR(party->statistic, 30.1, 0.05);
  EXPECT_EQ(party->df, 2);
  EXPECT_LT(party->p, 1e-6);
  EXPECT_NEAR(party->smallest_expected, 566.0 * 1200 / 2757, 1e-10);
}

TEST(IndependenceTest, TwoByTwoByHand) {
  // Expected counts 25 throughout, deviations 5.
  EXPECT_NEAR(independence_test(Table{30, 20, 20, 30}, 2, Continuity::uncorrected)->statistic, 4,
              1e-14);
  EXPECT_NEAR(independence_test(Table{30, 20, 20, 30}, 2, Continuity::corrected)->statistic,
              4 * 4.5 * 4.5 / 25, 1e-14);
  EXPECT_EQ(independence_test(Table{5, 10, 10, 20}, 2, Continuity::corrected)->statistic, 0);
}

TEST(IndependenceTest, Refusals) {
  EXPECT_FALSE(independence_test(Table{1, 2, 0, 0}, 2, Continuity::corrected).ok());
  EXPECT_FALSE(independence_test(Table{1, 0, 2, 0}, 2, Continuity::corrected).ok());
  EXPECT_FALSE(independence_test(Table{1, 2, 3}, 2, Continuity::corrected).ok());
  EXPECT_FALSE(independence_test(Table{1, 2}, 1, Continuity::corrected).ok());
  EXPECT_FALSE(independence_test(Table{1, -2, 3, 4}, 2, Continuity::corrected).ok());
  EXPECT_FALSE(independence_test(Table{}, 0, Continuity::corrected).ok());
}

TEST(GoodnessOfFitTest, MendelsPeas) {
  const auto test =
      goodness_of_fit_test(Table{315, 101, 108, 32}, Table{9.0 / 16, 3.0 / 16, 3.0 / 16, 1.0 / 16});
  EXPECT_NEAR(test->statistic, 0.470, 5e-4);
  EXPECT_EQ(test->df, 3);
  EXPECT_NEAR(test->p, 0.925, 5e-4);
  EXPECT_EQ(test->smallest_expected, 34.75);
}

TEST(GoodnessOfFitTest, Refusals) {
  EXPECT_FALSE(goodness_of_fit_test(Table{1, 2}, Table{0.5, 0.6}).ok());
  EXPECT_FALSE(goodness_of_fit_test(Table{1, 2}, Table{0, 1}).ok());
  EXPECT_FALSE(goodness_of_fit_test(Table{1, 2}, Table{1}).ok());
  EXPECT_FALSE(goodness_of_fit_test(Table{0, 0}, Table{0.5, 0.5}).ok());
}

TEST(SymmetryTest, PublishedExample) {
  // Agresti (2002), Categorical Data Analysis, section 10.1.1: approval of the prime minister.
  const Table approval = {794, 150, 86, 570};
  EXPECT_NEAR(symmetry_test(approval, 2, Continuity::uncorrected)->statistic, 17.36, 0.005);
  EXPECT_NEAR(symmetry_test(approval, 2, Continuity::corrected)->statistic, 63.0 * 63 / 236, 1e-12);
}

TEST(SymmetryTest, LargerTablesByHand) {
  // (10 − 4)²/14 + (3 − 3)²/6; nobody moved between the last two codes.
  const auto test = symmetry_test(Table{7, 10, 3, 4, 7, 0, 3, 0, 7}, 3, Continuity::corrected);
  EXPECT_NEAR(test->statistic, 36.0 / 14, 1e-14);
  EXPECT_EQ(test->df, 3);
  EXPECT_EQ(symmetry_test(Table{1, 2, 2, 1}, 2, Continuity::corrected)->statistic, 0);
  EXPECT_FALSE(symmetry_test(Table{5, 0, 0, 5}, 2, Continuity::corrected).ok());
  EXPECT_FALSE(symmetry_test(Table{5, 1, 1, 5, 1, 1}, 2, Continuity::corrected).ok());
}

TEST(FisherTest, TeaTasting) {
  // Fisher (1935), The Design of Experiments: 3 of 4 cups right; probabilities 1, 16, 36, 16, 1
  // of 70.
  const auto test = fisher_test(3, 1, 1, 3, 0.95);
  EXPECT_NEAR(test->p, 34.0 / 70, 1e-14);
  // With the odds ratio θ, cells have the probabilities 1, 16θ, 36θ², 16θ³, θ⁴ but for a factor.
  auto tails = [](double o) {
    const double all = 1 + 16 * o + 36 * o * o + 16 * o * o * o + o * o * o * o;
    struct Of {
      double mean, upper, lower;
    };
    return Of{(16 * o + 72 * o * o + 48 * o * o * o + 4 * o * o * o * o) / all,
              (16 * o * o * o + o * o * o * o) / all, 1 - o * o * o * o / all};
  };
  EXPECT_NEAR(tails(test->odds_ratio).mean, 3, 1e-13);
  EXPECT_NEAR(tails(test->interval.low).upper, 0.025, 1e-14);
  EXPECT_NEAR(tails(test->interval.high).lower, 0.025, 1e-13);
  EXPECT_NEAR(test->odds_ratio, 6.408, 5e-4);
}

TEST(FisherTest, AtTheEdge) {
  const auto none = fisher_test(0, 4, 4, 0, 0.95);
  EXPECT_EQ(none->odds_ratio, 0);
  EXPECT_EQ(none->interval.low, 0);
  EXPECT_NEAR(none->p, 2.0 / 70, 1e-15);
  const auto all = fisher_test(4, 0, 0, 4, 0.95);
  EXPECT_EQ(all->odds_ratio, std::numeric_limits<double>::infinity());
  EXPECT_EQ(all->interval.high, std::numeric_limits<double>::infinity());
  // The odds ratio of the transposed table is the same, of the swapped one the reciprocal.
  EXPECT_NEAR(fisher_test(10, 3, 2, 9, 0.9)->odds_ratio, fisher_test(10, 2, 3, 9, 0.9)->odds_ratio,
              1e-11);
  EXPECT_NEAR(fisher_test(3, 10, 9, 2, 0.9)->interval.low,
              1 / fisher_test(10, 3, 2, 9, 0.9)->interval.high, 1e-13);
}

TEST(FisherTest, LargeCountsNeedNoSmallProbabilities) {
  // Far from independence; the conditional estimate is then near ad/bc.
  const auto test = fisher_test(20000, 100, 100, 20000, 0.95);
  EXPECT_NEAR(test->odds_ratio / 40000, 1, 0.01);
  EXPECT_EQ(test->p, 0);
}

TEST(FisherTest, Refusals) {
  EXPECT_FALSE(fisher_test(0, 0, 1, 2, 0.95).ok());
  EXPECT_FALSE(fisher_test(1.5, 1, 1, 2, 0.95).ok());
  EXPECT_FALSE(fisher_test(-1, 1, 1, 2, 0.95).ok());
  EXPECT_FALSE(fisher_test(1, 1, 1, 2, 1).ok());
}

}  // namespace
}  // namespace topline::statistics
