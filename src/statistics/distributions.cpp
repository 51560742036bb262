#include "statistics/distributions.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/policies/policy.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>
#include <numbers>

namespace topline::statistics {

namespace {

namespace policies = boost::math::policies;

// Boost throws by default.
using Quiet = policies::policy<policies::domain_error<policies::ignore_error>,
                               policies::pole_error<policies::ignore_error>,
                               policies::overflow_error<policies::ignore_error>,
                               policies::underflow_error<policies::ignore_error>,
                               policies::denorm_error<policies::ignore_error>,
                               policies::evaluation_error<policies::ignore_error>,
                               policies::rounding_error<policies::ignore_error>,
                               policies::indeterminate_result_error<policies::ignore_error>>;

using Normal = boost::math::normal_distribution<double, Quiet>;
using Student = boost::math::students_t_distribution<double, Quiet>;
using ChiSquared = boost::math::chi_squared_distribution<double, Quiet>;
using FisherF = boost::math::fisher_f_distribution<double, Quiet>;
using boost::math::complement;

constexpr double infinity = std::numeric_limits<double>::infinity();
// Of arguments outside a function's domain, as <cmath> has it; no answer of a survey.
// allow(nan): a quantile of no probability is no number
constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

bool is_probability(double p) {
  return p >= 0 && p <= 1;
}

// The incomplete beta function behaves as x^a / (a·B(a, b)) near 0. Where its inverse is so small
// that nothing else counts, that is inverted instead: general methods fail below the smallest
// normal number, and for small a most quantiles lie there. NaN where it is not so small.
double tiny_beta_quantile(double p, double a, double b) {
  const double log_scale = log_gamma(a + 1) + log_gamma(b) - log_gamma(a + b);
  const double x = std::exp((std::log(p) + log_scale) / a);
  return x * (1 + b) < 1e-18 ? x : undefined;
}

// The x with lower tail p and upper tail q, whichever of both is the exact one.
double beta_inverse(double p, double q, bool lower_given, double a, double b) {
  if (!(a > 0 && b > 0 && is_probability(p)) || std::isinf(a) || std::isinf(b))
    return undefined;
  if (p == 0)
    return 0;
  if (q == 0)
    return 1;
  const double tiny = tiny_beta_quantile(p, a, b);
  if (!std::isnan(tiny))
    return tiny;
  const double tiny_rest = tiny_beta_quantile(q, b, a);
  if (!std::isnan(tiny_rest))
    return 1 - tiny_rest;
  return lower_given ? boost::math::ibeta_inv(a, b, p, Quiet())
                     : boost::math::ibetac_inv(a, b, q, Quiet());
}

}  // namespace

double normal_density(double x) {
  return std::exp(-0.5 * x * x) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

double normal_lower(double x) {
  return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

double normal_upper(double x) {
  return normal_lower(-x);
}

double normal_quantile(double p) {
  if (!is_probability(p))
    return undefined;
  if (p == 0 || p == 1)
    return p == 0 ? -infinity : infinity;
  return quantile(Normal(), p);
}

double student_lower(double x, double df) {
  if (!(df > 0) || std::isnan(x))
    return undefined;
  if (std::isinf(df))
    return normal_lower(x);
  if (std::isinf(x))
    return x < 0 ? 0 : 1;
  return cdf(Student(df), x);
}

double student_upper(double x, double df) {
  return student_lower(-x, df);
}

double student_two_sided(double x, double df) {
  return 2 * student_lower(-std::abs(x), df);
}

double student_quantile(double p, double df) {
  if (!(df > 0) || !is_probability(p))
    return undefined;
  if (std::isinf(df) || p == 0 || p == 1)
    return normal_quantile(p);
  return quantile(Student(df), p);
}

double chi_squared_lower(double x, double df) {
  if (!(df > 0) || std::isinf(df) || std::isnan(x))
    return undefined;
  if (x <= 0 || std::isinf(x))
    return x <= 0 ? 0 : 1;
  return cdf(ChiSquared(df), x);
}

double chi_squared_upper(double x, double df) {
  if (!(df > 0) || std::isinf(df) || std::isnan(x))
    return undefined;
  if (x <= 0 || std::isinf(x))
    return x <= 0 ? 1 : 0;
  return cdf(complement(ChiSquared(df), x));
}

double chi_squared_quantile(double p, double df) {
  if (!(df > 0) || std::isinf(df) || !is_probability(p))
    return undefined;
  if (p == 0 || p == 1)
    return p == 0 ? 0 : infinity;
  return quantile(ChiSquared(df), p);
}

double chi_squared_upper_quantile(double p, double df) {
  if (!(df > 0) || std::isinf(df) || !is_probability(p))
    return undefined;
  if (p == 0 || p == 1)
    return p == 0 ? infinity : 0;
  return quantile(complement(ChiSquared(df), p));
}

double f_lower(double x, double df1, double df2) {
  return x <= 0 ? f_upper(infinity, df2, df1) : f_upper(1 / x, df2, df1);
}

double f_upper(double x, double df1, double df2) {
  if (!(df1 > 0) || !(df2 > 0) || std::isnan(x))
    return undefined;
  if (x <= 0 || std::isinf(x))
    return x <= 0 ? 1 : 0;
  if (std::isinf(df1) && std::isinf(df2))
    return x < 1 ? 1 : 0;
  if (std::isinf(df2))
    return chi_squared_upper(x * df1, df1);
  if (std::isinf(df1))
    return chi_squared_lower(df2 / x, df2);
  return cdf(complement(FisherF(df1, df2), x));
}

double f_quantile(double p, double df1, double df2) {
  if (!(df1 > 0) || !(df2 > 0) || !is_probability(p))
    return undefined;
  if (p == 0 || p == 1)
    return p == 0 ? 0 : infinity;
  if (std::isinf(df1) && std::isinf(df2))
    return 1;
  if (std::isinf(df2))
    return chi_squared_quantile(p, df1) / df1;
  if (std::isinf(df1))
    return df2 / chi_squared_upper_quantile(p, df2);
  return quantile(FisherF(df1, df2), p);
}

double f_upper_quantile(double p, double df1, double df2) {
  return 1 / f_quantile(p, df2, df1);
}

double beta_lower(double x, double a, double b) {
  if (!(a > 0 && b > 0) || std::isinf(a) || std::isinf(b) || std::isnan(x))
    return undefined;
  if (x <= 0 || x >= 1)
    return x <= 0 ? 0 : 1;
  return boost::math::ibeta(a, b, x, Quiet());
}

double beta_upper(double x, double a, double b) {
  if (!(a > 0 && b > 0) || std::isinf(a) || std::isinf(b) || std::isnan(x))
    return undefined;
  if (x <= 0 || x >= 1)
    return x <= 0 ? 1 : 0;
  return boost::math::ibetac(a, b, x, Quiet());
}

double beta_quantile(double p, double a, double b) {
  return beta_inverse(p, 1 - p, true, a, b);
}

double beta_upper_quantile(double p, double a, double b) {
  return beta_inverse(1 - p, p, false, a, b);
}

double log_gamma(double x) {
  return x > 0 ? boost::math::lgamma(x, Quiet()) : undefined;
}

double digamma(double x) {
  return x > 0 ? boost::math::digamma(x, Quiet()) : undefined;
}

double binomial_probability(double hits, double n, double share) {
  if (!is_probability(share) || !(hits >= 0 && hits <= n))
    return undefined;
  if (share == 0 || share == 1)
    return hits == (share == 0 ? 0 : n) ? 1 : 0;
  // The density of the beta distribution with hits + 1 and n − hits + 1, over n + 1.
  return boost::math::ibeta_derivative(hits + 1, n - hits + 1, share, Quiet()) / (n + 1);
}

}  // namespace topline::statistics
