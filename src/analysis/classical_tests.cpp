// The classical tests of simple samples: every respondent a unit by itself, of equal weight.
#include <algorithm>
#include <cmath>

#include "analysis/test_material.hpp"
#include "statistics/analysis_of_variance.hpp"
#include "statistics/mean_tests.hpp"
#include "statistics/moments.hpp"
#include "statistics/proportion_tests.hpp"
#include "statistics/rank_tests.hpp"
#include "statistics/table_tests.hpp"
#include "text/number_digits.hpp"

namespace topline {

namespace {

using statistics::Continuity;

using Groups = std::vector<std::vector<double>>;

double mean_of(const std::vector<double>& values) {
  return statistics::moments_of(values).mean;
}

// s/√n of numbers, √(p(1 − p)/n) of conditions.
double standard_error_of(const std::vector<double>& values, bool shares) {
  const auto n = static_cast<double>(values.size());
  const double mean = mean_of(values);
  return shares ? std::sqrt(mean * (1 - mean) / n)
                : std::sqrt(statistics::moments_of(values).variance() / n);
}

// The groups, or answers, with their means and standard errors.
ResultTable described(const TestMaterial& material, const Groups& groups) {
  std::vector<double> means;
  std::vector<double> errors;
  for (const std::vector<double>& values : groups) {
    means.push_back(mean_of(values));
    errors.push_back(standard_error_of(values, material.unit() > 1));
  }
  return group_table(material, means, errors);
}

int64_t hits_in(const std::vector<double>& values) {
  return std::count(values.begin(), values.end(), 1.0);
}

// ---- tables

Result<TestFindings> independence(const TestMaterial& material) {
  const size_t columns = material.codes[1].classes();
  std::vector<double> counts(material.codes[0].classes() * columns);
  for (size_t k = 0; k < material.domain.size(); ++k) {
    if (material.domain[k] != 0)
      ++counts[static_cast<size_t>(material.codes[0].code[k]) * columns +
               static_cast<size_t>(material.codes[1].code[k])];
  }
  const Result<statistics::ChiSquaredTest> test =
      statistics::independence_test(counts, columns, Continuity::uncorrected);
  if (!test)
    return test.fault();
  TestFindings findings;
  ResultTable table = test_table();
  add_test(table, "χ²", test->statistic, test->df, std::nullopt, test->p);
  if (counts.size() == 4) {
    const Result<statistics::FisherTest> exact =
        statistics::fisher_test(counts[0], counts[1], counts[2], counts[3], material.level);
    if (exact) {
      table.lines.push_back(
          {"Fisher", "Fisher's exact test", {std::nullopt, std::nullopt, std::nullopt, exact->p}});
      findings.notes.push_back(
          {"Odds ratio",
           fixed_digits(exact->odds_ratio, 3) + " (conditional), " +
               fixed_digits(exact->interval.low, 3) + " to " +
               (std::isfinite(exact->interval.high) ? fixed_digits(exact->interval.high, 3)
                                                    : "∞")});
    }
  }
  findings.tables.push_back(std::move(table));
  findings.hypothesis = "the answers to the two questions are independent";
  findings.method = "Pearson's chi-squared";
  note_small_cells(test->smallest_expected, findings.notes);
  return findings;
}

Result<TestFindings> fit(const TestMaterial& material) {
  double sum = 0;
  for (const auto& [name, share] : material.request.shares)
    sum += share;
  const CodeColumn& codes = material.codes[0];
  std::vector<double> counts;
  std::vector<double> expected;
  for (const auto& [name, share] : material.request.shares) {
    const auto found = std::find(codes.names.begin(), codes.names.end(), name);
    const auto code = static_cast<double>(found - codes.names.begin());
    counts.push_back(static_cast<double>(std::count(codes.code.begin(), codes.code.end(), code)));
    expected.push_back(share / sum);
  }
  for (const std::string& name : codes.names) {
    if (!material.request.shares.contains(name))
      return fault_in("", "`" + name + "` was answered and has no share in --shares");
  }
  const Result<statistics::ChiSquaredTest> test =
      statistics::goodness_of_fit_test(counts, expected);
  if (!test)
    return test.fault();
  TestFindings findings;
  ResultTable table = test_table();
  add_test(table, "χ²", test->statistic, test->df, std::nullopt, test->p);
  findings.tables.push_back(std::move(table));
  findings.hypothesis = "the shares are those given";
  findings.method = "Pearson's chi-squared of given shares";
  return findings;
}

// ---- means and shares

Difference difference_of(const statistics::TTest& test) {
  Difference difference;
  difference.difference = test.estimate;
  difference.standard_error = test.standard_error;
  difference.low = test.interval.low;
  difference.high = test.interval.high;
  difference.statistic = test.statistic;
  difference.df = test.df;
  difference.p = test.p;
  return difference;
}

Difference difference_of(const statistics::ProportionTest& test, double difference) {
  Difference result;
  result.difference = difference;
  if (test.interval) {
    result.low = test.interval->low;
    result.high = test.interval->high;
  }
  result.statistic = test.statistic;
  result.df = test.df;
  result.p = test.p;
  return result;
}

// Of x less y, from independent groups.
Result<Difference> compared(const std::vector<double>& x, const std::vector<double>& y,
                            const TestMaterial& material) {
  if (material.unit() > 1) {
    const std::vector<int64_t> hits = {hits_in(x), hits_in(y)};
    const std::vector<int64_t> n = {static_cast<int64_t>(x.size()), static_cast<int64_t>(y.size())};
    const Result<statistics::ProportionTest> test =
        statistics::proportions_test(hits, n, Continuity::uncorrected, material.level);
    if (!test)
      return test.fault();
    return difference_of(*test, mean_of(x) - mean_of(y));
  }
  const Result<statistics::TTest> test =
      statistics::two_sample_t_test(x, y, statistics::Variances::own, material.level);
  if (!test)
    return test.fault();
  return difference_of(*test);
}

Result<TestFindings> one_mean(const TestMaterial& material) {
  const std::vector<double> values = material.values(0);
  const double against = *material.request.words.against / material.unit();
  TestFindings findings;
  findings.tables.push_back(described(material, {values}));
  Difference difference;
  if (material.unit() > 1) {
    const Result<statistics::ProportionTest> test =
        statistics::one_proportion_test(hits_in(values), static_cast<int64_t>(values.size()),
                                        against, Continuity::uncorrected, material.level);
    if (!test)
      return test.fault();
    difference = difference_of(*test, mean_of(values) - against);
    findings.method = "chi-squared test of a share, Wilson's interval";
  } else {
    const Result<statistics::TTest> test =
        statistics::one_sample_t_test(values, against, material.level);
    if (!test)
      return test.fault();
    difference = difference_of(*test);
    difference.difference -= against;
    findings.method = "Student's t test of a mean";
  }
  difference.low = *difference.low - against;
  difference.high = *difference.high - against;
  difference.name = "difference";
  difference.label = "from " + shortest_digits(*material.request.words.against);
  Result<ResultTable> table = difference_table({difference}, material, material.unit());
  if (!table)
    return table.fault();
  findings.tables.push_back(std::move(*table));
  findings.hypothesis = value_hypothesis(material);
  return findings;
}

// That all groups have one mean, or share: Welch's F, or chi-squared.
Result<Done> add_equality(const TestMaterial& material, const Groups& groups,
                          TestFindings& findings) {
  ResultTable table = test_table();
  if (material.unit() > 1) {
    std::vector<int64_t> hits;
    std::vector<int64_t> n;
    for (const std::vector<double>& values : groups) {
      hits.push_back(hits_in(values));
      n.push_back(static_cast<int64_t>(values.size()));
    }
    const Result<statistics::ProportionTest> test =
        statistics::proportions_test(hits, n, Continuity::uncorrected, material.level);
    if (!test)
      return test.fault();
    add_test(table, "χ²", test->statistic, test->df, std::nullopt, test->p);
    findings.method = "chi-squared that all are equal, and of the pairs";
  } else {
    const Result<statistics::WelchTest> test = statistics::welch_test(groups);
    if (!test)
      return test.fault();
    add_test(table, "F", test->statistic, test->df_between, test->df_within, test->p);
    findings.method = "Welch's F that all are equal, Welch's t tests of the pairs";
  }
  findings.tables.push_back(std::move(table));
  return Done{};
}

Result<TestFindings> group_means(const TestMaterial& material) {
  const Groups groups = material.values_by_group();
  if (groups.size() < 2)
    return fault_in("", "all are in one group: there is nothing to compare");
  TestFindings findings;
  findings.tables.push_back(described(material, groups));
  findings.method = material.unit() > 1 ? "chi-squared test of two shares" : "Welch's t test";
  if (groups.size() > 2) {
    const Result<Done> done = add_equality(material, groups, findings);
    if (!done)
      return done.fault();
  }
  std::vector<Difference> differences;
  for (size_t a = 0; a < groups.size(); ++a) {
    for (size_t b = a + 1; b < groups.size(); ++b) {
      Result<Difference> difference = compared(groups[b], groups[a], material);
      if (!difference)
        return difference.fault();
      difference->name = material.codes[0].names[b] + " - " + material.codes[0].names[a];
      difference->label = material.codes[0].texts[b] + " less " + material.codes[0].texts[a];
      differences.push_back(std::move(*difference));
    }
  }
  Result<ResultTable> table = difference_table(differences, material, material.unit());
  if (!table)
    return table.fault();
  findings.tables.push_back(std::move(*table));
  findings.hypothesis = equality_of(material, "groups'");
  note_adjustment(material, differences.size(), findings.notes);
  return findings;
}

Result<TestFindings> ranks(const TestMaterial& material) {
  const Groups groups = material.values_by_group();
  if (groups.size() < 2)
    return fault_in("", "all are in one group: there is nothing to compare");
  TestFindings findings;
  ResultTable table = test_table();
  if (groups.size() == 2) {
    const Result<statistics::RankTest> test =
        statistics::rank_sum_test(groups[1], groups[0], Continuity::uncorrected);
    if (!test)
      return test.fault();
    add_test(table, "z", test->z, std::nullopt, std::nullopt, test->p);
    findings.method = "Wilcoxon's rank sum test (Mann and Whitney), with ties";
    findings.notes.push_back(
        {"U", "pairs in which " + material.codes[0].texts[1] +
                  " is larger, ties counting a half: " + shortest_digits(test->statistic) + " of " +
                  std::to_string(groups[0].size() * groups[1].size())});
  } else {
    const Result<statistics::KruskalTest> test = statistics::kruskal_test(groups);
    if (!test)
      return test.fault();
    add_test(table, "H", test->statistic, test->df, std::nullopt, test->p);
    findings.method = "Kruskal and Wallis's test, with ties";
  }
  findings.tables.push_back(std::move(table));
  findings.hypothesis = "the groups have the same distribution";
  return findings;
}

// ---- the same people

Result<TestFindings> paired(const TestMaterial& material) {
  const std::vector<double> x = material.values(1);
  const std::vector<double> y = material.values(0);
  TestFindings findings;
  findings.tables.push_back(described(material, {y, x}));
  Difference difference;
  if (material.unit() > 1) {
    std::vector<double> counts(4);
    for (size_t k = 0; k < x.size(); ++k)
      ++counts[2 * static_cast<size_t>(y[k]) + static_cast<size_t>(x[k])];
    const Result<statistics::SymmetryTest> test =
        statistics::symmetry_test(counts, 2, Continuity::uncorrected);
    if (!test)
      return test.fault();
    ResultTable table = test_table();
    add_test(table, "χ²", test->statistic, test->df, std::nullopt, test->p);
    findings.tables.push_back(std::move(table));
    findings.method = "McNemar's test";
    findings.notes.push_back({"Changed", shortest_digits(counts[2]) +
                                             " gave only the first answer, " +
                                             shortest_digits(counts[1]) + " only the second"});
  } else {
    const Result<statistics::TTest> test = statistics::paired_t_test(x, y, material.level);
    if (!test)
      return test.fault();
    difference = difference_of(*test);
    difference.name = material.request.numbers[1].text + " - " + material.request.numbers[0].text;
    difference.label =
        material.request.numbers[1].text + " less " + material.request.numbers[0].text;
    Result<ResultTable> table = difference_table({difference}, material, 1);
    if (!table)
      return table.fault();
    findings.tables.push_back(std::move(*table));
    findings.method = "Student's t test of paired differences";
  }
  findings.hypothesis = equality_of(material, "answers'");
  return findings;
}

Result<TestFindings> trend(const TestMaterial& material) {
  const Groups groups = material.values_by_group();
  std::vector<int64_t> hits;
  std::vector<int64_t> n;
  for (const std::vector<double>& values : groups) {
    hits.push_back(hits_in(values));
    n.push_back(static_cast<int64_t>(values.size()));
  }
  const std::vector<double> scores = trend_scores(material);
  const Result<statistics::TrendTest> test = statistics::trend_test(hits, n, scores);
  if (!test)
    return test.fault();
  TestFindings findings;
  findings.tables.push_back(described(material, groups));
  ResultTable table = test_table();
  add_test(table, "χ²", test->statistic, 1, std::nullopt, test->p);
  findings.tables.push_back(std::move(table));
  findings.hypothesis = "there is no trend across the groups";
  findings.method = "Cochran and Armitage's test of a trend";
  findings.notes.push_back(
      {"Slope", fixed_digits(100 * test->slope, 2) + " percentage points by unit of the score"});
  findings.notes.push_back(trend_note(material));
  return findings;
}

}  // namespace

std::optional<Result<TestFindings>> classical_test(const TestMaterial& material) {
  const TestWords& words = material.request.words;
  switch (words.kind) {
    case TestKind::independence:
      return words.statistic ? std::nullopt : std::optional(independence(material));
    case TestKind::fit:
      return fit(material);
    case TestKind::mean:
      return one_mean(material);
    case TestKind::means:
      return group_means(material);
    case TestKind::ranks:
      return words.scores.value_or(RankScores::wilcoxon) == RankScores::wilcoxon
                 ? std::optional(ranks(material))
                 : std::nullopt;
    case TestKind::paired:
      return material.numbers.size() == 2 ? std::optional(paired(material)) : std::nullopt;
    case TestKind::trend:
      return material.unit() > 1 ? std::optional(trend(material)) : std::nullopt;
    default:
      return std::nullopt;
  }
}

}  // namespace topline
