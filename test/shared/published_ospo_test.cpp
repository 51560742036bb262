// What was published of the open source program survey of 2022, against the imported files.
#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "base/files.hpp"
#include "base/rounding.hpp"
#include "engine/count.hpp"
#include "instrument/resolve.hpp"
#include "io/csv_table.hpp"
#include "io/lf_srm.hpp"
#include "io/read_responses.hpp"
#include "report/build_report.hpp"
#include "report/check_report.hpp"
#include "screening/screen.hpp"
#include "shared_folder.hpp"
#include "study/check.hpp"
#include "study/open_study.hpp"

namespace topline {
namespace {

// The published statistics that are no plain "row = option" of question 4, in the names that the
// import gives.
const std::map<std::string, std::string> asked_as = {
    {"Q6 formal", "share(Q6 == yes_formally)"},
    {"Q6 informal", "share(Q6 == yes_informally)"},
    {"Q6 yes (either)", "share(Q6 in (yes_formally, yes_informally))"},
    {"Q6 planning", "share(Q6 == 3)"},
    {"Q6 no", "share(Q6 == 4)"},
    {"formal share of programs",
     "share(Q6 == yes_formally | Q6 in (yes_formally, yes_informally))"},
    {"Q2 size Under 10", "share(Q2 == 1 | answered(Q6))"},
    {"Q2 size 11-49", "share(Q2 == 2 | answered(Q6))"},
    {"Q2 size 50-999", "share(Q2 in (3, 4) | answered(Q6))"},
    {"Q2 size 1,000-19,999", "share(Q2 in (5, 6) | answered(Q6))"},
    {"Q2 size 20,000 or more", "share(Q2 == 7 | answered(Q6))"},
    {"contribute upstream = Frequently", "share(Q4.contribute == frequently | answered(Q6))"},
    {"contribute upstream = Sometimes", "share(Q4.contribute == sometimes | answered(Q6))"},
    {"contribute upstream = Rarely", "share(Q4.contribute == rarely | answered(Q6))"},
    {"contribute upstream = Never", "share(Q4.contribute == never | answered(Q6))"},
    {"formal OSPO | contributes upstream Frequently",
     "share(Q6 == yes_formally | Q4.contribute == frequently)"},
    {"formal OSPO | contributes upstream Sometimes",
     "share(Q6 == yes_formally | Q4.contribute == sometimes)"},
    {"formal OSPO | contributes upstream Rarely/never",
     "share(Q6 == yes_formally | Q4.contribute in (rarely, never))"},
    {"formal OSPO | 20,000 or more", "share(Q6 == yes_formally | Q2 == 7)"},
    {"share of formal OSPOs at 20,000+ orgs", "share(Q2 == 7 | Q6 == yes_formally)"},
    {"survey taken in English", "share(language == en)"},
    {"survey taken in Chinese", "share(language == zh_tw)"},
    {"survey taken in Japanese", "share(language == ja)"},
    {"Q7 openly encouraged", "share(Q7 == 3)"},
    {"Q7 if required by licence", "share(Q7 == 2)"},
    {"Q7 not permitted", "share(Q7 == 1)"},
    {"Q7 dont know", "share(Q7 == 4)"},
};

class Imported : public testing::Test {
 protected:
  void import(const std::string& from, const std::string& name) {
    const std::string folder = (std::filesystem::path(testing::TempDir()) / name).string();
    std::filesystem::remove_all(folder);
    Result<LfSrmSources> sources = find_lf_srm_sources(from, faults);
    ASSERT_TRUE(sources.ok()) << sources.fault().message;
    Result<ImportedStudy> imported = import_lf_srm(*sources, faults);
    ASSERT_TRUE(imported.ok()) << imported.fault().message;
    for (const auto& [path, bytes] : imported->files)
      ASSERT_TRUE(write_file(folder + "/" + path, bytes).ok());
    for (const CopiedFile& copy : imported->copies)
      ASSERT_TRUE(write_file(folder + "/" + copy.to, read_file(copy.from, copy.from).value()).ok());
    study = open_study(folder, faults);
    ASSERT_FALSE(faults.has_errors()) << first_error();
    check_study(study, faults);
    check_reports(study, faults);
    ASSERT_FALSE(faults.has_errors()) << first_error();
    std::optional<Responses> responses =
        read_responses(folder, study.study, study.questionnaire, {}, 1, faults);
    ASSERT_TRUE(responses.has_value()) << first_error();
    screened = screen(study.questionnaire, study.processing, std::move(responses->dataset));
    const std::optional<WeighedCases> cases = weigh_cases(study, screened, 1, faults);
    ASSERT_TRUE(cases.has_value()) << first_error();
    const Result<std::vector<OutputFile>> report = build_report(study, *cases, faults);
    ASSERT_TRUE(report.ok()) << report.fault().message;
    ASSERT_FALSE(faults.has_errors()) << first_error();
    EXPECT_FALSE(report->empty());
  }

