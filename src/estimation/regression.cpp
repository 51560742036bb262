#include "estimation/regression.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace topline {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int most_steps = 60;

// The columns of the model matrix, each less its centre and over its scale.
struct Standard {
  VectorXd centre;
  VectorXd scale;
  Index intercept = -1;  // its column, or −1

  // To coefficients of the columns as they are: β = to_plain · β of the standardized.
  [[nodiscard]] MatrixXd to_plain() const {
    MatrixXd matrix = scale.cwiseInverse().asDiagonal();
    if (intercept >= 0)
      matrix.row(intercept) -= centre.cwiseQuotient(scale).transpose();
    return matrix;
  }
};

double mean_at(RegressionFamily family, double eta) {
  return family == RegressionFamily::linear ? eta : 1 / (1 + std::exp(-eta));
}

// What a row adds to the deviance. For y strictly between 0 and 1 that of y itself is left out.
double deviance_at(RegressionFamily family, double y, double eta) {
  if (family == RegressionFamily::linear) {
    const double residual = y - eta;
    return residual * residual;
  }
  // log μ and log(1 − μ) without loss where μ is near 0 or 1.
  const double tail = std::log1p(std::exp(-std::abs(eta)));
  const double log_mean = std::min(eta, 0.0) - tail;
  const double log_rest = std::min(-eta, 0.0) - tail;
  return -2 * (y * log_mean + (1 - y) * log_rest);
}

// Sums at one β: the information matrix, the scores, the deviance.
struct Sums {
  MatrixXd information;
  VectorXd scores;
  double deviance = 0;
};

class Fit {
 public:
  Fit(const SampleRows& rows, const RegressionModel& model)
      : rows_(rows), model_(model), matrix_(model), size_(static_cast<Index>(matrix_.size())) {}

  Result<RegressionFit> run();

 private:
  [[nodiscard]] const std::vector<ModelColumn>& columns() const { return matrix_.columns(); }
  [[nodiscard]] std::string name(Index column) const {
    const size_t term = columns()[static_cast<size_t>(column)].term;
    return term < model_.terms.size() ? "`" + term_name(model_, model_.terms[term]) + "`"
                                      : "the intercept";
  }

  std::optional<Diagnostic> check_codes() const;
  std::optional<Diagnostic> measure_outcome();
  std::optional<Diagnostic> standardize();
  void standardized_row(const double* const* in, size_t k, double* out) const;

  [[nodiscard]] RowPass sums_pass(const VectorXd& beta) const;
  [[nodiscard]] Sums sums_from(const double* totals) const;
  [[nodiscard]] RowPass score_pass(const VectorXd& beta) const;

  // The Cholesky factor of a positive definite matrix, or the first column that follows from those
  // before it.
  struct Factored {
    MatrixXd lower;
    Index dependent = -1;
  };
  static Factored factored(const MatrixXd& matrix);
  static VectorXd solved(const MatrixXd& lower, const VectorXd& right);

  [[nodiscard]] Diagnostic dependent_fault(Index column) const;
  [[nodiscard]] Diagnostic separation_fault(const VectorXd& step, int replicate) const;

  struct Solution {
    VectorXd beta;
    Sums sums;  // at beta
    int steps = 0;
  };
  // From `beta` and the sums there.
  Result<Solution> newton(VectorXd beta, Sums sums, int replicate) const;
  [[nodiscard]] Sums sums_at(const VectorXd& beta, int replicate) const {
    return sums_from(rows_.totals(sums_pass(beta), replicate).data());
  }

  // `influence`: coefficients × scores of the standardized columns.
  std::optional<Diagnostic> add_variance(const Solution& full, const MatrixXd& influence,
                                         RegressionFit& fit) const;

  const SampleRows& rows_;
  const RegressionModel& model_;
  ModelMatrix matrix_;
  Index size_;
  double outcome_mean_ = 0;
  Standard standard_;
};

