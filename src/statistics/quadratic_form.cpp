#include "statistics/quadratic_form.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>
#include <optional>
#include <vector>

#include "statistics/distributions.hpp"
#include "statistics/root.hpp"

namespace topline::statistics {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Term {
  double coefficient = 0;
  double df = 0;
};

// Q, and its cumulant generating function K(s) = −½ Σ h·log(1 − 2as) for −1/(2|min a|) < s <
// 1/(2·max a), with its first two derivatives.
class Combination {
 public:
  explicit Combination(std::vector<Term> terms) : terms_(std::move(terms)) {
    for (const Term& term : terms_) {
      if (term.coefficient > 0)
        upper_ = std::min(upper_, 0.5 / term.coefficient);
      else
        lower_ = std::max(lower_, 0.5 / term.coefficient);
    }
  }

  [[nodiscard]] const std::vector<Term>& terms() const { return terms_; }
  [[nodiscard]] double lower() const { return lower_; }
  [[nodiscard]] double upper() const { return upper_; }
  [[nodiscard]] bool any_positive() const { return upper_ < infinity; }
  [[nodiscard]] bool any_negative() const { return lower_ > -infinity; }

  [[nodiscard]] double value(double s) const {
    double sum = 0;
    for (const Term& term : terms_)
      sum -= 0.5 * term.df * std::log1p(-2 * term.coefficient * s);
    return sum;
  }

  [[nodiscard]] double slope(double s) const {
    double sum = 0;
    for (const Term& term : terms_)
      sum += term.df * term.coefficient / (1 - 2 * term.coefficient * s);
    return sum;
  }

  [[nodiscard]] double curvature(double s) const {
    double sum = 0;
    for (const Term& term : terms_) {
      const double relative = term.coefficient / (1 - 2 * term.coefficient * s);
      sum += 2 * term.df * relative * relative;
    }
    return sum;
  }

  [[nodiscard]] Combination negated() const {
    std::vector<Term> terms = terms_;
    for (Term& term : terms)
      term.coefficient = -term.coefficient;
    return Combination(std::move(terms));
  }

 private:
  std::vector<Term> terms_;
  double lower_ = -infinity;
  double upper_ = infinity;
};

// ---- the integral

// log(1 − z), for small z as well.
std::complex<double> log_one_minus(std::complex<double> z) {
  const double re = z.real();
  const double im = z.imag();
  return {0.5 * std::log1p(re * (re - 2) + im * im), std::atan2(-im, 1 - re)};
}

// The curve s(v) = c + τ·(t·(cosh v − 1) + i·sinh v), v real: a hyperbola that crosses the real
// axis at the saddlepoint c of exp(K(s) − s·x)/s and then bends towards where exp(−s·x) decays,
// which keeps it clear of the singularities. All of them lie on the real axis.
class Curve {
 public:
  Curve(const Combination& combination, double x, double saddle, double bend)
      : combination_(combination), x_(x), saddle_(saddle), bend_(bend) {
    width_ = 1 / std::sqrt(combination.curvature(saddle) + 1 / (saddle * saddle));
  }

  // The integrand of 1/π ∫ Im(…) dv over v > 0, divided by its height at the saddlepoint.
  [[nodiscard]] std::complex<double> at(double v) const {
    // cosh v − 1 = 2·sinh²(v/2)
    const double half = std::sinh(0.5 * v);
    const std::complex<double> step(width_ * bend_ * 2 * half * half, width_ * std::sinh(v));
    std::complex<double> exponent = -step * x_;
    for (const Term& term : combination_.terms()) {
      const double relative = 2 * term.coefficient / (1 - 2 * term.coefficient * saddle_);
      exponent -= 0.5 * term.df * log_one_minus(relative * step);
    }
    const std::complex<double> tangent(width_ * bend_ * std::sinh(v), width_ * std::cosh(v));
    return std::exp(exponent) * tangent / (saddle_ + step);
  }

