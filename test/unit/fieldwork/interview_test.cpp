#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>

#include "fieldwork/case_answers.hpp"
#include "fieldwork/option_order.hpp"
#include "fieldwork/page_route.hpp"

namespace topline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const char* const text = R"(
- page: you
  questions:
    - Q1: Do you drink coffee?
      options: {1 yes: Yes, 2 no: No, 3 child: I am a child}
      screen_out: Q1 == child
- page: cups
  questions:
    - Q2: How many cups?
      kind: numeric
      show_if: Q1 == yes
      options:
        8 none: {text: No cup at all, missing: not_applicable}
        9 refused: {text: Rather not say, missing: refused}
- page: many
  show_if: Q2 > 5
  questions:
    - Q3: Why so many?
      kind: multiple
      order: random
      groups: {good: Good reasons, bad: Bad reasons}
      options:
        1 taste: {text: Taste, group: good}
        2 habit: {text: Habit, group: bad}
        3 break: {text: The break, group: good}
        4 sleep: {text: Too little sleep, group: bad}
        9 other: {text: Other, specify: true, anchor: end}
- page: thanks
  text: Thank you.
- page: last
  questions:
    - Q4: Which comes first?
      kind: ranking
      options: {1 a: A, 2 b: B, 3 c: C}
    - Q5: When?
      kind: date
    - Q6: Rate
      kind: grid
      order: random
      rows: {r1: R1, r2: R2, r3: R3, r4: {text: R4, anchor: start}}
      options: {1 good: Good, 2 bad: Bad}
)";

class Interview : public testing::Test {
 protected:
  Interview()
      : questionnaire(load_questionnaire(text, "questionnaire.yaml", faults)),
        answers(questionnaire.codebook),
        sent(questionnaire.pages.size(), 0) {
    EXPECT_FALSE(faults.has_errors()) << faults.all().front().message;
  }

  VariableId id(std::string_view name) const {
    const VariableId found = questionnaire.codebook.find(name);
    EXPECT_TRUE(found.valid()) << name;
    return found;
  }

  // Answers as the log keeps them.
  void answer(std::string_view name, const nlohmann::json& stored) {
    std::optional<GivenAnswer> given = read_answer_json(questionnaire.codebook[id(name)], stored);
    ASSERT_TRUE(given) << name;
    answers.set(id(name), std::move(*given));
  }

  void send(size_t page) { sent[page] = 1; }

  std::vector<std::string> pages() const {
    std::vector<std::string> names;
    for (PageId page : find_route(questionnaire, answers, sent).pages)
      names.push_back(questionnaire.pages[page.index()].name);
    return names;
  }

  std::string open() const {
    const std::optional<PageId> page = find_route(questionnaire, answers, sent).open;
    return page ? questionnaire.pages[page->index()].name : "";
  }

  Diagnostics faults;
  Questionnaire questionnaire;
  CaseAnswers answers;
  std::vector<uint8_t> sent;
};

TEST_F(Interview, BeginsOnTheFirstPage) {
  EXPECT_EQ(open(), "you");
  EXPECT_THAT(pages(), ElementsAre("you", "thanks", "last"));
}

TEST_F(Interview, FollowsTheAnswers) {
  answer("Q1", "1");
  send(0);
  EXPECT_EQ(open(), "cups");
  answer("Q2", 7);
  send(1);
  EXPECT_EQ(open(), "many");
  EXPECT_THAT(pages(), ElementsAre("you", "cups", "many", "thanks", "last"));
}

TEST_F(Interview, ForgetsWhatFollowedFromAnEarlierAnswer) {
  answer("Q1", "1");
  answer("Q2", 7);
  send(0);
  send(1);
  answer("Q1", "2");  // back, and otherwise: the 7 cups are not asked any more
  EXPECT_THAT(pages(), ElementsAre("you", "thanks", "last"));
  answer("Q1", "1");  // and otherwise again: they were not lost
  EXPECT_THAT(pages(), ElementsAre("you", "cups", "many", "thanks", "last"));
}

