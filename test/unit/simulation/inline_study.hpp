// Studies that stand in the test that uses them.
#pragma once

#include <gtest/gtest.h>
#include <string>

#include "instrument/resolve.hpp"
#include "screening/screen.hpp"
#include "simulation/simulate.hpp"

namespace topline {

inline std::string told(const Diagnostics& faults) {
  std::string all;
  for (const Diagnostic& fault : faults.all())
    all += fault.place.file + ":" + std::to_string(fault.place.line) + ": " + fault.message + "\n";
  return all;
}

inline OpenStudy inline_study(const std::string& questionnaire,
                              const std::string& processing = "") {
  Diagnostics faults;
  OpenStudy study;
  study.study.languages = {"en"};
  study.study.fieldwork_from = "2023-09";
  study.study.fieldwork_to = "2023-10";
  study.questionnaire = load_questionnaire(questionnaire, "questionnaire.yaml", faults);
  study.processing = load_processing(processing, "processing.yaml", study.questionnaire, faults);
  EXPECT_EQ(told(faults), "");
  return study;
}

inline Targets inline_targets(const OpenStudy& study, const std::string& text) {
  Diagnostics faults;
  Targets targets = load_targets(text, "targets.yaml", study, faults);
  EXPECT_EQ(told(faults), "");
  return targets;
}

// The respondents for `targets`, which must be possible.
inline Simulated simulated(const OpenStudy& study, const std::string& targets, uint64_t seed = 1) {
  Diagnostics faults;
  std::optional<Simulated> result = simulate(study, inline_targets(study, targets), seed, faults);
  EXPECT_EQ(told(faults), "");
  EXPECT_TRUE(result.has_value());
  return result ? std::move(*result) : Simulated();
}

// What is said when `targets` are not possible.
inline std::string contradiction(const OpenStudy& study, const std::string& targets) {
  Diagnostics faults;
  EXPECT_FALSE(simulate(study, inline_targets(study, targets), 1, faults).has_value());
  return told(faults);
}

inline Screened screened(const OpenStudy& study, const Simulated& simulated) {
  return screen(study.questionnaire, study.processing, simulated.raw);
}

// An aggregate such as "share(Q1 == yes)" over the cases that count.
inline Aggregate over(const OpenStudy& study, const Screened& cases, const std::string& text) {
  Diagnostics faults;
  const std::optional<Expression> expression =
      resolve_expression(text, {"test", 1, 1, 0}, study.codebook(), ExpressionType::number,
                         Aggregates::allowed, faults);
  EXPECT_EQ(told(faults), "") << text;
  return expression ? aggregate(*expression, static_cast<int32_t>(expression->nodes.size()) - 1,
                                cases.dataset, cases.valid)
                    : Aggregate();
}

// A screening question, a routed one, a large multiple one, a grid, and numbers.
inline const std::string& coffee_questionnaire() {
  static const std::string text = R"(
- page: you
  questions:
    - S1: Do you drink coffee?
      options: {1 yes: Yes, 2 no: No}
      screen_out: S1 == no
    - Q1: How many cups a day?
      kind: numeric
      min: 0
      max: 20
- page: taste
  questions:
    - Q2: What do you drink?
      kind: multiple
      options:
        1 espresso: Espresso
        2 filter: Filter coffee
        3 milk: With milk
        9 dk: {text: Don't know, missing: dont_know, exclusive: true}
    - Q3: With sugar?
      show_if: Q2.espresso
      options: {1 yes: Yes, 2 no: No}
- page: places
  show_if: Q1 >= 2
  questions:
    - Q4: Where?
      options: {1 home: At home, 2 work: At work, 97 other: {text: Elsewhere, specify: true}}
- page: judgement
  questions:
    - Q5: How good is it …
      kind: grid
      rows: {home: at home, work: at work}
      options: {1 good: Good, 2 fair: Fair, 3 bad: Bad}
    - Q6: Anything else?
      kind: text
      required: false
- hidden:
    source: {text: Source, options: {1 list: List, 2 panel: Panel, 9 test: Test}}
    panel_id: {text: Identifier, kind: text}
    seconds: {text: Time, kind: numeric, unit: s}
    finished: {text: Reached the end, kind: numeric}
)";
  return text;
}

inline const std::string& coffee_processing() {
  static const std::string text = R"(
cases:
  - keep: source in (list, panel)
    why: test links
  - drop: not answered(Q1)
    why: left at once
  - drop: finished == 1 and seconds < 0.3 * median(seconds | finished == 1)
    why: too fast
derive:
  strongest: {text: Most advanced drink, of: Q2, take: most advanced}
  much: {text: Three cups or more, net: Q1 >= 3}
  cups: {text: Cups, of: Q1, bands: {1 few: {text: Up to two, from: 0, to: 2}, 2 many: {text: More, from: 3, to: 20}}}
)";
  return text;
}

}  // namespace topline
