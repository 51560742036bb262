#include "estimation/means.hpp"

#include <array>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <string>

namespace topline {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

RowPass identity_pass(std::span<const size_t> inputs) {
  std::vector<size_t> chosen(inputs.begin(), inputs.end());
  const size_t columns = chosen.size();
  return {columns, [chosen, columns](size_t count, const double* const* in, double* out) {
            for (size_t j = 0; j < columns; ++j) {
              const double* values = in[chosen[j]];
              for (size_t k = 0; k < count; ++k)
                out[k * columns + j] = values[k];
            }
          }};
}

Diagnostic empty_domain() {
  return fault_in("",
                  "nobody is in the base of this estimate, so that there is nothing to divide by");
}

// The weighted means of the inputs, to centre measures on before they are summed.
std::vector<double> centres(const SampleRows& rows, std::span<const size_t> inputs) {
  std::vector<double> sums = rows.totals(identity_pass(inputs));
  for (double& sum : sums)
    sum /= rows.size().weight;
  return sums;
}

// Measures x − centre by input, then 1.
RowPass centred_pass(std::span<const size_t> inputs, std::vector<double> centre) {
  std::vector<size_t> chosen(inputs.begin(), inputs.end());
  const size_t columns = chosen.size() + 1;
  return {columns, [chosen, centre = std::move(centre), columns](
                       size_t count, const double* const* in, double* out) {
            for (size_t j = 0; j + 1 < columns; ++j) {
              const double* values = in[chosen[j]];
              for (size_t k = 0; k < count; ++k)
                out[k * columns + j] = values[k] - centre[j];
            }
            for (size_t k = 0; k < count; ++k)
              out[k * columns + columns - 1] = 1;
          }};
}

TotalsFunction total_function(Index count) {
  return {[](const VectorXd& t) { return t; },
          [count](const VectorXd&) -> MatrixXd { return MatrixXd::Identity(count, count); }};
}

// Σ w·(x − x̄)² / Σ w · n / (n − 1), by input.
Result<VectorXd> plain_variances(const SampleRows& rows, std::span<const size_t> inputs) {
  const Result<Estimates> estimates = variances(rows, inputs);
  if (!estimates)
    return estimates.fault();
  return estimates->value;
}

double left_of_population(const DomainSize& size, SimpleSample compared) {
  return compared == SimpleSample::with_replacement
             ? 1.0
             : (size.weight - static_cast<double>(size.n)) / size.weight;
}

Result<VectorXd> design_effects(const SampleRows& rows, std::span<const size_t> inputs,
                                const Estimates& estimates, SimpleSample compared, double scale) {
  const DomainSize& size = rows.size();
  if (compared == SimpleSample::without_replacement && size.weight <= static_cast<double>(size.n))
    return fault_in("",
                    "the weights add up to no more than the sample, so that a design effect "
                    "against sampling without replacement means nothing",
                    "scale the weights to the population, or compare with replacement");
  Result<VectorXd> variance = plain_variances(rows, inputs);
  if (!variance)
    return variance.fault();
  VectorXd effects(variance->size());
  for (Index i = 0; i < effects.size(); ++i) {
    const double simple =
        (*variance)(i)*scale * left_of_population(size, compared) / static_cast<double>(size.n);
    if (!(simple > 0))
      return fault_in(
          "", "a simple sample would have no variance here, so that there is no design effect");
    effects(i) = estimates.covariance(i, i) / simple;
  }
  return effects;
}

}  // namespace

Result<Estimates> totals(const SampleRows& rows, std::span<const size_t> inputs) {
  return estimate(rows.tally(identity_pass(inputs)),
                  total_function(static_cast<Index>(inputs.size())));
}

Result<Estimates> means(const SampleRows& rows, std::span<const size_t> inputs) {
  if (!(rows.size().weight > 0))
    return empty_domain();
  const std::vector<double> centre = centres(rows, inputs);
  return estimate(rows.tally(centred_pass(inputs, centre)), mean_around(centre));
}