TEST_F(Interview, EndsWhereSomebodyIsScreenedOut) {
  answer("Q1", "3");
  send(0);
  const PageRoute route = find_route(questionnaire, answers, sent);
  EXPECT_TRUE(route.route.screened_out_by.valid());
  EXPECT_THAT(pages(), ElementsAre("you"));
  EXPECT_FALSE(route.open);
}

TEST_F(Interview, KnowsThePagesAroundOne) {
  answer("Q1", "2");
  const PageRoute route = find_route(questionnaire, answers, sent);
  EXPECT_FALSE(route.before(PageId(0)));
  EXPECT_EQ(route.after(PageId(0)), PageId(3));
  EXPECT_EQ(route.before(PageId(3)), PageId(0));
  EXPECT_EQ(route.after(PageId(1)), PageId(3));  // a page that is not seen has one after it, too
  EXPECT_FALSE(route.after(PageId(4)));
  EXPECT_FALSE(route.leads_to(PageId(1)));
}

TEST_F(Interview, AnswersSurviveTheLog) {
  const std::vector<std::pair<std::string, nlohmann::json>> all = {
      {"Q1", "2"},
      {"Q2", 2.5},
      {"Q3", {"1", "9"}},
      {"Q3.other.text", {{"text", "9"}}},
      {"Q2", "9"},
      {"Q2", "8"},
      {"Q4", {"3", "1"}},
      {"Q5", "2023-09-04"},
      {"Q6.r1", "2"},
      {"Q1", nullptr},
      {"Q3", nlohmann::json::array()}};
  for (const auto& [name, stored] : all) {
    const Variable& variable = questionnaire.codebook[id(name)];
    const std::optional<GivenAnswer> given = read_answer_json(variable, stored);
    ASSERT_TRUE(given) << name << stored;
    EXPECT_EQ(answer_json(variable, *given).dump(), stored.dump()) << name;
  }
}

TEST_F(Interview, RanksAndReasonsAreReadFromTheLog) {
  answer("Q4", {"3", "1"});
  EXPECT_THAT(answers[id("Q4")].marks, ElementsAre(2, 0, 1));
  answer("Q2", "9");
  EXPECT_EQ(answers[id("Q2")].state, AnswerState::refused);
  EXPECT_TRUE(answers.presented(id("Q2")));
  EXPECT_FALSE(answers.presented(id("Q1")));
}

TEST_F(Interview, AnswersOfAnotherQuestionnaireHaveNoPlace) {
  const Codebook& codebook = questionnaire.codebook;
  EXPECT_FALSE(read_answer_json(codebook[id("Q1")], "77"));
  EXPECT_FALSE(read_answer_json(codebook[id("Q1")], 1));
  EXPECT_FALSE(read_answer_json(codebook[id("Q3")], "1"));
  EXPECT_FALSE(read_answer_json(codebook[id("Q3")], {"1", "77"}));
  EXPECT_FALSE(read_answer_json(codebook[id("Q5")], "2023-02-30"));
  EXPECT_FALSE(read_answer_json(codebook[id("Q3.other.text")], "9"));
}

TEST_F(Interview, OrderStaysForOneRespondentAndVariesBetweenThem) {
  const Question& question = questionnaire[questionnaire.find_question("Q3")];
  std::set<std::vector<int>> orders;
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    const std::vector<int> order = option_order(question, seed);
    EXPECT_EQ(order, option_order(question, seed));
    EXPECT_EQ(order.back(), 4);
    // Groups stay together: taste and break, habit and sleep.
    EXPECT_EQ(order[0] % 2, order[1] % 2);
    EXPECT_EQ(order[2] % 2, order[3] % 2);
    orders.insert(order);
  }
  EXPECT_EQ(orders.size(), 8U);  // two orders of the groups, two in each
}

TEST_F(Interview, RowsAreShuffledAndTheirOptionsAreNot) {
  const Question& question = questionnaire[questionnaire.find_question("Q6")];
  std::set<std::vector<int>> orders;
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    EXPECT_THAT(option_order(question, seed), ElementsAre(0, 1));
    EXPECT_EQ(row_order(question, seed).front(), 3);
    orders.insert(row_order(question, seed));
  }
  EXPECT_EQ(orders.size(), 6U);
}

}  // namespace
}  // namespace topline
