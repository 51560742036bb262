// The import as a whole, on small invented surveys.
#include "io/lf_srm.hpp"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.hpp"
#include "io/read_responses.hpp"

namespace topline {
namespace {

using testing::HasSubstr;
using testing::Not;

const char* const model_2022 = R"(,Tea Survey  2022,,,,
Page or Section,Q#,R#,Questions and Responses,Show/Hide Rules and Logic,Coding Notes
1,,,Introduction,,
1,Text,,"Welcome to {the} survey.

It is short.",,
2,,,About you,,
2,1,,What do you drink? (select all that apply),"Q1 = C4 AND Q1 IN [C1, C2] => INVALIDATE Q1
""You can't select ""Neither of these"" and another option.""",first of all
,,1,Coffee,,
,,2,Tea,,
,,3,Neither of these,DQ,
,,4,Don't know,,
2,2,,How many cups a day? (select one),,
,,1,0,,
,,2,4-Jan,,
,,3,5 or more,Hide Page 4,
,,4,Don't know,,
2,3,,"Do you own one of these? (select one per row)
[Yes, No]",,DQ if No for all two responses.
,,1,A kettle,Show Q4,
,,2,A grinder,,
3,,,Kettles,,
3,4,,What kind of kettle? (select one),Show if 3.1,
,,1,Electric,,
,,2,Enamel,,
,,3,Other (please specify),,
4,,,Cups,Hide if 2.1,
4,5,,Which two cups do you like best? (select two),,
,,1,Blue,,
,,2,Red,,
,,3,Green,,
4,6,,What else?,call me on Monday,
,,text,Text box,,
4,7,,What is your name?,,
,,text,Name,,
Misc,Misc,,Additional Fields,,
Misc,Filter,,Filter,,
,,1,First of a household,,
,,2,Second of a household,,
)";

const char* const criteria_2022 = R"(Q#,R#,Questions and Responses,Filter Rules
1,,What do you drink?,
,1,Coffee,Keep
,3,Neither of these,Screened Out of Survey
Filter,,Filter,
,1,First of a household,Keep
,2,Second of a household,Filter Out
2,,How many cups a day?,
,3,5 or more,DQ for Panel
)";

// Q1_0 holds 0 for don't know, Q4 holds 0 for other; Q5 has a column the model does not know.
const char* const raw_2022 =
    R"(,,Q1_0,Q1_1,Q1_2,Q1_3,Q2,Q3_1,Q3_2,Q4,Q4_other,Q5_1,Q5_2,Q5_3,Q5_4,Q6,,
Respondent ID,Filter,What do you drink? (select all that apply),,,,How many cups a day? (select one),Do you own one of these? (select one per row),,What kind of kettle? (select one),,Which two cups do you like best? (select two),,,,What else?,,
,Response,Don't know,Coffee,Tea,Neither of these,Response,A kettle,A grinder,Response,Other (please specify),Blue,Red,Green,White,Open-Ended Response,,
101,0,,1,2,,2,1,2,1,,1,2,,,nothing,,
102,1,,1,,,2,1,1,0,Glass,,2,3,,,,
103,2,,,2,,3,2,1,,,,,,,,,
104,0,0,,,,2,2,1,,,1,,,,,,
105,0,,1,,,1,2,1,,,,,,,,,
106,0,,1,2,,2,1,2,2,,1,,,4,,,
)";

// A folder for this test alone: tests run beside one another.
std::string own_folder() {
  const testing::TestInfo& test = *testing::UnitTest::GetInstance()->current_test_info();
  return (std::filesystem::path(testing::TempDir()) /
          (std::string("topline_") + test.test_suite_name() + "_" + test.name()))
      .string();
}

class LfSrmTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ = own_folder();
    std::filesystem::remove_all(root_);
    std::filesystem::create_directories(root_ + "/tea-survey");
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  std::string put(const std::string& name, const std::string& text) {
    const std::string path = root_ + "/tea-survey/" + name;
    EXPECT_TRUE(write_file(path, text).ok());
    return path;
  }

  // Imports what was put; every file of the study, with its faults in `faults`.
  void import() {
    Result<LfSrmSources> sources = find_lf_srm_sources(root_ + "/tea-survey", faults);
    ASSERT_TRUE(sources.ok()) << sources.fault().message;
    Result<ImportedStudy> result = import_lf_srm(*sources, faults);
    ASSERT_TRUE(result.ok()) << result.fault().message;
    study = std::move(*result);
  }

  // Loads questionnaire and responses; there must be no fault.
  std::optional<Responses> load() {
    questionnaire =
        load_questionnaire(study.files["questionnaire.yaml"], "questionnaire.yaml", faults);
    const Study head = load_study(study.files["study.yaml"], "study.yaml", faults);
    for (const auto& [path, text] : study.files)
      EXPECT_TRUE(write_file(root_ + "/study/" + path, text).ok());
    for (const CopiedFile& copy : study.copies)
      EXPECT_TRUE(
          write_file(root_ + "/study/" + copy.to, read_file(copy.from, copy.from).value()).ok());
    std::optional<Responses> responses =
        read_responses(root_ + "/study", head, questionnaire, {}, 1, faults);
    for (const Diagnostic& fault : faults.all())
      ADD_FAILURE() << fault.place.file << ":" << fault.place.line << ": " << fault.message;
    return responses;
  }

  std::string first_error() const {
    for (const Diagnostic& fault : faults.all())
      if (fault.severity == Severity::error)
        return fault.message;
    return {};
  }

  const std::string& yaml() { return study.files["questionnaire.yaml"]; }
  const std::string& account() { return study.files["IMPORT.md"]; }

  Diagnostics faults;
  ImportedStudy study;
  Questionnaire questionnaire;

  std::string root_;
};

class TeaSurvey : public LfSrmTest {
 protected:
  void SetUp() override {
    LfSrmTest::SetUp();
    put("model.csv", model_2022);
    put("filter.csv", criteria_2022);
    put("answers.csv", raw_2022);
    import();
  }
};

