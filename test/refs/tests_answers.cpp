#include "tests_answers.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "call_text.hpp"
#include "core_answers.hpp"
#include "estimation/goodness_of_fit.hpp"
#include "estimation/independence_test.hpp"
#include "estimation/mean_test.hpp"
#include "estimation/rank_test.hpp"
#include "estimation/regression.hpp"
#include "statistics/distributions.hpp"
#include "statistics/quadratic_form.hpp"

namespace topline::refs {
namespace {

// What stands between quotation marks behind `name=`.
std::string quoted(const std::string& call, const std::string& name) {
  const std::string before = name + "=\"";
  const size_t at = call.find(before);
  if (at == std::string::npos)
    return {};
  const size_t start = at + before.size();
  return call.substr(start, call.find('"', start) - start);
}

const Sample& sample_of(const Call& call) {
  return sample(call.design, has(call.call, "mse=TRUE"));
}

IndependenceStatistic statistic_of(const std::string& name) {
  if (name == "F")
    return IndependenceStatistic::rao_scott_f;
  if (name == "Chisq")
    return IndependenceStatistic::rao_scott_chi_squared;
  if (name == "Wald")
    return IndependenceStatistic::wald;
  if (name == "adjWald")
    return IndependenceStatistic::adjusted_wald;
  if (name == "lincom")
    return IndependenceStatistic::linear_combination;
  if (name == "saddlepoint")
    return IndependenceStatistic::saddlepoint;
  if (name == "wls-score")
    return IndependenceStatistic::wls_score;
  throw std::runtime_error("unknown statistic " + name);
}

// The root finder of the reference (Brent 1973, Algorithms for Minimization without Derivatives,
// chapter 4), which stops at a bracket of 1e-8.
template <typename Function>
double reference_root(const Function& function, double low, double high) {
  constexpr double tolerance = 1e-8;
  double best = high;
  double at_best = function(high);
  double before = low;
  double at_before = function(low);
  double other = before;  // the root lies between it and the best
  double at_other = at_before;
  for (int i = 0; i < 1000; ++i) {
    const double last_step = best - before;
    if (std::abs(at_other) < std::abs(at_best)) {
      before = best;
      best = other;
      other = before;
      at_before = at_best;
      at_best = at_other;
      at_other = at_before;
    }
    const double least =
        2 * std::numeric_limits<double>::epsilon() * std::abs(best) + tolerance / 2;
    const double half = (other - best) / 2;
    if (std::abs(half) <= least || at_best == 0)
      return best;
    double step = half;
    if (std::abs(last_step) >= least && std::abs(at_before) > std::abs(at_best)) {
      // Secant, or inverse quadratic interpolation with three points.
      const double width = other - best;
      const double t = at_best / at_other;
      double p = width * at_best / at_before;
      double q = 1 - at_best / at_before;
      if (before != other) {
        const double r = at_best / at_before;
        const double u = at_before / at_other;
        p = r * (width * u * (u - t) - (best - before) * (t - 1));
        q = (u - 1) * (t - 1) * (r - 1);
      }
      if (p > 0)
        q = -q;
      else
        p = -p;
      if (p < 0.75 * width * q - std::abs(least * q) / 2 && p < std::abs(last_step * q / 2))
        step = p / q;
    }
    if (std::abs(step) < least)
      step = step > 0 ? least : -least;
    before = best;
    at_before = at_best;
    best += step;
    at_best = function(best);
    if ((at_best > 0) == (at_other > 0)) {
      other = before;
      at_other = at_before;
    }
  }
  return best;
}

// The saddlepoint approximation as the reference computes it, coefficients repeated by their
// degrees of freedom: the library's formula at a root that is a little off.
double reference_saddlepoint(double x, std::vector<double> lambda) {
  const double largest = *std::max_element(lambda.begin(), lambda.end());
  double lowest_negative = 0;
  for (double& value : lambda) {
    value /= largest;
    lowest_negative = std::min(lowest_negative, value);
  }
  x /= largest;
  const auto sum = [&](const auto& term) {
    double total = 0;
    for (const double value : lambda)
      total += term(value);
    return total;
  };
  double low = -static_cast<double>(lambda.size()) / (2 * x);
  if (lowest_negative < 0)
    low = 0.99999 / (2 * lowest_negative);
  else if (x > sum([](double value) { return value; }))
    low = -0.01;
  const double s = reference_root(
      [&](double at) {
        return sum([at](double value) { return value / (1 - 2 * at * value); }) - x;
      },
      low, 0.99999 / 2);
  const double cumulant = -sum([s](double value) { return std::log(1 - 2 * s * value); }) / 2;
  const double curvature = 2 * sum([s](double value) {
                             const double ratio = value / (1 - 2 * s * value);
                             return ratio * ratio;
                           });
  const double w = (s < 0 ? -1 : 1) * std::sqrt(2 * (s * x - cumulant));
  const double v = s * std::sqrt(curvature);
  return statistics::normal_upper(w + std::log(v / w) / w);
}

// The reference refers the sums to F for designs only, not for replicates, and then cuts the
// degrees of freedom of the denominator to a whole number in its distribution, but not in its mean.
double reference_p_of_sum(const IndependenceTest& test, IndependenceStatistic statistic,
                          bool replicated) {
  std::vector<double> coefficients = test.design_effects;
  std::vector<double> freedom(coefficients.size(), 1.0);
  const double whole = replicated ? 0 : std::floor(test.denominator_df);
  const double last = replicated ? 0 : -test.pearson / test.denominator_df;
  if (statistic == IndependenceStatistic::saddlepoint) {
    coefficients.insert(coefficients.end(), static_cast<size_t>(whole), last);
    return reference_saddlepoint(replicated ? test.pearson : 0, std::move(coefficients));
  }
  if (!replicated) {
    coefficients.push_back(last);
    freedom.push_back(whole);
  }
  return must(
      statistics::chi_squared_sum_upper(replicated ? test.pearson : 0, coefficients, freedom));
}

// The reference divides the form of wls-score by the square of the number of rows, not by d.
void use_reference_scale(IndependenceTest& test, size_t row_count) {
  const auto count = static_cast<double>(row_count);
  test.statistic *= test.numerator_df / (count * count);
  test.p = statistics::f_upper(test.statistic, test.numerator_df, test.denominator_df);
}

Values goodness_of_fit_values(const Sample& of) {
  const Factor groups = of.factor("grp");
  std::vector<std::vector<double>> columns;
  std::vector<size_t> inputs;
  for (size_t level = 0; level < groups.levels.size(); ++level) {
    columns.push_back(indicator(groups, level));
    inputs.push_back(level);
  }
  const Bound bound = bind(of.design, std::move(columns));
  const Tally tally =
      bound.rows->tally({inputs.size(), [&](size_t count, const double* const* in, double* out) {
                           for (size_t k = 0; k < count; ++k)
                             for (const size_t i : inputs)
                               out[k * inputs.size() + i] = in[i][k];
                         }});
  const std::vector<double> shares = {.45, .33, .22};
  const GoodnessOfFit test = must(goodness_of_fit(tally, shares));
  // The reference takes the design effects for the shares in the order of the levels' names.
  const std::vector<double> by_name = {.22, .33, .45};
  const GoodnessOfFit named = must(goodness_of_fit(tally, by_name));
  Values values;
  values[{"", "statistic"}] = {test.statistic};
  values[{"", "parameter_1"}] = {named.scale};
  values[{"", "parameter_2"}] = {named.degrees_of_freedom};
  values[{"", "p.value"}] = {
      statistics::chi_squared_upper(test.statistic / named.scale, named.degrees_of_freedom)};
  return values;
}

// The reference's ranks average rows of equal values in the order of the file.
ValueScores reference_scores(const std::vector<double>& y, const std::vector<double>& weights,
                             RankScores scores) {
  std::vector<size_t> order(y.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return y[a] < y[b]; });
  const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
  ValueScores result;
  double before = 0;
  for (size_t first = 0; first < order.size();) {
    size_t end = first;
    double sum = 0;
    for (; end < order.size() && y[order[end]] == y[order[first]]; ++end) {
      sum += before + weights[order[end]] / 2;
      before += weights[order[end]];
    }
    const double rank = sum / static_cast<double>(end - first);
    result.value.push_back(y[order[first]]);
    result.score.push_back(scores == RankScores::wilcoxon ? rank / all
                           : scores == RankScores::median
                               ? (rank > all / 2 ? 1 : 0)
                               : statistics::normal_quantile(rank / all));
    first = end;
  }
  return result;
}

// A logistic regression on one number as the reference fits it: by iteratively weighted least
// squares from its usual start, until the deviance changes by less than 1e-8. Its information
// matrix and working weights are those before the last step.
struct ReferenceFit {
  Eigen::Vector2d last;
  Eigen::Vector2d previous;
};

double expit(double eta) {
  return 1 / (1 + std::exp(-eta));
}

ReferenceFit reference_fit(const std::vector<double>& y, const std::vector<double>& x,
                           const std::vector<double>& weights) {
  const double mean =
      std::accumulate(weights.begin(), weights.end(), 0.0) / static_cast<double>(weights.size());
  std::vector<double> eta;
  for (size_t row = 0; row < y.size(); ++row) {
    const double w = weights[row] / mean;
    const double start = (w * y[row] + 0.5) / (w + 1);
    eta.push_back(std::log(start / (1 - start)));
  }
  const auto deviance = [&] {
    double sum = 0;
    for (size_t row = 0; row < y.size(); ++row)
      sum -= 2 * weights[row] / mean * std::log(expit(y[row] > 0 ? eta[row] : -eta[row]));
    return sum;
  };
  ReferenceFit fit;
  double before = deviance();
  for (int step = 0; step < 25; ++step) {
    Eigen::Matrix2d information = Eigen::Matrix2d::Zero();
    Eigen::Vector2d working = Eigen::Vector2d::Zero();
    for (size_t row = 0; row < y.size(); ++row) {
      const double mu = expit(eta[row]);
      const double v = mu * (1 - mu);
      const Eigen::Vector2d columns(1, x[row]);
      information += weights[row] / mean * v * columns * columns.transpose();
      working += weights[row] / mean * v * (eta[row] + (y[row] - mu) / v) * columns;
    }
    fit.previous = fit.last;
    fit.last = information.ldlt().solve(working);
    for (size_t row = 0; row < y.size(); ++row)
      eta[row] = fit.last(0) + fit.last(1) * x[row];
    const double now = deviance();
    if (std::abs(now - before) / (std::abs(now) + 0.1) < 1e-8)
      break;
    before = now;
  }
  return fit;
}

// Its estimates, rows having the outcome and the predictor.
Estimates reference_estimates(const SampleRows& rows, const ReferenceFit& fit) {
  const RowPass pass{5, [=](size_t count, const double* const* in, double* out) {
                       for (size_t k = 0; k < count; ++k) {
                         const double x = in[1][k];
                         const double mu = expit(fit.last(0) + fit.last(1) * x);
                         const double before = expit(fit.previous(0) + fit.previous(1) * x);
                         const double v = before * (1 - before);
                         const double score = (in[0][k] - mu) * v / (mu * (1 - mu));
                         *out++ = score;
                         *out++ = score * x;
                         *out++ = v;
                         *out++ = v * x;
                         *out++ = v * x * x;
                       }
                     }};
  const Tally tally = rows.tally(pass);
  Eigen::Matrix2d information;
  information << tally.totals[2], tally.totals[3], tally.totals[3], tally.totals[4];
  Eigen::MatrixXd influence = Eigen::MatrixXd::Zero(2, 5);
  influence.leftCols(2) = information.inverse();
  Estimates estimates;
  estimates.value = fit.last;
  estimates.covariance = must(linearized_covariance(tally, influence));
  estimates.size = rows.size();
  return estimates;
}

RankScores scores_of(const std::string& name) {
  if (name == "vanderWaerden")
    return RankScores::van_der_waerden;
  return name == "median" ? RankScores::median : RankScores::wilcoxon;
}

}  // namespace

