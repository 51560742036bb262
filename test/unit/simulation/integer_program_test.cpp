#include "simulation/integer_program.hpp"

#include <gtest/gtest.h>

namespace topline {

namespace {

using Outcome = IntegerProgram::Outcome;

TEST(IntegerProgramTest, FindsTheOnlySolution) {
  IntegerProgram program;
  const int x = program.add_column(0, std::nullopt, 0, 0);
  const int y = program.add_column(0, std::nullopt, 0, 0);
  program.add_row({{x, 1}, {y, 1}}, 7, 7);
  program.add_row({{x, 1}, {y, -1}}, 3, 3);
  const IntegerProgram::Solution solution = program.solve(100);
  ASSERT_EQ(solution.outcome, Outcome::found);
  EXPECT_EQ(solution.values, (std::vector<int64_t>{5, 2}));
}

TEST(IntegerProgramTest, ProvesThatFractionsAloneWouldDo) {
  // 2x + 2y = 5 has solutions, but none in whole numbers.
  IntegerProgram program;
  const int x = program.add_column(0, 10, 0, 0);
  const int y = program.add_column(0, 10, 0, 0);
  program.add_row({{x, 2}, {y, 2}}, 5, 5);
  EXPECT_EQ(program.solve(1000).outcome, Outcome::none);
}

TEST(IntegerProgramTest, ProvesThatThereIsNoSolutionAtAll) {
  IntegerProgram program;
  const int x = program.add_column(0, 3, 0, 0);
  program.add_row({{x, 1}}, 4, std::nullopt);
  EXPECT_EQ(program.solve(100).outcome, Outcome::none);
}

TEST(IntegerProgramTest, AnEmptyRangeIsNoSolution) {
  IntegerProgram program;
  const int x = program.add_column(0, 3, 0, 0);
  program.add_row({{x, 1}}, 2, 1);
  EXPECT_EQ(program.solve(100).outcome, Outcome::none);
  IntegerProgram nothing;
  EXPECT_EQ(nothing.solve(100).outcome, Outcome::found);
  nothing.add_row({}, 1, std::nullopt);
  EXPECT_EQ(nothing.solve(100).outcome, Outcome::none);
}

TEST(IntegerProgramTest, PrefersWhatCostsLess) {
  IntegerProgram program;
  const int dear = program.add_column(0, std::nullopt, 5, 0);
  const int cheap = program.add_column(0, 4, 1, 0);
  program.add_row({{dear, 1}, {cheap, 1}}, 6, std::nullopt);
  const IntegerProgram::Solution solution = program.solve(100);
  ASSERT_EQ(solution.outcome, Outcome::found);
  EXPECT_EQ(solution.values, (std::vector<int64_t>{2, 4}));
}

}  // namespace

}  // namespace topline
