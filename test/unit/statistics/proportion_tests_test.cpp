#include "statistics/proportion_tests.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <vector>

#include "statistics/distributions.hpp"
#include "statistics/proportion_intervals.hpp"

namespace topline::statistics {
namespace {

using Counts = std::vector<int64_t>;

TEST(BinomialTest, ByHand) {
  // Of three draws with 0.2: 0.512, 0.384, 0.096, 0.008.
  EXPECT_NEAR(binomial_test(0, 3, 0.2, 0.95)->p, 1, 1e-15);
  EXPECT_NEAR(binomial_test(1, 3, 0.2, 0.95)->p, 0.488, 1e-15);
  EXPECT_NEAR(binomial_test(2, 3, 0.2, 0.95)->p, 0.104, 1e-15);
  EXPECT_NEAR(binomial_test(3, 3, 0.2, 0.95)->p, 0.008, 1e-15);
  // Of four with a half, none and all are as likely.
  EXPECT_NEAR(binomial_test(0, 4, 0.5, 0.95)->p, 0.125, 1e-15);
  EXPECT_NEAR(binomial_test(4, 4, 0.5, 0.95)->p, 0.125, 1e-15);
  EXPECT_EQ(binomial_test(2, 4, 0.5, 0.95)->p, 1);
  EXPECT_EQ(binomial_test(2, 4, 0.5, 0.95)->share, 0.5);
}

TEST(BinomialTest, SumOfWhatIsNotMoreLikely) {
  for (const double share : {0.03, 0.37, 0.8}) {
    for (int64_t hits = 0; hits <= 40; ++hits) {
      const double limit = binomial_probability(static_cast<double>(hits), 40, share) * (1 + 1e-7);
      double expected = 0;
      for (int k = 0; k <= 40; ++k) {
        const double probability = binomial_probability(k, 40, share);
        expected += probability <= limit ? probability : 0;
      }
      EXPECT_NEAR(binomial_test(hits, 40, share, 0.95)->p / expected, 1, 1e-11);
    }
  }
}

TEST(BinomialTest, CertainShares) {
  EXPECT_EQ(binomial_test(0, 4, 0, 0.95)->p, 1);
  EXPECT_EQ(binomial_test(1, 4, 0, 0.95)->p, 0);
  EXPECT_EQ(binomial_test(4, 4, 1, 0.95)->p, 1);
  EXPECT_FALSE(binomial_test(1, 4, 1.5, 0.95).ok());
  EXPECT_FALSE(binomial_test(5, 4, 0.5, 0.95).ok());
}

TEST(ProportionTest, OneShareByHand) {
  // (17 − 50)²/50 twice, and (|17 − 50| − ½)²/50 twice.
  const auto plain = one_proportion_test(17, 100, 0.5, Continuity::uncorrected, 0.95);
  EXPECT_NEAR(plain->statistic, 43.56, 1e-12);
  EXPECT_EQ(plain->df, 1);
  EXPECT_NEAR(plain->p, 2 * normal_upper(6.6), 1e-22);
  EXPECT_EQ(plain->interval->low, wilson_bounds(17, 100, 0.95)->low);
  const auto corrected = one_proportion_test(17, 100, 0.5, Continuity::corrected, 0.95);
  EXPECT_NEAR(corrected->statistic, 42.25, 1e-12);
  EXPECT_EQ(corrected->interval->high, wilson_bounds(17, 100, 0.95, 0.5)->high);
  // A correction of no more than the deviation.
  EXPECT_EQ(one_proportion_test(50, 100, 0.5, Continuity::corrected, 0.95)->statistic, 0);
  EXPECT_FALSE(one_proportion_test(50, 100, 0, Continuity::corrected, 0.95).ok());
}

TEST(ProportionTest, PublishedComparison) {
  // Fleiss (1981), Statistical Methods for Rates and Proportions, page 139: smokers among patients.
  const auto test = proportions_test(Counts{83, 90, 129, 70}, Counts{86, 93, 136, 82},
                                     Continuity::corrected, 0.95);
  EXPECT_NEAR(test->statistic, 12.60, 0.005);
  EXPECT_EQ(test->df, 3);
  EXPECT_NEAR(test->p, 0.0056, 5e-5);
  EXPECT_FALSE(test->interval.has_value());
  const auto trend =
      trend_test(Counts{83, 90, 129, 70}, Counts{86, 93, 136, 82}, std::vector<double>{1, 2, 3, 4});
  EXPECT_NEAR(trend->statistic, 8.2249, 5e-5);
  EXPECT_NEAR(trend->p, 0.004132, 5e-7);
  EXPECT_LT(trend->slope, 0);
}

TEST(ProportionTest, TwoSharesByHand) {
  // Pooled share ½: z = (0.6 − 0.4)/sqrt(¼·(1/50 + 1/50)) = 2.
  const auto plain =
      proportions_test(Counts{30, 20}, Counts{50, 50}, Continuity::uncorrected, 0.95);
  EXPECT_NEAR(plain->statistic, 4, 1e-14);
  const double width = normal_quantile(0.975) * std::sqrt(2 * 0.24 / 50);
  EXPECT_NEAR(plain->interval->low, 0.2 - width, 1e-15);
  EXPECT_NEAR(plain->interval->high, 0.2 + width, 1e-15);
  // The correction takes ½·(1/50 + 1/50) off the difference: z = 0.18/0.1.
  const auto corrected =
      proportions_test(Counts{30, 20}, Counts{50, 50}, Continuity::corrected, 0.95);
  EXPECT_NEAR(corrected->statistic, 3.24, 1e-13);
  EXPECT_NEAR(corrected->interval->high, 0.22 + width, 1e-15);
}

TEST(ProportionTest, TrendInTwoGroupsIsTheirComparison) {
  const auto trend = trend_test(Counts{30, 20}, Counts{50, 60}, std::vector<double>{-1, 7});
  const auto test = proportions_test(Counts{30, 20}, Counts{50, 60}, Continuity::uncorrected, 0.9);
  EXPECT_NEAR(trend->statistic, test->statistic, 1e-13);
  EXPECT_NEAR(trend->slope, (20.0 / 60 - 0.6) / 8, 1e-15);
}

TEST(ProportionTest, Refusals) {
  const std::vector<double> scores = {1, 2};
  EXPECT_FALSE(proportions_test(Counts{1}, Counts{2}, Continuity::corrected, 0.95).ok());
  EXPECT_FALSE(proportions_test(Counts{1, 1}, Counts{2}, Continuity::corrected, 0.95).ok());
  EXPECT_FALSE(proportions_test(Counts{0, 0}, Counts{2, 3}, Continuity::corrected, 0.95).ok());
  EXPECT_FALSE(proportions_test(Counts{2, 3}, Counts{2, 3}, Continuity::corrected, 0.95).ok());
  EXPECT_FALSE(proportions_test(Counts{1, 1}, Counts{2, 0}, Continuity::corrected, 0.95).ok());
  EXPECT_FALSE(trend_test(Counts{1, 1}, Counts{2, 2}, std::vector<double>{3, 3}).ok());
  EXPECT_FALSE(trend_test(Counts{1, 1}, Counts{2, 2}, std::vector<double>{3}).ok());
  EXPECT_FALSE(trend_test(Counts{0, 0}, Counts{2, 2}, scores).ok());
}

}  // namespace
}  // namespace topline::statistics
