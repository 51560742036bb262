#include "estimation/design_share_interval.hpp"

#include <algorithm>
#include <array>
#include <boost/math/constants/constants.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <cstdint>
#include <limits>

namespace topline {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
namespace policies = boost::math::policies;

// Nothing throws: what cannot be computed comes back as NaN and is refused below.
using Quiet = policies::policy<policies::domain_error<policies::ignore_error>,
                               policies::pole_error<policies::ignore_error>,
                               policies::overflow_error<policies::ignore_error>,
                               policies::evaluation_error<policies::ignore_error>>;

// Closer to 0 or 1 than this a share is rounding, not data; so is a standard error.
constexpr double rounding = 1e-13;

double expit(double x) {
  return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x));
}

double log_odds(double p) {
  return std::log(p / (1 - p));
}

struct ShareAt {
  double p = 0;
  double variance = 0;
  double n = 0;
  double degrees_of_freedom = 0;
  double effective_base = 0;  // Kish's
  double quantile = 0;        // of t or the normal distribution

  [[nodiscard]] double spread() const { return p * (1 - p); }
  [[nodiscard]] bool at_the_end() const { return p < rounding || p > 1 - rounding; }
  // m: draws of a simple random sample that would have left the same variance.
  [[nodiscard]] double effective_size() const {
    return at_the_end() ? effective_base : spread() / variance;
  }
};

Result<double> standard_error_of_log_odds(const Estimates& shares, Index index,
                                          const DesignFrame& frame, const ShareAt& share) {
  if (!frame.replicated())
    return std::sqrt(share.variance) / share.spread();
  MatrixXd replicates(shares.replicates.rows(), 1);
  for (Index r = 0; r < replicates.rows(); ++r) {
    const double p = shares.replicates(r, index);
    if (!(p > 0 && p < 1))
      return fault_in(
          "",
          "in replicate " + std::to_string(r + 1) + " the share is 0 or 1, which has no log-odds",
          "use the interval xlogit, beta or wilson, which take the variance of the share");
    replicates(r, 0) = log_odds(p);
  }
  VectorXd value(1);
  value(0) = log_odds(share.p);
  return std::sqrt(replicate_covariance(frame.replicates, replicates, value)(0, 0));
}

ShareBounds on_log_odds(const ShareAt& share, double standard_error) {
  const double half = share.quantile * standard_error;
  return {expit(log_odds(share.p) - half), expit(log_odds(share.p) + half)};
}

// 2(p·log(p/π) + (1 − p)·log((1 − p)/(1 − π))) at π = expit(x), without cancellation near p.
double deviance(double p, double x) {
  const double away = expit(x) - p;
  const double rest = expit(-x) - (1 - p);
  return -2 * (p * std::log1p(away / p) + (1 - p) * std::log1p(rest / (1 - p)));
}

// Where the deviance reaches `limit`, on one side of p.
double likelihood_bound(double p, double limit, double direction) {
  const double start = log_odds(p);
  const auto above_limit = [&](double x) { return deviance(p, x) - limit; };
  double inside = start;
  double step = 0.5 * direction;
  double outside = start + step;
  // Log-odds beyond ±700 are shares of 0 or 1 in a double.
  while (above_limit(outside) < 0) {
    if (std::abs(outside) > 700)
      return direction < 0 ? 0 : 1;
    inside = outside;
    step *= 2;
    outside += step;
  }
  std::uintmax_t iterations = 200;
  const auto bracket = boost::math::tools::toms748_solve(
      above_limit, std::min(inside, outside), std::max(inside, outside),
      boost::math::tools::eps_tolerance<double>(50), iterations, Quiet());
  return expit(bracket.first + (bracket.second - bracket.first) / 2);
}

ShareBounds likelihood_interval(const ShareAt& share, double standard_error, bool replicated) {
  const double half = share.quantile * standard_error;
  const double dispersion = replicated ? 1 : share.n / (share.n - 1);
  const double limit = half * half * share.spread() * dispersion;
  return {likelihood_bound(share.p, limit, -1), likelihood_bound(share.p, limit, 1)};
}

ShareBounds asin_interval(const ShareAt& share) {
  const double angle = std::asin(std::sqrt(share.p));
  const double half = share.quantile * std::sqrt(share.variance / share.spread()) / 2;
  const double low = std::sin(std::max(0.0, angle - half));
  const double high = std::sin(std::min(boost::math::double_constants::half_pi, angle + half));
  return {low * low, high * high};
}