std::optional<Values> chisq_answer(const Call& call) {
  const Sample& of = sample_of(call);
  if (has(call.call, "svygofchisq"))
    return goodness_of_fit_values(of);
  if (!has(call.call, "svychisq"))
    return std::nullopt;
  const Factor rows = of.factor(has(call.call, "stype") ? "stype" : "grp");
  const Factor columns = of.factor(has(call.call, "sch.wide") ? "sch.wide" : "half");
  const Bound bound = bind(of.design, {codes_of(rows), codes_of(columns)});
  const Tally tally = cell_tally(*bound.rows, 0, rows.levels.size(), 1, columns.levels.size());
  const IndependenceStatistic statistic = statistic_of(quoted(call.call, "statistic"));
  IndependenceTest test =
      must(independence_test(tally, rows.levels.size(), columns.levels.size(), statistic));
  Kind kind = Kind::closed;
  if (statistic == IndependenceStatistic::wls_score)
    use_reference_scale(test, rows.levels.size());
  if (statistic == IndependenceStatistic::linear_combination ||
      statistic == IndependenceStatistic::saddlepoint) {
    test.p = reference_p_of_sum(test, statistic, tally.frame->replicated());
    kind = Kind::iterative;
  }
  Values values;
  values[{"", "statistic"}] = {test.statistic};
  values[{"", "p.value"}] = {test.p, kind};
  for (const char* name : {"parameter_ndf", "parameter_ndf.df", "parameter_df", "parameter_1"})
    values[{"", name}] = {test.numerator_df};
  for (const char* name : {"parameter_ddf", "parameter_ddf.ddf", "parameter_2"})
    values[{"", name}] = {test.denominator_df};
  return values;
}

