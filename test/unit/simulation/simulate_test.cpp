#include "simulation/simulate.hpp"

#include <gmock/gmock.h>

#include "base/rounding.hpp"
#include "inline_study.hpp"
#include "instrument/routing.hpp"

namespace topline {

namespace {

OpenStudy coffee() {
  return inline_study(coffee_questionnaire(), coffee_processing());
}

int64_t percent(const OpenStudy& study, const Screened& cases, const std::string& share) {
  const Aggregate got = over(study, cases, share);
  return percent_rounded(got.hits, got.base);
}

double value(const OpenStudy& study, const Screened& cases, const std::string& text) {
  return over(study, cases, text).value.number;
}

// Everything that a respondent answered was asked, and what was asked and is required was
// answered as the options allow, up to the page after which the respondent left.
void expect_routing(const OpenStudy& study, const Screened& cases) {
  for (int64_t count : cases.ledger.answered_though_not_asked)
    EXPECT_EQ(count, 0);
  const Questionnaire& questionnaire = study.questionnaire;
  DatasetCase from(cases.dataset);
  Route route;
  for (size_t row = 0; row < cases.dataset.rows(); ++row) {
    from.move_to(row);
    walk(questionnaire, from, route);
    for (const Question& question : questionnaire.questions) {
      for (VariableId id : question.variables) {
        const Answer answer = from.answer(id);
        const bool asked = route.asked[id.index()] != 0 && from.reached(question.page);
        EXPECT_TRUE(asked || !answer.answered()) << question.name << " row " << row;
        EXPECT_TRUE(!asked || !question.required || answer.answered())
            << question.name << " row " << row;
        if (answer.answered()) {
          EXPECT_GE(answer.number, question.minimum.value_or(answer.number));
          EXPECT_LE(answer.number, question.maximum.value_or(answer.number));
        }
        int ticks = 0, exclusive = 0;
        for (int i = 0; i < answer.marks.size(); ++i) {
          ticks += answer.marks[i] != 0 ? 1 : 0;
          exclusive +=
              answer.marks[i] != 0 && (*question.options)[static_cast<size_t>(i)].exclusive ? 1 : 0;
        }
        if (answer.marks.size() > 0 && answer.answered()) {
          EXPECT_GE(ticks, exclusive > 0 ? 1 : question.at_least.value_or(1));
          EXPECT_LE(ticks, exclusive > 0 ? 1 : question.at_most.value_or(100));
        }
        for (size_t i = 0; i < question.options->size(); ++i) {
          const Option& option = (*question.options)[i];
          const bool chosen =
              answer.answered() && (answer.marks.size() > 0 ? answer.marks[static_cast<int>(i)] != 0
                                                            : answer.option == static_cast<int>(i));
          EXPECT_TRUE(!chosen || holds(option.show_if, questionnaire.codebook, from))
              << question.name << "." << option.name << " row " << row;
        }
      }
    }
  }
}

bool same(const Dataset& a, const Dataset& b) {
  if (a.rows() != b.rows())
    return false;
  for (size_t i = 0; i < a.codebook().size(); ++i) {
    const Column &x = a.column(VariableId(i)), &y = b.column(VariableId(i));
    if (x.state != y.state || x.option != y.option || x.marks != y.marks || x.number != y.number ||
        x.text != y.text)
      return false;
  }
  return true;
}

const std::string coffee_targets = R"(
cases: 120
complete: 111
started: 149
screened_out: {S1: 12}
dropped: [4, 5, 8]
targets:
  - shares: source
    is: {list: 40, panel: 60}
  - n: Q1
    is: 120
  - share: much
    is: 37.5
  - shares: cups
    is: {few: 63}
  - shares: Q2
    n: 115
    is: {espresso: 31, milk: 77, dk: 3}
  - shares: strongest
    is: {filter: 10}
  - share: much
    by: Q3
    is: {yes: 50}
  - shares: Q4
    is: {home: 71, other: 6}
  - shares: Q5
    is:
      home: {good: 33, bad: 14}
      work: {good: 20}
  - crosstab: Q5.home
    by: Q5.work
    n: 111
    columns: [good, fair, bad, total]
    is:
      good: [12, 15, 6, 33]
      fair: [~, 30, ~, ~]
      bad:  [~, ~, ~, 14]
)";

TEST(SimulateTest, EveryTargetIsMet) {
  const OpenStudy study = coffee();
  const Screened cases = screened(study, simulated(study, coffee_targets));
  EXPECT_EQ(cases.ledger.started, 149);
  EXPECT_EQ(cases.ledger.valid, 120);
  EXPECT_EQ(cases.ledger.complete, 111);
  std::vector<int64_t> removed;
  for (const LedgerStep& step : cases.ledger.steps)
    removed.push_back(step.removed);
  EXPECT_THAT(removed, testing::ElementsAre(12, 4, 5, 8));
  EXPECT_EQ(percent(study, cases, "share(source == list)"), 40);
  EXPECT_EQ(value(study, cases, "cases(much)"), 45);  // 37.5 % of 120 is 45, and nothing else
  EXPECT_EQ(percent(study, cases, "share(cups == few)"), 63);
  EXPECT_EQ(value(study, cases, "n(Q2)"), 115);
  EXPECT_EQ(percent(study, cases, "share(Q2.espresso)"), 31);
  EXPECT_EQ(percent(study, cases, "share(Q2.milk)"), 77);
  EXPECT_EQ(percent(study, cases, "share(strongest == filter)"), 10);
  EXPECT_EQ(percent(study, cases, "share(much | Q3 == yes)"), 50);
  EXPECT_EQ(percent(study, cases, "share(Q4 == other)"), 6);
  EXPECT_EQ(value(study, cases, "n(Q5.home)"), 111);
  EXPECT_EQ(percent(study, cases, "share(Q5.home == bad)"), 14);
  const std::string among = " | answered(Q5.home) and answered(Q5.work))";
  EXPECT_EQ(percent(study, cases, "share(Q5.home == good and Q5.work == fair" + among), 15);
  EXPECT_EQ(percent(study, cases, "share(Q5.home == fair and Q5.work == fair" + among), 30);
}

TEST(SimulateTest, TheRoutingIsObeyed) {
  const OpenStudy study = coffee();
  for (uint64_t seed : {1U, 2U, 3U})
    expect_routing(study, screened(study, simulated(study, coffee_targets, seed)));
}

TEST(SimulateTest, TheSameSeedGivesTheSameRespondents) {
  const OpenStudy study = coffee();
  const Simulated first = simulated(study, coffee_targets, 42);
  EXPECT_TRUE(same(first.raw, simulated(study, coffee_targets, 42).raw));
  EXPECT_FALSE(same(first.raw, simulated(study, coffee_targets, 43).raw));
}

TEST(SimulateTest, HiddenVariablesFit) {
  const OpenStudy study = coffee();
  const Screened cases = screened(study, simulated(study, coffee_targets));
  // Only who comes from the panel has its identifier.
  for (size_t row = 0; row < cases.dataset.rows(); ++row) {
    const Answer source = cases.dataset.answer(study.codebook().find("source"), row);
    EXPECT_EQ(cases.dataset.answer(study.codebook().find("panel_id"), row).answered(),
              source.option == 1);
  }
  EXPECT_GT(value(study, cases, "smallest(seconds)"), 20);
}

TEST(SimulateTest, AQuestionWithManyOptionsIsTakenApart) {
  std::string options;
  std::string shares;
  // 2^18 patterns; shares from 10 to 44 percent.
  for (int i = 0; i < 18; ++i) {
    options += "        " + std::to_string(i + 1) + " o" + std::to_string(i) + ": Option\n";
    shares += "      o" + std::to_string(i) + ": " + std::to_string(10 + 2 * i) + "\n";
  }
  const OpenStudy study = inline_study(R"(
- page: one
  questions:
    - Q1: Own technology?
      options: {1 yes: Yes, 2 no: No}
    - Q2: Which?
      kind: multiple
      at_least: 2
      at_most: 7
      options:
)" + options + R"(        97 extra: {text: Extra, show_if: Q1 == yes}
        99 dk: {text: Don't know, missing: dont_know, exclusive: true}
)");
  const std::string targets =
      "cases: 150\ntargets:\n  - share: Q1 == yes\n    is: 40\n"
      "  - shares: Q2\n    n: 150\n    is:\n" +
      shares + "      extra: 8\n      dk: 4\n";
  const Screened cases = screened(study, simulated(study, targets));
  expect_routing(study, cases);
  EXPECT_EQ(percent(study, cases, "share(Q2.o17)"), 44);
  EXPECT_EQ(percent(study, cases, "share(Q2.extra)"), 8);
  EXPECT_EQ(percent(study, cases, "share(Q2.dk)"), 4);
}

TEST(SimulateTest, RankingsTextsAndDates) {
  const OpenStudy study = inline_study(R"(
- page: one
  questions:
    - Q1: Rank.
      kind: ranking
      at_most: 2
      options: {1 a: A, 2 b: B, 3 c: C}
    - Q2: Where?
      kind: multiple
      options: {1 home: At home, 2 work: At work, 97 other: {text: Elsewhere, specify: true}}
    - Q3: When?
      kind: date
      min: 2023-01-01
      max: 2023-12-31
      required: false
)",
                                       R"yaml(
derive:
  places: {text: Places, of: Q2, recode_text: {"my flat": home}}
  late: {text: Second half, net: "Q3 >= date(2023, 7, 1)"}
)yaml");
  const Screened cases = screened(study, simulated(study, R"(
cases: 80
targets:
  - share: Q1.a == 1
    is: 50
  - shares: Q2
    is: {home: 40, other: 30}
  - shares: places
    is: {home: 50, other: 20}
  - n: Q3
    is: 60
  - share: late
    is: 70
texts: {Q2.other.text: [my flat, the train]}
)"));
  expect_routing(study, cases);
  EXPECT_EQ(percent(study, cases, "share(Q2.home)"), 40);
  EXPECT_EQ(percent(study, cases, "share(places.home)"), 50);
  EXPECT_EQ(percent(study, cases, "share(places.other)"), 20);
  EXPECT_EQ(value(study, cases, "n(Q3)"), 60);
  EXPECT_EQ(value(study, cases, "cases(late)"), 42);
}

TEST(SimulateTest, ThousandsOfCases) {
  const OpenStudy study = coffee();
  const Screened cases = screened(study, simulated(study, R"(
cases: 20000
targets:
  - shares: Q2
    is: {espresso: 31.25, milk: 60.50}
)"));
  const Aggregate espresso = over(study, cases, "share(Q2.espresso)");
  EXPECT_EQ(percent_rounded(espresso.hits, espresso.base, 2), 3125);
}

TEST(SimulateTest, OneCase) {
  const OpenStudy study = coffee();
  const Screened cases = screened(study, simulated(study, R"(
cases: 1
complete: 1
targets: [{share: much, is: 100}, {share: Q3 == yes, is: 0}]
)"));
  EXPECT_EQ(value(study, cases, "cases(much and Q3 == no)"), 1);
}

TEST(SimulateTest, WithoutTargetsRespondentsAreFree) {
  const OpenStudy study = coffee();
  const Simulated free = simulate_freely(study, Targets(), 300, 9);
  EXPECT_EQ(free.raw.rows(), 300U);
  EXPECT_EQ(free.started, 300);
  const Screened cases = screened(study, free);
  expect_routing(study, cases);
  EXPECT_EQ(cases.ledger.valid, free.valid);
  // In the field, most of those who start count, and most of those stay to the end.
  EXPECT_GT(free.valid, 240);
  EXPECT_LT(free.valid, 300);
  EXPECT_GT(free.complete, free.valid * 8 / 10);
  EXPECT_TRUE(same(free.raw, simulate_freely(study, Targets(), 300, 9).raw));
}

TEST(SimulateTest, AStudyWithoutFinishedIsReadFromTheAnswers) {
  const OpenStudy study = inline_study(R"(
- page: one
  questions:
    - Q1: One?
      options: {1 yes: Yes, 2 no: No}
- page: two
  questions:
    - Q2: Two?
      kind: text
      required: false
    - Q3: Three?
      options: {1 yes: Yes, 2 no: No}
- page: three
  questions:
    - Q4: Four?
      kind: text
      required: false
)");
  const Screened cases = screened(study, simulated(study, R"(
cases: 60
complete: 50
targets: [{n: Q3, is: 55}, {share: Q3 == yes, is: 60}]
)"));
  expect_routing(study, cases);
  EXPECT_EQ(cases.ledger.complete, 50);
  EXPECT_EQ(value(study, cases, "n(Q3)"), 55);
}

}  // namespace

}  // namespace topline
