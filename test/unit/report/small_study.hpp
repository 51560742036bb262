// A study of forty cases whose every count is known by hand:
//   Q1  a in 25 cases (0-24), b in 10 (25-34), don't know in 5 (35-39)
//   S   x in 20 cases (0-19), y in 12 (20-31), z in 3 (32-34), no answer in 5
//   M   p ticked in 20 of 30 cases (0-19), q in 20 (10-29), nobody ticks r
//   G   g1: yes in 10 cases, no in 30; g2: yes in all 40
//   N   the case's number, 0 to 39
// Bases under 5 are not shown, bases under 20 are marked.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "analysis/weighed_cases.hpp"
#include "report/check_report.hpp"
#include "report/document.hpp"
#include "screening/screen.hpp"
#include "study/open_study.hpp"

namespace topline {

inline const char* const kStudyYaml = R"(study: small
title: Small & <simple>
subtitle: It's "quoted"
language: en
languages: [en]
publisher: A & B
sponsors: [The Fund]
contact: a@example.org
population: Forty people
fieldwork: {from: 2023-09-04, to: 2023-10-20}
mode: online
sample: {kind: opt-in, frame: no list}
small_base: {suppress: 5, mark: 20}
licence: CC-BY-4.0
)";

inline const char* const kQuestionnaireYaml = R"(- page: all
  questions:
    - Q1: Which one do you <prefer>?
      label: Preference & taste
      options:
        1 a: A <first>
        2 b: B "second"
        8 dk: {text: Don't know, missing: dont_know}
    - S: Which segment?
      label: Segment
      required: false
      options: {1 x: X, 2 y: Y, 3 z: Z}
    - M: Which of these?
      kind: multiple
      required: false
      groups: {one: Group one, two: Group two}
      options:
        1 p: {text: P, group: one}
        2 q: {text: Q, group: two}
        3 r: {text: R, group: two}
    - G: For each, yes or no?
      kind: grid
      label: Yes or no
      rows: {g1: First row, g2: Second row}
      options: {1 yes: "Yes", 2 no: "No"}
    - N: How many?
      kind: numeric
    - T: Anything else?
      kind: text
      required: false
)";

inline const char* const kProcessingYaml = R"(derive:
  likes_a: {text: Likes A, net: Q1 == a}
)";

inline const char* const kTablesYaml = R"(nets:
  Q1: {either: {text: Either of them, of: [a, b]}}
banners:
  all_segments: [S]
tables:
  - {table: planned, title: As planned, show: Q1, by: S}
base:
  Q1: All forty
)";

struct SmallStudy {
  explicit SmallStudy(const std::string& study_yaml = kStudyYaml) {
    Diagnostics faults;
    open.study = load_study(study_yaml, "study.yaml", faults);
    open.questionnaire = load_questionnaire(kQuestionnaireYaml, "questionnaire.yaml", faults);
    open.processing =
        load_processing(kProcessingYaml, "processing.yaml", open.questionnaire, faults);
    open.tables = load_tables(kTablesYaml, "tables.yaml", open.codebook(), faults);
    for (const Diagnostic& fault : faults.all())
      ADD_FAILURE() << fault.place.file << ":" << fault.place.line << ": " << fault.message;
    Dataset raw(open.questionnaire.codebook, 40);
    const auto id = [&](const char* name) { return open.questionnaire.codebook.find(name); };
    for (size_t row = 0; row < 40; ++row) {
      raw.set_option(id("Q1"), row, row < 25 ? 0 : row < 35 ? 1 : 2);
      if (row < 35)
        raw.set_option(id("S"), row, row < 20 ? 0 : row < 32 ? 1 : 2);
      if (row < 20)
        raw.set_mark(id("M"), row, 0, 1);
      if (row >= 10 && row < 30)
        raw.set_mark(id("M"), row, 1, 1);
      raw.set_option(id("G.g1"), row, row < 10 ? 0 : 1);
      raw.set_option(id("G.g2"), row, 0);
      raw.set_number(id("N"), row, static_cast<double>(row));
    }
    screened = screen(open.questionnaire, open.processing, std::move(raw));
  }

  // The cases with the weights and the design of study.yaml.
  [[nodiscard]] WeighedCases cases() const {
    Diagnostics faults;
    std::optional<WeighedCases> weighed = weigh_cases(open, screened, 1, faults);
    for (const Diagnostic& fault : faults.all())
      ADD_FAILURE() << fault.place.file << ":" << fault.place.line << ": " << fault.message;
    return std::move(weighed.value());
  }

  OpenStudy open;
  Screened screened;
};

// "3:7 error: message | hint"
inline std::string told(const Diagnostic& fault) {
  return std::to_string(fault.place.line) + ":" + std::to_string(fault.place.column) +
         (fault.severity == Severity::error ? " error: " : " warning: ") + fault.message +
         (fault.hint.empty() ? "" : " | " + fault.hint);
}

inline std::vector<std::string> told(const Diagnostics& faults) {
  std::vector<std::string> all;
  for (const Diagnostic& fault : faults.all())
    all.push_back(told(fault));
  return all;
}

}  // namespace topline
