#include "estimation/mean_test.hpp"

#include <cmath>
#include <gtest/gtest.h>

#include "estimation/paired_shares.hpp"
#include "estimation/rank_test.hpp"
#include "estimation/trend_test.hpp"
#include "sample_of_rows.hpp"
#include "statistics/distributions.hpp"

namespace topline {
namespace {

TEST(OneSampleMeanTest, SimpleSamplesHaveStudentsTest) {
  const SampleOfRows rows({{1, 2, 3, 4}});
  const Result<TTest> test = one_sample_mean_test(rows, 0, 2);
  ASSERT_TRUE(test.ok());
  EXPECT_NEAR(test->statistic, 0.5 / std::sqrt(5.0 / 3 / 4), 1e-13);
  EXPECT_EQ(test->estimate.degrees_of_freedom, 3);
  const Result<TTest> less = one_sample_mean_test(rows, 0, 2, OneSampleFreedom::one_less);
  ASSERT_TRUE(less.ok());
  EXPECT_EQ(less->estimate.degrees_of_freedom, 2);
  EXPECT_NEAR(less->statistic, test->statistic, 1e-15);
  EXPECT_FALSE(one_sample_mean_test(SampleOfRows({{5, 5, 5}}), 0, 2).ok());
}

// Means 2 and 5; the variance is n/(n − 1)·(2/3² + 20/4²), sums of squares over squared sizes.
TEST(TwoGroupMeanTest, ByHand) {
  const SampleOfRows rows({{1, 2, 3, 2, 4, 6, 8}, {0, 0, 0, 1, 1, 1, 1}});
  const Result<TTest> test = two_group_mean_test(rows, 0, 1);
  ASSERT_TRUE(test.ok());
  EXPECT_NEAR(test->estimate.value, 3, 1e-14);
  const double variance = 7.0 / 6 * (2.0 / 9 + 20.0 / 16);
  EXPECT_NEAR(test->statistic, 3 / std::sqrt(variance), 1e-13);
  EXPECT_EQ(test->estimate.degrees_of_freedom, 5);
  const Result<FTest> all = equal_means_test(rows, 0, 1, 2);
  ASSERT_TRUE(all.ok());
  EXPECT_NEAR(all->statistic, test->statistic * test->statistic, 1e-12);
  EXPECT_NEAR(all->p, test->p, 1e-13);
  const Result<TTest> empty = two_group_mean_test(SampleOfRows({{1, 2}, {0, 0}}), 0, 1);
  EXPECT_FALSE(empty.ok());
}

// Groups that are the same clusters are not independent: pairs, as in a paired t test, whose
// variance is that of the mean of the differences 1, 2, 3 (times 3/2 over 3², the sum of squares
// 2).
TEST(TwoGroupMeanTest, GroupsThatShareUnitsAreCompared) {
  SampleOfRows rows({{1, 2, 2, 4, 3, 6}, {0, 1, 0, 1, 0, 1}});
  rows.cluster({0, 0, 1, 1, 2, 2});
  const Result<TTest> test = two_group_mean_test(rows, 0, 1);
  ASSERT_TRUE(test.ok());
  EXPECT_NEAR(test->statistic, 2 / std::sqrt(2.0 / 9 * 3 / 2), 1e-13);
  EXPECT_EQ(test->estimate.degrees_of_freedom, 1);
}

TEST(MeanContrastTest, ThreeGroups) {
  const SampleOfRows rows({{1, 3, 2, 4, 5, 9}, {0, 0, 1, 1, 2, 2}});
  const Result<TTest> test = mean_contrast_test(rows, 0, 1, std::vector<double>{-1, 0, 1});
  ASSERT_TRUE(test.ok());
  EXPECT_NEAR(test->estimate.value, 5, 1e-14);
  EXPECT_NEAR(test->estimate.standard_error, std::sqrt(6.0 / 5 * (2.0 / 4 + 8.0 / 4)), 1e-13);
  EXPECT_EQ(test->estimate.degrees_of_freedom, 3);
}

TEST(RankTest, RanksOfWeightedValues) {
  SampleOfRows rows({{2, 1, 3, 2}});
  rows.weigh({2, 1, 4, 1});
  const Result<ValueScores> scores = rank_scores(rows, 0, RankScores::wilcoxon);
  ASSERT_TRUE(scores.ok());
  EXPECT_EQ(scores->value, (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(scores->score, (std::vector<double>{0.5 / 8, 2.5 / 8, 6.0 / 8}));
  const Result<ValueScores> median = rank_scores(rows, 0, RankScores::median);
  ASSERT_TRUE(median.ok());
  EXPECT_EQ(median->score, (std::vector<double>{0, 0, 1}));
  const Result<ValueScores> normal = rank_scores(rows, 0, RankScores::van_der_waerden);
  ASSERT_TRUE(normal.ok());
  EXPECT_NEAR(statistics::normal_lower(normal->score[2]), 0.75, 1e-14);
}

// Ranks 1, 2, 4 and 3, 5, 6 of six: mean scores (r − ½)/6 of 11/36 and 25/36.
TEST(RankTest, ByHand) {
  const SampleOfRows rows({{10, 11, 14, 13, 20, 90}, {0, 0, 0, 1, 1, 1}});
  const Result<TTest> test = rank_test(rows, 0, 1, RankScores::wilcoxon);
  ASSERT_TRUE(test.ok());
  EXPECT_NEAR(test->estimate.value, 14.0 / 36, 1e-14);
  // Both groups' sums of squared deviations are 14/3/36.
  EXPECT_NEAR(test->estimate.standard_error, std::sqrt(6.0 / 5 * 2 * (14.0 / 3 / 36) / 9), 1e-14);
  EXPECT_EQ(test->estimate.degrees_of_freedom, 4);
  const Result<FTest> classes = rank_test_of_classes(rows, 0, 1, 2, RankScores::wilcoxon);
  ASSERT_TRUE(classes.ok());
  EXPECT_NEAR(classes->statistic, test->statistic * test->statistic, 1e-12);
  EXPECT_NEAR(classes->p, test->p, 1e-13);
}

TEST(RankTest, OnlyTheOrderCounts) {
  const std::vector<double> y = {0.3, 2, 1.7, 0.9, 4, 3.1, 0.1};
  std::vector<double> grown;
  for (const double value : y)
    grown.push_back(std::exp(3 * value));
  const std::vector<double> group = {0, 1, 0, 1, 1, 2, 2};
  for (const RankScores scores :
       {RankScores::wilcoxon, RankScores::van_der_waerden, RankScores::median}) {
    const Result<TTest> plain = rank_test(SampleOfRows({y, group}), 0, 1, scores);
    const Result<TTest> changed = rank_test(SampleOfRows({grown, group}), 0, 1, scores);
    ASSERT_EQ(plain.ok(), changed.ok());
    if (plain.ok()) {
      EXPECT_EQ(plain->statistic, changed->statistic);
    }
  }
  const Result<FTest> three =
      rank_test_of_classes(SampleOfRows({y, group}), 0, 1, 3, RankScores::wilcoxon);
  ASSERT_TRUE(three.ok());
  EXPECT_EQ(three->numerator_df, 2);
  EXPECT_EQ(three->denominator_df, 4);
}

TEST(RankTest, AnEmptyGroupIsRefused) {
  const SampleOfRows rows({{1, 2, 3}, {0, 0, 0}});
  EXPECT_FALSE(rank_test(rows, 0, 1, RankScores::wilcoxon).ok());
}

// 30 chose the first option, 18 the second, 52 neither.
TEST(PairedShares, OptionsOfOneQuestionAreMultinomial) {
  std::vector<double> first(100);
  std::vector<double> second(100);
  for (size_t i = 0; i < 48; ++i)
    (i < 30 ? first : second)[i] = 1;
  const SampleOfRows rows({first, second});
  const Result<TTest> test = paired_shares_test(rows, 0, 1);
  ASSERT_TRUE(test.ok());
  EXPECT_NEAR(test->estimate.value, 0.12, 1e-15);
  EXPECT_NEAR(test->estimate.standard_error, std::sqrt((0.48 - 0.0144) / 99), 1e-14);
  EXPECT_EQ(test->estimate.degrees_of_freedom, 99);
  // And McNemar's (30 − 18)²/48 but for the variance under the hypothesis.
  EXPECT_NEAR(test->statistic * test->statistic, 99.0 / 100 * 144 / (48 - 1.44), 1e-12);
  const Result<FTest> all = equal_shares_test(rows, std::vector<size_t>{0, 1});
  ASSERT_TRUE(all.ok());
  EXPECT_NEAR(all->p, test->p, 1e-12);
}

TEST(PairedShares, ThoseWhoTookBothOrNeitherCountForNothingButTheBase) {
  const SampleOfRows rows({{1, 1, 1, 0, 0, 1}, {1, 1, 0, 0, 1, 0}});
  const Result<TTest> test = paired_shares_test(rows, 0, 1);
  ASSERT_TRUE(test.ok());
  EXPECT_NEAR(test->estimate.value, 1.0 / 6, 1e-15);
  EXPECT_NEAR(test->estimate.standard_error, std::sqrt((3.0 / 6 - 1.0 / 36) / 5), 1e-14);
  EXPECT_FALSE(paired_shares_test(rows, 0, 0).ok());
  EXPECT_FALSE(equal_shares_test(rows, std::vector<size_t>{0}).ok());
}

// Slope 1, every residual ±½: the variance is 6/5·Σ (x − x̄)²e²/Sxx² = 6/5·1/16.
TEST(TrendTest, ByHand) {
  const std::vector<double> y = {0, 1, 1, 2, 2, 3};
  const std::vector<double> code = {0, 0, 1, 1, 2, 2};
  const Result<TTest> test =
      trend_test(SampleOfRows({y, code}), 0, 1, std::vector<double>{1, 2, 3});
  ASSERT_TRUE(test.ok());
  EXPECT_NEAR(test->estimate.value, 1, 1e-14);
  EXPECT_NEAR(test->estimate.standard_error, std::sqrt(6.0 / 5 / 16), 1e-14);
  EXPECT_EQ(test->estimate.degrees_of_freedom, 4);
  const Result<TTest> shifted =
      trend_test(SampleOfRows({y, code}), 0, 1, std::vector<double>{10, 12, 14});
  ASSERT_TRUE(shifted.ok());
  EXPECT_NEAR(shifted->statistic, test->statistic, 1e-12);
}

TEST(TrendTest, OneCategoryIsRefused) {
  const std::vector<double> scores = {1, 2};
  EXPECT_FALSE(trend_test(SampleOfRows({{1, 2}, {0, 0}}), 0, 1, scores).ok());
  EXPECT_FALSE(trend_test(SampleOfRows({{1, 2}, {5, 5}}), 0, 1, scores).ok());
}

}  // namespace
}  // namespace topline
