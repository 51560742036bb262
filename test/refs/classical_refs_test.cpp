// Classical tests of simple samples, adjusted probabilities and quantiles.
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

#include "call_text.hpp"
#include "reference_roots.hpp"
#include "refs.hpp"
#include "statistics/analysis_of_variance.hpp"
#include "statistics/correlation.hpp"
#include "statistics/distributions.hpp"
#include "statistics/mean_tests.hpp"
#include "statistics/multiple_testing.hpp"
#include "statistics/normality.hpp"
#include "statistics/proportion_tests.hpp"
#include "statistics/rank_tests.hpp"
#include "statistics/sample_quantile.hpp"
#include "statistics/smirnov.hpp"
#include "statistics/studentized_range.hpp"
#include "statistics/table_tests.hpp"

namespace topline::refs {
namespace {

using namespace statistics;

constexpr double level = 0.95;

void put(Values& values, const std::string& stat, double value, Kind kind = Kind::closed) {
  values[{"", stat}] = {value, kind};
}

void put_bounds(Values& values, const Bounds& bounds, Kind kind = Kind::closed) {
  put(values, "ci_lo", bounds.low, kind);
  put(values, "ci_hi", bounds.high, kind);
}

// What most tests of R print.
Values chi_squared(double statistic, double df, double p) {
  Values values;
  put(values, "statistic", statistic);
  put(values, "parameter_df", df);
  put(values, "p.value", p);
  return values;
}

std::vector<int64_t> whole(const std::vector<double>& numbers) {
  std::vector<int64_t> result;
  for (double number : numbers)
    result.push_back(static_cast<int64_t>(number));
  return result;
}

// R fills matrices by column.
std::vector<double> by_row(const std::vector<double>& by_column, size_t columns) {
  const size_t rows = by_column.size() / columns;
  std::vector<double> result;
  for (size_t row = 0; row < rows; ++row) {
    for (size_t column = 0; column < columns; ++column)
      result.push_back(by_column[column * rows + row]);
  }
  return result;
}

std::vector<double> column(const std::string& name) {
  return sample("syn_srs_nofpc").data.numbers(name);
}

// A column by the levels of a factor.
std::vector<std::vector<double>> groups(const std::string& name, const std::string& by) {
  const Factor factor = sample("syn_srs_nofpc").factor(by);
  const std::vector<double> values = column(name);
  std::vector<std::vector<double>> result(factor.levels.size());
  for (size_t row = 0; row < values.size(); ++row)
    result[static_cast<size_t>(factor.code[row])].push_back(values[row]);
  return result;
}

Values binomial(const std::string& call) {
  const std::vector<int64_t> given = whole(numbers_of(call));
  const Result<BinomialTest> test = binomial_test(given[0], given[1], 0.5, level);
  Values values;
  put(values, "statistic", static_cast<double>(given[0]));
  put(values, "parameter_number of trials", static_cast<double>(given[1]));
  put(values, "p.value", test->p);
  put(values, "estimate_1", test->share);
  put_bounds(values, test->interval);
  return values;
}

Values proportions(const std::string& call) {
  const Continuity continuity =
      has(call, "correct=FALSE") ? Continuity::uncorrected : Continuity::corrected;
  Result<ProportionTest> test = fault_in("", "");
  if (has(call, "c(")) {
    test =
        proportions_test(whole(vector_of(call, 0)), whole(vector_of(call, 1)), continuity, level);
  } else {
    const std::vector<int64_t> given = whole(numbers_of(call));
    test = one_proportion_test(given[0], given[1], 0.5, continuity, level);
  }
  Values values = chi_squared(test->statistic, test->df, test->p);
  for (size_t i = 0; i < test->shares.size(); ++i)
    put(values, "estimate_" + std::to_string(i + 1), test->shares[i]);
  if (test->interval)
    put_bounds(values, *test->interval);
  return values;
}

Values chisq(const std::string& call) {
  const Continuity continuity =
      has(call, "correct=FALSE") ? Continuity::uncorrected : Continuity::corrected;
  const std::vector<double> counts = vector_of(call);
  if (has(call, "p=c(")) {
    const Result<ChiSquaredTest> test = goodness_of_fit_test(counts, vector_of(call, 1));
    return chi_squared(test->statistic, test->df, test->p);
  }
  const size_t columns = counts.size() == 9 ? 3 : 2;
  const Result<ChiSquaredTest> test =
      independence_test(by_row(counts, columns), columns, continuity);
  return chi_squared(test->statistic, test->df, test->p);
}

Values mcnemar(const std::string& call) {
  const bool plain = has(call, "correct=FALSE");  // of the table of the call before
  const Result<SymmetryTest> test = symmetry_test(
      by_row({30, 5, 12, 40}, 2), 2, plain ? Continuity::uncorrected : Continuity::corrected);
  return chi_squared(test->statistic, test->df, test->p);
}

Values student(const std::string& call) {
  const std::vector<std::vector<double>> y = groups("y", "half");
  const Result<TTest> test = two_sample_t_test(
      y[0], y[1], has(call, "var.equal=TRUE") ? Variances::equal : Variances::own, level);
  Values values = chi_squared(test->statistic, test->df, test->p);
  const Result<TTest> first = one_sample_t_test(y[0], 0, level);
  const Result<TTest> second = one_sample_t_test(y[1], 0, level);
  put(values, "estimate_1", first->estimate);
  put(values, "estimate_2", second->estimate);
  put_bounds(values, test->interval);
  return values;
}

Values correlation(const std::string& call) {
  const std::vector<double> x = column("x");
  const std::vector<double> y = column("y");
  Values values;
  if (has(call, "pearson")) {
    const Result<PearsonCorrelation> found = pearson_correlation(x, y, level);
    values = chi_squared(found->statistic, found->df, found->p);
    put(values, "estimate_1", found->r);
    put_bounds(values, *found->interval);
  } else if (has(call, "spearman")) {
    const Result<SpearmanCorrelation> found = spearman_correlation(x, y);
    values = chi_squared(found->statistic, 0, found->p);
    put(values, "estimate_1", found->rho);
  } else {
    const Result<KendallCorrelation> found = kendall_correlation(x, y);
    values = chi_squared(found->statistic, 0, found->p);
    put(values, "estimate_1", found->tau);
  }
  return values;
}

Values anova() {
  const Result<AnalysisOfVariance> found = analysis_of_variance(groups("y", "grp"));
  Values values;
  values[{"grp", "df"}] = {found->df_between, Kind::closed};
  values[{"grp", "ss"}] = {found->between, Kind::closed};
  values[{"grp", "ms"}] = {found->between / found->df_between, Kind::closed};
  values[{"grp", "F"}] = {found->statistic, Kind::closed};
  values[{"grp", "p"}] = {found->p, Kind::closed};
  return values;
}

// Bounds with the critical value of the reference, which is good to about nine digits.
Values tukey() {
  const std::vector<std::string>& names = sample("syn_srs_nofpc").factor("grp").levels;
  Values values;
  const std::vector<std::vector<double>> y = groups("y", "grp");
  const Result<std::vector<PairOfGroups>> pairs = tukey_differences(y, level);
  const double df = analysis_of_variance(y)->df_within;
  const double ratio = tukey_quantile(level, 3, df) / studentized_range_upper_quantile(0.05, 3, df);
  EXPECT_NEAR(ratio, 1, 1e-8);
  for (const PairOfGroups& pair : *pairs) {
    const std::string term = names[pair.second] + "-" + names[pair.first];
    const double width = ratio * (pair.interval.high - pair.difference);
    values[{term, "diff"}] = {pair.difference, Kind::closed};
    values[{term, "lwr"}] = {pair.difference - width, Kind::iterative};
    values[{term, "upr"}] = {pair.difference + width, Kind::iterative};
    values[{term, "p_adj"}] = {pair.p, Kind::iterative};
  }
  return values;
}

// The first cell of a 2 × 2 table with given margins and odds ratio.
struct Cell {
  std::vector<double> counts;
  double odds = 1;