std::optional<Diagnostic> Fit::measure_outcome() {
  const size_t y = model_.outcome;
  const std::string name = "`" + model_.outcome_name + "`";
  const auto n = static_cast<double>(rows_.size().n);
  if (!(rows_.size().weight > 0))
    return fault_in("", "nobody is in the base of this regression");
  if (n <= static_cast<double>(size_))
    return fault_in("",
                    "this regression has " + std::to_string(size_) + " coefficients for " +
                        std::to_string(rows_.size().n) + " rows",
                    "leave out predictors, or put options together");
  const double all = rows_.size().weight;
  const bool logistic = model_.family == RegressionFamily::logistic;
  const std::vector<double> first =
      rows_.totals({2, [=](size_t count, const double* const* in, double* out) {
                      for (size_t k = 0; k < count; ++k) {
                        out[2 * k] = in[y][k];
                        out[2 * k + 1] = in[y][k] < 0 || in[y][k] > 1 ? 1 : 0;
                      }
                    }});
  if (logistic && first[1] > 0)
    return fault_in("", "the outcome " + name + " of a logistic regression lies outside of 0 to 1",
                    "give it as zeros and ones, or use a linear regression");
  outcome_mean_ = first[0] / all;
  const double mean = outcome_mean_;
  const std::vector<double> second =
      rows_.totals({1, [=](size_t count, const double* const* in, double* out) {
                      for (size_t k = 0; k < count; ++k)
                        out[k] = (in[y][k] - mean) * (in[y][k] - mean);
                    }});
  if (!(second[0] / all > 1e-24 * mean * mean))
    return fault_in("", "the outcome " + name + " is the same for everybody",
                    "choose an outcome or a base with different answers");
  return std::nullopt;
}

// A code that is no level would pass for the reference.
std::optional<Diagnostic> Fit::check_codes() const {
  const std::vector<Predictor>& predictors = model_.predictors;
  const std::vector<double> strangers =
      rows_.totals({predictors.size(), [&](size_t count, const double* const* in, double* out) {
                      for (size_t k = 0; k < count; ++k) {
                        for (const Predictor& predictor : predictors) {
                          const double code = in[predictor.input][k];
                          const bool level = code >= 0 &&
                                             code < static_cast<double>(predictor.levels) &&
                                             code == std::floor(code);
                          *out++ = predictor.categorical() && !level ? 1 : 0;
                        }
                      }
                    }});
  for (size_t i = 0; i < predictors.size(); ++i) {
    if (strangers[i] > 0)
      return fault_in("", "`" + predictors[i].name + "` has codes that are none of its levels",
                      "leave rows without an answer out of the base");
  }
  return std::nullopt;
}

std::optional<Diagnostic> Fit::standardize() {
  const auto width = static_cast<size_t>(size_);
  standard_.centre = VectorXd::Zero(size_);
  standard_.scale = VectorXd::Ones(size_);
  standard_.intercept = model_.intercept ? 0 : -1;
  const double all = rows_.size().weight;
  if (model_.intercept) {
    const std::vector<double> sums =
        rows_.totals({width, [&](size_t count, const double* const* in, double* out) {
                        for (size_t k = 0; k < count; ++k)
                          matrix_.row(in, k, out + k * width);
                      }});
    standard_.centre = Eigen::Map<const VectorXd>(sums.data(), size_) / all;
    standard_.centre(0) = 0;
  }
  const std::vector<double> squares =
      rows_.totals({width, [&](size_t count, const double* const* in, double* out) {
                      for (size_t k = 0; k < count; ++k) {
                        standardized_row(in, k, out + k * width);
                        for (size_t j = 0; j < width; ++j)
                          out[k * width + j] *= out[k * width + j];
                      }
                    }});
  for (Index j = 0; j < size_; ++j) {
    const double deviation = std::sqrt(squares[static_cast<size_t>(j)] / all);
    if (j == standard_.intercept)
      continue;
    if (!(deviation > 1e-12 * std::abs(standard_.centre(j))))
      return fault_in(
          "",
          name(j) + " does not vary here (column " + columns()[static_cast<size_t>(j)].name + ")",
          "leave it out, or choose another base");
    standard_.scale(j) = deviation;
  }
  return std::nullopt;
}

void Fit::standardized_row(const double* const* in, size_t k, double* out) const {
  matrix_.row(in, k, out);
  for (Index j = 0; j < size_; ++j)
    out[j] = (out[j] - standard_.centre(j)) / standard_.scale(j);
}

// By row: the upper triangle of v·z·z', then z·(y − μ), then the deviance.
RowPass Fit::sums_pass(const VectorXd& beta) const {
  const auto width = static_cast<size_t>(size_);
  const size_t columns = width * (width + 1) / 2 + width + 1;
  return {columns,
          [this, beta, width, columns](size_t count, const double* const* in, double* out) {
            std::vector<double> z(width);
            for (size_t k = 0; k < count; ++k) {
              standardized_row(in, k, z.data());
              const double eta = Eigen::Map<const VectorXd>(z.data(), size_).dot(beta);
              const double mean = mean_at(model_.family, eta);
              const double y = in[model_.outcome][k];
              const double v = model_.family == RegressionFamily::linear ? 1 : mean * (1 - mean);
              double* to = out + k * columns;
              for (size_t i = 0; i < width; ++i)
                for (size_t j = i; j < width; ++j)
                  *to++ = v * z[i] * z[j];
              for (size_t i = 0; i < width; ++i)
                *to++ = z[i] * (y - mean);
              *to = deviance_at(model_.family, y, eta);
            }
          }};
}

