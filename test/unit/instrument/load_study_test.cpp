#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "instrument/study.hpp"

namespace topline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Loaded {
  Study study;
  Diagnostics faults;
};

Loaded load(const std::string& text) {
  Loaded loaded;
  loaded.study = load_study(text, "study.yaml", loaded.faults);
  return loaded;
}

// "3:5 message" of every fault, in order of place.
std::vector<std::string> faults_of(const std::string& text) {
  Loaded loaded = load(text);
  loaded.faults.sort();
  std::vector<std::string> all;
  for (const Diagnostic& fault : loaded.faults.all())
    all.push_back(std::to_string(fault.place.line) + ":" + std::to_string(fault.place.column) +
                  " " + fault.message);
  return all;
}

const std::string head = "study: s\ntitle: T\n";

TEST(LoadStudy, ReadsEveryEntry) {
  const Loaded loaded = load(R"(study: genai-2023
title: Generative AI
subtitle: Who uses it
language: en
languages: [en, ja, pt-BR]
publisher: P
sponsors: [A, "B, and C"]
authors: One Author
contact: a@example.org
population: People
fieldwork: {from: 2023-09-04, to: 2023-10}
mode: online
sample:
  kind: opt-in
  frame: none
  sources: {social: Social media, panel: A panel}
  invited: 5000
  model: {text: As if, as: simple random}
confidence: 97.5
decimals: 1
small_base: {suppress: 10, mark: 50}
quality: Q
limitations: L
processing: R
licence: CC0
citation: C
invented: true
data:
  file: data/r.csv
  columns: data/columns.yaml
  id: respondent
  header_rows: 2
  title_rows: 3
  encoding: cp1252
  delimiter: tab
  missing: {-99: skipped, "n/a": not_asked, ref: refused}
)");
  ASSERT_TRUE(loaded.faults.empty()) << loaded.faults.all()[0].message;
  const Study& study = loaded.study;
  EXPECT_EQ(study.name, "genai-2023");
  EXPECT_EQ(study.subtitle, "Who uses it");
  EXPECT_THAT(study.languages, ElementsAre("en", "ja", "pt-BR"));
  EXPECT_THAT(study.sponsors, ElementsAre("A", "B, and C"));
  EXPECT_THAT(study.authors, ElementsAre("One Author"));
  EXPECT_EQ(study.fieldwork_from, "2023-09-04");
  EXPECT_EQ(study.fieldwork_to, "2023-10");
  EXPECT_EQ(study.sample.kind, SampleKind::opt_in);
  ASSERT_EQ(study.sample.sources.size(), 2U);
  EXPECT_EQ(study.sample.sources[1].name, "panel");
  EXPECT_EQ(study.sample.sources[1].text, "A panel");
  EXPECT_EQ(study.sample.sources[1].place, (Place{"study.yaml", 16, 35, 5}));
  EXPECT_EQ(study.sample.invited, 5000);
  ASSERT_TRUE(study.sample.model);
  EXPECT_EQ(study.sample.model->as, "simple random");
  EXPECT_TRUE(study.sample.gives_intervals());
  EXPECT_EQ(study.confidence, 97.5);
  EXPECT_EQ(study.decimals, 1);
  EXPECT_EQ(study.suppress_below, 10);
  EXPECT_EQ(study.mark_below, 50);
  EXPECT_TRUE(study.invented);
  EXPECT_EQ(study.data.file, "data/r.csv");
  EXPECT_EQ(study.data.file_place, (Place{"study.yaml", 29, 9, 10}));
  EXPECT_EQ(study.data.header_rows, 2);
  EXPECT_EQ(study.data.title_rows, 3);
  EXPECT_EQ(study.data.encoding, "cp1252");
  EXPECT_EQ(study.data.delimiter, '\t');
  using Reason = std::pair<std::string, AnswerState>;
  EXPECT_THAT(study.data.missing, ElementsAre(Reason{"-99", AnswerState::skipped},
                                              Reason{"n/a", AnswerState::not_asked},
                                              Reason{"ref", AnswerState::refused}));
  EXPECT_EQ(study.place_of("sample.frame"), (Place{"study.yaml", 15, 10, 4}));
  EXPECT_EQ(study.place_of("nothing"), (Place{"study.yaml", 0, 0, 0}));
}

TEST(LoadStudy, DefaultsAreThoseOfTheFormat) {
  const Loaded loaded = load(head);
  EXPECT_TRUE(loaded.faults.empty());
  EXPECT_THAT(loaded.study.languages, ElementsAre("en"));
  EXPECT_EQ(loaded.study.confidence, 95);
  EXPECT_EQ(loaded.study.decimals, 0);
  EXPECT_EQ(loaded.study.suppress_below, 30);
  EXPECT_EQ(loaded.study.mark_below, 100);
  EXPECT_FALSE(loaded.study.invented);
  EXPECT_FALSE(loaded.study.sample.gives_intervals());
  EXPECT_EQ(loaded.study.data.file, "");
  EXPECT_EQ(loaded.study.data.delimiter, '\0');
}

TEST(LoadStudy, TheFirstLanguageIsTheOriginal) {
  EXPECT_EQ(load(head + "languages: [ja, en]\n").study.language, "ja");
  EXPECT_THAT(faults_of(head + "language: en\nlanguages: [ja, en]\n"),
              ElementsAre("4:13 `languages` begins with `ja`, and the files are written in `en`"));
  const Loaded put_right = load(head + "language: en\nlanguages: [ja, en]\n");
  EXPECT_THAT(put_right.study.languages, ElementsAre("en", "ja"));
}

