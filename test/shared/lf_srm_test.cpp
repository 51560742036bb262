// The import of two real surveys: that every column is accounted for, and what was put right.
#include "io/lf_srm.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "instrument/questionnaire.hpp"
#include "shared_folder.hpp"

namespace topline {
namespace {

using testing::HasSubstr;

class Surveys : public testing::Test {
 protected:
  void import(const std::string& folder) {
    Result<LfSrmSources> sources = find_lf_srm_sources(folder, faults);
    ASSERT_TRUE(sources.ok()) << sources.fault().message;
    Result<ImportedStudy> imported = import_lf_srm(*sources, faults);
    ASSERT_TRUE(imported.ok()) << imported.fault().message;
    study = std::move(*imported);
    questionnaire =
        load_questionnaire(study.files["questionnaire.yaml"], "questionnaire.yaml", faults);
    EXPECT_TRUE(faults.empty());
  }

  const std::string& account() { return study.files["IMPORT.md"]; }

  const Question& question(const std::string& name) {
    return questionnaire[questionnaire.find_question(name)];
  }

  Diagnostics faults;
  ImportedStudy study;
  Questionnaire questionnaire;
};

TEST_F(Surveys, ReferenceModelOf2022) {
  TOPLINE_NEEDS_SHARED(file, "data/lf-ospo-2022/RawData.csv");
  import(std::filesystem::path(*file).parent_path().string());
  ASSERT_EQ(questionnaire.questions.size(), 52U);  // Q1 to Q55 without 35, 36 and 42
  EXPECT_EQ(question("Q4").kind, QuestionKind::grid);
  EXPECT_EQ(question("Q52").kind, QuestionKind::multiple_grid);
  EXPECT_EQ(question("Q21").kind, QuestionKind::text);
  // Labels that a spreadsheet had made dates.
  const OptionList& employees = *question("Q9").options;
  EXPECT_EQ(employees[2].text, "2-4");
  EXPECT_EQ(employees[3].text, "5-9");
  EXPECT_EQ((*question("Q43").options)[3].text, "11-50");
  // The model numbers two options 2; the data hold 1 to 8.
  EXPECT_EQ(question("Q43").options->back().code, 8);
  EXPECT_EQ(question("Q43").options->back().missing, MissingReason::dont_know);
  // What the data hold under number 11, not what the model lists there.
  EXPECT_EQ(question("Q18").options->back().text, "Tool selection and adoption");
  EXPECT_EQ(question("Q18").at_most, 3);
  EXPECT_FALSE(question("Q18").at_least);
  EXPECT_TRUE(question("Q1").options->at(5).exclusive);
  EXPECT_EQ(question("Q10").options->back().code, 0);
  EXPECT_TRUE(question("Q10").options->back().specify);
  EXPECT_EQ(question("Q7").show_if->text, "Q5.contributing_upstream == yes");
  EXPECT_THAT(account(), HasSubstr("columns 258 to 321**: empty"));
  EXPECT_THAT(account(), HasSubstr("RawData.csv, column 56**"));
}

TEST_F(Surveys, RoutingOf2022FitsTheData) {
  TOPLINE_NEEDS_SHARED(file, "data/lf-ospo-2022/RawData.csv");
  import(std::filesystem::path(*file).parent_path().string());
  // Counted in the raw data: Q6 is 1 or 2 for 494 respondents, of whom 390 answered Q9, and two
  // others did as well; Q43 is 1 for 197, and nobody else answered Q52.
  EXPECT_THAT(account(),
              HasSubstr("| Q9 | `Q6 in (yes_formally, yes_informally)` | 494 | 392 | 2 |"));
  EXPECT_THAT(account(), HasSubstr("| Q52 | `Q43 == n0` | 197 | 193 | 0 |"));
  // "Hide Pages 8, …, 11, …" beside the first option of Q6: 186 of the 302 answered page 11.
  EXPECT_THAT(account(), HasSubstr("because 186 of the 302 respondents who said so answered it"));
}

TEST_F(Surveys, OneColumnForEachOptionIn2023) {
  TOPLINE_NEEDS_SHARED(file, "data/lf-ospo-2023/RawData.csv");
  import(std::filesystem::path(*file).parent_path().string());
  ASSERT_EQ(questionnaire.questions.size(), 55U);
  EXPECT_EQ(question("Q4").kind, QuestionKind::single);
  EXPECT_EQ(question("Q8").kind, QuestionKind::grid);
  EXPECT_EQ(question("Q8").rows.size(), 6U);
  EXPECT_EQ(question("Q47").kind, QuestionKind::multiple_grid);
  EXPECT_EQ(question("Q19").kind, QuestionKind::text);  // headed q1i9
  EXPECT_EQ(question("Q22").at_most, 3);
  EXPECT_EQ(question("Q16").options->at(7).missing, MissingReason::refused);
  EXPECT_EQ(question("Q4").screen_out->text, "Q4 == currently_unemployed");
  // Both lists of question 17 are translated in the same order, which is not the same order.
  EXPECT_THAT(account(), HasSubstr("stands for several different options"));
  EXPECT_THAT(study.files["locale/zh.po"], HasSubstr("msgctxt \"Q3.developer\""));
  for (const char* column : {"column 92", "column 302", "column 430", "column 463"})
    EXPECT_THAT(account(), HasSubstr("RawData.csv, " + std::string(column) + "**"));
  EXPECT_THAT(account(),
              HasSubstr("| Q33, Q34, Q35, Q36, Q37 | `Q9 == no_planning` | 230 | 230 |"));
}

}  // namespace
}  // namespace topline