 private:
  const Combination& combination_;
  double x_;
  double saddle_;
  double bend_;
  double width_ = 0;
};

// ∫ Im(curve) dv over v > 0; nothing where the integrand grows on the way, so that digits would be
// lost, or the steps do not settle.
std::optional<double> integral(const Curve& curve) {
  constexpr double furthest = 700;  // beyond, sinh overflows
  const double start = std::abs(curve.at(0));
  // The sum over v = offset, offset + step, …, until what follows cannot count.
  auto sum_from = [&](double offset, double step) -> std::optional<double> {
    double sum = 0;
    int small = 0;
    for (double v = offset; v < furthest && small < 8; v += step) {
      const std::complex<double> height = curve.at(v);
      if (!(std::abs(height) < 20 * start))
        return std::nullopt;
      sum += height.imag();
      small = std::abs(height) < 1e-19 * start ? small + 1 : 0;
    }
    return sum;
  };
  double step = 0.25;
  const std::optional<double> first = sum_from(step, step);
  if (!first)
    return std::nullopt;
  double total = 0.5 * curve.at(0).imag() + *first;
  for (int halving = 0; halving < 12; ++halving) {
    const std::optional<double> between = sum_from(0.5 * step, step);
    if (!between)
      return std::nullopt;
    const double finer = total + *between;
    const bool settled = std::abs(0.5 * finer - total) <= 1e-13 * std::abs(finer);
    total = finer;
    step *= 0.5;
    if (settled)
      return total * step;
  }
  return std::nullopt;
}

// P(Q > x) where x is at or above the mean: there the saddlepoint and the pole at 0 are far enough
// apart.
std::optional<double> upper_tail(const Combination& combination, double x) {
  if (!combination.any_positive() && x >= 0)
    return 0.0;
  // K'(c) − x − 1/c increases from −∞ at 0.
  const double scale = 1 / std::sqrt(combination.curvature(0));
  const double saddle = increasing_root([&](double s) { return combination.slope(s) - x - 1 / s; },
                                        0, combination.upper(), scale);
  const double log_height = combination.value(saddle) - saddle * x;
  if (!(saddle > 0) || !(saddle < combination.upper()) || !std::isfinite(log_height))
    return 0.0;  // too far out for a double
  const double sign = x > 0 ? 1 : x < 0 ? -1 : 0;
  for (double bend = 1 / std::numbers::sqrt3; bend > 1e-3; bend /= 2) {
    const std::optional<double> found = integral(Curve(combination, x, saddle, sign * bend));
    if (found)
      return std::clamp(std::exp(log_height) * *found / std::numbers::pi, 0.0, 1.0);
  }
  return std::nullopt;
}

// ---- the saddlepoint approximation

// Σ over k >= 3 of (k − 1)(½ − 1/k)·y^k, by its series where y is small: what v² exceeds w² by, of
// one degree of freedom.
double excess(double y) {
  if (std::abs(y) > 0.1)
    return 0.5 * y * y / ((1 - y) * (1 - y)) - y / (1 - y) - std::log1p(-y);
  double sum = 0;
  double power = y * y;
  for (int k = 3; k < 25; ++k) {
    power *= y;
    sum += (k - 1) * (0.5 - 1.0 / k) * power;
  }
  return sum;
}

// y/(1 − y) + log(1 − y) in the same way: w² of one degree of freedom.
double deviance(double y) {
  if (std::abs(y) > 0.1)
    return y / (1 - y) + std::log1p(-y);
  double sum = 0;
  double power = y;
  for (int k = 2; k < 25; ++k) {
    power *= y;
    sum += (1 - 1.0 / k) * power;
  }
  return sum;
}

double saddlepoint_tail(const Combination& combination, double x) {
  if ((!combination.any_negative() && x <= 0) || (!combination.any_positive() && x >= 0))
    return combination.any_positive() ? 1 : 0;
  const double scale = 1 / std::sqrt(combination.curvature(0));
  const double zeta = increasing_root([&](double s) { return combination.slope(s) - x; },
                                      combination.lower(), combination.upper(), scale);
  double squared = 0;  // w²
  double more = 0;     // v² − w²
  double third = 0;    // the third cumulant over 8
  for (const Term& term : combination.terms()) {
    const double y = 2 * term.coefficient * zeta;
    squared += term.df * deviance(y);
    more += term.df * excess(y);
    third += term.df * term.coefficient * term.coefficient * term.coefficient;
  }
  const double w = std::copysign(std::sqrt(std::max(squared, 0.0)), zeta);
  if (std::abs(w) < 1e-12)  // log(v/w)/w tends to a sixth of the skewness
    return normal_upper(8 * third / (6 * std::pow(combination.curvature(0), 1.5)));
  return normal_upper(w + 0.5 * std::log1p(more / squared) / w);
}

// ---- what both begin with

Result<Combination> combination_of(double x, std::span<const double> coefficients,
                                   std::span<const double> df) {
  if (coefficients.size() != df.size())
    return fault_in("",
                    "a sum of chi-squared variables needs as many degrees of freedom as "
                    "coefficients");
  if (!std::isfinite(x))
    return fault_in("", "a tail of a sum of chi-squared variables needs a finite bound");
  double largest = 0;
  for (size_t i = 0; i < df.size(); ++i) {
    if (!std::isfinite(coefficients[i]) || !std::isfinite(df[i]) || !(df[i] > 0))
      return fault_in("",
                      "a sum of chi-squared variables needs finite coefficients, and finite "
                      "degrees of freedom above 0");
    largest = std::max(largest, std::abs(coefficients[i]));
  }
  if (!(largest > 0))
    return fault_in("", "all coefficients of a sum of chi-squared variables are 0",
                    "the sum is then 0 without any variation");
  std::vector<Term> terms;
  for (size_t i = 0; i < df.size(); ++i) {
    if (coefficients[i] != 0)
      terms.push_back({coefficients[i] / largest, df[i]});
  }
  return Combination(std::move(terms));
}

double largest_of(std::span<const double> coefficients) {
  double largest = 0;
  for (double coefficient : coefficients)
    largest = std::max(largest, std::abs(coefficient));
  return largest;
}

using Tail = Result<double> (*)(double, std::span<const double>, std::span<const double>);

Result<double> over_denominator(double x, std::span<const double> coefficients,
                                std::span<const double> df, double denominator_df, Tail tail) {
  if (!(denominator_df > 0))
    return fault_in("",
                    "a ratio to a chi-squared variable needs degrees of freedom above 0 in the "
                    "denominator");
  if (std::isinf(denominator_df))
    return tail(x, coefficients, df);
  std::vector<double> all(coefficients.begin(), coefficients.end());
  std::vector<double> all_df(df.begin(), df.end());
  all.push_back(-x / denominator_df);
  all_df.push_back(denominator_df);
  return tail(0, all, all_df);
}

}  // namespace