Sums Fit::sums_from(const double* totals) const {
  Sums sums;
  sums.information.resize(size_, size_);
  sums.scores.resize(size_);
  for (Index i = 0; i < size_; ++i)
    for (Index j = i; j < size_; ++j)
      sums.information(i, j) = sums.information(j, i) = *totals++;
  for (Index i = 0; i < size_; ++i)
    sums.scores(i) = *totals++;
  sums.deviance = *totals;
  return sums;
}

RowPass Fit::score_pass(const VectorXd& beta) const {
  const auto width = static_cast<size_t>(size_);
  return {width, [this, beta, width](size_t count, const double* const* in, double* out) {
            for (size_t k = 0; k < count; ++k) {
              double* z = out + k * width;
              standardized_row(in, k, z);
              const double residual =
                  in[model_.outcome][k] -
                  mean_at(model_.family, Eigen::Map<const VectorXd>(z, size_).dot(beta));
              for (size_t j = 0; j < width; ++j)
                z[j] *= residual;
            }
          }};
}

Fit::Factored Fit::factored(const MatrixXd& matrix) {
  const Index size = matrix.rows();
  Factored result{MatrixXd::Zero(size, size), -1};
  for (Index j = 0; j < size; ++j) {
    const double left = matrix(j, j) - result.lower.row(j).head(j).squaredNorm();
    // 1 − R² of the column on those before it.
    if (!(left > 1e-12 * matrix(j, j))) {
      result.dependent = j;
      return result;
    }
    result.lower(j, j) = std::sqrt(left);
    for (Index i = j + 1; i < size; ++i)
      result.lower(i, j) =
          (matrix(i, j) - result.lower.row(i).head(j).dot(result.lower.row(j).head(j))) /
          result.lower(j, j);
  }
  return result;
}

VectorXd Fit::solved(const MatrixXd& lower, const VectorXd& right) {
  const VectorXd half = lower.triangularView<Eigen::Lower>().solve(right);
  return lower.transpose().triangularView<Eigen::Upper>().solve(half);
}

Diagnostic Fit::dependent_fault(Index column) const {
  return fault_in("",
                  name(column) + " follows from the terms before it (column " +
                      columns()[static_cast<size_t>(column)].name +
                      "), so that it has no coefficient of its own",
                  "leave it out, or one of those that it is made of");
}

Diagnostic Fit::separation_fault(const VectorXd& step, int replicate) const {
  Index furthest = 0;
  VectorXd size = step.cwiseAbs();
  if (standard_.intercept >= 0 && size.size() > 1)
    size(standard_.intercept) = 0;
  size.maxCoeff(&furthest);
  return fault_in(
      "",
      name(furthest) + " separates the outcomes of `" + model_.outcome_name + "` perfectly" +
          (replicate == full_sample ? std::string()
                                    : " in replicate " + std::to_string(replicate + 1)) +
          " (column " + columns()[static_cast<size_t>(furthest)].name +
          "), so that its coefficient has no finite value",
      "put options together where all or none have the outcome, or leave the term out");
}

Result<Fit::Solution> Fit::newton(VectorXd beta, Sums sums, int replicate) const {
  const bool linear = model_.family == RegressionFamily::linear;
  VectorXd step = VectorXd::Zero(size_);
  for (int steps = 1; steps <= most_steps; ++steps) {
    const Factored factor = factored(sums.information);
    if (factor.dependent >= 0) {
      if (linear || (replicate == full_sample && steps == 1))
        return dependent_fault(factor.dependent);
      return separation_fault(step, replicate);
    }
    step = solved(factor.lower, sums.scores);
    Sums next = sums_at(beta + step, replicate);
    for (int halvings = 0;
         !linear && halvings < 30 && !(next.deviance <= sums.deviance * (1 + 1e-10)); ++halvings) {
      step /= 2;
      next = sums_at(beta + step, replicate);
    }
    beta += step;
    sums = std::move(next);
    if (linear ? steps == 2 : step.cwiseAbs().maxCoeff() < 1e-8)
      return Solution{std::move(beta), std::move(sums), steps};
    // Fitted to the point: every outcome is 0 or 1 as predicted.
    if (!linear && sums.deviance < 1e-10 * rows_.size().weight)
      break;
  }
  return separation_fault(step, replicate);
}

