#include "weighting/calibrate.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace topline {

namespace {

constexpr double good_enough = 1e-10;
constexpr double no_direction = 1e-13;  // of an eigenvalue, where the auxiliaries have about 1

// The equations to be solved: auxiliaries scaled by their size, so that totals of counts and of
// amounts are met alike.
struct Equations {
  const std::vector<double>& weights;
  const std::vector<Auxiliary>& auxiliaries;
  const CalibrateOptions& options;
  size_t threads;
  Eigen::VectorXd size;   // |total| + Σ w|x|, by auxiliary
  Eigen::VectorXd total;  // in units of `size`
  // Auxiliaries × directions: combinations of the scaled auxiliaries that do not depend on each
  // other, with Σ w z z' = 1 at the start.
  Eigen::MatrixXd directions;

  [[nodiscard]] Eigen::Index count() const { return static_cast<Eigen::Index>(auxiliaries.size()); }
};

// Σ w·f(row, x) over the rows, in fixed blocks; f adds to a vector of `length` sums.
template <typename Add>
Eigen::VectorXd summed(const Equations& equations, Eigen::Index length, const Add& add) {
  const RowBlocks blocks(equations.weights.size(), 32);
  std::vector<Eigen::VectorXd> parts(blocks.count);
  in_parallel(blocks.count, equations.threads, [&](size_t block) {
    parts[block] = Eigen::VectorXd::Zero(length);
    for (size_t row = blocks.first(block); row < blocks.end(block); ++row) {
      if (equations.weights[row] > 0)
        add(row, parts[block]);
    }
  });
  Eigen::VectorXd sum = Eigen::VectorXd::Zero(length);
  for (const Eigen::VectorXd& part : parts)
    sum += part;
  return sum;
}

void find_sizes(Equations& equations) {
  equations.size = summed(equations, equations.count(), [&](size_t row, Eigen::VectorXd& sums) {
    for (Eigen::Index i = 0; i < sums.size(); ++i)
      sums(i) += equations.weights[row] *
                 std::abs(equations.auxiliaries[static_cast<size_t>(i)].values[row]);
  });
  equations.total.resize(equations.count());
  for (Eigen::Index i = 0; i < equations.count(); ++i) {
    const double total = equations.auxiliaries[static_cast<size_t>(i)].total;
    equations.size(i) += std::abs(total);
    if (!(equations.size(i) > 0))
      equations.size(i) = 1;
    equations.total(i) = total / equations.size(i);
  }
}

double exponent_of(const Equations& equations, const Eigen::VectorXd& multipliers, size_t row) {
  double u = 0;
  for (Eigen::Index i = 0; i < multipliers.size(); ++i)
    u += multipliers(i) * equations.auxiliaries[static_cast<size_t>(i)].values[row];
  return u;
}

// Where the multipliers lead: the value of the function to be minimized, its negative gradient
// (what the totals are missed by) and its second derivatives.
struct State {
  Eigen::VectorXd multipliers;  // of the unscaled auxiliaries
  double value = 0;
  Eigen::VectorXd missed;  // in units of `size`
  Eigen::MatrixXd slopes;
  bool finite = true;