Result<double> chi_squared_sum_upper(double x, std::span<const double> coefficients,
                                     std::span<const double> df) {
  const Result<Combination> made = combination_of(x, coefficients, df);
  if (!made)
    return made.fault();
  const Combination& combination = *made;
  const double scaled = x / largest_of(coefficients);
  const bool above_mean = scaled >= combination.slope(0);
  const std::optional<double> tail =
      above_mean ? upper_tail(combination, scaled) : upper_tail(combination.negated(), -scaled);
  if (!tail)
    return fault_in("",
                    "the distribution of a sum of chi-squared variables could not be integrated",
                    "take the saddlepoint approximation");
  return above_mean ? *tail : 1 - *tail;
}

Result<double> saddlepoint_upper(double x, std::span<const double> coefficients,
                                 std::span<const double> df) {
  const Result<Combination> made = combination_of(x, coefficients, df);
  if (!made)
    return made.fault();
  return saddlepoint_tail(*made, x / largest_of(coefficients));
}

Result<double> f_sum_upper(double x, std::span<const double> coefficients,
                           std::span<const double> df, double denominator_df) {
  return over_denominator(x, coefficients, df, denominator_df, chi_squared_sum_upper);
}

Result<double> f_saddlepoint_upper(double x, std::span<const double> coefficients,
                                   std::span<const double> df, double denominator_df) {
  return over_denominator(x, coefficients, df, denominator_df, saddlepoint_upper);
}

}  // namespace topline::statistics
