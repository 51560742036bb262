#include "form/condition_words.hpp"

#include <gtest/gtest.h>

#include "instrument/questionnaire.hpp"
#include "instrument/resolve.hpp"

namespace topline {
namespace {

const char* const questionnaire = R"(
- page: one
  questions:
    - Q1: How often?
      options: {1 daily: Every day, 2 weekly: Once a week, 3 never: Never}
    - Q2: What?
      kind: multiple
      options: {1 tea: Tea, 2 coffee: Coffee}
    - Q3: How many?
      kind: numeric
)";

std::string words(const std::string& condition, const std::string& language = "en") {
  Diagnostics faults;
  const Questionnaire read = load_questionnaire(questionnaire, "questionnaire.yaml", faults);
  const auto resolved = resolve_expression(condition, {"test", 1, 1, 0}, read.codebook,
                                           ExpressionType::boolean, Aggregates::refused, faults);
  if (!resolved || faults.has_errors())
    return "fault: " + (faults.empty() ? "" : faults.all().front().message);
  return condition_words(*resolved, read.codebook,
                         Messages::for_language(*Language::parse(language)));
}

TEST(ConditionWords, OptionsInTheWordsOfTheQuestionnaire) {
  EXPECT_EQ(words("Q1 == daily"), "Q1 is “Every day”");
  EXPECT_EQ(words("Q1 in (daily, weekly)"), "Q1 is “Every day” or “Once a week”");
  EXPECT_EQ(words("Q1 != never"), "not (Q1 is “Never”)");
  EXPECT_EQ(words("Q2.tea"), "Q2: “Tea” is chosen");
}

TEST(ConditionWords, PartsThatAreTheOtherOfAndAndOrStandInBrackets) {
  EXPECT_EQ(words("Q1 == daily and Q2.tea"), "Q1 is “Every day”, and Q2: “Tea” is chosen");
  EXPECT_EQ(words("Q1 == daily and (Q2.tea or Q2.coffee)"),
            "Q1 is “Every day”, and (Q2: “Tea” is chosen, or Q2: “Coffee” is chosen)");
  EXPECT_EQ(words("Q1 == daily and Q2.tea or Q3 > 2"),
            "(Q1 is “Every day”, and Q2: “Tea” is chosen), or Q3 is more than 2");
}

TEST(ConditionWords, ComparisonsOfNumbers) {
  EXPECT_EQ(words("Q3 >= 3"), "Q3 is at least 3");
  EXPECT_EQ(words("Q3 < Q3 + 1"), "Q3 is less than Q3 + 1");
  EXPECT_EQ(words("Q3 == 5"), "Q3 is 5");
}

TEST(ConditionWords, WhatHasNoWordsStandsAsWritten) {
  EXPECT_EQ(words("answered(Q2)"), "Q2 was answered");
  EXPECT_EQ(words("count(Q2) > 1"), "count(Q2) is more than 1");
}

TEST(ConditionWords, InJapanese) {
  EXPECT_EQ(words("Q1 in (daily, weekly) and Q3 >= 3", "ja"),
            "Q1が「Every day」または「Once a week」、かつQ3が3以上");
}

}  // namespace
}  // namespace topline
