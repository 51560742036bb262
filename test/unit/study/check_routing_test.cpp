#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "study_folder.hpp"

namespace topline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Two pages: Q1 (a, b, c) and Q2 (multiple: x, y, none), then whatever the test asks.
std::string after_two(const std::string& rest, const std::string& of_q1 = "") {
  return R"(- page: one
  questions:
    - Q1: First?
      options: {1 a: A, 2 b: B, 3 c: C}
)" + of_q1 +
         R"(    - Q2: Second?
      kind: multiple
      options: {1 x: X, 2 y: Y, 3 none: {text: None, exclusive: true}}
- page: two
)" + rest;
}

std::string asked_if(const std::string& condition, const std::string& of_q1 = "") {
  return after_two(
      "  questions:\n    - Q3: Third?\n      kind: text\n      show_if: " + condition + "\n",
      of_q1);
}

// The hint of the only fault.
std::string hint_of(const std::string& questionnaire) {
  StudyFolder folder({{"study.yaml", full_study_yaml}, {"questionnaire.yaml", questionnaire}});
  const OpenStudy study = folder.open();
  check_study(study, folder.faults);
  EXPECT_EQ(folder.faults.all().size(), 1U);
  return folder.faults.empty() ? "" : folder.faults.all()[0].hint;
}

TEST(CheckRouting, ConditionsThatCanHoldAndCanFailAreFine) {
  for (const char* condition :
       {"Q1 == a", "Q1 != b", "Q2.x and not Q2.y", "Q2.none or Q1 == b", "count(Q2) == 2",
        "Q1 in (a, b) and Q2.y", "not (Q1 == a or Q2.x)", "count(Q1 == a, Q2.x) >= 1"})
    EXPECT_THAT(checked_questionnaire(asked_if(condition)), ElementsAre()) << condition;
}

TEST(CheckRouting, WhatContradictsItselfIsNeverAsked) {
  const std::string place = "questionnaire.yaml:12:16: error: ";
  const std::string never = "nobody is asked Q3: its `show_if` can never hold";
  for (const char* condition :
       {"Q1 == a and Q1 == b", "Q2.x and Q2.none", "count(Q2) == 4", "count(Q2) < 1",
        "Q1 not in (a, b, c)", "Q2.none and count(Q2) > 1", "not answered(Q1)"}) {
    EXPECT_THAT(checked_questionnaire(asked_if(condition)), ElementsAre(place + never))
        << condition;
  }
  EXPECT_EQ(hint_of(asked_if("Q1 == a and Q1 == b")), "no answer to Q1 makes it true");
}

TEST(CheckRouting, WhoWasScreenedOutCannotBeAsked) {
  EXPECT_THAT(checked_questionnaire(asked_if("Q1 == a", "      screen_out: Q1 == a\n")),
              ElementsAre("questionnaire.yaml:13:16: error: nobody is asked Q3: its `show_if` can "
                          "never hold"));
  EXPECT_EQ(hint_of(asked_if("Q1 == a", "      screen_out: Q1 == a\n")),
            "whoever answers so was screened out before, by Q1 (line 5)");
  // On the page itself the screening has not taken effect.
  EXPECT_THAT(checked_questionnaire(R"(- page: one
  questions:
    - Q1: First?
      options: {1 a: A, 2 b: B}
      screen_out: Q1 == a
    - Q2: Why?
      kind: text
      show_if: Q1 == a
)"),
              ElementsAre());
}

TEST(CheckRouting, APartThatIsScreenedOutIsNamed) {
  EXPECT_THAT(checked_questionnaire(asked_if("Q1 in (a, b)", "      screen_out: Q1 == a\n")),
              ElementsAre("questionnaire.yaml:13:16: warning: `Q1 == a` holds for nobody who gets "
                          "here"));
}

TEST(CheckRouting, WhoWasNotAskedCannotHaveAnswered) {
  const std::string questionnaire = R"(- page: one
  questions:
    - Q1: First?
      options: {1 a: A, 2 b: B}
    - Q2: Second?
      show_if: Q1 == a
      options: {1 a: A, 2 b: B}
    - Q3: Third?
      show_if: Q1 == b and Q2 == a
      kind: text
)";
  EXPECT_THAT(checked_questionnaire(questionnaire),
              ElementsAre("questionnaire.yaml:9:16: error: nobody is asked Q3: its `show_if` can "
                          "never hold"));
  EXPECT_EQ(hint_of(questionnaire), "whoever gets here has answered otherwise before");
  const std::string on_a_page = R"(- page: one
  questions:
    - Q1: First?
      options: {1 a: A, 2 b: B}
