// Tests that follow the sample's design.
#include <numeric>

#include "analysis/test_material.hpp"
#include "estimation/goodness_of_fit.hpp"
#include "estimation/mean_test.hpp"
#include "estimation/means.hpp"
#include "estimation/paired_shares.hpp"
#include "estimation/trend_test.hpp"
#include "text/number_digits.hpp"

namespace topline {

namespace {

using Eigen::Index;

std::vector<double> standard_errors(const Estimates& estimates) {
  std::vector<double> errors;
  for (Index i = 0; i < estimates.value.size(); ++i)
    errors.push_back(estimates.at(i).standard_error);
  return errors;
}

std::vector<double> values_of(const Estimates& estimates) {
  return {estimates.value.begin(), estimates.value.end()};
}

Difference difference_of(const TTest& test, double level) {
  const auto [low, high] = test.interval(level);
  Difference difference;
  difference.difference = test.estimate.value;
  difference.standard_error = test.estimate.standard_error;
  difference.low = low;
  difference.high = high;
  difference.statistic = test.statistic;
  difference.df = test.estimate.degrees_of_freedom;
  difference.p = test.p;
  return difference;
}

void add_f_test(ResultTable& table, const FTest& test) {
  add_test(table, "F", test.statistic, test.numerator_df, test.denominator_df, test.p);
}

// ---- tables

Result<TestFindings> independence(const TestMaterial& material) {
  const size_t row_count = material.codes[0].classes();
  const size_t column_count = material.codes[1].classes();
  const IndependenceStatistic statistic =
      material.request.words.statistic.value_or(IndependenceStatistic::rao_scott_f);
  const std::unique_ptr<SampleRows> rows = material.rows();
  const Result<IndependenceTest> test = independence_test(
      cell_tally(*rows, 0, row_count, 1, column_count), row_count, column_count, statistic);
  if (!test)
    return test.fault();
  TestFindings findings;
  ResultTable table = test_table();
  const bool chi = statistic == IndependenceStatistic::rao_scott_chi_squared ||
                   statistic == IndependenceStatistic::linear_combination ||
                   statistic == IndependenceStatistic::saddlepoint;
  const auto known = [](double df) { return df > 0 ? std::optional(df) : std::nullopt; };
  add_test(table, chi ? "χ²" : "F", test->statistic, known(test->numerator_df),
           known(test->denominator_df), test->p);
  findings.tables.push_back(std::move(table));
  findings.hypothesis = "the answers to the two questions are independent";
  findings.method = test->method + ", " + variance_method(rows->frame());
  findings.notes.push_back(
      {"Pearson", "χ² of the weighted shares times n: " + fixed_digits(test->pearson, 3)});
  if (!test->design_effects.empty()) {
    const double mean =
        std::accumulate(test->design_effects.begin(), test->design_effects.end(), 0.0) /
        static_cast<double>(test->design_effects.size());
    findings.notes.push_back(
        {"Design effect", "generalized, " + fixed_digits(mean, 3) + " on average"});
  }
  note_small_cells(test->smallest_expected, findings.notes);
  return findings;
}

Result<TestFindings> fit(const TestMaterial& material) {
  const CodeColumn& codes = material.codes[0];
  std::vector<double> shares;
  for (const std::string& name : codes.names) {
    const auto given = material.request.shares.find(name);
    if (given == material.request.shares.end())
      return fault_in("", "`" + name + "` was answered and has no share in --shares");
    shares.push_back(given->second);
  }
  if (shares.size() < material.request.shares.size())
    return fault_in("", "--shares names options that nobody chose",
                    "leave them out, or test a recode that joins them with others");
  const std::unique_ptr<SampleRows> rows = material.rows();
  const RowPass pass{
      1, [](size_t count, const double* const*, double* out) { std::fill(out, out + count, 1.0); }};
  const Result<GoodnessOfFit> test =
      goodness_of_fit(rows->tally_by_class(pass, 0, codes.classes()), shares);
  if (!test)
    return test.fault();
  TestFindings findings;
  ResultTable table = test_table();
  add_test(table, "χ²", test->statistic / test->scale, test->degrees_of_freedom, std::nullopt,
           test->p);
  findings.tables.push_back(std::move(table));
  findings.hypothesis = "the shares are those given";
  findings.method = test->method;
  return findings;
}

// ---- means, shares and ranks

Result<TestFindings> one_mean(const TestMaterial& material) {
  const double unit = material.unit();
  const double against = *material.request.words.against;
  const Result<TTest> test = one_sample_mean_test(*material.rows(), 0, against / unit);
  if (!test)
    return test.fault();
  TestFindings findings;
  findings.tables.push_back(
      group_table(material, {test->estimate.value}, {test->estimate.standard_error}));
  Difference difference = difference_of(*test, material.level);
  difference.name = "difference";
  difference.label = "from " + shortest_digits(against);
  difference.difference -= test->hypothesis;
  *difference.low -= test->hypothesis;
  *difference.high -= test->hypothesis;
  Result<ResultTable> table = difference_table({difference}, material, unit);
  if (!table)
    return table.fault();
  findings.tables.push_back(std::move(*table));
  findings.hypothesis = value_hypothesis(material);
  findings.method = test->method;
  return findings;
}

// The differences of all pairs of classes.
Result<std::vector<Difference>> pairs_of(const Estimates& classes, const TestMaterial& material,
                                         const ResultTable& named, double degrees_of_freedom) {
  std::vector<Difference> differences;
  for (Index a = 0; a < classes.value.size(); ++a) {
    for (Index b = a + 1; b < classes.value.size(); ++b) {
      Eigen::MatrixXd contrast = Eigen::MatrixXd::Zero(1, classes.value.size());
      contrast(0, a) = -1;
      contrast(0, b) = 1;
      const Result<TTest> test = t_test(contrasts(classes, contrast), 0, 0, degrees_of_freedom);
      if (!test)
        return test.fault();
      Difference difference = difference_of(*test, material.level);
      const ResultLine& first = named.lines[static_cast<size_t>(a)];
      const ResultLine& second = named.lines[static_cast<size_t>(b)];
      difference.name = second.name + " - " + first.name;
      difference.label = second.label + " less " + first.label;
      differences.push_back(std::move(difference));
    }
  }
  return differences;
}

// Classes with their estimates, the test that these are equal, and the differences of their pairs.
Result<TestFindings> compared(const TestMaterial& material, const Estimates& classes,
                              const std::optional<FTest>& equality, double degrees_of_freedom) {
  TestFindings findings;
  findings.tables.push_back(group_table(material, values_of(classes), standard_errors(classes)));
  const Result<std::vector<Difference>> pairs =
      pairs_of(classes, material, findings.tables.front(), degrees_of_freedom);
  if (!pairs)
    return pairs.fault();
  if (equality) {
    ResultTable table = test_table();
    add_f_test(table, *equality);
    findings.tables.push_back(std::move(table));
  }
  Result<ResultTable> table = difference_table(*pairs, material, material.unit());
  if (!table)
    return table.fault();
  findings.tables.push_back(std::move(*table));
  findings.method = "t tests of differences, " + classes.method;
  if (equality)
    findings.method = "Wald's F that all are equal, t tests of differences, " + classes.method;
  note_adjustment(material, pairs->size(), findings.notes);
  return findings;
}

Result<TestFindings> group_means(const TestMaterial& material) {
  const std::unique_ptr<SampleRows> rows = material.rows();
  const size_t classes = material.codes[0].classes();
  const Result<Estimates> means = class_means(*rows, 0, 1, classes);
  if (!means)
    return means.fault();
  if (classes < 2)
    return fault_in("", "all are in one group: there is nothing to compare");
  std::optional<FTest> equality;
  if (classes > 2) {
    const Result<FTest> test = equal_means_test(*rows, 0, 1, classes);
    if (!test)
      return test.fault();
    equality = *test;
  }
  Result<TestFindings> findings =
      compared(material, *means, equality,
               means->size.degrees_of_freedom + 1 - static_cast<double>(classes));
  if (findings)
    findings->hypothesis = equality_of(material, "groups'");
  return findings;
}

Result<TestFindings> ranks(const TestMaterial& material) {
  const RankScores scores = material.request.words.scores.value_or(RankScores::wilcoxon);
  const std::unique_ptr<SampleRows> rows = material.rows();
  const size_t classes = material.codes[0].classes();
  if (classes < 2)
    return fault_in("", "all are in one group: there is nothing to compare");
  TestFindings findings;
  ResultTable table = test_table();
  if (classes == 2) {
    const Result<TTest> test = rank_test(*rows, 0, 1, scores);
    if (!test)
      return test.fault();
    add_test(table, "t", test->statistic, test->estimate.degrees_of_freedom, std::nullopt, test->p);
    findings.method = test->method;
    findings.notes.push_back({"Difference", "of mean scores, " + material.codes[0].texts[1] +
                                                " less " + material.codes[0].texts[0] + ": " +
                                                fixed_digits(test->estimate.value, 4)});
  } else {
    const Result<FTest> test = rank_test_of_classes(*rows, 0, 1, classes, scores);
    if (!test)
      return test.fault();
    add_f_test(table, *test);
    findings.method = test->method;
  }
  findings.tables.push_back(std::move(table));
  findings.hypothesis = "the groups have the same distribution";
  return findings;
}

Result<TestFindings> paired(const TestMaterial& material) {
  const std::unique_ptr<SampleRows> rows = material.rows();
  std::vector<size_t> inputs(material.numbers.size());
  std::iota(inputs.begin(), inputs.end(), size_t{0});
  const Result<Estimates> answers = means(*rows, inputs);
  if (!answers)
    return answers.fault();
  std::optional<FTest> equality;
  if (inputs.size() > 2) {
    const Result<FTest> test = equal_shares_test(*rows, inputs);
    if (!test)
      return test.fault();
    equality = *test;
  }
  Result<TestFindings> findings =
      compared(material, *answers, equality, answers->size.degrees_of_freedom);
  if (findings)
    findings->hypothesis = equality_of(material, "answers'");
  return findings;
}

// ---- trend

Result<TestFindings> trend(const TestMaterial& material) {
  const std::unique_ptr<SampleRows> rows = material.rows();
  const size_t classes = material.codes[0].classes();
  const Result<Estimates> means = class_means(*rows, 0, 1, classes);
  if (!means)
    return means.fault();
  const std::vector<double> scores = trend_scores(material);
  const Result<TTest> test = trend_test(*rows, 0, 1, scores);
  if (!test)
    return test.fault();
  TestFindings findings;
  findings.tables.push_back(group_table(material, values_of(*means), standard_errors(*means)));
  Difference slope = difference_of(*test, material.level);
  slope.name = "slope";
  slope.label = "slope";
  Result<ResultTable> table = difference_table({slope}, material, material.unit());
  if (!table)
    return table.fault();
  table->name = "trend";
  table->title = "Trend";
  table->columns.front() = {"slope", "slope"};
  findings.tables.push_back(std::move(*table));
  findings.hypothesis = "there is no trend across the groups";
  findings.method = test->method;
  findings.notes.push_back(trend_note(material));
  return findings;
}

}  // namespace

Result<TestFindings> design_test(const TestMaterial& material) {
  switch (material.request.words.kind) {
    case TestKind::independence:
      return independence(material);
    case TestKind::fit:
      return fit(material);
    case TestKind::mean:
      return one_mean(material);
    case TestKind::means:
      return group_means(material);
    case TestKind::ranks:
      return ranks(material);
    case TestKind::paired:
      return paired(material);
    default:
      return trend(material);
  }
}

}  // namespace topline