std::optional<Values> ttest_answer(const Call& call) {
  const bool ranks = has(call.call, "svyranktest");
  if (!ranks && !has(call.call, "svyttest"))
    return std::nullopt;
  const Sample& of = sample_of(call);
  std::vector<double> y = of.data.numbers(of.api ? "api00" : "y");
  const std::vector<double> groups = codes_of(of.factor(of.api ? "sch.wide" : "half"));
  Values values;
  TTest test;
  if (has(call.call, "~ 0")) {
    for (double& value : y)
      value -= 20;
    const Bound bound = bind(of.design, {y});
    test = must(one_sample_mean_test(*bound.rows, 0, 0, OneSampleFreedom::one_less));
  } else {
    const Bound bound = bind(of.design, {y, groups});
    test = ranks ? must(rank_test(*bound.rows, 0, 1,
                                  reference_scores(y, of.design.weights,
                                                   scores_of(quoted(call.call, "test")))))
                 : must(two_group_mean_test(*bound.rows, 0, 1));
  }
  const auto [low, high] = test.interval(0.95);
  values[{"", "t"}] = {test.statistic};
  values[{"", "statistic"}] = {test.statistic};
  values[{"", "df"}] = {test.estimate.degrees_of_freedom};
  values[{"", "p.value"}] = {test.p};
  values[{"", "difference"}] = {test.estimate.value};
  values[{"", "mean"}] = {test.estimate.value};
  values[{"", "ci95_lo"}] = {low};
  values[{"", "ci95_hi"}] = {high};
  return values;
}

