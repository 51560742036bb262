#include <array>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "study/piping.hpp"
#include "study_folder.hpp"

namespace topline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(FindPipes, BracesInPairsNameQuestions) {
  const auto names = [](const char* text) { return find_pipes(text).pipes; };
  EXPECT_THAT(names("Your role: {Q4}, {Q18.a}"), ElementsAre("Q4", "Q18.a"));
  EXPECT_THAT(names("{{Q4}} and {}"), ElementsAre(""));
  EXPECT_THAT(names("no braces"), ElementsAre());
  EXPECT_FALSE(find_pipes("{{ {Q4} }}").lonely_brace);
  EXPECT_EQ(find_pipes("ab } c").lonely_brace, 3U);
  EXPECT_EQ(find_pipes("ab {c").lonely_brace, 3U);
  EXPECT_EQ(find_pipes("{a{b}").lonely_brace, 0U);
  EXPECT_THAT(names("{a{b}"), ElementsAre("b"));
}

std::string piping(const std::string& text) {
  return R"(- page: one
  questions:
    - Q1: First?
      options: {1 a: A, 2 b: B}
    - Q2: Second?
      show_if: Q1 == a
      options: {1 a: A, 2 b: B}
    - G: Grid?
      kind: grid
      rows: {r: R, s: S}
      options: {1 a: A, 2 b: B}
- page: two
  questions:
    - Q3: )" +
         text + R"(
      label: Third
      kind: text
    - Q4: Fourth?
      options: {1 a: A, 2 b: B}
)";
}

TEST(CheckPiping, WhatIsAnsweredBeforeCanBePrinted) {
  EXPECT_THAT(checked_questionnaire(piping("\"You said {Q1} and {G.r}, {{really}}\"")),
              ElementsAre());
}

TEST(CheckPiping, WhatIsUnknownLaterOrWholeCannot) {
  EXPECT_THAT(checked_questionnaire(piping("\"You said {Q11}\"")),
              ElementsAre("questionnaire.yaml:14:21: error: there is no question or variable "
                          "`Q11`"));
  EXPECT_THAT(checked_questionnaire(piping("\"You will say {Q4}\"")),
              ElementsAre("questionnaire.yaml:14:25: error: Q4 is not yet answered here: it is "
                          "asked later (line 17)"));
  EXPECT_THAT(checked_questionnaire(piping("\"You say {Q3}\"")),
              ElementsAre("questionnaire.yaml:14:20: error: Q3 is this question itself: there is "
                          "no answer to print yet"));
  EXPECT_THAT(checked_questionnaire(piping("\"You said {G}\"")),
              ElementsAre("questionnaire.yaml:14:21: error: G is a grid, and only one of its rows "
                          "can be printed here"));
  EXPECT_THAT(checked_questionnaire(piping("\"You said {Q1\"")),
              ElementsAre("questionnaire.yaml:14:21: error: a `{` stands alone in this text"));
}

TEST(CheckPiping, GapsAreTold) {
  EXPECT_THAT(checked_questionnaire(piping("\"You said {Q2}\"")),
              ElementsAre("questionnaire.yaml:14:21: warning: some who read this have not "
                          "answered Q2"));
  EXPECT_THAT(checked_questionnaire(piping("\"You said {Q2}\"\n      show_if: Q1 == a")),
              ElementsAre());
  EXPECT_THAT(checked_questionnaire(piping("\"You said {Q2}\"\n      show_if: Q1 == b")),
              ElementsAre("questionnaire.yaml:14:21: warning: nobody who reads this has answered "
                          "Q2"));
}

TEST(CheckPiping, WithoutALabelTablesWouldPrintBraces) {
  EXPECT_THAT(checked_questionnaire(R"(- page: one
  questions:
    - Q1: First?
      options: {1 a: A, 2 b: B}
    - Q2: "And as {Q1}?"
      kind: text
)"),
              ElementsAre("questionnaire.yaml:5:7: warning: tables and figures will print the "
                          "braces of Q2"));
}

TEST(CheckOptions, AlikeMissingAndImpossible) {
  EXPECT_THAT(checked_questionnaire(R"(- page: one
  questions:
    - Q1: First?
      kind: multiple
      at_least: 2
      groups: {g: G, h: H}
      options:
        1 a: {text: Same, group: g}
        2 b: Same
        8 dk: Don't know
        9 ref: {text: No answer, missing: refused}
    - Q2: Second?
      kind: multiple
      at_least: 2
      options:
        1 a: A
        2 b: {text: B, exclusive: true}
        3 c: {text: C, exclusive: true}
    - Q3: Third?
      kind: grid
      rows: {r: R}
      options: {1 a: A, 2 b: B}
    - Q4: Fourth?
      options: {1 a: A}
)"),
              ElementsAre("questionnaire.yaml:6:22: warning: no option of Q1 is in the group `h`",
                          "questionnaire.yaml:9:9: warning: Q1 has two options that read `Same`",
                          "questionnaire.yaml:10:9: warning: Q1.dk counts as an opinion",
                          "questionnaire.yaml:11:9: warning: Q1.ref is a missing value that can "
                          "be ticked beside other options",
                          "questionnaire.yaml:12:7: error: nobody can answer Q2: only 1 of its "
                          "options can be ticked together",
                          "questionnaire.yaml:21:14: warning: Q3 is a grid with a single row",
                          "questionnaire.yaml:23:7: warning: Q4 leaves no choice: it has one "
                          "option"));
}

