#include "quantile_answers.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <set>
#include <tuple>

#include "ciprop_answers.hpp"
#include "core_answers.hpp"
#include "estimation/design_share_interval.hpp"
#include "estimation/quantile.hpp"

namespace topline::refs {
namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// The variable of "svyquantile(~y, …".
std::string variable(const std::string& call) {
  const size_t start = call.find('~') + 1;
  return call.substr(start, call.find_first_of(",)", start) - start);
}

QuantileRule rule_of(const std::string& name) {
  for (const QuantileRule rule :
       {QuantileRule::math, QuantileRule::school, QuantileRule::shahvaish, QuantileRule::hf1,
        QuantileRule::hf2, QuantileRule::hf3, QuantileRule::hf4, QuantileRule::hf5,
        QuantileRule::hf6, QuantileRule::hf7, QuantileRule::hf8, QuantileRule::hf9}) {
    if (rule_name(rule) == name)
      return rule;
  }
  throw std::runtime_error("unknown rule " + name);
}

QuantileInterval interval_of(const std::string& name) {
  if (name == "beta")
    return QuantileInterval::beta;
  if (name == "xlogit")
    return QuantileInterval::xlogit;
  if (name == "asin")
    return QuantileInterval::asin;
  if (name == "score")
    return QuantileInterval::score;
  if (name == "quantile")
    return QuantileInterval::replicates;
  return QuantileInterval::mean;
}

// The numbers among a call's terms: probabilities, or thresholds of svycdf.
std::vector<double> numbers_of(const Call& call) {
  std::set<double> numbers;
  for (const auto& [term, stat] : call.wanted)
    numbers.insert(std::stod(term));
  return {numbers.begin(), numbers.end()};
}

// A number's term, as the call has it.
std::string term_of(const Call& call, double number) {
  for (const auto& [term, stat] : call.wanted) {
    if (std::stod(term) == number)
      return term;
  }
  return {};
}

double or_nan(const std::optional<double>& value) {
  return value ? *value : std::numeric_limits<double>::quiet_NaN();
}

Values cdf(const Call& call, const Sample& of) {
  const Bound bound = bind(of.design, {of.data.numbers("y")});
  const std::vector<double> thresholds = numbers_of(call);
  const Estimates shares = must(shares_up_to(*bound.rows, 0, thresholds));
  Values values;
  for (size_t i = 0; i < thresholds.size(); ++i)
    values[{term_of(call, thresholds[i]), "F"}] = {shares.value(static_cast<Eigen::Index>(i)),
                                                   Kind::closed};
  return values;
}

Values medians_by_half(const Sample& of) {
  const Factor half = of.factor("half");
  Values values;
  for (const std::string& level : half.levels) {
    const Bound bound = bind(of.design, {of.data.numbers("y")}, rows_with(half, level));
    const std::vector<double> median = {0.5};
    const QuantileEstimate one = must(quantiles(*bound.rows, 0, median)).front();
    values[{level, "estimate"}] = {one.value, Kind::closed};
    values[{level, "se"}] = {or_nan(one.standard_error), Kind::closed};
  }
  return values;
}

// ---- The reference's own ways ----

// The rows of a call, in the order of their values.
struct SortedRows {
  std::vector<double> value;
  std::vector<double> weight;
};
SortedRows sorted_rows(const std::vector<double>& value, const std::vector<double>& weight) {
  std::vector<size_t> order(value.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return value[a] < value[b]; });
  SortedRows rows;
  for (size_t row : order) {
    rows.value.push_back(value[row]);
    rows.weight.push_back(weight[row]);
  }
  return rows;
}

// The largest of the values' points p_k ≤ p, whatever their order; else the smallest.
double unscaled_shah_vaish(const SortedRows& rows, double p) {
  const auto n = static_cast<double>(rows.value.size());
  const double total = std::accumulate(rows.weight.begin(), rows.weight.end(), 0.0);
  double sum = 0;
  double below = -std::numeric_limits<double>::infinity();
  double lowest = std::numeric_limits<double>::infinity();
  double value = 0;
  double value_of_lowest = 0;
  for (size_t k = 0; k < rows.value.size(); ++k) {
    sum += rows.weight[k] * n / total;
    const double point = (sum + 0.5 - rows.weight[k] / 2) / (n + 1);
    if (point <= p && point >= below) {
      below = point;
      value = rows.value[k];
    }
    if (point < lowest) {
      lowest = point;
      value_of_lowest = rows.value[k];
    }
  }
  return std::isfinite(below) ? value : value_of_lowest;
}

// Rows of the same value as one, with the sum of their weights.
SortedRows merged(const SortedRows& rows) {
  SortedRows some;
  for (size_t k = 0; k < rows.value.size(); ++k) {
    if (some.value.empty() || some.value.back() != rows.value[k]) {
      some.value.push_back(rows.value[k]);
      some.weight.push_back(0);
    }
    some.weight.back() += rows.weight[k];
  }
  return some;
}

