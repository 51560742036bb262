// What is tabulated from some respondents is met by others: a random questionnaire, respondents
// who answer it at random, their printed numbers as targets, and respondents who meet these.
#include <gtest/gtest.h>

#include "base/rounding.hpp"
#include "inline_study.hpp"
#include "simulation/random.hpp"

namespace topline {

namespace {

// A few pages of questions of all kinds; some depend on earlier answers.
std::string random_questionnaire(Random& random) {
  std::string text;
  std::vector<std::string> conditions;
  int number = 0;
  const auto some_condition = [&] { return conditions[random.below(conditions.size())]; };
  const int64_t pages = random.between(2, 4);
  for (int64_t page = 0; page < pages; ++page) {
    text += "- page: p" + std::to_string(page) + "\n";
    if (page > 0 && page + 1 < pages && random.per_mille(300))
      text += "  show_if: " + some_condition() + "\n";
    text += "  questions:\n";
    std::vector<std::string> here;
    const int64_t questions = random.between(1, 4);
    for (int64_t i = 0; i < questions; ++i) {
      const std::string name = "Q" + std::to_string(++number);
      text += "    - " + name + ": Text\n";
      if (i > 0 && !conditions.empty() && random.per_mille(300))
        text += "      show_if: " + some_condition() + "\n";
      if (random.per_mille(200))
        text += "      required: false\n";
      const uint64_t kind = random.below(4);
      if (kind == 0) {
        text += "      options: {1 a: A, 2 b: B, 3 c: C, 9 dk: {text: D, missing: dont_know}}\n";
        here.push_back(name + " == a");
        here.push_back(name + " in (b, dk)");
      } else if (kind == 1) {
        text +=
            "      kind: multiple\n      options: {1 a: A, 2 b: B, 3 c: C, "
            "9 none: {text: N, exclusive: true}}\n";
        here.push_back(name + ".a");
      } else if (kind == 2) {
        text += "      kind: grid\n      rows: {x: X, y: Y}\n      options: {1 a: A, 2 b: B}\n";
        here.push_back(name + ".x == b");
      } else {
        text += "      kind: numeric\n      min: 0\n      max: 9\n";
        here.push_back(name + " > 4");
      }
    }
    conditions.insert(conditions.end(), here.begin(), here.end());
  }
  return text +
         "- hidden:\n"
         "    source: {text: S, options: {1 list: L, 2 panel: P}}\n"
         "    finished: {text: F, kind: numeric}\n";
}

// Every share of every option as printed, and every base; some in the groups of another.
std::string targets_of(const OpenStudy& study, const Screened& cases, Random& random) {
  std::string text = "cases: " + std::to_string(cases.ledger.valid) +
                     "\ncomplete: " + std::to_string(cases.ledger.complete) + "\ntargets:\n";
  const std::vector<std::string> groups = {"", "source == list", "reached(p1)"};
  for (const Variable& variable : study.questionnaire.codebook.variables()) {
    if (variable.name == "finished")
      continue;
    if (random.per_mille(700))
      text += "  - n: " + variable.name +
              "\n    is: " + std::to_string(over(study, cases, "n(" + variable.name + ")").hits) +
              "\n";
    std::vector<std::string> conditions;
    if (variable.kind == VariableKind::number)
      conditions = {variable.name + " >= 3", variable.name + " == 7"};
    for (const Option& option : *variable.options)
      conditions.push_back(variable.name +
                           (variable.kind == VariableKind::multiple ? "." : " == ") + option.name);
    for (const std::string& condition : conditions) {
      const std::string& where = groups[random.below(groups.size())];
      const Aggregate got = over(
          study, cases,
          where.empty() ? "share(" + condition + ")" : "share(" + condition + " | " + where + ")");
      if (got.base == 0)
        continue;
      text += "  - share: " + condition +
              "\n    is: " + std::to_string(percent_rounded(got.hits, got.base)) + "\n";
      if (!where.empty())
        text += "    where: " + where + "\n";
    }
  }
  return text;
}

TEST(SimulationPropertyTest, WhatWasTabulatedIsMet) {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    Random random(seed);
    const std::string questionnaire = random_questionnaire(random);
    const OpenStudy study = inline_study(questionnaire);
    const int64_t respondents = random.between(1, 160);
    const Simulated first = simulate_freely(study, Targets(), respondents, random.next());
    const Screened cases = screened(study, first);
    if (cases.ledger.valid == 0)
      continue;
    const std::string text = targets_of(study, cases, random);
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + questionnaire + text);
    const Targets targets = inline_targets(study, text);
    Diagnostics faults;
    const std::optional<Simulated> second = simulate(study, targets, random.next(), faults);
    ASSERT_EQ(told(faults), "");
    ASSERT_TRUE(second.has_value());
    const Screened again = screened(study, *second);
    EXPECT_EQ(again.ledger.valid, cases.ledger.valid);
    EXPECT_EQ(again.ledger.complete, cases.ledger.complete);
    for (int64_t count : again.ledger.answered_though_not_asked)
      EXPECT_EQ(count, 0);
    for (const Target& target : targets.all) {
      const Expression whole = as_aggregate(target);
      const auto root = static_cast<int32_t>(whole.nodes.size()) - 1;
      const Aggregate wanted = aggregate(whole, root, cases.dataset, cases.valid);
      const Aggregate got = aggregate(whole, root, again.dataset, again.valid);
      if (target.kind == TargetKind::share) {
        EXPECT_EQ(percent_rounded(got.hits, got.base), percent_rounded(wanted.hits, wanted.base))
            << target.text;
      } else {
        EXPECT_EQ(got.hits, wanted.hits) << target.text;
      }
    }
  }
}

}  // namespace

}  // namespace topline