namespace {

// What a regression of the reference is about: the outcome, a number, a group.
struct RegressionCall {
  bool logistic = false;
  std::vector<double> outcome;
  std::vector<double> number;
  std::vector<double> group;
  std::vector<std::string> terms;
};

RegressionCall regression_call(const Sample& of, const Call& call) {
  RegressionCall result;
  result.logistic = has(call.call, "quasibinomial");
  const std::string x = of.api ? "api99" : "x";
  const std::string group = of.api ? "sch.wide" : "half";
  const Factor factor = of.factor(group);
  result.group = codes_of(factor);
  result.number = of.data.numbers(x);
  result.outcome = !result.logistic ? of.data.numbers(of.api ? "api00" : "y")
                   : of.api         ? result.group
                                    : of.data.numbers("z");
  result.terms = {"(Intercept)", x, group + factor.levels[1]};
  return result;
}

void add_coefficients(Values& values, const std::vector<std::string>& terms,
                      const Estimates& coefficients, double freedom, Kind kind) {
  for (Eigen::Index i = 0; i < coefficients.value.size(); ++i) {
    const std::string& term = terms[static_cast<size_t>(i)];
    const TTest test = must(t_test(coefficients, i, 0, freedom));
    values[{term, "coef"}] = {test.estimate.value, kind};
    values[{term, "se"}] = {test.estimate.standard_error, kind};
    values[{term, "t"}] = {test.statistic, kind};
    values[{term, "p"}] = {test.p, kind};
  }
}

}  // namespace

std::optional<Values> glm_answer(const Call& call) {
  if (!has(call.call, "svyglm"))
    return std::nullopt;
  const Sample& of = sample_of(call);
  const RegressionCall about = regression_call(of, call);
  const Bound bound = bind(of.design, {about.outcome, about.number, about.group});
  std::vector<Predictor> predictors = {{about.terms[1], 1, 0, 0, {}}};
  if (!about.logistic)
    predictors.push_back({about.terms[2], 2, 2, 0, {}});
  const RegressionFit fit =
      must(fit_regression(*bound.rows, main_effects(about.logistic ? RegressionFamily::logistic
                                                                   : RegressionFamily::linear,
                                                    0, "y", std::move(predictors))));
  Values values;
  add_coefficients(values, about.terms, fit.coefficients, fit.residual_df,
                   about.logistic ? Kind::iterative : Kind::closed);
  return values;
}

std::optional<Values> glm_fitted_answer(const Call& call) {
  if (!has(call.call, "svyglm") || !has(call.call, "quasibinomial"))
    return std::nullopt;
  const Sample& of = sample_of(call);
  const RegressionCall about = regression_call(of, call);
  const Bound bound = bind(of.design, {about.outcome, about.number});
  const Estimates coefficients = reference_estimates(
      *bound.rows, reference_fit(about.outcome, about.number, of.design.weights));
  Values values;
  add_coefficients(values, about.terms, coefficients, coefficients.size.degrees_of_freedom - 1,
                   Kind::iterative);
  return values;
}

}  // namespace topline::refs