// The rules that step, without a tolerance: with equal weights the rounding of their sums decides
// whether a share is met exactly. The reference sums in extended precision.
double exact_quantile(const SortedRows& all, double p, QuantileRule rule) {
  const SortedRows rows = rule == QuantileRule::hf3 ? merged(all) : all;
  long double total = 0;
  for (double weight : rows.weight)
    total += weight;
  const auto whole = static_cast<double>(total);
  if (rows.weight.front() > p * whole)
    return rows.value.front();
  long double sum = 0;
  size_t last = 0;
  double up_to_last = 0;
  for (size_t k = 0; k < rows.value.size(); ++k) {
    sum += rows.weight[k];
    if (static_cast<double>(sum) > p * whole)
      break;
    last = k;
    up_to_last = static_cast<double>(sum);
  }
  const double here = rows.value[last];
  const double next = rows.value[std::min(last + 1, rows.value.size() - 1)];
  if (p - up_to_last / whole != 0)
    return next;
  if (rule == QuantileRule::hf3)
    return last % 2 == 1 ? here : next;
  return rule == QuantileRule::school || rule == QuantileRule::hf2 ? (here + next) / 2 : here;
}

// A root by the method of Brent (1973, Algorithms for Minimization without Derivatives, section
// 4.3), to the tolerance that the reference asks for: on a step function another method, or a finer
// tolerance, would end elsewhere.
double brent_root(const std::function<double(double)>& function, double a, double b,
                  double tolerance) {
  double at_a = function(a);
  double at_b = function(b);
  double c = a;
  double at_c = at_a;
  for (int step = 0; step < 1000; ++step) {
    const double before = b - a;
    if (std::abs(at_c) < std::abs(at_b)) {
      a = b;
      b = c;
      c = a;
      at_a = at_b;
      at_b = at_c;
      at_c = at_a;
    }
    const double near = 2 * std::numeric_limits<double>::epsilon() * std::abs(b) + tolerance / 2;
    double move = (c - b) / 2;
    if (std::abs(move) <= near || at_b == 0)
      return b;
    if (std::abs(before) >= near && std::abs(at_a) > std::abs(at_b)) {
      double top = 0;
      double bottom = 0;
      const double width = c - b;
      if (a == c) {
        const double ratio = at_b / at_a;
        top = width * ratio;
        bottom = 1 - ratio;
      } else {
        const double q = at_a / at_c;
        const double r = at_b / at_c;
        const double s = at_b / at_a;
        top = s * (width * q * (q - r) - (b - a) * (r - 1));
        bottom = (q - 1) * (r - 1) * (s - 1);
      }
      if (top > 0)
        bottom = -bottom;
      else
        top = -top;
      if (top < 0.75 * width * bottom - std::abs(near * bottom) / 2 &&
          top < std::abs(before * bottom / 2))
        move = top / bottom;
    }
    if (std::abs(move) < near)
      move = move > 0 ? near : -near;
    a = b;
    at_a = at_b;
    b += move;
    at_b = function(b);
    if ((at_b > 0) == (at_c > 0)) {
      c = a;
      at_c = at_a;
    }
  }
  return b;
}

// A call that the reference answers otherwise: its rows, and the library's view of them.
struct OddCall {
  Bound bound;
  SortedRows rows;
  QuantileRule rule = QuantileRule::math;
  double t = 0;

  [[nodiscard]] double quantile(double p) const {
    return rule == QuantileRule::shahvaish ? unscaled_shah_vaish(rows, p)
                                           : exact_quantile(rows, p, rule);
  }
};

std::pair<double, double> score_bounds(const OddCall& call, double p) {
  const std::vector<double>& x = call.rows.value;
  const auto n = static_cast<double>(x.size());
  const auto plain = [&](double share) {
    const double place = share * (n - 1);
    const auto low = static_cast<size_t>(place);
    return x[low] + (place - static_cast<double>(low)) * (x[low + 1] - x[low]);
  };
  const double margin = (plain(0.75) - plain(0.25)) / 100;
  const double tolerance = 1 / (100 * std::sqrt(n));
  const auto bound = [&](double limit) {
    const double root = brent_root(
        [&](double threshold) {
          const std::vector<double> at = {threshold};
          const Estimate share = must(shares_up_to(*call.bound.rows, 0, at)).at(0);
          return (p - share.value) / share.standard_error - limit;
        },
        x.front() + margin, x.back() - margin, tolerance);
    const auto count = std::upper_bound(x.begin(), x.end(), root) - x.begin();
    return call.quantile(static_cast<double>(count) / n);
  };
  return {bound(call.t), bound(-call.t)};
}