ShareBounds beta_interval(const ShareAt& share, double level, Reference reference) {
  const double ratio = two_sided_quantile(level, share.n - 1, reference) / share.quantile;
  const double size = share.effective_size() * ratio * ratio;
  const double tail = (1 - level) / 2;
  const double hits = size * share.p;
  const double misses = size * (1 - share.p);
  ShareBounds bounds{0, 1};
  if (share.p >= rounding)
    bounds.low = boost::math::ibeta_inv(hits, misses + 1, tail, Quiet());
  if (share.p <= 1 - rounding)
    bounds.high = boost::math::ibetac_inv(hits + 1, misses, tail, Quiet());
  return bounds;
}

ShareBounds wilson_bounds(const ShareAt& share) {
  const double size = share.effective_size();
  const double square = share.quantile * share.quantile / size;
  const double centre = (share.p + square / 2) / (1 + square);
  const double half = std::sqrt(square * (share.spread() + square / 4)) / (1 + square);
  return {std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

Diagnostic no_variance_fault(double p, ShareInterval method) {
  return fault_in("",
                  std::string("a share of ") + (p < 0.5 ? "0" : "1") +
                      " shows no variance, so that it has no interval by the method " +
                      method_name(method),
                  "use the interval beta or wilson");
}

}  // namespace

std::string method_name(ShareInterval method) {
  switch (method) {
    case ShareInterval::logit:
      return "logit";
    case ShareInterval::likelihood:
      return "scaled likelihood ratio";
    case ShareInterval::asin:
      return "arcsine";
    case ShareInterval::beta:
      return "Korn-Graubard";
    case ShareInterval::mean:
      return "linear";
    case ShareInterval::xlogit:
      return "logit of the share";
    case ShareInterval::wilson:
      return "Wilson with the effective sample size";
  }
  return {};
}

Result<ShareBounds> design_share_interval(const Estimates& shares, Index index,
                                          const DesignFrame& frame, ShareInterval method,
                                          double level, Reference reference) {
  if (!(level > 0 && level < 1))
    return fault_in("", "the level of an interval lies between 0 and 1", "95 % is 0.95");
  const Estimate estimate = shares.at(index);
  ShareAt share{estimate.value,
                estimate.standard_error * estimate.standard_error,
                static_cast<double>(estimate.n),
                estimate.degrees_of_freedom,
                estimate.effective_base,
                0};
  if (!(share.p >= -rounding && share.p <= 1 + rounding) || !std::isfinite(share.variance))
    return fault_in("",
                    "an interval of a share needs the mean of zeros and ones, with its variance");
  share.p = std::clamp(share.p, 0.0, 1.0);
  if (reference == Reference::student && !(share.degrees_of_freedom > 0))
    return fault_in("", "the design leaves no degrees of freedom for an interval",
                    "there are no more sampled units than strata");
  share.quantile = two_sided_quantile(level, share.degrees_of_freedom, reference);
  if (share.at_the_end()) {
    if (method != ShareInterval::beta && method != ShareInterval::wilson)
      return no_variance_fault(share.p, method);
  } else if (estimate.standard_error < rounding) {
    return ShareBounds{share.p, share.p};
  }
  ShareBounds bounds;
  switch (method) {
    case ShareInterval::logit:
    case ShareInterval::likelihood: {
      const Result<double> standard_error = standard_error_of_log_odds(shares, index, frame, share);
      if (!standard_error)
        return standard_error.fault();
      bounds = method == ShareInterval::logit
                   ? on_log_odds(share, *standard_error)
                   : likelihood_interval(share, *standard_error, frame.replicated());
      break;
    }
    case ShareInterval::asin:
      bounds = asin_interval(share);
      break;
    case ShareInterval::beta:
      bounds = beta_interval(share, level, reference);
      break;
    case ShareInterval::mean: {
      const auto [low, high] = symmetric_interval(estimate, level, reference);
      bounds = {low, high};
      break;
    }
    case ShareInterval::xlogit:
      bounds = on_log_odds(share, std::sqrt(share.variance) / share.spread());
      break;
    case ShareInterval::wilson:
      bounds = wilson_bounds(share);
      break;
  }
  if (!std::isfinite(bounds.low) || !std::isfinite(bounds.high))
    return fault_in("",
                    "the interval of this share cannot be computed: its effective sample size is " +
                        std::to_string(share.effective_size()));
  return bounds;
}

Result<DesignShare> design_share(const SampleRows& rows, size_t input, ShareInterval method,
                                 double level, Reference reference) {
  const std::array<size_t, 1> inputs = {input};
  const Result<Estimates> shares = means(rows, inputs);
  if (!shares)
    return shares.fault();
  const Result<ShareBounds> bounds =
      design_share_interval(*shares, 0, rows.frame(), method, level, reference);
  if (!bounds)
    return bounds.fault();
  return DesignShare{shares->at(0), *bounds};
}

}  // namespace topline
