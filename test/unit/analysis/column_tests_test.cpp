#include "analysis/column_tests.hpp"

#include <cmath>
#include <gtest/gtest.h>

#include "statistics/distributions.hpp"

namespace topline {
namespace {

const VariableId banner{size_t{1}};

// A row of respondents by column of one banner variable; the total stands first.
Table table_of(const std::vector<std::pair<int64_t, int64_t>>& hits_of_base) {
  Table table;
  table.tests = ColumnTests::unadjusted;
  table.rows.resize(1);
  table.cells.resize(1);
  Base all;
  Cell any;
  for (const auto& [hits, base] : hits_of_base) {
    all.count += base;
    any.count += hits;
  }
  table.columns.emplace_back();
  table.bases.push_back(all);
  table.cells[0].push_back(any);
  for (const auto& [hits, base] : hits_of_base) {
    BannerColumn column;
    column.variable = banner;
    table.columns.push_back(column);
    Base one;
    one.count = base;
    table.bases.push_back(one);
    Cell cell;
    cell.count = hits;
    table.cells[0].push_back(cell);
  }
  table.moments.resize(table.columns.size());
  return table;
}

std::vector<std::string> letters(Table table, ColumnTests tests = ColumnTests::unadjusted) {
  table.tests = tests;
  letter_columns(table, 30);
  test_plain_columns(table, 0.05, {});
  std::vector<std::string> result;
  for (const Cell& cell : table.cells[0])
    result.push_back(cell.higher_than);
  return result;
}

using Letters = std::vector<std::string>;

// 60 of 100 and 40 of 100: p = 0.5, z = 0.2/√(0.25·2/100) = 2√2.
TEST(ColumnTests, PooledTwoProportionZ) {
  const Table table = table_of({{60, 100}, {40, 100}});
  const auto compared = compare_shares(table, 0, 1, 2, 0);
  ASSERT_TRUE(compared.has_value());
  EXPECT_NEAR(compared->difference, -0.2, 1e-15);
  EXPECT_NEAR(compared->p, std::erfc(2), 1e-15);  // 2·(1 − Φ(2√2)) = erfc(2) = 0.0047
}

// With 50 respondents in both columns the variance is 0.25·(2/100 − 2·50/100²) = 0.0025: z = 4.
TEST(ColumnTests, OverlapMakesTheDifferenceSurer) {
  const Table table = table_of({{60, 100}, {40, 100}});
  const auto compared = compare_shares(table, 0, 1, 2, 50);
  ASSERT_TRUE(compared.has_value());
  EXPECT_NEAR(compared->p, std::erfc(4 / std::sqrt(2.0)), 1e-15);
  // The same respondents throughout: there is no difference to speak of.
  EXPECT_FALSE(compare_shares(table, 0, 1, 2, 100).has_value());
}

TEST(ColumnTests, LettersStandInTheHigherCellAndCapitalsAtAFifthOfTheLevel) {
  // p: 0.0047 of the first pair; 57 against 43 of 100: z = 0.14/√0.005, p = 0.0477.
  EXPECT_EQ(letters(table_of({{60, 100}, {40, 100}})), (Letters{"", "B", ""}));
  EXPECT_EQ(letters(table_of({{43, 100}, {57, 100}})), (Letters{"", "", "a"}));
  EXPECT_EQ(letters(table_of({{44, 100}, {57, 100}})), (Letters{"", "", ""}));  // p = 0.066
}

// Three columns make three pairs. 60, 50 and 41 of 100: p = 0.156, 0.0072 and 0.201.
TEST(ColumnTests, PairsOfARowAreAdjusted) {
  const Table table = table_of({{60, 100}, {50, 100}, {41, 100}});
  EXPECT_EQ(letters(table), (Letters{"", "C", "", ""}));
  EXPECT_EQ(letters(table, ColumnTests::bonferroni), (Letters{"", "c", "", ""}));  // 0.0217
  EXPECT_EQ(letters(table, ColumnTests::benjamini_hochberg), (Letters{"", "c", "", ""}));
  // 60, 46 and 45: p = 0.047, 0.034 and 0.887. Adjusted by Benjamini and Hochberg 0.071 and 0.071.
  const Table other = table_of({{60, 100}, {46, 100}, {45, 100}});
  EXPECT_EQ(letters(other), (Letters{"", "bc", "", ""}));
  EXPECT_EQ(letters(other, ColumnTests::benjamini_hochberg), (Letters{"", "", "", ""}));
}

TEST(ColumnTests, SmallBasesAreLeftOutAndDoNotCountAsPairs) {
  // Of two tested columns Bonferroni makes one pair: 0.0217 · 1 would be 0.0072.
  EXPECT_EQ(letters(table_of({{60, 100}, {29, 29}, {41, 100}}), ColumnTests::bonferroni),
            (Letters{"", "C", "", ""}));
}

TEST(ColumnTests, VariablesAreComparedWithinThemselvesAndNotBeyondTheAlphabet) {
  Table two = table_of({{60, 100}, {40, 100}});
  two.columns[2].variable = VariableId{size_t{2}};
  EXPECT_EQ(letters(two), (Letters{"", "", ""}));
  const std::vector<std::pair<int64_t, int64_t>> many(27, {50, 100});
  Table table = table_of(many);
  letter_columns(table, 30);
  EXPECT_EQ(table.columns[1].letter, 0);
}

TEST(ColumnTests, SharesThatDoNotVary) {
  EXPECT_EQ(letters(table_of({{100, 100}, {100, 100}})), (Letters{"", "", ""}));
  EXPECT_EQ(letters(table_of({{0, 100}, {0, 100}})), (Letters{"", "", ""}));
  EXPECT_EQ(letters(table_of({{100, 100}, {0, 100}})), (Letters{"", "B", ""}));
}

// Means 5 and 4, s = 2 and 3, n = 50 and 60: t = −1/√(4/50 + 9/60), Welch's degrees of freedom
// 0.23²/(0.08²/49 + 0.15²/59) = 103.3.
TEST(ColumnTests, MeansByWelchsTest) {
  Table table = table_of({{1, 50}, {1, 60}});
  table.moments[1] = Moments{50, 5, 2, 5, {}, {}};
  table.moments[2] = Moments{60, 4, 3, 4, {}, {}};
  const auto compared = compare_means(table, 1, 2, 0);
  ASSERT_TRUE(compared.has_value());
  const double df = 0.23 * 0.23 / (0.08 * 0.08 / 49 + 0.15 * 0.15 / 59);
  EXPECT_NEAR(df, 103.3, 0.05);
  EXPECT_NEAR(compared->p, statistics::student_two_sided(1 / std::sqrt(0.23), df), 1e-15);
  letter_columns(table, 30);
  test_plain_columns(table, 0.05, {});
  EXPECT_EQ(table.moments[1]->higher_than, "b");                // p = 0.039
  EXPECT_FALSE(compare_means(table, 1, 2, 0.115).has_value());  // a difference without variance
}

}  // namespace
}  // namespace topline