std::optional<Diagnostic> Fit::add_variance(const Solution& full, const MatrixXd& influence,
                                            RegressionFit& fit) const {
  if (!rows_.frame().replicated()) {
    Result<MatrixXd> covariance =
        linearized_covariance(rows_.tally(score_pass(full.beta)), influence);
    if (!covariance)
      return covariance.fault();
    fit.coefficients.covariance = std::move(*covariance);
    return std::nullopt;
  }
  // All replicates' sums at the full sample's β: their first steps.
  const Tally tally = rows_.tally(sums_pass(full.beta));
  const MatrixXd plain = standard_.to_plain();
  const auto count = static_cast<Index>(rows_.frame().replicates.rscales.size());
  MatrixXd& replicates = fit.coefficients.replicates;
  replicates.resize(count, size_);
  for (Index r = 0; r < count; ++r) {
    const Sums sums =
        sums_from(tally.replicate_totals.data() + static_cast<size_t>(r) * tally.columns);
    VectorXd beta = full.beta;
    if (model_.family == RegressionFamily::linear) {
      const Factored factor = factored(sums.information);
      if (factor.dependent >= 0)
        return dependent_fault(factor.dependent);
      beta += solved(factor.lower, sums.scores);
    } else {
      const Result<Solution> here = newton(full.beta, sums, static_cast<int>(r));
      if (!here)
        return here.fault();
      beta = here->beta;
    }
    replicates.row(r) = (plain * beta).transpose();
  }
  fit.coefficients.covariance =
      replicate_covariance(rows_.frame().replicates, replicates, fit.coefficients.value);
  return std::nullopt;
}

Result<RegressionFit> Fit::run() {
  if (std::optional<Diagnostic> fault = check_codes())
    return *fault;
  if (std::optional<Diagnostic> fault = measure_outcome())
    return *fault;
  if (std::optional<Diagnostic> fault = standardize())
    return *fault;
  RegressionFit fit;
  fit.model = model_;
  fit.columns = columns();
  fit.residual_df = rows_.size().degrees_of_freedom + 1 - static_cast<double>(size_);
  if (!(fit.residual_df > 0))
    return fault_in("",
                    "the design leaves no degrees of freedom for a regression with " +
                        std::to_string(size_) + " coefficients",
                    "leave out predictors");
  VectorXd start = VectorXd::Zero(size_);
  if (model_.intercept)
    start(0) = model_.family == RegressionFamily::linear
                   ? outcome_mean_
                   : std::log(outcome_mean_ / (1 - outcome_mean_));
  Sums sums = sums_at(start, full_sample);
  fit.null_deviance = sums.deviance;
  const Result<Solution> full = newton(std::move(start), std::move(sums), full_sample);
  if (!full)
    return full.fault();
  const Factored factor = factored(full->sums.information);
  if (factor.dependent >= 0)
    return separation_fault(VectorXd::Ones(size_), full_sample);
  const MatrixXd plain = standard_.to_plain();
  MatrixXd inverse(size_, size_);
  for (Index j = 0; j < size_; ++j)
    inverse.col(j) = solved(factor.lower, VectorXd::Unit(size_, j));
  fit.bread = plain * inverse * plain.transpose();
  fit.deviance = full->sums.deviance;
  fit.iterations = full->steps;
  fit.coefficients.value = plain * full->beta;
  fit.coefficients.size = rows_.size();
  fit.coefficients.method = variance_method(rows_.frame());
  if (std::optional<Diagnostic> fault = add_variance(*full, plain * inverse, fit))
    return *fault;
  return fit;
}

}  // namespace

Result<RegressionFit> fit_regression(const SampleRows& rows, const RegressionModel& model) {
  const Result<Done> checked = check_model(model);
  if (!checked)
    return checked.fault();
  return Fit(rows, model).run();
}

Result<TTest> coefficient_test(const RegressionFit& fit, size_t index) {
  Result<TTest> test = t_test(fit.coefficients, static_cast<Index>(index), 0, fit.residual_df);
  if (test)
    test->method = "t test of a coefficient, " + fit.coefficients.method;
  return test;
}

Result<FTest> term_test(const RegressionFit& fit, size_t term) {
  std::vector<Index> indices;
  for (size_t i = 0; i < fit.columns.size(); ++i) {
    if (fit.columns[i].term == term)
      indices.push_back(static_cast<Index>(i));
  }
  return wald_test(fit.coefficients, indices, fit.residual_df);
}

}  // namespace topline