  // Σ of weight(cell)·probability.
  [[nodiscard]] double sum(const std::function<double(double)>& weight) const {
    const double first_row = counts[0] + counts[1];
    const double first_column = counts[0] + counts[2];
    const double second_column = counts[1] + counts[3];
    double all = 0;
    double weighted = 0;
    for (double k = std::max(0.0, first_row - second_column);
         k <= std::min(first_row, first_column); ++k) {
      const double probability = binomial_probability(k, first_column, 0.5) *
                                 binomial_probability(first_row - k, second_column, 0.5) *
                                 std::pow(odds, k);
      all += probability;
      weighted += weight(k) * probability;
    }
    return weighted / all;
  }
};

// The reference looks for odds ratios, or above 1 for their reciprocals, to within eps^0.25
// = 1.2e-4.
double reference_odds(const std::vector<double>& counts,
                      const std::function<double(double)>& weight, double wanted) {
  const double tolerance = std::pow(std::numeric_limits<double>::epsilon(), 0.25);
  auto off = [&](double odds) { return Cell{counts, odds}.sum(weight) - wanted; };
  // All the sums wanted here change in one direction with the odds ratio.
  if ((off(1) > 0) != (off(1e-9) > 0))
    return brent_root(off, 0, 1, tolerance);
  return 1 / brent_root([&](double inverse) { return off(1 / inverse); },
                        std::numeric_limits<double>::epsilon(), 1, tolerance);
}

Values fisher(const std::string& call) {
  const std::vector<double> counts = by_row(vector_of(call), 2);
  const Result<FisherTest> test = fisher_test(counts[0], counts[1], counts[2], counts[3], level);
  const double odds = reference_odds(
      counts, [](double k) { return k; }, counts[0]);
  const double low = reference_odds(
      counts, [&](double k) { return k >= counts[0] ? 1 : 0; }, 0.025);
  const double high = reference_odds(
      counts, [&](double k) { return k <= counts[0] ? 1 : 0; }, 0.025);
  // Ours are the same as near as that.
  EXPECT_NEAR(1 / test->odds_ratio, 1 / odds, 1.3e-4);
  EXPECT_NEAR(test->interval.low, low, 1.3e-4);
  EXPECT_NEAR(1 / test->interval.high, 1 / high, 1.3e-4);
  Values values;
  put(values, "p.value", test->p);
  put(values, "estimate_1", odds);
  put_bounds(values, {low, high});
  return values;
}

Values adjusted(const std::string& call) {
  const Adjustment method = has(call, "bonferroni") ? Adjustment::bonferroni
                            : has(call, "holm")     ? Adjustment::holm
                            : has(call, "hochberg") ? Adjustment::hochberg
                            : has(call, "BH")       ? Adjustment::benjamini_hochberg
                                                    : Adjustment::benjamini_yekutieli;
  const Result<std::vector<double>> found = adjusted_probabilities(vector_of(call), method);
  Values values;
  for (size_t i = 0; i < found->size(); ++i)
    values[{std::to_string(i + 1), "p_adj"}] = {(*found)[i], Kind::closed};
  return values;
}

Values quantiles(const Call& call) {
  const int type = static_cast<int>(numbers_of(call.call.substr(call.call.find("type="))).at(0));
  Values values;
  for (const auto& wanted : call.wanted)
    values[wanted] = {sample_quantiles(vector_of(call.call), numbers_of(wanted.first), type)->at(0),
                      Kind::closed};
  return values;
}

Values several_groups(const std::string& call) {
  const std::vector<std::vector<double>> y = groups("y", "grp");
  if (call.starts_with("kruskal")) {
    const Result<KruskalTest> test = kruskal_test(y);
    return chi_squared(test->statistic, test->df, test->p);
  }
  if (call.starts_with("bartlett")) {
    const Result<BartlettTest> test = bartlett_test(y);
    return chi_squared(test->statistic, test->df, test->p);
  }
  const Result<WelchTest> test = welch_test(y);
  Values values = chi_squared(test->statistic, 0, test->p);
  put(values, "parameter_num df", test->df_between);
  put(values, "parameter_denom df", test->df_within);
  return values;
}

Values wilcoxon() {
  const std::vector<std::vector<double>> y = groups("y", "half");
  const Result<RankTest> test = rank_sum_test(y[0], y[1], Continuity::corrected);
  return chi_squared(test->statistic, 0, test->p);
}

Values smirnov() {
  const std::vector<std::vector<double>> x = groups("x", "half");
  const Result<SmirnovTest> test = smirnov_test(x[1], x[0]);  // yes, no
  return chi_squared(test->statistic, 0, test->p);
}

Values shapiro() {
  const Result<ShapiroWilkTest> test = shapiro_wilk_test(column("y"));
  return chi_squared(test->statistic, 0, test->p);
}

std::optional<Values> classical_answer(const Call& call) {
  const std::string name = call.call.substr(0, call.call.find('('));
  const std::map<std::string, std::function<Values()>> answers = {
      {"binom.test", [&] { return binomial(call.call); }},
      {"prop.test", [&] { return proportions(call.call); }},
      {"chisq.test", [&] { return chisq(call.call); }},
      {"fisher.test", [&] { return fisher(call.call); }},
      {"mcnemar.test", [&] { return mcnemar(call.call); }},
      {"t.test", [&] { return student(call.call); }},
      {"wilcox.test", wilcoxon},
      {"kruskal.test", [&] { return several_groups(call.call); }},
      {"bartlett.test", [&] { return several_groups(call.call); }},
      {"oneway.test", [&] { return several_groups(call.call); }},
      {"cor.test", [&] { return correlation(call.call); }},
      {"shapiro.test", shapiro},
      {"ks.test", smirnov},
      {"anova", anova},
      {"TukeyHSD", tukey},
      {"p.adjust", [&] { return adjusted(call.call); }},
      {"quantile", [&] { return quantiles(call); }}};
  const auto found = answers.find(name);
  if (found == answers.end())
    return std::nullopt;
  return found->second();
}

TEST(Refs, ClassicalTests) {
  compare("classical.csv", classical_answer);
}

}  // namespace
}  // namespace topline::refs
