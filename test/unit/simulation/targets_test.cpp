#include "simulation/targets.hpp"

#include <gmock/gmock.h>

#include "inline_study.hpp"
#include "simulation/count_plan.hpp"

namespace topline {

namespace {

std::vector<std::string> texts(const Targets& targets) {
  std::vector<std::string> all;
  for (const Target& target : targets.all)
    all.push_back(target.text + " = " + printed(target));
  return all;
}

OpenStudy coffee() {
  return inline_study(coffee_questionnaire(), coffee_processing());
}

std::string faults_of(const std::string& text) {
  Diagnostics faults;
  load_targets(text, "targets.yaml", coffee(), faults);
  return told(faults);
}

TEST(TargetsTest, EveryFormIsRead) {
  const OpenStudy study = coffee();
  const Targets targets = inline_targets(study, R"(
cases: 50
complete: 40
targets:
  - share: Q3 == yes
    is: 41.5
    where: much
  - share: much
    by: Q4
    is: {home: 3, work: 100}
  - n: Q3
    is: 20
  - n: much
    is: 49
  - cases: Q3 == yes
    is: 0
  - shares: Q2
    n: 45
    is: {espresso: 50, dk: ~}
  - shares: Q5
    is: {home: {good: 10}}
)");
  EXPECT_EQ(targets.cases->value, 50);
  EXPECT_THAT(
      texts(targets),
      testing::ElementsAre("complete cases = 40", "share(Q3 == yes | much) = 41.5 %",
                           "share(much | Q4 == home) = 3 %", "share(much | Q4 == work) = 100 %",
                           "n(Q3) = 20", "n(much) = 49", "cases(Q3 == yes) = 0", "n(Q2) = 45",
                           "share(Q2.espresso) = 50 %", "share(Q5.home == good) = 10 %"));
  EXPECT_EQ(targets.all[1].place.line, 6);
  EXPECT_EQ(targets.all[1].decimals, 1);
  EXPECT_EQ(targets.all[1].value, 415);
}

TEST(TargetsTest, ACrosstabGivesEveryCellAndMargin) {
  const Targets targets = inline_targets(coffee(), R"(
cases: 50
targets:
  - crosstab: Q4
    by: strongest
    n: 30
    columns: [milk, total]
    is:
      home: [10, 60]
      total: [~, 100]
)");
  EXPECT_THAT(texts(targets),
              testing::ElementsAre(
                  "n(Q4 | Q4 == home and strongest == milk) = 30",
                  "share(Q4 == home and strongest == milk | Q4 == home and strongest == milk)"
                  " = 10 %",
                  "share(Q4 == home | Q4 == home and strongest == milk) = 60 %"));
}

TEST(TargetsTest, APercentageCanRestOnTheColumn) {
  const Targets targets = inline_targets(coffee(), R"(
cases: 50
targets:
  - crosstab: Q4
    by: Q3
    percent: column
    columns: [yes, no]
    is: {home: [10, 60], work: [90, 40]}
)");
  EXPECT_EQ(texts(targets)[0],
            "share(Q4 == home | Q4 in (home, work) and Q3 in (yes, no) and Q3 == yes) = 10 %");
}

TEST(TargetsTest, FaultsSayWhereAndWhat) {
  EXPECT_EQ(faults_of("cases: many\n"),
            "targets.yaml:1: `cases` should be a whole number from 1 to 1000000\n");
  EXPECT_EQ(faults_of("targets:\n  - share: much\n    is: 4\n"),
            "targets.yaml:0: `cases` is missing\n");
  EXPECT_EQ(faults_of("cases: 9\ntargets:\n  - share: much\n    is: 101\n"),
            "targets.yaml:4: a share is a number from 0 to 100, as printed\n");
  EXPECT_EQ(faults_of("cases: 9\ntargets:\n  - share: much\n    is: 4.\n"),
            "targets.yaml:4: a share is a number from 0 to 100, as printed\n");
  EXPECT_EQ(faults_of("cases: 9\ntargets:\n  - share: mush\n    is: 4\n"),
            "targets.yaml:3: there is no question or variable `mush`\n");
  EXPECT_EQ(faults_of("cases: 9\ntargets:\n  - is: 4\n"),
            "targets.yaml:3: this target does not say what it is about\n");
  EXPECT_EQ(faults_of("cases: 9\ntargets:\n  - share: much\n    n: Q1\n    is: 4\n"),
            "targets.yaml:3: this target is about two things\n");
  EXPECT_EQ(faults_of("cases: 9\ntargets:\n  - shares: Q3\n    is: {yess: 4}\n"),
            "targets.yaml:4: Q3 has no option `yess`\n");
  EXPECT_EQ(faults_of("cases: 9\ntargets:\n  - crosstab: Q4\n    by: Q3\n    columns: [yes, no]\n"
                      "    is: {home: [1]}\n"),
            "targets.yaml:6: this row should have 2 numbers, one for each column\n");
  EXPECT_EQ(faults_of("cases: 9\nscreened_out: {Q1: 4}\n"),
            "targets.yaml:2: Q1 screens nobody out\n");
  EXPECT_EQ(faults_of("cases: 9\ndropped: [1]\n"),
            "targets.yaml:2: `dropped` has 1 numbers, and processing.yaml has 3 rules\n");
  EXPECT_EQ(faults_of("cases: 9\nstarted: 12\nscreened_out: {S1: 2}\n"),
            "targets.yaml:2: those screened out, dropped and valid are 11, and 12 started\n");
  EXPECT_EQ(faults_of("cases: 9\ntexts: {Q1: [a]}\n"),
            "targets.yaml:2: Q1 is not a text that respondents write\n");
}

TEST(TargetsTest, AnEmptyFileHasNoTargets) {
  EXPECT_EQ(faults_of(""), "");
  EXPECT_EQ(faults_of("# nothing yet\n"), "");
}

CountRange range(int64_t value, int decimals, int64_t base) {
  Target target;
  target.value = value;
  target.decimals = decimals;
  return counts_printed_as(target, base);
}

void expect_range(const CountRange& got, int64_t least, int64_t most) {
  EXPECT_EQ(got.least, least);
  EXPECT_EQ(got.most, most);
}

// By hand: the counts c for which 100 c / base, rounded half up, is the printed number.
TEST(TargetsTest, CountsThatPrintAsAPercentage) {
  expect_range(range(41, 0, 249), 101, 103);   // 40.56, 41.4
  expect_range(range(63, 0, 8), 5, 5);         // 62.5 is 63
  expect_range(range(62, 0, 8), 5, 4);         // and so nothing is 62
  expect_range(range(95, 0, 72), 69, 68);      // 68 are 94.4, 69 are 95.8
  expect_range(range(0, 0, 249), 0, 1);        // 0.40
  expect_range(range(100, 0, 249), 248, 249);  // 99.6
  expect_range(range(333, 1, 3), 1, 1);        // 33.3
  expect_range(range(50, 0, 1), 1, 0);
}

}  // namespace

}  // namespace topline
