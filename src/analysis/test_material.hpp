// What tests are made of, and the tables that they fill.
#pragma once

#include <memory>

#include "analysis/result_table.hpp"
#include "analysis/sample_columns.hpp"
#include "analysis/test_request.hpp"
#include "estimation/hypothesis_test.hpp"

namespace topline {

// The answers that a test needs, of those who gave all of them.
struct TestMaterial {
  const TestRequest& request;
  const WeighedCases& cases;
  double level;
  bool margin_of_error;  // whether the sample has one (Sample::gives_intervals)
  SampleMask domain;
  std::vector<NumberColumn> numbers;  // by TestRequest::numbers
  std::vector<CodeColumn> codes;      // by TestRequest::variables

  // 100 where shares are compared, in percent; otherwise 1.
  [[nodiscard]] double unit() const { return request.of_conditions() ? 100 : 1; }
  // Rows for estimation: the numbers, then the codes, are their inputs.
  [[nodiscard]] std::unique_ptr<SampleRows> rows() const;
  // A number of those in the domain, by group of the last variable, or all together.
  [[nodiscard]] std::vector<std::vector<double>> values_by_group() const;
  [[nodiscard]] std::vector<double> values(size_t number) const;
};

struct TestFindings {
  std::vector<ResultTable> tables;
  std::string hypothesis;  // what p is the probability under
  std::string method;
  std::vector<ResultNote> notes;
};

// Columns statistic, df, denominator df and p; a line is added for each test.
ResultTable test_table();
void add_test(ResultTable& table, const std::string& label, double statistic,
              std::optional<double> df, std::optional<double> denominator_df, double p);

// What lies between two groups, or two answers.
struct Difference {
  std::string name;
  std::string label;
  double difference = 0;
  std::optional<double> standard_error;
  std::optional<double> low;
  std::optional<double> high;
  double statistic = 0;
  std::optional<double> df;
  double p = 1;
};

// All of them multiplied by `unit` but what has none; with adjusted p where there are several.
Result<ResultTable> difference_table(const std::vector<Difference>& differences,
                                     const TestMaterial& material, double unit);

// One line for each group of the last variable, or for each number where there is none: its size
// and estimate. `standard_errors` may be empty.
ResultTable group_table(const TestMaterial& material, const std::vector<double>& estimates,
                        const std::vector<double>& standard_errors);

// The scores of the groups of a trend: the options' values where all have one, else 1, 2, 3 …; and
// the note that says so.
std::vector<double> trend_scores(const TestMaterial& material);
ResultNote trend_note(const TestMaterial& material);

// Where an expected count is below 5, that the test holds less well.
void note_small_cells(double smallest_expected, std::vector<ResultNote>& notes);
// How the p of `pairs` differences were adjusted; nothing for a single one.
void note_adjustment(const TestMaterial& material, size_t pairs, std::vector<ResultNote>& notes);
// "the groups' means are equal", or shares; `of` is "groups'" or "answers'".
std::string equality_of(const TestMaterial& material, const std::string& of);
// "the mean is 40"
std::string value_hypothesis(const TestMaterial& material);

Result<TestFindings> design_test(const TestMaterial& material);
// The classical test of a simple sample; nothing where there is none.
std::optional<Result<TestFindings>> classical_test(const TestMaterial& material);
// Alpha and kappa.
Result<TestFindings> scale_test(const TestMaterial& material);

}  // namespace topline
