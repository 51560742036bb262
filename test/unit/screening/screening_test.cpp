#include <gtest/gtest.h>

#include "screening/screen.hpp"

namespace topline {
namespace {

const char* const questionnaire_text = R"(
- hidden:
    seconds: {text: Time, kind: numeric, unit: s}
- page: start
  questions:
    - Q1: Do you work?
      options: {1 yes: "Yes", 2 no: "No"}
      screen_out: Q1 == no
    - Q2: Beside it on the page
      options: {1 a: A, 2 b: B}
- page: use
  questions:
    - Q3: Which of these?
      kind: multiple
      options:
        1 first: First
        2 second: Second
        3 third: Third
        8 dk: {text: Don't know, missing: dont_know, exclusive: true}
    - Q4: Why the second?
      kind: text
      show_if: Q3.second
      required: false
- page: last
  questions:
    - Q5: A number
      kind: numeric
    - Q6: Other
      options: {1 a: A, 9 other: {text: Other, specify: true}}
)";

class ScreeningTest : public testing::Test {
 protected:
  void SetUp() override {
    questionnaire = load_questionnaire(questionnaire_text, "questionnaire.yaml", faults);
    ASSERT_TRUE(faults.empty()) << faults.all()[0].message;
  }

  Dataset cases(size_t count) { return {questionnaire.codebook, count}; }
  VariableId id(const std::string& name) const { return questionnaire.codebook.find(name); }

  Processing processing(const std::string& text) {
    Processing result = load_processing(text, "processing.yaml", questionnaire, faults);
    EXPECT_TRUE(faults.empty()) << faults.all()[0].message;
    return result;
  }

