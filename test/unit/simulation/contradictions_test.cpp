#include <gmock/gmock.h>

#include "inline_study.hpp"

namespace topline {

namespace {

using testing::HasSubstr;

OpenStudy coffee() {
  return inline_study(coffee_questionnaire(), coffee_processing());
}

TEST(ContradictionsTest, NoWholeNumberGivesThePercentage) {
  EXPECT_EQ(contradiction(coffee(), R"(
cases: 72
targets:
  - share: much
    is: 95
)"),
            "targets.yaml:5: share(much) = 95 % cannot be: no whole number of 72 is 95 %, "
            "68 are 94 %, 69 are 96 %\n");
}

TEST(ContradictionsTest, TheBaseIsNamedWhereItIsATarget) {
  EXPECT_EQ(contradiction(coffee(), R"(
cases: 200
targets:
  - share: Q2.milk
    is: 95
  - n: Q2
    is: 72
)"),
            "targets.yaml:5: share(Q2.milk) = 95 % and n(Q2) = 72 (line 7) cannot hold together: "
            "no whole number of 72 is 95 %, 68 are 94 %, 69 are 96 %\n");
}

TEST(ContradictionsTest, SharesOfASingleQuestionAddToTooMuch) {
  // 45 + 45 + 12: at least 44.5 + 44.5 + 11.5 percent. Q4's own base is open.
  EXPECT_EQ(contradiction(coffee(), R"(
cases: 200
targets:
  - shares: Q4
    is:
      home: 45
      work: 45
      other: 12
)"),
            "targets.yaml:6: share(Q4 == home) = 45 %, share(Q4 == work) = 45 % (line 7) and "
            "share(Q4 == other) = 12 % (line 8) cannot hold together: nobody is in two of them, "
            "and they make at least 100.5 %\n");
}

TEST(ContradictionsTest, SharesOfASingleQuestionAddToTooLittle) {
  // Of 100, each percentage is one count.
  EXPECT_EQ(contradiction(coffee(), R"(
cases: 100
targets:
  - share: S1 == yes
    is: 99
)"),
            "targets.yaml:5: share(S1 == yes) = 99 % cannot be: everybody is in it, and it "
            "makes less than 99.5 %\n");
}

TEST(ContradictionsTest, ANetDisagreesWithItsMembers) {
  const std::string said = contradiction(coffee(), R"(
cases: 200
targets:
  - n: Q4
    is: 100
  - share: Q4 in (home, work)
    is: 80
  - shares: Q4
    is: {home: 50, work: 31}
)");
  EXPECT_EQ(said,
            "targets.yaml:5: n(Q4) = 100, share(Q4 in (home, work)) = 80 % (line 7), "
            "share(Q4 == home) = 50 % (line 9) and share(Q4 == work) = 31 % (line 9) cannot hold "
            "together: whoever is in one of the others is in share(Q4 in (home, work)), and they "
            "make at least 81 cases; of 100, 80 % are 80, 50 % are 50, 31 % are 31\n");
}

TEST(ContradictionsTest, ACrosstabDisagreesWithItsMargin) {
  const std::string said = contradiction(coffee(), R"(
cases: 100
targets:
  - crosstab: Q5.home
    by: Q5.work
    n: 100
    columns: [good, fair, bad, total]
    is:
      good: [10, 10, 10, 35]
      fair: [20, 20, 5, ~]
      bad:  [~, ~, ~, ~]
)");
  // Three cells of 10, each less than 10.5 percent.
  EXPECT_EQ(said,
            "targets.yaml:9: share(Q5.home == good and Q5.work == good) = 10 %, "
            "share(Q5.home == good and Q5.work == fair) = 10 % (line 9), "
            "share(Q5.home == good and Q5.work == bad) = 10 % (line 9) and "
            "share(Q5.home == good) = 35 % (line 9), all where Q5.home in (good, fair, bad) and "
            "Q5.work in (good, fair, bad), cannot hold together: share(Q5.home == good) is the "
            "sum of the others, which make less than 31.5 %\n");
}

TEST(ContradictionsTest, MoreAnsweredThanWereAsked) {
  // Only those who drink espresso are asked for sugar: 20 of 100.
  EXPECT_EQ(contradiction(coffee(), R"(
cases: 100
targets:
  - n: Q2
    is: 100
  - share: Q2.espresso
    is: 20
  - n: Q3
    is: 21
)"),
            "targets.yaml:7: share(Q2.espresso) = 20 % and n(Q3) = 21 (line 9) cannot hold "
            "together\n");
}

TEST(ContradictionsTest, RequiredQuestionsOfOnePageHaveOneBase) {
  EXPECT_EQ(contradiction(coffee(), R"(
cases: 100
targets:
  - n: Q5.home
    is: 90
  - n: Q5.work
    is: 91
)"),
            "targets.yaml:5: n(Q5.home) = 90 and n(Q5.work) = 91 (line 7) cannot hold together: "
            "whoever is in the one that is larger is in the other too\n");
}

TEST(ContradictionsTest, WhatScreensOutCannotBeAmongThoseWhoCount) {
  EXPECT_THAT(contradiction(coffee(), R"(
cases: 100
targets:
  - share: S1 == no
    is: 5
)"),
              HasSubstr("share(S1 == no) = 5 % cannot be: nobody who counts can be in it"));
}

TEST(ContradictionsTest, ADerivedVariableDisagreesWithItsSource) {
  // Whoever's most advanced drink is milk drinks it with milk.
  const std::string said = contradiction(coffee(), R"(
cases: 100
targets:
  - share: Q2.milk
    is: 50
  - share: strongest == milk
    is: 51
)");
  EXPECT_THAT(said, HasSubstr("share(Q2.milk) = 50 % and share(strongest == milk) = 51 %"));
}

TEST(ContradictionsTest, EachContradictionIsToldOnce) {
  const std::string said = contradiction(coffee(), R"(
cases: 100
targets:
  - share: much
    is: 20.5
  - share: cups == few
    is: 30
  - share: cups == many
    is: 60
)");
  EXPECT_THAT(said, HasSubstr("no whole number of 100 is 20.5 %"));
  EXPECT_THAT(said, HasSubstr("share(cups == few) = 30 % and share(cups == many) = 60 %"));
  EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 2);
}

TEST(ContradictionsTest, NobodyCanCount) {
  const OpenStudy study = inline_study(R"(
- page: one
  questions:
    - Q1: One?
      options: {1 yes: Yes}
      screen_out: Q1 == yes
)",
                                       R"(
cases:
  - drop: not answered(Q1)
    why: left at once
)");
  EXPECT_EQ(contradiction(study, "cases: 5\ntargets: [{n: Q1, is: 5}]\n"),
            "targets.yaml:0: no case can count, whatever the targets\n");
}

TEST(ContradictionsTest, ARuleThatNobodyMeetsFirst) {
  const OpenStudy study = inline_study(coffee_questionnaire(), R"(
cases:
  - drop: source == test
    why: test links
  - drop: source == test and finished == 1
    why: tested to the end
)");
  EXPECT_THAT(contradiction(study, "cases: 10\ndropped: [1, 1]\n"),
              HasSubstr("no respondents were found whom rule 2 of processing.yaml (tested to the "
                        "end) is the first to drop"));
}

}  // namespace

}  // namespace topline