  std::string first_error() const {
    for (const Diagnostic& fault : faults.all()) {
      if (fault.severity == Severity::error)
        return fault.place.file + ":" + std::to_string(fault.place.line) + ": " + fault.message;
    }
    return {};
  }

  // "Contribute code upstream = Never", a row and an option of question 4.
  std::string row_and_option(const std::string& statistic) const {
    const size_t equals = statistic.rfind(" = ");
    if (equals == std::string::npos)
      return {};
    const std::string row = statistic.substr(0, equals), option = statistic.substr(equals + 3);
    for (VariableId id : study.codebook().find_all("Q4")) {
      const Variable& variable = study.codebook()[id];
      if (variable.text != row)
        continue;
      for (const Option& candidate : *variable.options) {
        if (candidate.text == option)
          return "share(" + variable.name + " == " + candidate.name + ")";
      }
    }
    return {};
  }

  Aggregate value(const std::string& text) {
    const std::optional<Expression> expression =
        resolve_expression(text, {"published.csv", 0, 0, 0}, study.codebook(),
                           ExpressionType::number, Aggregates::allowed, faults);
    if (!expression) {
      ADD_FAILURE() << text << ": " << first_error();
      return {};
    }
    return aggregate(*expression, static_cast<int32_t>(expression->nodes.size()) - 1,
                     screened.dataset, screened.valid);
  }

  Diagnostics faults;
  OpenStudy study;
  Screened screened;
};

TEST_F(Imported, FiftySevenOfSixtyTwoPublishedSharesOf2022) {
  TOPLINE_NEEDS_SHARED(from, "data/lf-ospo-2022");
  ASSERT_NO_FATAL_FAILURE(import(*from, "topline_ospo_2022"));
  const Result<CsvTable> published = read_csv(*from + "/published.csv", "published.csv");
  ASSERT_TRUE(published.ok()) << published.fault().message;
  int same = 0;
  std::vector<std::string> differ;
  for (size_t row = 0; row < published->rows(); ++row) {
    const std::string statistic(published->cell(row, 2));
    const auto known = asked_as.find(statistic);
    const std::string asked = known != asked_as.end() ? known->second : row_and_option(statistic);
    ASSERT_FALSE(asked.empty()) << "nothing computes " << statistic;
    const Aggregate result = value(asked);
    // The counts were found independently, by whoever put published.csv together.
    EXPECT_EQ(std::to_string(result.hits), published->cell(row, 4)) << statistic;
    EXPECT_EQ(std::to_string(result.base), published->cell(row, 5)) << statistic;
    if (std::to_string(percent_rounded(result.hits, result.base)) == published->cell(row, 3))
      ++same;
    else
      differ.push_back(statistic);
  }
  EXPECT_EQ(published->rows(), 62U);
  EXPECT_EQ(same, 57);
  // The five that the publisher prints otherwise. With the printed value, the answers to
  // contributing, creating and training add to 100, with the rounded one to 101, 99 and 99: those
  // charts were adjusted. For the two others no rule explains the printed value (58 printed as
  // 57, 26 as 27).
  EXPECT_EQ(differ, (std::vector<std::string>{
                        "Use open source code in commercial products = Frequently",
                        "Contribute code upstream = Frequently",
                        "Recruit and hire developers to work on open source projects = Never",
                        "Create its own open source projects = Rarely",
                        "Train developers to contribute to open source projects = Don't know"}));
}

TEST_F(Imported, TheStudyOf2023GivesATableOfEveryQuestion) {
  TOPLINE_NEEDS_SHARED(from, "data/lf-ospo-2023");
  ASSERT_NO_FATAL_FAILURE(import(*from, "topline_ospo_2023"));
  EXPECT_EQ(screened.ledger.started, 489);
  std::set<std::string> with_table;
  for (const TablePlan& plan : frequency_deck(study.tables, study.codebook())) {
    const Table table = count_table(plan, screened.dataset, screened.valid);
    EXPECT_GT(table.bases[0].count, 0) << plan.id;
    with_table.insert(plan.id.substr(0, plan.id.find('.')));
  }
  for (const Question& question : study.questionnaire.questions) {
    if (question.kind != QuestionKind::text && question.kind != QuestionKind::date) {
      EXPECT_TRUE(with_table.contains(question.name)) << question.name;
    }
  }
}

}  // namespace
}  // namespace topline