  Questionnaire questionnaire;
  Diagnostics faults;
};

TEST_F(ScreeningTest, WhyAnEmptyAnswerIsEmpty) {
  Dataset data = cases(4);
  // 0: answers all but the optional Q4, which was asked.
  data.set_option(id("Q1"), 0, 0);
  data.set_option(id("Q2"), 0, 0);
  data.set_mark(id("Q3"), 0, 1, 1);
  data.set_number(id("Q5"), 0, 7);
  data.set_option(id("Q6"), 0, 0);
  // 1: screened out; the question beside it on the page was asked and left empty.
  data.set_option(id("Q1"), 1, 1);
  // 2: leaves after Q3, in which second is not ticked.
  data.set_option(id("Q1"), 2, 0);
  data.set_option(id("Q2"), 2, 1);
  data.set_mark(id("Q3"), 2, 0, 1);
  // 3: answers nothing at all.
  const StateReport report = derive_states(questionnaire, data);

  EXPECT_EQ(data.answer(id("Q4"), 0).state, AnswerState::skipped);
  EXPECT_EQ(data.at_end[0], 1);
  EXPECT_EQ(data.answer(id("Q2"), 1).state, AnswerState::not_reached);
  EXPECT_EQ(data.answer(id("Q3"), 1).state, AnswerState::not_asked);
  EXPECT_EQ(report.screened_out_by[1], questionnaire.find_question("Q1"));
  EXPECT_EQ(data.answer(id("Q4"), 2).state, AnswerState::not_asked);
  EXPECT_EQ(data.answer(id("Q5"), 2).state, AnswerState::not_reached);
  EXPECT_EQ(data.at_end[2], 0);
  EXPECT_EQ(data.answer(id("Q1"), 3).state, AnswerState::not_reached);
  EXPECT_EQ(data.answer(id("Q3"), 3).state, AnswerState::not_reached);
  EXPECT_EQ(data.answer(id("Q4"), 3).state, AnswerState::not_asked);
}

TEST_F(ScreeningTest, AnAnswerToAQuestionThatWasNotAskedIsKeptAndCounted) {
  Dataset data = cases(1);
  data.set_option(id("Q1"), 0, 0);
  data.set_mark(id("Q3"), 0, 0, 1);
  data.set_text(id("Q4"), 0, "why not");
  const StateReport report = derive_states(questionnaire, data);
  EXPECT_EQ(report.answered_though_not_asked[questionnaire.find_question("Q4").index()], 1);
  EXPECT_EQ(data.answer(id("Q4"), 0).text, "why not");
}

TEST_F(ScreeningTest, TheLedgerCountsInOrderAndAlone) {
  Dataset data = cases(6);
  for (size_t row = 0; row < 6; ++row) {
    if (row != 5)
      data.set_option(id("Q1"), row, row == 0 ? 1 : 0);
    data.set_number(id("seconds"), row, static_cast<double>(100 * (row + 1)));
  }
  data.set_option(id("Q6"), 3, 0);
  const Processing rules = processing(R"(
cases:
  - drop: not answered(Q1)
    why: left at once
  - drop: seconds <= 200
    why: too fast
  - keep: seconds < 2 * median(seconds)
    why: took long
)");
  // Median of 100 … 600 is 350, so that 700 is the limit: nobody goes by the last rule.
  const Screened result = screen(questionnaire, rules, data);
  const Ledger& ledger = result.ledger;
  EXPECT_EQ(ledger.started, 6);
  ASSERT_EQ(ledger.steps.size(), 4U);
  EXPECT_EQ(ledger.steps[0].removed, 1);  // screened out: row 0
  EXPECT_EQ(ledger.steps[0].left, 5);
  EXPECT_EQ(ledger.steps[1].removed, 1);  // no Q1: row 5
  EXPECT_EQ(ledger.steps[2].removed, 1);  // row 1; row 0 is gone already
  EXPECT_EQ(ledger.steps[2].removed_alone, 2);
  EXPECT_EQ(ledger.steps[3].removed, 0);
  EXPECT_EQ(ledger.valid, 3);
  EXPECT_EQ(ledger.complete, 1);  // row 3 answered on the last page
  EXPECT_EQ(result.verdicts[0], Verdict::screened_out);
  EXPECT_EQ(result.verdicts[1], Verdict::dropped);
  EXPECT_EQ(result.verdicts[2], Verdict::partial);
  EXPECT_EQ(result.verdicts[3], Verdict::complete);
}

TEST_F(ScreeningTest, DerivedVariables) {
  Dataset data = cases(4);
  for (size_t row = 0; row < 4; ++row)
    data.set_option(id("Q1"), row, 0);
  data.set_mark(id("Q3"), 0, 0, 1);
  data.set_mark(id("Q3"), 0, 1, 1);
  data.set_mark(id("Q3"), 1, 3, 1);  // don't know alone
  data.set_mark(id("Q3"), 2, 0, 1);
  data.set_number(id("Q5"), 0, 4);
  data.set_number(id("Q5"), 1, 5);
  data.set_number(id("Q5"), 2, 99);
  data.set_option(id("Q6"), 0, 1);
  data.set_text(id("Q6.other.text"), 0, "really A");
  data.set_option(id("Q6"), 1, 1);
  data.set_text(id("Q6.other.text"), 1, "something else");
  const Processing derived = processing(R"(
derive:
  stage: {text: Stage, of: Q3, take: most advanced}
  earliest: {text: Earliest, of: Q3, take: first}
  keen: {text: Keen, net: Q3.second or Q5 > 50}
  band:
    text: Band
    of: Q5
    bands: {1 low: {text: Low, to: 4}, 2 high: {text: High, from: 5, to: 10}}
  coded: {text: Coded, of: Q6, recode_text: {"really A": a}}
  twice: {text: Twice, number: 2 * Q5}
  kind:
    text: Kind
    options:
      1 both: {text: Both, when: Q3.first and Q3.second}
      9 rest: {text: Rest, else: true}
)");
  const Screened result = screen(questionnaire, derived, data);
  const Dataset& d = result.dataset;
  auto variable = [&](const std::string& name) { return d.codebook().find(name); };
  auto option = [&](const std::string& name, size_t row) {
    return d.answer(variable(name), row).option;
  };
  EXPECT_EQ(option("stage", 0), 1);
  EXPECT_EQ(option("earliest", 0), 0);
  EXPECT_EQ(option("stage", 1), 3);  // don't know stays don't know
  EXPECT_EQ(d.answer(variable("stage"), 3).state, AnswerState::not_reached);
  EXPECT_EQ(option("keen", 0), 1);
  EXPECT_EQ(option("keen", 1), 0);  // not ticked, and 5 is not over 50
  EXPECT_EQ(option("keen", 2), 1);  // 99 is
  EXPECT_EQ(d.answer(variable("keen"), 3).state, AnswerState::not_reached);
  EXPECT_EQ(option("band", 0), 0);
  EXPECT_EQ(option("band", 1), 1);
  EXPECT_FALSE(d.answer(variable("band"), 2).answered());  // 99 is in no band
  EXPECT_EQ(option("coded", 0), 0);
  EXPECT_EQ(option("coded", 1), 1);
  EXPECT_EQ(d.answer(variable("twice"), 1).number, 10);
  EXPECT_EQ(option("kind", 0), 0);
  EXPECT_EQ(option("kind", 2), 1);
  EXPECT_FALSE(d.answer(variable("kind"), 3).answered());  // nothing is known: no "rest"
  // Raw answers are as they were.
  EXPECT_EQ(d.answer(id("Q6"), 0).option, 1);
}

TEST_F(ScreeningTest, AnEmptyFileHasAnEmptyLedger) {
  const Screened result = screen(questionnaire,
                                 processing("cases:\n  - drop: seconds < "
                                            "median(seconds)\n    why: fast\n"),
                                 cases(0));
  EXPECT_EQ(result.ledger.started, 0);
  EXPECT_EQ(result.ledger.valid, 0);
}

TEST_F(ScreeningTest, FaultsOfProcessingHaveTheirPlaces) {
  load_processing(
      "cases:\n"
      "  - drop: Q1 == maybe\n"
      "derive:\n"
      "  x: {text: X, of: Q9, take: first}\n"
      "  y: {text: Y}\n"
      "  z: {text: Z, net: w}\n",
      "processing.yaml", questionnaire, faults);
  faults.sort();
  ASSERT_EQ(faults.all().size(), 5U);
  EXPECT_EQ(faults.all()[0].message, "this rule gives no reason");
  EXPECT_EQ(faults.all()[1].message, "Q1 has no option `maybe`");
  EXPECT_EQ(faults.all()[1].place.line, 2);
  EXPECT_EQ(faults.all()[1].place.column, 17);
  EXPECT_EQ(faults.all()[2].message, "there is no question or variable `Q9`");
  EXPECT_EQ(faults.all()[3].message, "nothing says how y is computed");
  EXPECT_EQ(faults.all()[4].message, "there is no question or variable `w`");
}

}  // namespace
}  // namespace topline
