#include "engine/count.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace topline {
namespace {

const char* const questionnaire_text = R"(
- page: all
  questions:
    - S: Single
      options:
        1 a: A
        2 b: B
        3 c: {text: C, anchor: end}
        8 dk: {text: Don't know, missing: dont_know}
    - M: Multiple
      kind: multiple
      options: {1 x: X, 2 y: Y, 3 z: Z}
    - N: Number
      kind: numeric
    - R: Ranking
      kind: ranking
      options: {1 p: P, 2 q: Q}
)";

// Ten cases, counted by hand below:
//   S  a a a b b c dk dk - -      (- is no answer)
//   M  x xy y z xyz - - x - -
//   N  1 2 3 4 - - - - - -
class CountTest : public testing::Test {
 protected:
  void SetUp() override {
    Diagnostics faults;
    questionnaire = load_questionnaire(questionnaire_text, "questionnaire.yaml", faults);
    ASSERT_TRUE(faults.empty()) << faults.all()[0].message;
    data = Dataset(questionnaire.codebook, 10);
    const int single[] = {0, 0, 0, 1, 1, 2, 3, 3};
    for (size_t row = 0; row < 8; ++row)
      data.set_option(id("S"), row, single[row]);
    const std::vector<std::vector<int>> ticks = {{0}, {0, 1}, {1}, {2}, {0, 1, 2}, {}, {}, {0}};
    for (size_t row = 0; row < ticks.size(); ++row) {
      for (int option : ticks[row])
        data.set_mark(id("M"), row, option, 1);
    }
    for (size_t row = 0; row < 4; ++row)
      data.set_number(id("N"), row, static_cast<double>(row + 1));
    data.set_mark(id("R"), 0, 0, 2);
    data.set_mark(id("R"), 0, 1, 1);
    data.set_state(id("S"), 9, AnswerState::not_asked);
  }

  VariableId id(const std::string& name) const { return questionnaire.codebook.find(name); }

  TablePlan plan(const std::string& stub) const {
    TablePlan result;
    result.id = stub;
    result.stub = id(stub);
    return result;
  }

  static std::vector<int64_t> totals(const Table& table) {
    std::vector<int64_t> counts;
    for (const auto& row : table.cells)
      counts.push_back(row[0].count);
    return counts;
  }

  Questionnaire questionnaire;
  Dataset data;
};

TEST_F(CountTest, FrequenciesOfASingleQuestion) {
  const Table table = count_table(plan("S"), data, {});
  EXPECT_EQ(table.bases[0].count, 8);
  EXPECT_EQ(totals(table), (std::vector<int64_t>{3, 2, 1, 2}));
  EXPECT_EQ(table.not_asked[0], 1);
  EXPECT_EQ(table.no_answer[0], 1);
  EXPECT_DOUBLE_EQ(*table.percent(0, 0), 37.5);
}

TEST_F(CountTest, DontKnowCanBeLeftOutOfTheBase) {
  TablePlan excluded = plan("S");
  excluded.dont_know = DontKnow::excluded;
  const Table table = count_table(excluded, data, {});
  EXPECT_EQ(table.bases[0].count, 6);
  EXPECT_EQ(table.dont_know_excluded[0], 2);
  EXPECT_EQ(totals(table), (std::vector<int64_t>{3, 2, 1}));
  EXPECT_DOUBLE_EQ(*table.percent(0, 0), 50);
}

TEST_F(CountTest, NetsStandAboveAndCountEachRespondentOnce) {
  TablePlan nets = plan("M");
  nets.nets.push_back({"xy", "X or Y", {0, 1}, {}});
  const Table table = count_table(nets, data, {});
  EXPECT_EQ(table.bases[0].count, 6);
  EXPECT_EQ(table.mentions[0].count, 9);
  EXPECT_EQ(table.rows[0].role, RowRole::net);
  EXPECT_EQ(totals(table), (std::vector<int64_t>{5, 4, 3, 2}));
  nets.percentages = Percentages::mentions;
  EXPECT_NEAR(*count_table(nets, data, {}).percent(1, 0), 100.0 * 4 / 9, 1e-12);
}

TEST_F(CountTest, SortingKeepsAnchorsAndDontKnowAtTheEnd) {
  // C gets the largest count and stays behind the sorted options all the same.
  for (size_t row = 0; row < 2; ++row)
    data.set_option(id("S"), row, 2);
  TablePlan sorted = plan("S");
  sorted.sort = SortOrder::size;
  const Table table = count_table(sorted, data, {});
  std::vector<std::string> names;
  for (const StubRow& row : table.rows)
    names.push_back(row.name);
  EXPECT_EQ(names, (std::vector<std::string>{"b", "a", "c", "dk"}));
  EXPECT_EQ(totals(table), (std::vector<int64_t>{2, 1, 3, 2}));
}

TEST_F(CountTest, CrosstabOfTwoQuestions) {
  TablePlan cross = plan("S");
  cross.banner = {id("M")};
  const Table table = count_table(cross, data, {});
  ASSERT_EQ(table.columns.size(), 4U);  // total, x, y, z
  std::vector<int64_t> bases;
  for (const Base& base : table.bases)
    bases.push_back(base.count);
  EXPECT_EQ(bases, (std::vector<int64_t>{8, 4, 3, 2}));
  // Those who ticked x: rows 0, 1 (a), 4 (b), 7 (don't know).
  EXPECT_EQ(table.cells[0][1].count, 2);
  EXPECT_EQ(table.cells[1][1].count, 1);
  EXPECT_EQ(table.cells[3][1].count, 1);
  cross.percentages = Percentages::row;
  EXPECT_NEAR(*count_table(cross, data, {}).percent(0, 1), 100.0 * 2 / 3, 1e-12);
  cross.percentages = Percentages::total;
  EXPECT_DOUBLE_EQ(*count_table(cross, data, {}).percent(0, 1), 25);
}

TEST_F(CountTest, NumbersHaveMeanMedianAndDeviation) {
  const Table table = count_table(plan("N"), data, {});
  ASSERT_TRUE(table.moments[0].has_value());
  EXPECT_EQ(table.moments[0]->n, 4);
  EXPECT_DOUBLE_EQ(table.moments[0]->mean, 2.5);
  EXPECT_DOUBLE_EQ(table.moments[0]->median, 2.5);
  // Squares about 2.5: 2.25 + 0.25 + 0.25 + 2.25 = 5; 5 / 3.
  EXPECT_NEAR(table.moments[0]->standard_deviation, std::sqrt(5.0 / 3), 1e-15);
}

TEST_F(CountTest, ARankingCountsWhoCameFirst) {
  const Table table = count_table(plan("R"), data, {});
  EXPECT_EQ(table.bases[0].count, 1);
  EXPECT_EQ(totals(table), (std::vector<int64_t>{0, 1}));
}

TEST_F(CountTest, MaskAndBaseLimitTheCases) {
  RowMask mask(10, 0);
  mask[0] = mask[3] = 1;
  EXPECT_EQ(totals(count_table(plan("S"), data, mask)), (std::vector<int64_t>{1, 1, 0, 0}));
  const Table nobody = count_table(plan("S"), data, RowMask(10, 0));
  EXPECT_EQ(nobody.bases[0].count, 0);
  EXPECT_FALSE(nobody.percent(0, 0).has_value());
}

}  // namespace
}  // namespace topline