TEST(LoadStudy, Japanese) {
  const Loaded loaded = load("study: s\ntitle: 生成AIの調査\nlanguage: ja\n");
  EXPECT_TRUE(loaded.faults.empty());
  EXPECT_EQ(loaded.study.title, "生成AIの調査");
  EXPECT_EQ(loaded.study.place_of("title").length, 17);  // bytes: five of three, two of one
}

TEST(LoadStudy, ToldAtTheirPlaces) {
  EXPECT_THAT(faults_of("title: T\n"), ElementsAre("0:0 study.yaml has no `study`"));
  EXPECT_THAT(faults_of("study: s\n"), ElementsAre("0:0 the study has no title"));
  EXPECT_THAT(faults_of(""), ElementsAre("0:0 study.yaml is empty"));
  EXPECT_THAT(faults_of("- study: s\n"),
              ElementsAre("1:1 study.yaml should be a map (name: value), and is a list"));
  EXPECT_THAT(faults_of("study: a/b\ntitle: T\n"),
              ElementsAre("1:8 `a/b` cannot be used in file names"));
  EXPECT_THAT(faults_of(head + "language: pt_BR\n"),
              ElementsAre("3:11 `pt_BR` is not a language tag"));
  EXPECT_THAT(faults_of(head + "languages: [en, zh-hant]\n"),
              ElementsAre("3:17 `zh-hant` is not how this language's tag is written"));
  EXPECT_THAT(faults_of(head + "languages: [en, en]\n"),
              ElementsAre("3:17 `en` is listed a second time"));
  EXPECT_THAT(faults_of(head + "languages: []\n"),
              ElementsAre("3:12 `languages` lists no language"));
  EXPECT_THAT(faults_of(head + "fieldwork: {from: 2023-02-29, to: 2023-10}\n"),
              ElementsAre("3:19 `2023-02-29` is no day and no month"));
  EXPECT_THAT(faults_of(head + "fieldwork: {from: 2023-10-02, to: 2023-09}\n"),
              ElementsAre("3:35 the fieldwork ends (2023-09) before it begins (2023-10-02)"));
  EXPECT_THAT(faults_of(head + "fieldwork: {from: 2023-10-02, to: 2023-10}\n"), ElementsAre());
  EXPECT_THAT(faults_of(head + "fieldwork: {from: 2023-10-02}\n"),
              ElementsAre("3:12 `fieldwork` has no `to`"));
  EXPECT_THAT(faults_of(head + "sample: {frame: F}\n"),
              ElementsAre("3:9 `sample` does not say its `kind`"));
  EXPECT_THAT(faults_of(head + "sample: {kind: random}\n"),
              ElementsAre("3:16 `kind` cannot be `random`"));
  EXPECT_THAT(faults_of(head + "sample: {kind: opt-in, invited: 0}\n"),
              ElementsAre("3:33 `invited` should be a whole number from 1 to 2000000000"));
  EXPECT_THAT(faults_of(head + "sample: {kind: opt-in, model: {as: simple random}}\n"),
              ElementsAre("3:31 the model has no text"));
  EXPECT_THAT(faults_of(head + "sample: {kind: opt-in, model: {text: T}}\n"),
              ElementsAre("3:31 the model does not say what the sample is taken for"));
  EXPECT_THAT(faults_of(head + "confidence: 0.95\n"),
              ElementsAre("3:13 `confidence` should be a percentage from 50 to below 100"));
  EXPECT_THAT(faults_of(head + "small_base: {suppress: 50, mark: 10}\n"),
              ElementsAre("3:13 bases below 50 are suppressed, so that none is left to be marked "
                          "below 10"));
  EXPECT_THAT(faults_of(head + "data: {}\n"), ElementsAre("3:7 `data` names no file"));
  EXPECT_THAT(faults_of(head + "data: {file: ../r.csv}\n"),
              ElementsAre("3:14 `../r.csv` lies outside the study's folder"));
  EXPECT_THAT(faults_of(head + "data: {file: /etc/passwd}\n"),
              ElementsAre("3:14 `/etc/passwd` lies outside the study's folder"));
  EXPECT_THAT(faults_of(head + "data: {file: r.csv, header_rows: 4}\n"),
              ElementsAre("3:34 `header_rows` should be a whole number from 1 to 3"));
  EXPECT_THAT(faults_of(head + "data: {file: r.csv, missing: {-9: skiped}}\n"),
              ElementsAre("3:35 the reason cannot be `skiped`"));
}

TEST(LoadStudy, UnknownEntriesNameTheNearest) {
  Loaded loaded = load(head + "publsher: P\nfieldwrk: {}\n");
  ASSERT_EQ(loaded.faults.all().size(), 2U);
  EXPECT_EQ(loaded.faults.all()[0].hint, "did you mean `publisher`?");
  EXPECT_EQ(loaded.faults.all()[1].hint, "did you mean `fieldwork`?");
}

TEST(LoadStudy, TellsAllFaultsAtOnce) {
  EXPECT_EQ(faults_of("study: s\nconfidence: 200\ndecimals: -1\nlanguage: xx\n").size(), 4U);
}

}  // namespace
}  // namespace topline
