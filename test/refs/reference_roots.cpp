#include "reference_roots.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "statistics/studentized_range.hpp"

namespace topline::refs {

double brent_root(const std::function<double(double)>& function, double low, double high,
                  double tolerance) {
  // best: the best value so far; before: the one before it; other: the far end of the bracket.
  double before = low;
  double best = high;
  double f_before = function(before);
  double f_best = function(best);
  double other = before;
  double f_other = f_before;
  for (int i = 0; i < 1000; ++i) {
    const double last_step = best - before;
    if (std::abs(f_other) < std::abs(f_best)) {
      before = best;
      f_before = f_best;
      std::swap(best, other);
      std::swap(f_best, f_other);
      other = before;
      f_other = f_before;
    }
    const double near = 2 * std::numeric_limits<double>::epsilon() * std::abs(best) + tolerance / 2;
    const double half = (other - best) / 2;
    if (std::abs(half) <= near || f_best == 0)
      return best;
    double step = half;
    if (std::abs(last_step) >= near && std::abs(f_before) > std::abs(f_best)) {
      double p = 0;
      double q = 0;
      const double s = f_best / f_before;
      if (before == other) {  // a secant
        p = 2 * half * s;
        q = 1 - s;
      } else {  // inverse quadratic interpolation
        const double r = f_before / f_other;
        const double t = f_best / f_other;
        p = s * (2 * half * r * (r - t) - (best - before) * (t - 1));
        q = (r - 1) * (t - 1) * (s - 1);
      }
      q = p > 0 ? -q : q;
      p = std::abs(p);
      if (p < 1.5 * half * q - std::abs(near * q) / 2 && p < std::abs(last_step * q / 2))
        step = p / q;
    }
    if (std::abs(step) < near)
      step = std::copysign(near, step);
    before = best;
    f_before = f_best;
    best += step;
    f_best = function(best);
    if ((f_best > 0) == (f_other > 0)) {
      other = before;
      f_other = f_before;
    }
  }
  return best;
}

namespace {

double first_guess(double p, double means, double df) {
  const double tail = 0.5 - 0.5 * p;
  const double y = std::sqrt(std::log(1 / (tail * tail)));
  const double above =
      (((-0.453642210148e-04 * y - 0.204231210125) * y - 0.342242088547) * y - 1) * y +
      0.322232421088;
  const double below =
      (((0.38560700634e-02 * y + 0.103537752850) * y + 0.531103462366) * y + 0.588581570495) * y +
      0.993484626060e-01;
  double t = y + above / below;
  double q = 0.8832 - 0.2368 * t;
  if (df < 120) {
    t += (t * t * t + t) / df / 4;
    q += 1.208 * t / df - 1.214 / df;
  }
  return t * (q * std::log(means - 1) + 1.4142);
}

}  // namespace

double tukey_quantile(double p, double means, double df) {
  auto off = [&](double q) { return 1 - statistics::studentized_range_upper(q, means, df) - p; };
  double before = first_guess(p, means, df);
  double f_before = off(before);
  double at = f_before > 0 && before > 1 ? std::max(0.0, before - 1) : before + 1;
  double f_at = off(at);
  for (int i = 0; i < 50; ++i) {
    const double next = at - f_at * (at - before) / (f_at - f_before);
    before = at;
    f_before = f_at;
    at = next;
    f_at = off(at);
    if (std::abs(at - before) < 0.0001)
      break;
  }
  return at;
}

}  // namespace topline::refs