std::pair<double, double> woodruff_bounds(const OddCall& call, double quantile,
                                          ShareInterval method) {
  const std::vector<double> at = {quantile};
  const Estimates shares = must(shares_up_to(*call.bound.rows, 0, at));
  const Estimate estimate = shares.at(0);
  ShareBounds share;
  if (method == ShareInterval::mean) {
    std::tie(share.low, share.high) = symmetric_interval(estimate, 0.95, Reference::student);
  } else if (method == ShareInterval::asin) {
    const double p = estimate.value;
    const double angle = std::asin(std::sqrt(p));
    const double half = call.t * estimate.standard_error / (2 * std::sqrt(p * (1 - p)));
    share = {std::pow(std::sin(angle - half), 2), std::pow(std::sin(angle + half), 2)};
  } else {
    share = must(design_share_interval(shares, 0, call.bound.rows->frame(), method, 0.95));
  }
  const double nan = std::numeric_limits<double>::quiet_NaN();
  return {share.low < 0 ? nan : call.quantile(share.low),
          share.high > 1 ? nan : call.quantile(share.high)};
}

bool steps(QuantileRule rule) {
  return rule == QuantileRule::math || rule == QuantileRule::school || rule == QuantileRule::hf1 ||
         rule == QuantileRule::hf2 || rule == QuantileRule::hf3;
}

ShareInterval share_method(const std::string& name) {
  if (name == "beta")
    return ShareInterval::beta;
  if (name == "xlogit")
    return ShareInterval::xlogit;
  return name == "asin" ? ShareInterval::asin : ShareInterval::mean;
}

}  // namespace

std::optional<Values> quantile_answer(const Call& call) {
  if (contains(call.call, "on replicates"))
    return std::nullopt;
  if (contains(call.call, "svycdf("))
    return cdf(call, sample(call.design));
  if (!contains(call.call, "svyquantile"))
    return std::nullopt;
  const Sample& of = sample(call.design, contains(call.call, "mse=TRUE"));
  if (contains(call.call, "svyby"))
    return medians_by_half(of);
  const Bound bound = bind(of.design, {of.data.numbers(variable(call.call))});
  const std::vector<double> probabilities = numbers_of(call);
  const QuantileRule rule = rule_of(call_argument(call.call, "qrule"));
  Values values;
  if (!contains(call.call, "interval.type")) {
    const std::vector<double> plain = must(plain_quantiles(*bound.rows, 0, probabilities, rule));
    for (size_t i = 0; i < plain.size(); ++i)
      values[{term_of(call, probabilities[i]), "quantile"}] = {plain[i], Kind::closed};
    return values;
  }
  QuantileOptions options;
  options.rule = rule;
  options.interval = interval_of(call_argument(call.call, "interval.type"));
  for (const QuantileEstimate& one : must(quantiles(*bound.rows, 0, probabilities, options))) {
    const std::string term = term_of(call, one.probability);
    values[{term, "quantile"}] = {one.value, Kind::closed};
    values[{term, "ci_lo"}] = {or_nan(one.low), Kind::closed};
    values[{term, "ci_hi"}] = {or_nan(one.high), Kind::closed};
    values[{term, "se"}] = {or_nan(one.standard_error), Kind::closed};
  }
  return values;
}

std::optional<Values> quantile_quirk_answer(const Call& call) {
  if (!contains(call.call, "svyquantile") || !contains(call.call, "interval.type"))
    return std::nullopt;
  const QuantileRule rule = rule_of(call_argument(call.call, "qrule"));
  const std::string interval = call_argument(call.call, "interval.type");
  const bool rounding = call.design == "api_srs" && steps(rule);
  const bool folded = call.design == "read-as JK1" && interval == "asin";
  if (rule != QuantileRule::shahvaish && interval != "score" && !rounding && !folded)
    return std::nullopt;
  const Sample& of = sample(call.design, contains(call.call, "mse=TRUE"));
  const std::vector<double> x = of.data.numbers(variable(call.call));
  OddCall odd{bind(of.design, {x}), sorted_rows(x, of.design.weights), rule, 0};
  odd.t = two_sided_quantile(0.95, odd.bound.rows->size().degrees_of_freedom, Reference::student);
  Values values;
  for (double p : numbers_of(call)) {
    const double quantile = odd.quantile(p);
    const auto [low, high] = interval == "score"
                                 ? score_bounds(odd, p)
                                 : woodruff_bounds(odd, quantile, share_method(interval));
    const std::string term = term_of(call, p);
    values[{term, "quantile"}] = {quantile, Kind::closed};
    values[{term, "ci_lo"}] = {low, Kind::closed};
    values[{term, "ci_hi"}] = {high, Kind::closed};
    values[{term, "se"}] = {(high - low) / (2 * odd.t), Kind::closed};
  }
  return values;
}

}  // namespace topline::refs