  [[nodiscard]] double misfit() const { return missed.cwiseAbs().maxCoeff(); }
};

State state_at(const Equations& equations, Eigen::VectorXd multipliers) {
  const Eigen::Index p = equations.count();
  const Eigen::VectorXd sums =
      summed(equations, 1 + p + p * p, [&](size_t row, Eigen::VectorXd& sum) {
        const double u = exponent_of(equations, multipliers, row);
        const DistancePoint at =
            distance_at(equations.options.distance, equations.options.bounds, u);
        const double weight = equations.weights[row];
        sum(0) += weight * at.integral;
        for (Eigen::Index i = 0; i < p; ++i) {
          const double x =
              equations.auxiliaries[static_cast<size_t>(i)].values[row] / equations.size(i);
          if (x == 0)
            continue;
          sum(1 + i) += weight * at.factor * x;
          for (Eigen::Index j = 0; j <= i && at.slope != 0; ++j)
            sum(1 + p + i * p + j) += weight * at.slope * x *
                                      equations.auxiliaries[static_cast<size_t>(j)].values[row] /
                                      equations.size(j);
        }
      });
  State state;
  state.finite = sums.allFinite();
  state.value = sums(0);
  for (Eigen::Index i = 0; i < p; ++i)
    state.value -= multipliers(i) * equations.auxiliaries[static_cast<size_t>(i)].total;
  state.missed = equations.total - sums.segment(1, p);
  state.slopes.resize(p, p);
  for (Eigen::Index i = 0; i < p; ++i) {
    for (Eigen::Index j = 0; j <= i; ++j)
      state.slopes(i, j) = state.slopes(j, i) = sums(1 + p + i * p + j);
  }
  state.multipliers = std::move(multipliers);
  return state;
}

void find_directions(Equations& equations, const State& start) {
  Eigen::VectorXd scale = start.slopes.diagonal().cwiseSqrt();
  for (double& s : scale)
    s = s > 0 ? 1 / s : 0;
  const Eigen::MatrixXd scaled = scale.asDiagonal() * start.slopes * scale.asDiagonal();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(scaled);
  const Eigen::VectorXd& values = eigen.eigenvalues();  // ascending
  const Eigen::Index lost =
      (values.array() <= no_direction * static_cast<double>(values.size())).count();
  const Eigen::Index kept = values.size() - lost;
  equations.directions = scale.asDiagonal() * eigen.eigenvectors().rightCols(kept) *
                         values.tail(kept).cwiseSqrt().cwiseInverse().asDiagonal();
}

// Newton's step, in unscaled multipliers. Where bounds hold all rows of a direction nothing can
// be said of how far to go in it: that part follows the gradient.
Eigen::VectorXd step_from(const Equations& equations, const State& state) {
  const Eigen::MatrixXd& directions = equations.directions;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(directions.transpose() * state.slopes *
                                                             directions);
  Eigen::VectorXd along =
      eigen.eigenvectors().transpose() * (directions.transpose() * state.missed);
  for (Eigen::Index i = 0; i < along.size(); ++i) {
    if (eigen.eigenvalues()(i) > no_direction)
      along(i) /= eigen.eigenvalues()(i);
  }
  const Eigen::VectorXd step = directions * (eigen.eigenvectors() * along);
  return step.cwiseQuotient(equations.size);
}

// A step that comes nearer: the whole one, or half of it, and so on. Nearer is a smaller misfit,
// or a value that falls as it should where a bound makes the misfit rise for a while.
std::optional<State> stepped(const Equations& equations, const State& from) {
  const Eigen::VectorXd step = step_from(equations, from);
  const double descent = step.cwiseProduct(equations.size).dot(from.missed);
  for (double length = 1; length > 1e-10; length /= 2) {
    State state = state_at(equations, from.multipliers + length * step);
    if (!state.finite)
      continue;
    if (state.misfit() < from.misfit() || state.value < from.value - 1e-4 * length * descent)
      return state;
  }
  return std::nullopt;
}

Diagnostic missed(const Equations& equations, const State& state) {
  Eigen::Index worst = 0;
  state.missed.cwiseAbs().maxCoeff(&worst);
  const Auxiliary& auxiliary = equations.auxiliaries[static_cast<size_t>(worst)];
  const double reached = auxiliary.total - state.missed(worst) * equations.size(worst);
  const bool unbounded = equations.options.bounds.unbounded();
  return fault_in("",
                  "the calibration cannot be met" +
                      std::string(unbounded ? "" : " within its bounds") + ": the total of " +
                      auxiliary.name + " reaches " + in_words(reached) + " instead of " +
                      in_words(auxiliary.total) + ", missing it by " +
                      in_words(std::abs(auxiliary.total - reached)),
                  unbounded ? "look for totals that contradict each other"
                            : "widen the bounds, use fewer auxiliaries, or look for totals that "
                              "contradict each other");
}

// A total that no weights within the bounds can meet, whatever the others.
std::optional<Diagnostic> out_of_reach(const Equations& equations) {
  WeightBounds bounds = equations.options.bounds;
  if (equations.options.distance == Distance::raking)
    bounds.lower = std::max(0.0, bounds.lower);
  for (const Auxiliary& auxiliary : equations.auxiliaries) {
    const Eigen::VectorXd sums = summed(equations, 2, [&](size_t row, Eigen::VectorXd& sum) {
      const double part = equations.weights[row] * auxiliary.values[row];
      if (part != 0) {
        sum(0) += part * (part > 0 ? bounds.lower : bounds.upper);
        sum(1) += part * (part > 0 ? bounds.upper : bounds.lower);
      }
    });
    const double slack = good_enough * std::abs(auxiliary.total);
    if (auxiliary.total >= sums(0) - slack && auxiliary.total <= sums(1) + slack)
      continue;
    const double nearest = auxiliary.total < sums(0) ? sums(0) : sums(1);
    return fault_in("",
                    "the calibration cannot be met within its bounds: the total of " +
                        auxiliary.name + " comes no nearer than " + in_words(nearest) + " to " +
                        in_words(auxiliary.total) + ", missing it by " +
                        in_words(std::abs(auxiliary.total - nearest)),
                    "the bounds are on new weight / old weight: widen them, or scale the weights "
                    "to the population first");
  }
  return std::nullopt;
}

std::optional<Diagnostic> fault_of(const std::vector<double>& weights,
                                   const std::vector<Auxiliary>& auxiliaries,
                                   const CalibrateOptions& options) {
  Diagnostics faults;
  check_weights(weights, faults);
  if (faults.has_errors())
    return faults.all().front();
  if (auxiliaries.empty())
    return fault_in("", "there is no auxiliary to calibrate to");
  for (const Auxiliary& auxiliary : auxiliaries) {
    if (auxiliary.values.size() != weights.size())
      return fault_in("", "the auxiliary " + auxiliary.name + " has " +
                              std::to_string(auxiliary.values.size()) + " rows, the weights " +
                              std::to_string(weights.size()));
    if (!std::isfinite(auxiliary.total))
      return fault_in("", "the population total of " + auxiliary.name + " is not a finite number");
    for (size_t row = 0; row < weights.size(); ++row) {
      if (weights[row] > 0 && !std::isfinite(auxiliary.values[row]))
        return fault_in("",
                        "the auxiliary " + auxiliary.name + " has no finite value in row " +
                            std::to_string(row + 1),
                        "every respondent with a weight needs a value of it");
    }
  }
  const WeightBounds& bounds = options.bounds;
  const bool both = std::isfinite(bounds.lower) && std::isfinite(bounds.upper);
  if (!(bounds.lower < 1 && bounds.upper > 1) || (options.distance == Distance::logit && !both))
    return fault_in("",
                    "the bounds " + in_words(bounds.lower) + " and " + in_words(bounds.upper) +
                        " do not hold 1 between them" +
                        (options.distance == Distance::logit ? ", both finite" : ""),
                    "bounds are on new weight / old weight, such as 0.5 and 2");
  return std::nullopt;
}

CalibratedWeights at_end(const Equations& equations, const State& state, int steps) {
  CalibratedWeights result;
  const size_t rows = equations.weights.size();
  result.report.steps = steps;
  result.weights.resize(rows);
  result.factors.assign(rows, 1);
  bool first = true;
  for (size_t row = 0; row < rows; ++row) {
    if (!(equations.weights[row] > 0))
      continue;
    const double factor = distance_at(equations.options.distance, equations.options.bounds,
                                      exponent_of(equations, state.multipliers, row))
                              .factor;
    result.factors[row] = factor;
    result.weights[row] = equations.weights[row] * factor;
    CalibrateReport& report = result.report;
    report.smallest_factor = first ? factor : std::min(report.smallest_factor, factor);
    report.largest_factor = first ? factor : std::max(report.largest_factor, factor);
    first = false;
  }
  for (Eigen::Index i = 0; i < equations.count(); ++i) {
    const Auxiliary& auxiliary = equations.auxiliaries[static_cast<size_t>(i)];
    result.report.fits.push_back(
        {auxiliary.name, auxiliary.total - state.missed(i) * equations.size(i), auxiliary.total});
  }
  return result;
}

}  // namespace

