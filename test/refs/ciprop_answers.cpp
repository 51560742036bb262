#include "ciprop_answers.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "core_answers.hpp"
#include "estimation/design_share_interval.hpp"

namespace topline::refs {
namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

ShareInterval method_of(const std::string& name) {
  if (name == "logit")
    return ShareInterval::logit;
  if (name == "likelihood")
    return ShareInterval::likelihood;
  if (name == "asin")
    return ShareInterval::asin;
  if (name == "beta")
    return ShareInterval::beta;
  if (name == "mean")
    return ShareInterval::mean;
  if (name == "xlogit")
    return ShareInterval::xlogit;
  if (name == "wilson")
    return ShareInterval::wilson;
  throw std::runtime_error("unknown method " + name);
}

double level_of(const Call& call) {
  const std::string level = call_argument(call.call, "level");
  return level.empty() ? 0.95 : std::stod(level);
}

// The zeros and ones that a call is about.
std::vector<double> outcome(const Sample& of, const std::string& call) {
  if (contains(call, "sch.wide"))
    return indicator(of.factor("sch.wide"), 1);  // No, Yes
  return of.data.numbers("z");
}

// Linear on the points of a curve of rising y, as the reference inverts its spline.
double inverted(const std::vector<double>& x, const std::vector<double>& y, double at) {
  const size_t above = static_cast<size_t>(std::upper_bound(y.begin(), y.end(), at) - y.begin());
  const size_t i = std::clamp<size_t>(above, 1, y.size() - 1);
  return x[i - 1] + (x[i] - x[i - 1]) * (at - y[i - 1]) / (y[i] - y[i - 1]);
}

// The cubic spline of Forsythe, Malcolm and Moler (1977, Computer Methods for Mathematical
// Computations, section 4.4): at its ends the third derivative is that of the cubic through the
// four outer points. Evaluated at `count` equidistant places.
std::vector<double> spline(const std::vector<double>& x, const std::vector<double>& y,
                           const std::vector<double>& places) {
  const auto n = static_cast<Eigen::Index>(x.size());
  const auto X = [&](Eigen::Index i) { return x[static_cast<size_t>(i)]; };
  const auto slope = [&](Eigen::Index i) {
    return (y[static_cast<size_t>(i + 1)] - y[static_cast<size_t>(i)]) / (X(i + 1) - X(i));
  };
  const auto third = [&](Eigen::Index i) {
    const double first = (slope(i + 1) - slope(i)) / (X(i + 2) - X(i));
    const double second = (slope(i + 2) - slope(i + 1)) / (X(i + 3) - X(i + 1));
    return (second - first) / (X(i + 3) - X(i));
  };
  Eigen::MatrixXd system = Eigen::MatrixXd::Zero(n, n);
  Eigen::VectorXd right(n);
  for (Eigen::Index i = 1; i + 1 < n; ++i) {
    system(i, i - 1) = X(i) - X(i - 1);
    system(i, i) = 2 * (X(i + 1) - X(i - 1));
    system(i, i + 1) = X(i + 1) - X(i);
    right(i) = slope(i) - slope(i - 1);
  }
  system(0, 0) = -1;
  system(0, 1) = 1;
  right(0) = (X(1) - X(0)) * third(0);
  system(n - 1, n - 2) = -1;
  system(n - 1, n - 1) = 1;
  right(n - 1) = (X(n - 1) - X(n - 2)) * third(n - 4);
  const Eigen::VectorXd curvature = system.partialPivLu().solve(right);
  std::vector<double> values;
  for (double place : places) {
    Eigen::Index i = 0;
    while (i + 2 < n && place >= X(i + 1))
      ++i;
    const double width = X(i + 1) - X(i);
    const double u = place - X(i);
    const double linear = slope(i) - width * (curvature(i + 1) + 2 * curvature(i));
    values.push_back(
        y[static_cast<size_t>(i)] +
        u * (linear + u * (3 * curvature(i) + u * (curvature(i + 1) - curvature(i)) / width)));
  }
  return values;
}

double expit(double x) {
  return 1 / (1 + std::exp(-x));
}

// The log-odds of a share as the reference fits them, by iteratively weighted least squares from
// its usual start, until the deviance changes by less than 1e-8; and those of the step before.
struct FittedLogOdds {
  double last = 0;
  double previous = 0;
};
FittedLogOdds fitted_log_odds(const std::vector<double>& weights, const std::vector<double>& y) {
  double mean = 0;
  for (double weight : weights)
    mean += weight / static_cast<double>(weights.size());
  std::vector<double> x;
  for (size_t row = 0; row < y.size(); ++row) {
    const double weight = weights[row] / mean;
    const double fitted = (weight * y[row] + 0.5) / (weight + 1);
    x.push_back(std::log(fitted / (1 - fitted)));
  }
  const auto deviance = [&] {
    double sum = 0;
    for (size_t row = 0; row < y.size(); ++row)
      sum -= 2 * weights[row] / mean * std::log(expit(y[row] > 0 ? x[row] : -x[row]));
    return sum;
  };
  FittedLogOdds fitted;
  double before = deviance();
  for (int step = 0; step < 25; ++step) {
    double information = 0;
    double working = 0;
    for (size_t row = 0; row < y.size(); ++row) {
      const double mu = expit(x[row]);
      const double weight = weights[row] / mean * mu * (1 - mu);
      information += weight;
      working += weight * (x[row] + (y[row] - mu) / (mu * (1 - mu)));
    }
    fitted = {working / information, fitted.last};
    x.assign(x.size(), fitted.last);
    const double now = deviance();
    if (std::abs(now - before) / (std::abs(now) + 0.1) < 1e-8)
      break;
    before = now;
  }
  return fitted;
}

// The standard error of the log-odds as the reference has it: each replicate's log-odds are
// iterated from those of the full sample, until the deviance changes by less than 1e-8.
double fitted_error(const Estimates& shares, const DesignFrame& frame) {
  const double p = shares.value(0);
  const double start = std::log(p / (1 - p));
  if (!frame.replicated())
    return shares.at(0).standard_error / (p * (1 - p));
  Eigen::MatrixXd replicates(shares.replicates.rows(), 1);
  for (Eigen::Index r = 0; r < replicates.rows(); ++r) {
    const double share = shares.replicates(r, 0);
    const auto deviance = [&](double x) {
      return -2 * (share * std::log(expit(x)) + (1 - share) * std::log(expit(-x)));
    };
    double x = start;
    double before = deviance(x);
    for (int step = 0; step < 25; ++step) {
      x += (share - expit(x)) / (expit(x) * expit(-x));
      const double now = deviance(x);
      if (std::abs(now - before) / (now + 0.1) < 1e-8)
        break;
      before = now;
    }
    replicates(r, 0) = x;
  }
  const Eigen::VectorXd centre = Eigen::VectorXd::Constant(1, start);
  return std::sqrt(replicate_covariance(frame.replicates, replicates, centre)(0, 0));
}

ShareBounds fitted_logit_interval(const Estimates& shares, const DesignFrame& frame, double level) {
  const double p = shares.value(0);
  const double start = std::log(p / (1 - p));
  const double half =
      two_sided_quantile(level, shares.size.degrees_of_freedom, Reference::student) *
      fitted_error(shares, frame);
  return {expit(start - half), expit(start + half)};
}

// The profile of the intercept that the reference takes, and what it reads off it.
ShareBounds profile_interval(const Estimates& shares, const DesignFrame& frame,
                             const FittedLogOdds& fitted, double level) {
  const double p = shares.value(0);
  const auto n = static_cast<double>(shares.size.n);
  const double start = std::log(p / (1 - p));
  const double dispersion = frame.replicated() ? 1 : n / (n - 1);
  const double t = two_sided_quantile(level, shares.size.degrees_of_freedom, Reference::student);
  const double error = fitted_error(shares, frame);
  // Its information matrix is that of the last step but one.
  const double limit = t * error * std::sqrt(n * expit(fitted.previous) * expit(-fitted.previous));
  const double alpha = boost::math::cdf(boost::math::normal(), -limit) / 2;
  const double furthest = std::sqrt(
      boost::math::quantile(boost::math::complement(boost::math::fisher_f(1, n - 1), alpha)));
  const auto root = [&](double x) {
    const double pi = expit(x);
    const double deviance = 2 * n * (p * std::log(p / pi) + (1 - p) * std::log((1 - p) / (1 - pi)));
    return (x < start ? -1 : 1) * std::sqrt(std::max(0.0, deviance / dispersion));
  };
  std::vector<double> places = {start};
  for (const double sign : {-1.0, 1.0}) {
    double reached = 0;
    for (int step = 1; step < 10 && std::abs(reached) < furthest; ++step) {
      places.push_back(start + sign * step * furthest / 5 * error);
      reached = root(places.back());
    }
  }
  std::sort(places.begin(), places.end());
  std::vector<double> roots;
  for (double place : places)
    roots.push_back(place == start ? 0 : root(place));
  const size_t count = 3 * places.size();
  std::vector<double> between;
  for (size_t i = 0; i < count; ++i)
    between.push_back(places.front() + static_cast<double>(i) * ((places.back() - places.front()) /
                                                                 static_cast<double>(count - 1)));
  const std::vector<double> curve = spline(places, roots, between);
  return {expit(inverted(between, curve, -limit)), expit(inverted(between, curve, limit))};
}

// A call's domains, each with the term that names it: one without a name for the whole sample.
struct Domain {
  std::string term;
  std::vector<uint8_t> rows;
};
std::vector<Domain> domains_of(const Sample& of, const Call& call) {
  if (!contains(call.call, "svyby"))
    return {{"", {}}};
  std::vector<Domain> domains;
  const Factor factor = of.factor("grp");
  for (const std::string& level : factor.levels)
    domains.push_back({level, rows_with(factor, level)});
  return domains;
}

// Methods that fit a model in the reference, which then finds even the share by iteration.
bool is_fitted(ShareInterval method) {
  return method == ShareInterval::logit || method == ShareInterval::likelihood;
}

bool is_ours(const Call& call) {
  return contains(call.call, "svyciprop") && !contains(call.call, "on replicates");
}

}  // namespace

