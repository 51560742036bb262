#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "study_folder.hpp"

namespace topline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::map<std::string, std::string> small = {
    {"study.yaml", full_study_yaml + "languages: [en, ja]\n"},
    {"questionnaire.yaml", R"(- page: one
  title: First
  text: Welcome
  questions:
    - Q1: Which?
      label: Choice
      note: Only one
      options: &list
        1 a: Apple
        2 other: {text: Other, specify: true}
    - Q2: Which ones?
      kind: multiple
      options: *list
    - Q3: How much?
      kind: grid
      groups: {g: Group}
      rows: {r: Row one, s: Row two}
      options: {1 x: {text: X, group: g}}
    - Q4: How long?
      kind: numeric
      unit: years
- hidden:
    source: {text: Source, options: {1 web: Web}}
)"},
    {"processing.yaml", R"(cases:
  - drop: not answered(Q1)
    why: left at once
derive:
  most: {text: Most, of: Q2, take: most advanced}
  size: {text: Size, options: {1 small: {text: Small, when: Q4 < 3}, 2 big: {text: Big, else: true}}}
)"},
    {"tables.yaml", R"(nets:
  Q1: {fruit: {text: Fruit, of: [a]}}
base: {Q1: All, Q3: Everybody}
tables:
  - {table: t, title: By size, show: Q3, by: size}
  - {table: u, title: Again, show: Q1, base: Some}
)"},
};

std::vector<std::string> contexts(OpenStudy& study) {
  std::vector<std::string> all;
  visit_texts(study, [&](const std::string& context, std::string& text, const Place&) {
    all.push_back(context + "=" + text);
  });
  return all;
}

TEST(VisitTexts, EveryTextOnceWithItsContext) {
  StudyFolder folder(small);
  OpenStudy study = folder.open();
  ASSERT_THAT(told(folder.faults), ElementsAre());
  EXPECT_THAT(
      contexts(study),
      ElementsAre("study.title=T", "study.publisher=P", "study.sponsors.1=S",
                  "study.population=People", "study.mode=Online", "study.quality=Q",
                  "study.limitations=L", "sample.frame=None", "page.one=First",
                  "page.one.text=Welcome", "Q1=Which?", "Q1.label=Choice", "Q1.note=Only one",
                  "Q1.a=Apple", "Q1.other=Other", "Q2=Which ones?", "Q2.a=Apple", "Q2.other=Other",
                  "Q3=How much?", "Q3.x=X", "Q3.r=Row one", "Q3.s=Row two", "Q3.group.g=Group",
                  "Q4=How long?", "Q4.unit=years", "source=Source", "source.web=Web",
                  "cases.1=left at once", "derive.most=Most", "derive.size=Size",
                  "size.small=Small", "size.big=Big", "net.Q1.fruit=Fruit", "base.Q1=All",
                  "base.Q3=Everybody", "table.t=By size", "table.u=Again", "table.u.base=Some"));
}

// After a visit that changes every text, wherever a text is read it is the changed one.
TEST(VisitTexts, AChangeReachesEveryPlaceThatHoldsTheText) {
  StudyFolder folder(small);
  OpenStudy study = folder.open();
  const OpenStudy before = study;
  visit_texts(study, [](const std::string& context, std::string& text, const Place&) {
    text = "<" + context + ">";
  });
  const Questionnaire& asked = study.questionnaire;
  for (const Codebook* codebook : {&asked.codebook, &study.codebook()}) {
    const auto variable = [&](const char* name) { return (*codebook)[codebook->find(name)]; };
    EXPECT_EQ(variable("Q1").text, "<Q1>");
    EXPECT_EQ(variable("Q1").label, "<Q1.label>");
    EXPECT_EQ(variable("Q1.other.text").text, "<Q1.other>");
    EXPECT_EQ(variable("Q3.s").text, "<Q3.s>");
    EXPECT_EQ(variable("Q4").unit, "<Q4.unit>");
    EXPECT_EQ((*variable("source").options)[0].text, "<source.web>");
    // A question and its variables share one list.
    EXPECT_EQ(variable("Q1").options, asked.questions[0].options);
    EXPECT_EQ(variable("Q3.s").options, asked.questions[2].options);
  }
  const Codebook& codebook = study.codebook();
  EXPECT_EQ(codebook[codebook.find("most")].options, asked.questions[1].options);
  EXPECT_EQ((*codebook[codebook.find("size")].options)[1].text, "<size.big>");
  EXPECT_EQ((*asked.questions[0].options)[0].text, "<Q1.a>");
  EXPECT_EQ((*asked.questions[1].options)[0].text, "<Q2.a>");  // a shared anchor, two lists
  EXPECT_EQ(study.processing.rules[0].why, "<cases.1>");
  ASSERT_EQ(study.tables.tables.size(), 3U);  // Q3 has two rows
  EXPECT_EQ(study.tables.tables[0].title, "<table.t>");
  EXPECT_EQ(study.tables.tables[1].title, "<table.t>");
  EXPECT_EQ(study.tables.tables[1].base_text, "<base.Q3>");
  EXPECT_EQ(study.tables.tables[2].base_text, "<table.u.base>");
  EXPECT_EQ(study.tables.tables[2].nets[0].text, "<net.Q1.fruit>");
  // The study that it was copied from has kept its own.
  EXPECT_EQ((*before.questionnaire.questions[0].options)[0].text, "Apple");
}

TEST(InLanguage, TranslatesWhatIsTranslatedAndKeepsTheRest) {
  auto files = small;
  files["locale/ja.po"] =
      "msgid \"\"\nmsgstr \"Language: ja\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"
      "msgctxt \"Q1\"\nmsgid \"Which?\"\nmsgstr \"どれですか\"\n\n"
      "msgctxt \"Q1.a\"\nmsgid \"Apple\"\nmsgstr \"りんご\"\n\n"
      "msgctxt \"Q2.a\"\nmsgid \"Apples\"\nmsgstr \"古い\"\n\n"  // stale
      "#, fuzzy\nmsgctxt \"Q2\"\nmsgid \"Which ones?\"\nmsgstr \"どれ\"\n";
  StudyFolder folder(files);
  const OpenStudy study = folder.open();
  const OpenStudy japanese = in_language(study, "ja", folder.faults);
  EXPECT_THAT(told(folder.faults), ElementsAre());
  const Questionnaire& asked = japanese.questionnaire;
  EXPECT_EQ(asked.questions[0].text, "どれですか");
  EXPECT_EQ((*asked.questions[0].options)[0].text, "りんご");
  EXPECT_EQ((*asked.questions[1].options)[0].text, "Apple");
  EXPECT_EQ(asked.questions[1].text, "Which ones?");
  EXPECT_EQ(study.questionnaire.questions[0].text, "Which?");
  EXPECT_EQ(in_language(study, "en", folder.faults).questionnaire.questions[0].text, "Which?");
  EXPECT_EQ(in_language(study, "fr", folder.faults).questionnaire.questions[0].text, "Which?");
  EXPECT_TRUE(folder.faults.empty());
}

TEST(InLanguage, FaultsOfThePoFileAreTold) {
  auto files = small;
  files["locale/ja.po"] = "msgid \"a\nmsgstr \"b\"\n";
  StudyFolder folder(files);
  const OpenStudy study = folder.open();
  in_language(study, "ja", folder.faults);
  ASSERT_TRUE(folder.faults.has_errors());
  EXPECT_EQ(folder.faults.all()[0].place.file, "locale/ja.po");
  EXPECT_EQ(folder.faults.all()[0].place.line, 1);
}

}  // namespace
}  // namespace topline