std::vector<Auxiliary> indicators(const Margin& margin, uint32_t left_out) {
  std::vector<Auxiliary> auxiliaries;
  for (size_t code = 0; code < margin.population.size(); ++code) {
    if (code == left_out || !margin.population[code])
      continue;
    Auxiliary auxiliary{category_name(margin, code), std::vector<double>(margin.category.size()),
                        margin.count(code)};
    for (size_t row = 0; row < margin.category.size(); ++row)
      auxiliary.values[row] = margin.category[row] == code ? 1 : 0;
    auxiliaries.push_back(std::move(auxiliary));
  }
  return auxiliaries;
}

Result<CalibratedWeights> calibrate(const std::vector<double>& weights,
                                    const std::vector<Auxiliary>& auxiliaries,
                                    const CalibrateOptions& options, size_t threads) {
  if (std::optional<Diagnostic> fault = fault_of(weights, auxiliaries, options))
    return *fault;
  Equations equations{weights, auxiliaries, options, threads, {}, {}, {}};
  find_sizes(equations);
  if (!options.bounds.unbounded()) {
    if (std::optional<Diagnostic> fault = out_of_reach(equations))
      return *fault;
  }
  // For the linear distance the first step is the closed form; the next takes off its rounding.
  State state = state_at(equations, Eigen::VectorXd::Zero(equations.count()));
  find_directions(equations, state);
  int steps = 0;
  while (equations.directions.cols() > 0 && state.misfit() > options.tolerance &&
         steps < options.most_steps) {
    std::optional<State> next = stepped(equations, state);
    if (!next)
      break;
    state = std::move(*next);
    ++steps;
  }
  if (!(state.misfit() <= std::max(options.tolerance, good_enough)))
    return missed(equations, state);
  return at_end(equations, state, steps);
}

}  // namespace topline
