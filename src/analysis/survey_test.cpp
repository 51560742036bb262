#include "analysis/survey_test.hpp"

#include <algorithm>

#include "analysis/test_material.hpp"
#include "estimation/estimates.hpp"

namespace topline {

namespace {

TestMaterial material_of(const TestRequest& request, const Study& study, const WeighedCases& cases,
                         double level, int64_t& left_out) {
  TestMaterial material{
      request, cases, level, study.sample.gives_intervals(), sample_domain(cases, request.where),
      {},      {}};
  const auto before = std::count(material.domain.begin(), material.domain.end(), 1);
  for (const Expression& expression : request.numbers) {
    material.numbers.push_back(number_column(expression, cases));
    for (size_t k = 0; k < material.domain.size(); ++k)
      material.domain[k] &= material.numbers.back().known[k];
  }
  for (VariableId variable : request.variables)
    keep_answers(variable, cases, material.domain);
  for (VariableId variable : request.variables)
    material.codes.push_back(code_column(variable, cases, material.domain));
  left_out = before - std::count(material.domain.begin(), material.domain.end(), 1);
  return material;
}

std::string title_of(const TestRequest& request, const Codebook& codebook) {
  std::string title = test_kind_names()[static_cast<size_t>(request.words.kind)] + ":";
  for (const std::string& word : request.words.operands)
    title += " " + word;
  if (!request.words.by.empty())
    title += " by " + codebook[request.variables.back()].name;
  if (!request.words.where.empty())
    title += ", where " + request.words.where;
  return title;
}

// Groups too small to be published are told, as in tables.
void note_small_bases(const ResultTables& results, const Study& study,
                      std::vector<ResultNote>& notes) {
  std::string small;
  for (const ResultTable& table : results.tables) {
    if (table.columns.front().name != "n")
      continue;
    for (const ResultLine& line : table.lines) {
      if (line.values[0] && *line.values[0] < static_cast<double>(study.suppress_below))
        small += (small.empty() ? "" : ", ") + line.label;
    }
  }
  if (!small.empty())
    notes.push_back({"Small base", "below " + std::to_string(study.suppress_below) +
                                       ", too small to be published: " + small});
}

}  // namespace

Result<ResultTables> survey_test(const TestRequest& request, const OpenStudy& study,
                                 const WeighedCases& cases, double level) {
  const bool scale = request.words.kind == TestKind::alpha || request.words.kind == TestKind::kappa;
  if (!scale && !study.study.sample.gives_intervals())
    return no_margin_of_error("tests");
  int64_t left_out = 0;
  const TestMaterial material = material_of(request, study.study, cases, level, left_out);
  if (std::count(material.domain.begin(), material.domain.end(), 1) == 0)
    return fault_in("", "nobody gave all the answers that this test needs");
  std::optional<Result<TestFindings>> findings;
  if (scale)
    findings = scale_test(material);
  else if (cases.plain())
    findings = classical_test(material);
  if (!findings)
    findings = design_test(material);
  if (!findings->ok())
    return findings->fault();
  TestFindings& found = findings->value();
  ResultTables results;
  results.title = title_of(request, study.codebook());
  results.tables = std::move(found.tables);
  if (!found.hypothesis.empty())
    results.notes.push_back({"Hypothesis", found.hypothesis});
  results.notes.push_back({scale ? "Statistic" : "Test", found.method});
  std::move(found.notes.begin(), found.notes.end(), std::back_inserter(results.notes));
  if (!scale)
    results.notes.push_back({"Design", design_note(cases)});
  if (left_out > 0)
    results.notes.push_back(
        {"Left out", std::to_string(left_out) + (left_out == 1 ? " case" : " cases") +
                         " without one of the answers, or with one that is no opinion"});
  note_small_bases(results, study.study, results.notes);
  return results;
}

}  // namespace topline
