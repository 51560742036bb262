#include "estimation/independence_test.hpp"

#include <cmath>
#include <gtest/gtest.h>

#include "sample_of_rows.hpp"
#include "statistics/distributions.hpp"

namespace topline {
namespace {

// Rows of a table of counts, `copies` of each.
SampleOfRows rows_of(const std::vector<std::vector<int>>& counts, int copies = 1) {
  std::vector<double> row_codes;
  std::vector<double> column_codes;
  for (size_t r = 0; r < counts.size(); ++r) {
    for (size_t c = 0; c < counts[r].size(); ++c) {
      for (int i = 0; i < counts[r][c] * copies; ++i) {
        row_codes.push_back(static_cast<double>(r));
        column_codes.push_back(static_cast<double>(c));
      }
    }
  }
  return SampleOfRows({row_codes, column_codes});
}

IndependenceTest tested(const SampleRows& rows, size_t row_count, size_t column_count,
                        IndependenceStatistic statistic) {
  const Result<IndependenceTest> test = independence_test(
      cell_tally(rows, 0, row_count, 1, column_count), row_count, column_count, statistic);
  EXPECT_TRUE(test.ok()) << (test.ok() ? "" : test.fault().message);
  return test.ok() ? *test : IndependenceTest{};
}

const std::vector<std::vector<int>> two_by_two = {{10, 20}, {30, 40}};
// 100·(10·40 − 20·30)²/(30·70·40·60)
constexpr double two_by_two_pearson = 100 * 40000.0 / 5040000;

// For a simple random sample all design effects are n/(n − 1), as the variance has n − 1 below.
TEST(IndependenceTest, SimpleSamplesHavePearsonsTest) {
  const SampleOfRows rows = rows_of(two_by_two);
  const IndependenceTest f = tested(rows, 2, 2, IndependenceStatistic::rao_scott_f);
  EXPECT_NEAR(f.pearson, two_by_two_pearson, 1e-13);
  ASSERT_EQ(f.design_effects.size(), 1u);
  EXPECT_NEAR(f.design_effects[0], 100.0 / 99, 1e-12);
  EXPECT_NEAR(f.statistic, two_by_two_pearson * 0.99, 1e-12);
  EXPECT_NEAR(f.numerator_df, 1, 1e-12);
  EXPECT_NEAR(f.denominator_df, 99, 1e-10);
  EXPECT_NEAR(f.smallest_expected, 30 * 40 / 100.0, 1e-12);
  const IndependenceTest chi = tested(rows, 2, 2, IndependenceStatistic::rao_scott_chi_squared);
  EXPECT_NEAR(chi.p, std::erfc(std::sqrt(two_by_two_pearson * 0.99 / 2)), 1e-12);

  const SampleOfRows larger = rows_of({{10, 5, 7}, {4, 8, 9}, {6, 6, 12}});
  const IndependenceTest four = tested(larger, 3, 3, IndependenceStatistic::rao_scott_f);
  EXPECT_NEAR(four.numerator_df, 4, 1e-11);
  for (const double effect : four.design_effects)
    EXPECT_NEAR(effect, 67.0 / 66, 1e-12);
}

// With one design effect the sum of chi-squared is a single one, and over its denominator F.
TEST(IndependenceTest, TheLinearCombinationOfOneIsF) {
  const SampleOfRows rows = rows_of(two_by_two);
  const IndependenceTest f = tested(rows, 2, 2, IndependenceStatistic::rao_scott_f);
  const IndependenceTest sum = tested(rows, 2, 2, IndependenceStatistic::linear_combination);
  EXPECT_NEAR(sum.p, f.p, 1e-11);
  const IndependenceTest near = tested(rows, 2, 2, IndependenceStatistic::saddlepoint);
  EXPECT_NEAR(near.p, f.p, 0.05 * f.p);
}

// Y = Σ (r − r̄)(c − c̄) with the variance of a total: n/(n − 1)·Σ (z − z̄)².
TEST(IndependenceTest, WaldsTestIsThatOfTheCovarianceOfRowsAndColumns) {
  const SampleOfRows rows = rows_of(two_by_two);
  double y = 0;
  double squares = 0;
  for (int r = 0; r < 2; ++r) {
    for (int c = 0; c < 2; ++c) {
      const double z = (r - 0.7) * (c - 0.6);
      const int count = two_by_two[static_cast<size_t>(r)][static_cast<size_t>(c)];
      y += count * z;
      squares += count * z * z;
    }
  }
  const double variance = 100.0 / 99 * (squares - y * y / 100);
  const IndependenceTest wald = tested(rows, 2, 2, IndependenceStatistic::wald);
  EXPECT_NEAR(wald.statistic, y * y / variance, 1e-12);
  EXPECT_EQ(wald.numerator_df, 1);
  EXPECT_EQ(wald.denominator_df, 99);
  const IndependenceTest adjusted = tested(rows, 2, 2, IndependenceStatistic::adjusted_wald);
  EXPECT_NEAR(adjusted.statistic, wald.statistic, 1e-12);
  const IndependenceTest score = tested(rows, 2, 2, IndependenceStatistic::wls_score);
  EXPECT_NEAR(score.statistic, wald.statistic, 1e-12);
  EXPECT_EQ(score.denominator_df, 97);
}

TEST(IndependenceTest, TheAdjustmentOfSeveralHypotheses) {
  const SampleOfRows rows = rows_of({{10, 5, 7}, {4, 8, 9}, {6, 6, 12}});
  const IndependenceTest wald = tested(rows, 3, 3, IndependenceStatistic::wald);
  const IndependenceTest adjusted = tested(rows, 3, 3, IndependenceStatistic::adjusted_wald);
  EXPECT_NEAR(adjusted.statistic, wald.statistic * 63 / 66, 1e-12);
  EXPECT_EQ(adjusted.denominator_df, 63);
}

// Pairs of the same answers: X² has twice the rows, the design effects are 2m/(m − 1) for m pairs.
TEST(IndependenceTest, ClustersOfAlikeRowsCountOnce) {
  SampleOfRows rows = rows_of(two_by_two, 2);
  std::vector<uint32_t> unit;
  for (uint32_t row = 0; row < 200; ++row)
    unit.push_back(row / 2);
  rows.cluster(unit);
  const IndependenceTest test = tested(rows, 2, 2, IndependenceStatistic::rao_scott_f);
  EXPECT_NEAR(test.pearson, 2 * two_by_two_pearson, 1e-12);
  EXPECT_NEAR(test.design_effects[0], 200.0 / 99, 1e-12);
  EXPECT_NEAR(test.statistic, two_by_two_pearson * 0.99, 1e-12);
}

// The jackknife of a simple sample: near the linearization.
TEST(IndependenceTest, ReplicatesComeNearTheLinearization) {
  SampleOfRows rows = rows_of(two_by_two);
  rows.jackknife();
  const IndependenceTest test = tested(rows, 2, 2, IndependenceStatistic::rao_scott_f);
  EXPECT_NEAR(test.design_effects[0], 100.0 / 99, 1e-10);  // shares are linear here
}

TEST(IndependenceTest, RowsAndColumnsWithoutAnybodyAreLeftOut) {
  const IndependenceTest test = tested(rows_of({{10, 0, 20}, {0, 0, 0}, {30, 0, 40}}), 3, 3,
                                       IndependenceStatistic::rao_scott_f);
  EXPECT_NEAR(test.pearson, two_by_two_pearson, 1e-13);
  EXPECT_NEAR(test.numerator_df, 1, 1e-12);
}

TEST(IndependenceTest, WhatCannotBeTestedIsRefused) {
  const auto refused = [](const SampleRows& rows, size_t row_count, size_t column_count,
                          IndependenceStatistic statistic) {
    const Result<IndependenceTest> test = independence_test(
        cell_tally(rows, 0, row_count, 1, column_count), row_count, column_count, statistic);
    return test.ok() ? std::string() : test.fault().message;
  };
  using enum IndependenceStatistic;
  EXPECT_NE(refused(rows_of({{3, 4}, {0, 0}}), 2, 2, rao_scott_f).find("one row"),
            std::string::npos);
  EXPECT_NE(refused(rows_of({{3, 0}, {5, 0}}), 2, 2, rao_scott_f).find("one column"),
            std::string::npos);
  // The third row of the table is left out of the cells.
  EXPECT_NE(refused(rows_of({{3, 4}, {5, 6}, {7, 8}}), 2, 2, rao_scott_f).find("no cell"),
            std::string::npos);
  SampleOfRows alike = rows_of({{3, 4}, {5, 6}});
  alike.cluster(std::vector<uint32_t>(18, 0));
  EXPECT_NE(refused(alike, 2, 2, rao_scott_f).find("degrees of freedom"), std::string::npos);
  // Four hypotheses and three units.
  SampleOfRows few = rows_of({{3, 4, 2}, {5, 6, 1}, {2, 2, 8}});
  std::vector<uint32_t> unit;
  for (uint32_t row = 0; row < 33; ++row)
    unit.push_back(row % 3);
  few.cluster(unit);
  EXPECT_NE(refused(few, 3, 3, wald), "");
  EXPECT_NE(refused(few, 3, 3, adjusted_wald).find("degrees of freedom"), std::string::npos);
  EXPECT_EQ(refused(few, 3, 3, rao_scott_f), "");
}

}  // namespace
}  // namespace topline