TEST_F(TeaSurvey, QuestionnaireReadsLikeOne) {
  EXPECT_EQ(yaml(), R"(- page: introduction
  title: Introduction
  text: |-
    Welcome to {{the}} survey.

    It is short.

- page: about_you
  title: About you
  questions:
    - Q1: What do you drink?
      kind: multiple
      options:
        1 coffee:  Coffee
        2 tea:     Tea
        3 neither: {text: Neither of these, exclusive: true}
        0 dk:      {text: Don't know, missing: dont_know, exclusive: true}
      screen_out: Q1.neither

    - Q2: How many cups a day?
      options:
        1 n0:      "0"
        2 n1_4:    1-4
        3 n5_more: 5 or more
        4 dk:      {text: Don't know, missing: dont_know}

    - Q3: Do you own one of these?
      kind: grid
      rows:
        kettle:  A kettle
        grinder: A grinder
      options:
        1 yes: Yes
        2 no:  No
      screen_out: Q3.kettle == no and Q3.grinder == no

- page: kettles
  title: Kettles
  questions:
    - Q4: What kind of kettle?
      show_if: Q3.kettle == yes
      options:
        1 electric: Electric
        2 enamel:   Enamel
        0 other:    {text: Other (please specify), specify: true}

- page: cups
  title: Cups
  show_if: Q2 in (n1_4, dk)
  questions:
    - Q5: Which two cups do you like best?
      kind: multiple
      at_most: 2
      options:
        1 blue:  Blue
        2 red:   Red
        3 green: Green
        4 white: White

    - Q6: What else?
      kind: text
      required: false

- hidden:
    filter:
      text: Filter
      options:
        1 first_household:  First of a household
        2 second_household: Second of a household
        0 none:             None of these
)");
}

TEST_F(TeaSurvey, ColumnsAndProcessing) {
  EXPECT_EQ(
      study.files["data/columns.yaml"],
      R"(# Where the answers lie in the raw data: columns by position, from 1, or by their head.

filter: Filter
Q1: {columns: {coffee: 4, tea: 5, neither: 6, dk: 3}}
Q2: 7
Q3.kettle: 8
Q3.grinder: 9
Q4: 10
Q4.other.text: 11
Q5: {columns: {blue: 12, red: 13, green: 14, white: 15}}
Q6: 16
)");
  EXPECT_EQ(study.files["processing.yaml"], R"(cases:
  - drop: filter == second_household
    why: filtered out by the publisher (Second of a household)
)");
  ASSERT_EQ(study.copies.size(), 1U);
  EXPECT_EQ(study.copies[0].to, "data/answers.csv");
  EXPECT_THAT(study.files["study.yaml"], HasSubstr("study: tea-survey\ntitle: Tea Survey 2022\n"));
  EXPECT_THAT(study.files["study.yaml"], HasSubstr("id: Respondent ID\n"));
  EXPECT_THAT(study.files["report/en.md"],
              HasSubstr("id: q3\ntitle: Do you own one of these?\nshow: Q3\nas: stacked\n"));
  EXPECT_THAT(study.files["report/en.md"], Not(HasSubstr("Q6")));
}

TEST_F(TeaSurvey, ResponsesLoad) {
  const std::optional<Responses> responses = load();
  ASSERT_TRUE(responses);
  const Dataset& data = responses->dataset;
  ASSERT_EQ(data.rows(), 6U);
  EXPECT_EQ(data.ids[5], "106");
  const Codebook& codebook = questionnaire.codebook;
  const VariableId q1 = codebook.find("Q1");
  EXPECT_EQ(data.answer(q1, 0).marks[1], 1);  // tea
  EXPECT_EQ(data.answer(q1, 3).marks[3], 1);  // don't know, recorded as 0
  const VariableId q4 = codebook.find("Q4");
  EXPECT_EQ((*codebook[q4].options)[static_cast<size_t>(data.answer(q4, 1).option)].name, "other");
  EXPECT_EQ(data.answer(codebook.find("Q4.other.text"), 1).text, "Glass");
  EXPECT_FALSE(data.answer(q4, 2).answered());
}

TEST_F(TeaSurvey, NothingIsDroppedSilently) {
  for (
      const char* told : {
          "`Q1 = C4 AND Q1 IN [C1, C2] => INVALIDATE Q1` names response 4, \"Don't know\", but its "
          "message speaks of \"Neither of these\"",
          "the label \"4-Jan\" was put right to \"1-4\": it fits between its neighbours",
          "`Hide Page 4` (model.csv:17), `Hide if 2.1` (model.csv:28): shown if `Q2 in (n1_4, dk)`",
          "`Show Q4`: Q4 is shown if `Q3.kettle == yes`",
          "`Show if 3.1`: Q4 is shown if `Q3.kettle == yes`, as another rule says",
          "`call me on Monday`: not understood",
          "`DQ for Panel`: it depends on where the respondent came from",
          "the data hold 0 for \"Other (please specify)\", whose number in the list is 3",
          "\"White\" (column 15) does not stand in model.csv:29",
          "the question says \"select 2\", but 1 of 4 respondents ticked fewer",
          "Q7 \"What is your name?\" has no column in the raw data",
          "answers.csv, columns 17 to 18**: empty",
          "first of all",
      })
    EXPECT_THAT(account(), HasSubstr(told));
}

TEST_F(TeaSurvey, AnswersAgainstTheRoutingAreCounted) {
  // Q5 is asked of 101, 102, 104, 106 (2 is 1-4); all four answered.
  EXPECT_THAT(account(), HasSubstr("| Q5 | `Q2 in (n1_4, dk)` | 4 | 4 | 0 |"));
  EXPECT_THAT(account(), HasSubstr("| Q4 | `Q3.kettle == yes` | 3 | 3 | 0 |"));
}

TEST_F(TeaSurvey, SameFilesSameBytes) {
  const std::map<std::string, std::string> first = study.files;
  import();
  EXPECT_EQ(study.files, first);
}

TEST_F(LfSrmTest, ARuleThatTheAnswersContradictIsNotFollowed) {
  put("model.csv", R"(Page or Section,Q#,R#,Questions and Responses,Show/Hide Rules and Logic
1,1,,Do you drive? (select one),
,,1,Yes,Hide Pages 2
,,2,No,
2,2,,Which car? (select one),
,,1,Small,
,,2,Large,
)");
  std::string raw = "Q1,Q2\nDo you drive?,Which car?\nResponse,Response\n";
  for (int i = 0; i < 10; ++i)
    raw += "1,2\n2,\n";
  put("raw.csv", raw);
  import();
  EXPECT_FALSE(faults.has_errors());
  EXPECT_THAT(yaml(), Not(HasSubstr("show_if")));
  EXPECT_THAT(account(), HasSubstr("is not hidden for `Q1 == yes`, because 10 of the 10"));
  EXPECT_THAT(account(), HasSubstr("| Q2 | `Q1 == yes` | 10 | 10 |"));  // what the data suggest
}

// Filtering criteria say who counts; an instrument's rule that they do not name does not remove
// respondents whom the publisher kept.
TEST_F(LfSrmTest, FilteringCriteriaSayWhoCounts) {
  put("model.csv", R"(Page or Section,Q#,R#,Questions and Responses,Show/Hide Rules and Logic
1,1,,Do you drive? (select one),
,,1,Yes,
,,2,No,DQ
,,3,Never,DQ
)");
  put("raw.csv", "Q1\nDo you drive?\nResponse\n1\n2\n1\n");
  import();
  EXPECT_THAT(yaml(), HasSubstr("screen_out: Q1 in (no, never)\n"));
  put("filter.csv", "Q#,R#,Text,Rule\n1,,Do you drive?,\n,1,Yes,Keep\n");
  import();
  EXPECT_THAT(yaml(), HasSubstr("screen_out: Q1 == never\n"));
  EXPECT_THAT(account(), HasSubstr("1 respondents of the data answered so"));
  put("filter.csv", "Q#,R#,Text,Rule\n1,,Do you drive?,\n,2,No,Screened Out of Survey\n");
  import();
  EXPECT_THAT(yaml(), HasSubstr("screen_out: Q1 in (no, never)\n"));
}

TEST_F(LfSrmTest, APageIsShownToThoseWhoWereNotAskedTheDecidingQuestion) {
  put("model.csv", R"(Page or Section,Q#,R#,Questions and Responses,Show/Hide Rules and Logic
1,1,,Do you drive? (select one),
,,1,Yes,
,,2,No,
2,2,,Is it large? (select one),Hide if 1.2
,,1,Yes,
,,2,No,Hide Page 3
3,3,,Do you walk? (select one),
,,1,Yes,
,,2,No,
)");
  put("raw.csv",
      "Q1,Q2,Q3\nDo you drive?,Is it large?,Do you walk?\nResponse,Response,Response\n"
      "1,1,1\n1,2,\n1,1,2\n2,,1\n2,,2\n");
  import();
  EXPECT_THAT(yaml(), HasSubstr("- page: from_q3\n  show_if: not answered(Q2) or Q2 == yes\n"));
}

// The layout in which every option has a column, and questionnaires in two languages.
TEST_F(LfSrmTest, OneColumnForEachOption) {
  put("questions.md", R"(## Drinks
1. What do you drink most? (select one)
* Coffee
* Tea
* Don't know

***
> IF DRINK = TEA on Q1

2. How often? (select one response per row)
*options: Never	Often*
* At home
* At work

3. What would you change? (select all that apply)
* The price
* The taste
)");
  put("questions_zh.md",
      "## \xE9\xA5\xAE\xE6\x96\x99\n"
      "1. \xE6\x82\xA8\xE6\x9C\x80\xE5\xB8\xB8\xE5\x96\x9D\xE4\xBB\x80\xE4\xB9\x88\xEF\xBC\x9F"
      "\xEF\xBC\x88\xE5\x8D\x95\xE9\x80\x89\xEF\xBC\x89\n"
      "* \xE5\x92\x96\xE5\x95\xA1\n* \xE8\x8C\xB6\n* \xE4\xB8\x8D\xE7\x9F\xA5\xE9\x81\x93\n\n***\n"
      "> IF DRINK = TEA on Q1\n\n"
      "2. \xE5\xA4\x9A\xE4\xB9\x85\xE4\xB8\x80\xE6\xAC\xA1\xEF\xBC\x9F\n"
      "* \xE5\x9C\xA8\xE5\xAE\xB6\n* \xE5\x9C\xA8\xE5\xAE\xB6\n* \xE5\x9C\xA8\xE5\xAE\xB6\n\n"
      "3. \xE6\x82\xA8\xE6\x83\xB3\xE6\x94\xB9\xE5\x8F\x98\xE4\xBB\x80\xE4\xB9\x88\xEF\xBC\x9F\n"
      "* \xE4\xBB\xB7\xE6\xA0\xBC\n* \xE5\x91\xB3\xE9\x81\x93\n");
  put("raw.csv",
      "q1,,,,q2,,,,q3,,\n"
      "What do you drink most? (select one),,,,How often? (select one response per row),,,,"
      "What would you change? (select all that apply),,\n"
      "Don't know,Coffee,Tea,Other (please specify),At home - Never,At home - Often,"
      "At work - Never,At work - Often,The price,The taste,Other (please specify)\n"
      ",,2,,1,,,2,1,2,\n"
      ",,2,,,2,1,,,,Nothing\n"
      ",1,,,,,,,,,\n"
      ",,,Milk,,,,,,,\n"
      "0,,,,,,,,,,\n");
  import();
  EXPECT_EQ(yaml(), R"(- page: drinks
  title: Drinks
  questions:
    - Q1: What do you drink most?
      options:
        1 coffee: Coffee
        2 tea:    Tea
        3 other:  {text: Other (please specify), specify: true}
        0 dk:     {text: Don't know, missing: dont_know}

- page: from_q2
  show_if: Q1 == tea
  questions:
    - Q2: How often?
      kind: grid
      rows:
        home: At home
        work: At work
      options:
        1 never: Never
        2 often: Often

    - Q3: What would you change?
      kind: multiple
      options:
        1 price: The price
        2 taste: The taste
        3 other: {text: Other (please specify), specify: true}
)");
  EXPECT_THAT(study.files["data/columns.yaml"],
              HasSubstr("Q2.home: {columns: {never: 5, often: 6}}\n"));
  const std::string& po = study.files["locale/zh.po"];
  EXPECT_THAT(po, HasSubstr("msgctxt \"Q1.coffee\"\nmsgid \"Coffee\"\n"
                            "msgstr \"\xE5\x92\x96\xE5\x95\xA1\"\n"));
  EXPECT_THAT(po, Not(HasSubstr("Q2.home")));
  EXPECT_THAT(account(), HasSubstr("the questionnaires list a different number of options"));
  EXPECT_TRUE(load());
}

TEST_F(LfSrmTest, TranslationsInAnotherOrderAreNotTaken) {
  put("questions.md", "1. Now?\n* Rise\n* Fall\n\n2. Later?\n* Fall\n* Rise\n");
  put("questions_fr.md",
      "1. Maintenant ?\n* Hausse\n* Baisse\n\n2. Plus tard ?\n* Hausse\n* Baisse\n");
  put("raw.csv", "q1,,q2,\nNow?,,Later?,\nRise,Fall,Fall,Rise\n1,,1,\n,2,,2\n");
  import();
  EXPECT_THAT(study.files["locale/fr.po"], HasSubstr("Plus tard"));
  EXPECT_THAT(study.files["locale/fr.po"], Not(HasSubstr("Hausse")));
  EXPECT_THAT(account(), HasSubstr("\"Hausse\" stands for several different options"));
}

// --- faulty input ---

TEST_F(LfSrmTest, NoRawData) {
  put("model.csv", model_2022);
  const Result<LfSrmSources> sources = find_lf_srm_sources(root_ + "/tea-survey", faults);
  ASSERT_FALSE(sources.ok());
  EXPECT_THAT(sources.fault().message, HasSubstr("no raw data"));
}

TEST_F(LfSrmTest, MissingFile) {
  LfSrmSources sources;
  sources.raw_data = put("raw.csv", raw_2022);
  sources.reference_model = "nowhere/model.csv";
  const Result<ImportedStudy> imported = import_lf_srm(sources, faults);
  ASSERT_FALSE(imported.ok());
  EXPECT_EQ(imported.fault().place.file, "nowhere/model.csv");
}

TEST_F(LfSrmTest, FilesOfAnotherSort) {
  LfSrmSources sources;
  sources.raw_data = put("criteria.csv", criteria_2022);
  sources.reference_model = put("raw.csv", raw_2022);
  ASSERT_TRUE(import_lf_srm(sources, faults).ok());
  ASSERT_EQ(faults.count(Severity::error), 2);
  EXPECT_EQ(faults.all()[0].message, "this is not raw data with three header rows");
  EXPECT_EQ(faults.all()[1].message, "this is not a survey reference model");
  EXPECT_FALSE(faults.all()[1].hint.empty());
}

TEST_F(LfSrmTest, TwoFilesOfOneSort) {
  put("a.csv", raw_2022);
  put("b.csv", raw_2022);
  ASSERT_TRUE(find_lf_srm_sources(root_ + "/tea-survey", faults).ok());
  EXPECT_THAT(first_error(), HasSubstr("a second file of the sort: raw data"));
}

TEST_F(LfSrmTest, EmptyRawData) {
  put("raw.csv", "Q1,Q2\nOne?,Two?\nResponse,Response\n");
  import();
  EXPECT_EQ(first_error(), "the raw data hold no respondent");
}

TEST_F(LfSrmTest, ModelOfAnotherSurvey) {
  put("model.csv", model_2022);
  put("raw.csv",
      "Q1,Q2,Q3\nHow tall is your house?,Who built it?,Which colour has the door?\n"
      "Response,Response,Response\n1,2,3\n");
  import();
  EXPECT_THAT(first_error(), HasSubstr("only 0 of the 3 questions"));
}

TEST_F(LfSrmTest, QuestionnaireInAnotherEncoding) {
  LfSrmSources sources;
  sources.raw_data = put("raw.csv", raw_2022);
  sources.questionnaires = {{put("questions.md", "1. One?\n* caf\xE9\n"), {}}};
  const Result<ImportedStudy> imported = import_lf_srm(sources, faults);
  ASSERT_FALSE(imported.ok());
  EXPECT_EQ(imported.fault().place.line, 2);
  EXPECT_EQ(imported.fault().message, "this is not UTF-8");
}

TEST_F(LfSrmTest, UnclosedQuoteInTheRawData) {
  LfSrmSources sources;
  sources.raw_data = put("raw.csv", "Q1,Q2\n\"One?,Two?\nResponse,Response\n1,2\n");
  const Result<ImportedStudy> imported = import_lf_srm(sources, faults);
  ASSERT_FALSE(imported.ok());
  EXPECT_GT(imported.fault().place.line, 0);
}

}  // namespace
}  // namespace topline