- page: two
  show_if: Q1 == a
  questions:
    - Q2: Second?
      options: {1 a: A, 2 b: B}
- page: three
  show_if: Q1 == b
  questions:
    - Q3: Third?
      show_if: Q2 == a
      kind: text
)";
  EXPECT_EQ(hint_of(on_a_page), "whoever gets here has not been asked Q2");
}

TEST(CheckRouting, WhatAlwaysHoldsIsSuperfluous) {
  const std::string always = "questionnaire.yaml:12:16: warning: this `show_if` always holds";
  for (const char* condition :
       {"answered(Q1)", "Q1 in (a, b, c)", "count(Q2) <= 2", "Q2.x or not Q2.x", "true"})
    EXPECT_THAT(checked_questionnaire(asked_if(condition)), ElementsAre(always)) << condition;
  // An optional question may stay empty.
  EXPECT_THAT(checked_questionnaire(asked_if("answered(Q1)", "      required: false\n")),
              ElementsAre());
}

TEST(CheckRouting, LimitsOnTheNumberOfTicksCount) {
  const std::string three = R"(- page: one
  questions:
    - Q1: Which?
      kind: multiple
      at_least: 2
      at_most: 2
      options: {1 a: A, 2 b: B, 3 c: C, 4 d: D}
- page: two
  questions:
    - Q2: Why?
      kind: text
      show_if: )";
  EXPECT_THAT(checked_questionnaire(three + "Q1.a and Q1.b\n"), ElementsAre());
  EXPECT_THAT(checked_questionnaire(three + "count(Q1) == 2\n"),
              ElementsAre(HasSubstr("always holds")));
  EXPECT_THAT(checked_questionnaire(three + "Q1.a and Q1.b and Q1.c\n"),
              ElementsAre(HasSubstr("nobody is asked Q2")));
  EXPECT_THAT(checked_questionnaire(three + "not Q1.a and not Q1.b and not Q1.c\n"),
              ElementsAre(HasSubstr("nobody is asked Q2")));
  EXPECT_THAT(checked_questionnaire(three + "not Q1.a and not Q1.b\n"), ElementsAre());
}

TEST(CheckRouting, NumbersDatesAndTextsAreTriedWhereTheyAreCompared) {
  const std::string number = R"(- page: one
  questions:
    - age: How old?
      kind: numeric
      min: 18
      max: 99
    - day: When?
      kind: date
      max: 2023-10-31
    - word: Which word?
      kind: text
- page: two
  questions:
    - Q2: Why?
      kind: text
      show_if: )";
  for (const char* fine : {"age >= 65", "age == 18", "age > 98", "age > 20 and age < 22",
                           "day >= date(2023, 10, 31)", "word == \"x\"", "word != \"x\""})
    EXPECT_THAT(checked_questionnaire(number + fine + "\n"), ElementsAre()) << fine;
  for (const char* never : {"age < 18", "age > 99", "age > 20 and age < 21", "age == 20.5",
                            "day > date(2023, 10, 31)", "word == \"x\" and word == \"y\""})
    EXPECT_THAT(checked_questionnaire(number + never + "\n"),
                ElementsAre(HasSubstr("error: nobody is asked Q2")))
        << never;
  EXPECT_THAT(checked_questionnaire(number + "age >= 18\n"),
              ElementsAre(HasSubstr("always holds")));
  // Sums of answers are not enumerated, and nothing is said of them.
  EXPECT_THAT(checked_questionnaire(number + "age + 1 < 0\n"), ElementsAre());
}

TEST(CheckRouting, Rankings) {
  const std::string ranking = R"(- page: one
  questions:
    - Q1: Which?
      kind: ranking
      at_least: 1
      at_most: 2
      options: {1 a: A, 2 b: B, 3 c: C}
- page: two
  questions:
    - Q2: Why?
      kind: text
      show_if: )";
  EXPECT_THAT(checked_questionnaire(ranking + "Q1.a == 1 and Q1.b == 2\n"), ElementsAre());
  EXPECT_THAT(checked_questionnaire(ranking + "Q1.a == 1 and Q1.b == 1\n"),
              ElementsAre(HasSubstr("nobody is asked Q2")));
  EXPECT_THAT(checked_questionnaire(ranking + "Q1.a == 3\n"),
              ElementsAre(HasSubstr("nobody is asked Q2")));
}