Result<Estimates> ratios(const SampleRows& rows,
                         std::span<const std::pair<size_t, size_t>> inputs) {
  std::vector<size_t> tops;
  std::vector<size_t> bottoms;
  for (const auto& [top, bottom] : inputs) {
    tops.push_back(top);
    bottoms.push_back(bottom);
  }
  const std::vector<double> above = rows.totals(identity_pass(tops));
  const std::vector<double> below = rows.totals(identity_pass(bottoms));
  std::vector<double> ratio;
  for (size_t i = 0; i < above.size(); ++i) {
    if (below[i] == 0)
      return fault_in("", "the denominator of a ratio adds up to 0");
    ratio.push_back(above[i] / below[i]);
  }
  // Measures y − R·x and x, so that nothing cancels: R + Σ w·(y − R·x) / Σ w·x.
  const size_t columns = 2 * ratio.size();
  const RowPass pass{columns, [&](size_t count, const double* const* in, double* out) {
                       for (size_t j = 0; j < ratio.size(); ++j) {
                         for (size_t k = 0; k < count; ++k) {
                           const double x = in[bottoms[j]][k];
                           out[k * columns + 2 * j] = in[tops[j]][k] - ratio[j] * x;
                           out[k * columns + 2 * j + 1] = x;
                         }
                       }
                     }};
  const auto count = static_cast<Index>(ratio.size());
  return estimate(rows.tally(pass),
                  {[&](const VectorXd& t) -> VectorXd {
                     VectorXd value(count);
                     for (Index i = 0; i < count; ++i)
                       value(i) = ratio[static_cast<size_t>(i)] + t(2 * i) / t(2 * i + 1);
                     return value;
                   },
                   [&](const VectorXd& t) -> MatrixXd {
                     MatrixXd derivative = MatrixXd::Zero(count, 2 * count);
                     for (Index i = 0; i < count; ++i) {
                       derivative(i, 2 * i) = 1 / t(2 * i + 1);
                       derivative(i, 2 * i + 1) = -t(2 * i) / (t(2 * i + 1) * t(2 * i + 1));
                     }
                     return derivative;
                   }});
}

Result<Estimates> variances(const SampleRows& rows, std::span<const size_t> inputs) {
  if (rows.size().n < 2 || !(rows.size().weight > 0))
    return fault_in("", "a variance needs at least two rows in its base");
  const std::vector<double> mean = centres(rows, inputs);
  const auto n = static_cast<double>(rows.size().n);
  const double factor = n / (n - 1);
  const std::vector<size_t> chosen(inputs.begin(), inputs.end());
  auto square_pass = [&](const std::vector<double>& shift, bool with_count) {
    const size_t columns = chosen.size() + (with_count ? 1 : 0);
    return RowPass{columns,
                   [&, shift, columns](size_t count, const double* const* in, double* out) {
                     for (size_t j = 0; j < chosen.size(); ++j) {
                       for (size_t k = 0; k < count; ++k) {
                         const double deviation = in[chosen[j]][k] - mean[j];
                         out[k * columns + j] = factor * deviation * deviation - shift[j];
                       }
                     }
                     for (size_t k = 0; columns > chosen.size() && k < count; ++k)
                       out[k * columns + columns - 1] = 1;
                   }};
  };
  std::vector<double> centre = rows.totals(square_pass(std::vector<double>(chosen.size()), false));
  for (double& value : centre)
    value /= rows.size().weight;
  return estimate(rows.tally(square_pass(centre, true)), mean_around(centre));
}

Result<Estimates> correlation(const SampleRows& rows, size_t x, size_t y) {
  if (rows.size().n < 2 || !(rows.size().weight > 0))
    return fault_in("", "a correlation needs at least two rows in its base");
  const std::vector<size_t> both = {x, y};
  const std::vector<double> mean = centres(rows, both);
  const RowPass pass{6, [&](size_t count, const double* const* in, double* out) {
                       for (size_t k = 0; k < count; ++k) {
                         const double a = in[x][k] - mean[0];
                         const double b = in[y][k] - mean[1];
                         double* here = out + k * 6;
                         here[0] = 1;
                         here[1] = a;
                         here[2] = b;
                         here[3] = a * a;
                         here[4] = b * b;
                         here[5] = a * b;
                       }
                     }};
  const Tally tally = rows.tally(pass);
  const double n = tally.totals[0];
  const double spread_x = tally.totals[3] / n;
  const double spread_y = tally.totals[4] / n;
  if (!(spread_x > 0) || !(spread_y > 0))
    return fault_in("", "a correlation needs both variables to vary");
  return estimate(tally, {[](const VectorXd& t) -> VectorXd {
                            const double a = t(1) / t(0);
                            const double b = t(2) / t(0);
                            VectorXd value(1);
                            value(0) = (t(5) / t(0) - a * b) /
                                       std::sqrt((t(3) / t(0) - a * a) * (t(4) / t(0) - b * b));
                            return value;
                          },
                          [](const VectorXd& t) -> MatrixXd {
                            // At the centre the means are 0, and only the second moments count.
                            const double saa = t(3) / t(0);
                            const double sbb = t(4) / t(0);
                            const double sab = t(5) / t(0);
                            const double root = std::sqrt(saa * sbb);
                            MatrixXd derivative = MatrixXd::Zero(1, 6);
                            derivative(0, 3) = -0.5 * sab / (root * saa) / t(0);
                            derivative(0, 4) = -0.5 * sab / (root * sbb) / t(0);
                            derivative(0, 5) = 1 / root / t(0);
                            return derivative;
                          }});
}