std::string call_argument(const std::string& call, const std::string& name) {
  const size_t at = call.find(name + "=");
  if (at == std::string::npos)
    return {};
  const size_t start = at + name.size() + 1;
  std::string value = call.substr(start, call.find_first_of(",)", start) - start);
  value.erase(std::remove(value.begin(), value.end(), '"'), value.end());
  return value;
}

std::optional<Values> ciprop_answer(const Call& call) {
  if (!is_ours(call))
    return std::nullopt;
  const Sample& of = sample(call.design, contains(call.call, "mse=TRUE"));
  const ShareInterval method = method_of(call_argument(call.call, "method"));
  const Kind kind = is_fitted(method) ? Kind::iterative : Kind::closed;
  Values values;
  for (const Domain& domain : domains_of(of, call)) {
    const Bound bound = bind(of.design, {outcome(of, call.call)}, domain.rows);
    const DesignShare share = must(design_share(*bound.rows, 0, method, level_of(call)));
    values[{domain.term, "estimate"}] = {share.share.value, kind};
    values[{domain.term, "lo"}] = {share.interval.low, kind};
    values[{domain.term, "hi"}] = {share.interval.high, kind};
  }
  return values;
}

std::optional<Values> ciprop_fitted_answer(const Call& call) {
  if (!is_ours(call) || contains(call.call, "svyby"))
    return std::nullopt;
  const ShareInterval method = method_of(call_argument(call.call, "method"));
  if (!is_fitted(method))
    return std::nullopt;
  const Sample& of = sample(call.design, contains(call.call, "mse=TRUE"));
  const Bound bound = bind(of.design, {outcome(of, call.call)});
  const DesignFrame& frame = bound.rows->frame();
  const std::vector<size_t> inputs = {0};
  const Estimates shares = must(means(*bound.rows, inputs));
  const ShareBounds bounds =
      method == ShareInterval::logit
          ? fitted_logit_interval(shares, frame, level_of(call))
          : profile_interval(shares, frame,
                             fitted_log_odds(of.design.weights, bound.columns.front()),
                             level_of(call));
  Values values;
  values[{"", "estimate"}] = {shares.value(0), Kind::iterative};
  values[{"", "lo"}] = {bounds.low, Kind::iterative};
  values[{"", "hi"}] = {bounds.high, Kind::iterative};
  return values;
}

}  // namespace topline::refs