TEST(CheckRouting, PagesRowsAndOptions) {
  EXPECT_THAT(
      checked_questionnaire(after_two("  show_if: Q1 == a and Q1 == b\n  questions:\n    - Q3: T?\n"
                                      "      kind: text\n")),
      ElementsAre("questionnaire.yaml:9:12: error: nobody is shown the page two: its "
                  "`show_if` can never hold"));
  EXPECT_THAT(
      checked_questionnaire(after_two(R"(  questions:
    - Q3: Third?
      kind: grid
      show_if: Q1 == a
      rows:
        r: {text: R, show_if: Q1 == b}
        s: {text: S, show_if: Q1 == a}
      options:
        1 u: {text: U, show_if: Q2.x}
        2 v: {text: V, show_if: Q2.x and Q2.none}
)")),
      ElementsAre("questionnaire.yaml:14:31: error: nobody is asked Q3.r: its `show_if` can never "
                  "hold",
                  "questionnaire.yaml:15:31: warning: this `show_if` always holds",
                  "questionnaire.yaml:18:33: error: nobody is offered Q3.v: its `show_if` can "
                  "never hold"));
}

// An option that is not offered cannot have been chosen.
TEST(CheckRouting, OptionsThatAreNotOfferedAreNotChosen) {
  EXPECT_THAT(checked_questionnaire(R"(- page: one
  questions:
    - Q1: First?
      options: {1 a: A, 2 b: B}
- page: two
  questions:
    - Q2: Second?
      options: {1 x: {text: X, show_if: Q1 == a}, 2 y: Y}
- page: three
  questions:
    - Q3: Third?
      kind: text
      show_if: Q1 == b and Q2 == x
)"),
              ElementsAre(HasSubstr("13:16: error: nobody is asked Q3")));
}

TEST(CheckRouting, ScreeningOutEverybodyOrNobody) {
  EXPECT_THAT(checked_questionnaire(after_two("  questions:\n    - Q3: T?\n      kind: text\n",
                                              "      screen_out: Q1 in (a, b, c)\n")),
              ElementsAre("questionnaire.yaml:5:19: error: Q1 screens out everybody: nobody gets "
                          "past this page"));
  EXPECT_THAT(checked_questionnaire(after_two("  questions:\n    - Q3: T?\n      kind: text\n",
                                              "      screen_out: Q1 == a and Q1 == b\n")),
              ElementsAre("questionnaire.yaml:5:19: warning: nobody is ever screened out by Q1"));
}

TEST(CheckRouting, TooManyWaysAreLeftAlone) {
  // 20 questions of 10 options each: no way to try them all, and no complaint.
  std::string text = "- page: one\n  questions:\n";
  std::string condition = "show_if: ";
  for (int i = 1; i <= 20; ++i) {
    const std::string name = "Q" + std::to_string(i);
    text += "    - " + name + ": T?\n      options: {";
    for (int code = 1; code <= 10; ++code)
      text += std::to_string(code) + " o" + std::to_string(code) + ": O" + std::to_string(code) +
              (code < 10 ? ", " : "}\n");
    condition += (i > 1 ? " and " : "") + name + " == o10";
  }
  text += "- page: two\n  questions:\n    - last: T?\n      kind: text\n      " + condition +
          " and Q1 == o9\n";
  EXPECT_THAT(checked_questionnaire(text), ElementsAre());
}

TEST(CheckOrder, ConditionsSeeWhatWasAskedBefore) {
  EXPECT_THAT(checked_questionnaire(R"(- page: one
  show_if: Q1 == a
  questions:
    - Q1: First?
      show_if: Q1 == a
      options: {1 a: A, 2 b: B}
      screen_out: Q3 == a
    - Q2: Second?
      show_if: Q3 == a or Q1 == a
      options: {1 a: {text: A, show_if: Q2 == b}, 2 b: B}
- page: two
  questions:
    - Q3: Third?
      options: {1 a: A, 2 b: B}
)"),
              ElementsAre("questionnaire.yaml:2:12: error: the page one is shown by an answer to "
                          "Q1, which the page itself asks for",
                          "questionnaire.yaml:5:16: error: Q1 is shown by an answer to Q1 itself",
                          "questionnaire.yaml:7:19: error: Q1 screens out by an answer to Q3, "
                          "which is asked later (line 13)",
                          "questionnaire.yaml:9:16: error: Q2 is shown by an answer to Q3, which "
                          "is asked later (line 13)",
                          "questionnaire.yaml:10:41: error: Q2.a is shown by an answer to Q2 "
                          "itself"));
}

TEST(CheckOrder, ScreeningMayReadItsWholePage) {
  EXPECT_THAT(checked_questionnaire(R"(- page: one
  questions:
    - Q1: First?
      options: {1 a: A, 2 b: B}
      screen_out: Q1 == a and Q2 == a
    - Q2: Second?
      options: {1 a: A, 2 b: B}
)"),
              ElementsAre());
}

}  // namespace
}  // namespace topline