Result<Estimates> class_means(const SampleRows& rows, size_t value, size_t code, size_t classes) {
  if (!(rows.size().weight > 0))
    return empty_domain();
  // Twice: for the means, and around them.
  std::vector<double> centre(classes);
  const RowPass pass{2, [&](size_t count, const double* const* in, double* out) {
                       for (size_t k = 0; k < count; ++k) {
                         const double here = in[code][k];
                         const bool in_class = here >= 0 && here < static_cast<double>(classes);
                         out[2 * k] =
                             in[value][k] - (in_class ? centre[static_cast<size_t>(here)] : 0);
                         out[2 * k + 1] = 1;
                       }
                     }};
  const std::vector<double> of = rows.tally_by_class(pass, code, classes).totals;
  for (size_t c = 0; c < classes; ++c) {
    if (!(of[2 * c + 1] > 0))
      return fault_in("", "nobody is in class " + std::to_string(c + 1));
    centre[c] = of[2 * c] / of[2 * c + 1];
  }
  const auto count = static_cast<Index>(classes);
  return estimate(rows.tally_by_class(pass, code, classes),
                  {[&](const VectorXd& t) -> VectorXd {
                     VectorXd result(count);
                     for (Index c = 0; c < count; ++c)
                       result(c) = centre[static_cast<size_t>(c)] + t(2 * c) / t(2 * c + 1);
                     return result;
                   },
                   [&](const VectorXd& t) -> MatrixXd {
                     MatrixXd derivative = MatrixXd::Zero(count, 2 * count);
                     for (Index c = 0; c < count; ++c) {
                       derivative(c, 2 * c) = 1 / t(2 * c + 1);
                       derivative(c, 2 * c + 1) = -t(2 * c) / (t(2 * c + 1) * t(2 * c + 1));
                     }
                     return derivative;
                   }});
}

Result<Estimates> class_totals(const SampleRows& rows, size_t value, size_t code, size_t classes) {
  const std::array<size_t, 1> inputs = {value};
  return estimate(rows.tally_by_class(identity_pass(inputs), code, classes),
                  total_function(static_cast<Index>(classes)));
}

Result<VectorXd> design_effects_of_means(const SampleRows& rows, std::span<const size_t> inputs,
                                         const Estimates& means, SimpleSample compared) {
  return design_effects(rows, inputs, means, compared, 1);
}

Result<VectorXd> design_effects_of_totals(const SampleRows& rows, std::span<const size_t> inputs,
                                          const Estimates& totals, SimpleSample compared) {
  const double weight = rows.size().weight;
  return design_effects(rows, inputs, totals, compared, weight * weight);
}

double two_sided_quantile(double level, double degrees_of_freedom, Reference reference) {
  const double tail = (1 - level) / 2;
  if (reference == Reference::normal || !std::isfinite(degrees_of_freedom))
    return boost::math::quantile(
        boost::math::complement(boost::math::normal_distribution<double>(), tail));
  if (!(degrees_of_freedom > 0))
    return std::numeric_limits<double>::infinity();
  return boost::math::quantile(boost::math::complement(
      boost::math::students_t_distribution<double>(degrees_of_freedom), tail));
}

std::pair<double, double> symmetric_interval(const Estimate& estimate, double level,
                                             Reference reference) {
  const double half =
      two_sided_quantile(level, estimate.degrees_of_freedom, reference) * estimate.standard_error;
  return {estimate.value - half, estimate.value + half};
}

}  // namespace topline
