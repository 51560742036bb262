#include "estimation/regression_effects.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace topline {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// One effect: of a number, or of a level against the reference.
struct Effect {
  size_t predictor = 0;
  size_t level = 0;
};

// The mean, its first and second derivative at η.
struct Curve {
  double mean = 0;
  double slope = 0;
  double bend = 0;
};

Curve curve_at(RegressionFamily family, double eta) {
  if (family == RegressionFamily::linear)
    return {eta, 1, 0};
  const double mean = 1 / (1 + std::exp(-eta));
  const double slope = mean * (1 - mean);
  return {mean, slope, slope * (1 - 2 * mean)};
}

class Effects {
 public:
  explicit Effects(const RegressionFit& fit)
      : model_(fit.model), matrix_(fit.model), size_(static_cast<Index>(matrix_.size())) {
    for (size_t i = 0; i < model_.predictors.size(); ++i) {
      const Predictor& predictor = model_.predictors[i];
      if (!used(fit, i))
        continue;
      for (size_t level = 0; level < std::max<size_t>(1, predictor.levels); ++level) {
        if (predictor.categorical() && level == predictor.reference)
          continue;
        effects_.push_back({i, level});
        names_.push_back(predictor.name_of(level));
      }
    }
  }

  [[nodiscard]] Index count() const { return static_cast<Index>(effects_.size()); }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

  // By row and effect: the effect, and its derivatives by the coefficients where `derivatives`.
  [[nodiscard]] RowPass pass(const VectorXd& beta, bool derivatives) const {
    const size_t each = 1 + (derivatives ? matrix_.size() : 0);
    const size_t columns = each * effects_.size();
    return {columns, [this, beta, derivatives](size_t rows, const double* const* in, double* out) {
              VectorXd derivative(size_);
              for (size_t k = 0; k < rows; ++k) {
                for (const Effect& effect : effects_) {
                  *out++ = of_row(effect, beta, in, k, derivative);
                  for (Index j = 0; derivatives && j < size_; ++j)
                    *out++ = derivative(j);
                }
              }
            }};
  }

  // By row: effects less their averages, then the scores x·(y − μ).
  [[nodiscard]] RowPass influence_pass(const VectorXd& beta, const VectorXd& average) const {
    const size_t columns = effects_.size() + matrix_.size();
    return {columns, [this, beta, average](size_t rows, const double* const* in, double* out) {
              VectorXd x(size_);
              for (size_t k = 0; k < rows; ++k) {
                for (Index e = 0; e < count(); ++e)
                  *out++ = of_row(effects_[static_cast<size_t>(e)], beta, in, k, x) - average(e);
                matrix_.row(in, k, x.data());
                const double residual =
                    in[model_.outcome][k] - curve_at(model_.family, x.dot(beta)).mean;
                for (Index j = 0; j < size_; ++j)
                  *out++ = x(j) * residual;
              }
            }};
  }

 private:
  static bool used(const RegressionFit& fit, size_t predictor) {
    for (const ModelColumn& column : fit.columns) {
      for (const ModelColumn::Factor& factor : column.factors) {
        if (factor.predictor == predictor)
          return true;
      }
    }
    return false;
  }

  double of_row(const Effect& effect, const VectorXd& beta, const double* const* in, size_t k,
                VectorXd& derivative) const {
    VectorXd x(size_);
    const Predictor& predictor = model_.predictors[effect.predictor];
    if (predictor.categorical()) {
      matrix_.row_at_level(in, k, effect.predictor, effect.level, x.data());
      const Curve with = curve_at(model_.family, x.dot(beta));
      derivative = with.slope * x;
      matrix_.row_at_level(in, k, effect.predictor, predictor.reference, x.data());
      const Curve without = curve_at(model_.family, x.dot(beta));
      derivative -= without.slope * x;
      return with.mean - without.mean;
    }
    VectorXd change(size_);
    matrix_.row(in, k, x.data());
    matrix_.row_derivative(in, k, effect.predictor, change.data());
    const Curve here = curve_at(model_.family, x.dot(beta));
    const double eta_change = change.dot(beta);
    derivative = here.slope * change + here.bend * eta_change * x;
    return here.slope * eta_change;
  }

  const RegressionModel& model_;
  ModelMatrix matrix_;
  Index size_;
  std::vector<Effect> effects_;
  std::vector<std::string> names_;
};

}  // namespace

Result<MarginalEffects> average_marginal_effects(const SampleRows& rows, const RegressionFit& fit,
                                                 EffectVariance variance) {
  const Effects effects(fit);
  if (effects.count() == 0)
    return fault_in("", "a regression without predictors has no marginal effects");
  const VectorXd& beta = fit.coefficients.value;
  const double all = rows.size().weight;
  const std::vector<double> sums = rows.totals(effects.pass(beta, true));
  using RowMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const MatrixXd averages =
      Eigen::Map<const RowMatrix>(sums.data(), effects.count(), 1 + beta.size()) / all;
  const VectorXd average = averages.col(0);
  MatrixXd derivative = averages.rightCols(beta.size());

  MarginalEffects result;
  result.names = effects.names();
  if (variance == EffectVariance::coefficients) {
    result.effects = transformed(fit.coefficients, {[&](const VectorXd& at) -> VectorXd {
                                                      return average + derivative * (at - beta);
                                                    },
                                                    [&](const VectorXd&) { return derivative; }});
  } else {
    result.effects.value = average;
    result.effects.size = fit.coefficients.size;
    result.effects.method = fit.coefficients.method;
    if (rows.frame().replicated()) {
      MatrixXd& replicates = result.effects.replicates;
      replicates.resize(fit.coefficients.replicates.rows(), effects.count());
      for (Index r = 0; r < replicates.rows(); ++r) {
        const auto number = static_cast<int>(r);
        const std::vector<double> of = rows.totals(
            effects.pass(fit.coefficients.replicates.row(r).transpose(), false), number);
        const double weight = rows.totals({1,
                                           [](size_t count, const double* const*, double* out) {
                                             for (size_t k = 0; k < count; ++k)
                                               out[k] = 1;
                                           }},
                                          number)
                                  .front();
        replicates.row(r) =
            Eigen::Map<const VectorXd>(of.data(), effects.count()).transpose() / weight;
      }
      result.effects.covariance =
          replicate_covariance(rows.frame().replicates, replicates, average);
    } else {
      MatrixXd weights(effects.count(), effects.count() + beta.size());
      weights << MatrixXd::Identity(effects.count(), effects.count()) / all, derivative * fit.bread;
      Result<MatrixXd> covariance =
          linearized_covariance(rows.tally(effects.influence_pass(beta, average)), weights);
      if (!covariance)
        return covariance.fault();
      result.effects.covariance = std::move(*covariance);
    }
  }
  result.effects.size.degrees_of_freedom = fit.residual_df;
  return result;
}

}  // namespace topline
