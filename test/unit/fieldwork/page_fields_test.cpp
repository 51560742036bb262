#include "fieldwork/page_fields.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace topline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const char* const text = R"(
- page: all
  questions:
    - one: Choose one
      options: {1 a: A, 2 b: {text: B, show_if: written > 5}, 97 other: {text: Other, specify: true}}
    - some: Choose some
      kind: multiple
      at_least: 2
      at_most: 3
      options:
        1 a: A
        2 b: B
        3 c: C
        4 d: D
        97 other: {text: Other, specify: true}
        98 none: {text: None, exclusive: true}
    - written: How many?
      kind: numeric
      min: 0
      max: 20
      decimals: 1
      required: false
      options: {99 dk: {text: Don't know, missing: dont_know}, 98 no: {text: Rather not say, missing: refused}}
    - day: When?
      kind: date
      min: 2023-01-01
      required: false
    - words: What else?
      kind: text
      required: false
    - ranks: Put in order
      kind: ranking
      required: false
      at_most: 2
      options: {1 a: A, 2 b: B, 3 c: C}
    - each: For each
      kind: grid
      rows: {first: First, second: {text: Second, show_if: one == a}}
      options: {1 good: Good, 2 bad: Bad}
    - more: Why A?
      kind: text
      show_if: one == a
)";

class PageFields : public testing::Test {
 protected:
  PageFields()
      : questionnaire(load_questionnaire(text, "questionnaire.yaml", faults)),
        answers(questionnaire.codebook) {
    EXPECT_FALSE(faults.has_errors()) << faults.all().front().message;
  }

  using Fields = std::vector<std::pair<std::string, std::string>>;

  // Sends the page with `fields`, and every question shown but `more`, which the answer to
  // another leads to.
  void send(const Fields& fields, bool insist = true, bool decimal_comma = false) {
    FormFields form;
    for (const Question& question : questionnaire.questions) {
      if (question.name != "more")
        form.add("shown", question.name);
    }
    for (const auto& [name, value] : fields)
      form.add(name, value);
    reading = read_page(questionnaire, PageId(0), form, decimal_comma, insist,
                        std::vector<uint8_t>(1, 0), answers);
  }

  const GivenAnswer& given(std::string_view name) const {
    return answers[questionnaire.codebook.find(name)];
  }

  // The kinds of fault told of a question, in order.
  std::vector<FieldFaultKind> told(std::string_view name) const {
    std::vector<FieldFaultKind> kinds;
    for (const FieldFault& fault : reading.faults) {
      if (questionnaire[fault.question].name == name)
        kinds.push_back(fault.kind);
    }
    return kinds;
  }

  Diagnostics faults;
  Questionnaire questionnaire;
  CaseAnswers answers;
  PageReading reading;
};

TEST_F(PageFields, EmptyFieldsAreFaultsWhereAnAnswerIsRequired) {
  send({});
  EXPECT_THAT(told("one"), ElementsAre(FieldFaultKind::unanswered));
  EXPECT_THAT(told("some"), ElementsAre(FieldFaultKind::unanswered));
  EXPECT_THAT(told("each"), ElementsAre(FieldFaultKind::unanswered));  // the row that is asked
  EXPECT_THAT(told("written"), IsEmpty());
  EXPECT_THAT(told("ranks"), IsEmpty());
  EXPECT_EQ(given("one").state, AnswerState::skipped);
  send({}, false);
  EXPECT_THAT(reading.faults, IsEmpty());
}

TEST_F(PageFields, TakesOneOfferedOption) {
  send({{"one", "1"}});
  EXPECT_THAT(told("one"), IsEmpty());
  EXPECT_EQ(given("one").option, 0);
  send({{"one", "7"}});
  EXPECT_THAT(told("one"), ElementsAre(FieldFaultKind::no_such_option));
  EXPECT_EQ(given("one").option, 0);  // what was there before stays
  send({{"one", "1"}, {"one", "97"}});
  EXPECT_THAT(told("one"), ElementsAre(FieldFaultKind::several));
  send({{"one", "2"}});
  EXPECT_THAT(told("one"), ElementsAre(FieldFaultKind::no_such_option));  // written is not > 5
  send({{"one", "2"}, {"written", "6"}});
  EXPECT_THAT(told("one"), IsEmpty());
}

TEST_F(PageFields, CountsTicks) {
  send({{"some", "1"}, {"some", "4"}});
  EXPECT_THAT(told("some"), IsEmpty());
  EXPECT_THAT(given("some").marks, ElementsAre(1, 0, 0, 1, 0, 0));
  send({{"some", "1"}});
  EXPECT_THAT(told("some"), ElementsAre(FieldFaultKind::too_few));
  send({{"some", "1"}, {"some", "2"}, {"some", "3"}, {"some", "4"}});
  EXPECT_THAT(told("some"), ElementsAre(FieldFaultKind::too_many));
  send({{"some", "98"}});
  EXPECT_THAT(told("some"), IsEmpty());  // none of these is one answer, and enough
  send({{"some", "98"}, {"some", "1"}});
  EXPECT_THAT(told("some"), ElementsAre(FieldFaultKind::exclusive));
}

TEST_F(PageFields, ATextBehindAnOptionChoosesIt) {
  send({{"one.other.text", " tea "}, {"some", "1"}, {"some.other.text", "water"}});
  EXPECT_EQ(given("one").option, 2);
  EXPECT_EQ(given("one.other.text").text, "tea");
  EXPECT_THAT(given("some").marks, ElementsAre(1, 0, 0, 0, 1, 0));
  send({{"one", "1"}, {"one.other.text", "tea"}, {"some", "98"}, {"some.other.text", "water"}});
  EXPECT_EQ(given("one").option, 0);  // another was chosen; the text is kept beside it
  EXPECT_EQ(given("one.other.text").text, "tea");
  EXPECT_THAT(given("some").marks, ElementsAre(0, 0, 0, 0, 0, 1));
}

TEST_F(PageFields, ReadsNumbersInTheirRange) {
  send({{"written", "１２.5"}});
  EXPECT_EQ(given("written").number, 12.5);
  send({{"written", "12,5"}}, true, true);
  EXPECT_EQ(given("written").number, 12.5);
  send({{"written", "12.55"}});
  EXPECT_THAT(told("written"), ElementsAre(FieldFaultKind::too_many_decimals));
  send({{"written", "-1"}});
  EXPECT_THAT(told("written"), ElementsAre(FieldFaultKind::too_small));
  send({{"written", "21"}});
  EXPECT_THAT(told("written"), ElementsAre(FieldFaultKind::too_large));
  send({{"written", "many"}});
  EXPECT_THAT(told("written"), ElementsAre(FieldFaultKind::no_number));
  EXPECT_EQ(given("written").number, 12.5);
}

TEST_F(PageFields, ReadsTheReasonWhyThereIsNoNumber) {
  send({{"written.code", "99"}});
  EXPECT_EQ(given("written").state, AnswerState::dont_know);
  send({{"written.code", "98"}});
  EXPECT_EQ(given("written").state, AnswerState::refused);
  send({{"written.code", "98"}, {"written", "3"}});
  EXPECT_THAT(told("written"), ElementsAre(FieldFaultKind::two_answers));
}

TEST_F(PageFields, ReadsDates) {
  send({{"day", "2023-03-01"}});
  EXPECT_EQ(given("day").number, 19417);  // 53 years of 365 days, 13 leap days, 31 + 28 days
  send({{"day", "2022-12-31"}});
  EXPECT_THAT(told("day"), ElementsAre(FieldFaultKind::too_small));
  send({{"day", "2023-02-29"}});
  EXPECT_THAT(told("day"), ElementsAre(FieldFaultKind::no_date));
}

TEST_F(PageFields, LimitsTexts) {
  std::string longest;
  for (size_t i = 0; i < longest_text; ++i)
    longest += "字";
  send({{"words", longest}});
  EXPECT_EQ(given("words").text, longest);
  send({{"words", longest + "字"}});
  EXPECT_THAT(told("words"), ElementsAre(FieldFaultKind::too_long));
  send({{"words", " \r\n "}});
  EXPECT_EQ(given("words").state, AnswerState::skipped);
}

TEST_F(PageFields, ReadsRanks) {
  send({{"ranks.b", "1"}, {"ranks.a", "2"}});
  EXPECT_THAT(given("ranks").marks, ElementsAre(2, 1, 0));
  send({{"ranks.b", "1"}, {"ranks.a", "1"}});
  EXPECT_THAT(told("ranks"), ElementsAre(FieldFaultKind::same_rank));
  send({{"ranks.b", "1"}, {"ranks.a", "3"}});
  EXPECT_THAT(told("ranks"), ElementsAre(FieldFaultKind::rank_missing));
  send({{"ranks.b", "1"}, {"ranks.a", "2"}, {"ranks.c", "3"}});
  EXPECT_THAT(told("ranks"), ElementsAre(FieldFaultKind::too_many));
  send({{"ranks.b", "4"}});
  EXPECT_THAT(told("ranks"), ElementsAre(FieldFaultKind::no_such_option));
}

TEST_F(PageFields, TellsWhichQuestionsAppeared) {
  send({{"one", "97"}});
  EXPECT_THAT(reading.appeared, IsEmpty());
  send({{"one", "1"}, {"each.first", "1"}});
  EXPECT_THAT(reading.appeared, ElementsAre(questionnaire.find_question("more")));
  EXPECT_THAT(told("each"), ElementsAre(FieldFaultKind::unanswered));  // the second row is asked
}

TEST_F(PageFields, WhatWasNotShownIsLeftAlone) {
  FormFields form;
  form.add("one", "1");
  reading = read_page(questionnaire, PageId(0), form, false, true, {0}, answers);
  EXPECT_THAT(reading.read, IsEmpty());
  EXPECT_FALSE(answers.presented(questionnaire.codebook.find("one")));
}

}  // namespace
}  // namespace topline