const std::string plain =
    "- page: p\n  questions:\n    - age: Age?\n      kind: numeric\n"
    "      min: 18\n      max: 60\n    - Q1: T?\n"
    "      options: {1 a: A, 2 b: B}\n";

std::vector<std::string> derived(const std::string& processing, const std::string& tables = "") {
  return checked({{"study.yaml", full_study_yaml},
                  {"questionnaire.yaml", plain},
                  {"processing.yaml", processing},
                  {"tables.yaml", tables}});
}

TEST(CheckDerivations, OptionsThatNobodyFallsInto) {
  EXPECT_THAT(derived(R"(derive:
  r:
    text: R
    options:
      1 first: {text: F, when: Q1 == a or Q1 == b}
      2 second: {text: S, when: Q1 == a}
      3 rest: {text: Rest, else: true}
  n: {text: N, net: Q1 == a and Q1 == b}
)"),
              // `rest` takes those who left before Q1.
              ElementsAre("processing.yaml:6:7: warning: nobody falls under r.second",
                          "processing.yaml:8:21: warning: nobody can belong to n"));
}

TEST(CheckDerivations, BandsAndTheirGaps) {
  EXPECT_THAT(derived(R"(derive:
  b:
    text: B
    of: age
    bands:
      1 child: {text: C, to: 17}
      2 young: {text: Y, from: 18, to: 29}
      3 middle: {text: M, from: 35, to: 49}
      4 old: {text: O, from: 50, to: 60}
      5 ancient: {text: X, from: 61, to: 70}
)"),
              ElementsAre("processing.yaml:6:7: warning: nobody falls under b.child",
                          "processing.yaml:8:7: warning: answers between 29 and 35 fall into no "
                          "band of b",
                          "processing.yaml:10:7: warning: nobody falls under b.ancient"));
}

TEST(CheckDerivations, TablesThatHoldNobody) {
  EXPECT_THAT(derived("", "tables:\n  - {table: t, show: Q1, where: age > 60}\n"),
              ElementsAre("tables.yaml:2:33: warning: nobody can be in this table"));
  EXPECT_THAT(derived("", "tables:\n  - {table: t, show: Q1, where: not answered(age)}\n"),
              ElementsAre());
}

TEST(CheckDisclosure, EachMissingItemIsNamed) {
  EXPECT_THAT(checked({{"study.yaml",
                        "study: s\ntitle: T\nsample: {kind: probability, "
                        "model: {text: M, as: simple random}}\n"},
                       {"questionnaire.yaml", plain}}),
              ElementsAre("study.yaml: warning: study.yaml does not say how the data were checked",
                          "study.yaml: warning: study.yaml does not say how the questions were "
                          "asked",
                          "study.yaml: warning: study.yaml does not say what the results cannot "
                          "show",
                          "study.yaml: warning: study.yaml does not say when the questions were "
                          "asked",
                          "study.yaml: warning: study.yaml does not say who conducts the study",
                          "study.yaml: warning: study.yaml does not say who paid for the study",
                          "study.yaml: warning: study.yaml does not say whom readers can ask",
                          "study.yaml: warning: study.yaml does not say whom the results speak of",
                          "study.yaml:3:9: warning: study.yaml does not say how respondents were "
                          "found",
                          "study.yaml:3:36: warning: a probability sample needs no declared "
                          "model"));
}

TEST(CheckDisclosure, SourcesAreThoseOfTheCases) {
  std::string study = full_study_yaml;
  study.replace(study.find("  frame: None\n"), 14, "  sources: {pannel: Panel, web: Web}\n");
  EXPECT_THAT(checked({{"study.yaml", study},
                       {"questionnaire.yaml",
                        plain + "- hidden:\n    source: {text: S, options: {1 panel: P, 2 web: "
                                "W}}\n"}}),
              ElementsAre("study.yaml:12:13: warning: `pannel` is no option of the hidden "
                          "variable `source`"));
}

const std::string po_head =
    "msgid \"\"\nmsgstr \"\"\n\"Language: ja\\n\"\n\"Content-Type: text/plain; "
    "charset=UTF-8\\n\"\n";

// Only the contexts of the questionnaire, all of study.yaml being translated.
std::vector<std::string> translated(const std::string& questionnaire, const std::string& entries) {
  const std::vector<std::array<std::string, 2>> of_study = {
      {"study.title", "T"},   {"study.population", "People"}, {"study.mode", "Online"},
      {"study.quality", "Q"}, {"study.limitations", "L"},     {"sample.frame", "None"}};
  std::string po = po_head;
  for (const auto& [context, id] : of_study)
    po += "\nmsgctxt \"" + context + "\"\nmsgid \"" + id + "\"\nmsgstr \"訳\"\n";
  return checked({{"study.yaml", full_study_yaml + "languages: [en, ja]\n"},
                  {"questionnaire.yaml", questionnaire},
                  {"locale/ja.po", po + "\n" + entries}});
}

const std::string one_question =
    "- page: p\n  questions:\n    - Q1: Which?\n      options: {1 a: A, 2 b: B}\n";

TEST(CheckTranslations, MissingStaleUnusedAndFuzzy) {
  const std::string entries =
      "msgctxt \"Q1\"\nmsgid \"What?\"\nmsgstr \"何\"\n\n"
      "#, fuzzy\nmsgctxt \"Q1.a\"\nmsgid \"A\"\nmsgstr \"ア\"\n\n"
      "msgctxt \"Q1.c\"\nmsgid \"C\"\nmsgstr \"セ\"\n";
  EXPECT_THAT(translated(one_question, entries),
              ElementsAre("locale/ja.po: warning: Q1.b is not translated",
                          "locale/ja.po:30: warning: the translation of Q1 is stale: its original "
                          "was `What?`",
                          "locale/ja.po:37: warning: Q1.a is marked fuzzy, and so is not used",
                          "locale/ja.po:39: warning: the study has no text `Q1.c`"));
}

TEST(CheckTranslations, PlaceholdersStay) {
  const std::string questionnaire = one_question + R"(    - Q2: "Why {Q1}?"
      label: L
      kind: text
)";
  const auto with = [&](const std::string& translation) {
    std::vector<std::string> all = translated(questionnaire,
                                              "msgctxt \"Q1\"\nmsgid \"Which?\"\nmsgstr \"ど\"\n\n"
                                              "msgctxt \"Q1.a\"\nmsgid \"A\"\nmsgstr \"ア\"\n\n"
                                              "msgctxt \"Q1.b\"\nmsgid \"B\"\nmsgstr \"ビ\"\n\n"
                                              "msgctxt \"Q2.label\"\nmsgid \"L\"\nmsgstr \"エ\"\n\n"
                                              "msgctxt \"Q2\"\nmsgid \"Why {Q1}?\"\nmsgstr \"" +
                                                  translation + "\"\n");
    return all;
  };
  EXPECT_THAT(with("なぜ{Q1}か"), ElementsAre());
  EXPECT_THAT(with("なぜか"),
              ElementsAre("locale/ja.po:48: error: {Q1} is missing in the translation of Q2"));
  EXPECT_THAT(with("なぜ{Q1}か{Q2}"),
              ElementsAre("locale/ja.po:48: error: {Q2} stands in the translation of Q2, and not "
                          "in its original"));
  EXPECT_THAT(with("なぜ{Q1}か}"),
              ElementsAre("locale/ja.po:48: error: a `}` stands alone in the translation of Q2"));
}

TEST(CheckTranslations, FilesThatAreMissingOrTooMany) {
  const std::string study = full_study_yaml + "languages: [en, ja]\n";
  EXPECT_THAT(checked({{"study.yaml", study},
                       {"questionnaire.yaml", plain},
                       {"report/en.md", "# Report\n"},
                       {"report/de.md", "# Bericht\n"},
                       {"locale/fr.po", po_head},
                       {"locale/en.po", po_head}}),
              ElementsAre("study.yaml:15:17: warning: there is no locale/ja.po, so that nothing "
                          "is translated",
                          "study.yaml:15:17: warning: there is no report/ja.md, and report/en.md "
                          "there is",
                          "locale/en.po: warning: this is never used: `en` is the original",
                          "locale/fr.po: warning: study.yaml does not list the language `fr`",
                          "report/de.md: warning: study.yaml does not list the language `de`"));
}

TEST(CheckTranslations, AFileThatWasOnlyBegunTellsTheNumber) {
  std::string questionnaire = "- page: p\n  questions:\n    - Q1: Which?\n      options:\n";
  for (int i = 1; i <= 30; ++i)
    questionnaire += "        " + std::to_string(i) + " o" + std::to_string(i) + ": O" +
                     std::to_string(i) + "\n";
  const std::vector<std::string> all = translated(questionnaire, "");
  ASSERT_EQ(all.size(), 21U);  // twenty by name, and the number of the others
  EXPECT_THAT(all, testing::Contains("locale/ja.po: warning: 11 further texts are not translated"));
}

TEST(CheckTranslations, AnotherLanguageInTheHeader) {
  std::string po = po_head;
  po.replace(po.find("Language: ja"), 12, "Language: fr");
  const std::vector<std::string> all =
      checked({{"study.yaml", full_study_yaml + "languages: [en, ja]\n"},
               {"questionnaire.yaml", one_question},
               {"locale/ja.po", po}});
  EXPECT_THAT(all, testing::Contains("locale/ja.po:1: warning: this file says that it holds `fr`, "
                                     "and its name `ja`"));
}

}  // namespace
}  // namespace topline
