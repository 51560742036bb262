#include "estimation/estimates.hpp"

#include <cmath>

namespace topline {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using RowMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

VectorXd totals_of(const Tally& tally) {
  return Eigen::Map<const VectorXd>(tally.totals.data(), static_cast<Index>(tally.columns));
}

// What the units of one stratum add up to.
struct StratumScatter {
  MatrixXd scatter;      // Σ (t − t̄)(t − t̄)', all sampled units counted
  VectorXd sum;          // Σ t
  uint32_t present = 0;  // units with members in the domain
  bool any = false;      // of them
};

// What strata add to one stage's variance, and the strata that could not say.
class StageVariance {
 public:
  StageVariance(const DesignFrame& frame, const FrameStage& stage, Index size)
      : frame_(frame),
        stage_(stage),
        variance_(MatrixXd::Zero(size, size)),
        mean_of_units_(VectorXd::Zero(size)) {}

  // The mean of all units' totals, on which the policy `adjust` centres.
  void set_mean_of_units(VectorXd mean) { mean_of_units_ = std::move(mean); }

  void add(size_t number, const StratumScatter& of, double factor) {
    const FrameStratum& stratum = stage_.strata[number];
    if (!of.any)
      return;
    ++strata_;
    const double left = std::isfinite(stratum.population)
                            ? (stratum.population - stratum.units) / stratum.population
                            : 1.0;
    if (left < 1e-7)
      return;
    const bool single = stratum.units == 1;
    const bool single_here = !single && frame_.single_in_domain && of.present == 1;
    if (!single && !single_here) {
      variance_ += factor * left * stratum.units / (stratum.units - 1.0) * of.scatter;
      return;
    }
    switch (frame_.single_psu) {
      case SinglePsu::fail:
        if (single)
          failed_.push_back(stratum.name);
        else
          variance_ += factor * left * stratum.units / (stratum.units - 1.0) * of.scatter;
        break;
      case SinglePsu::remove:
      case SinglePsu::certainty:
        if (single_here)
          variance_ += factor * left * stratum.units / (stratum.units - 1.0) * of.scatter;
        break;
      case SinglePsu::average:
        ++silent_;
        break;
      case SinglePsu::adjust: {
        // The units without members count as zeros around the same centre.
        const VectorXd deviation = of.sum - mean_of_units_;
        MatrixXd square = deviation * deviation.transpose();
        if (single_here)
          square += (stratum.units - 1.0) * mean_of_units_ * mean_of_units_.transpose();
        const double scale = single_here ? stratum.units / (stratum.units - 1.0) : 1.0;
        variance_ += factor * left * scale * square;
        break;
      }
    }
  }

  [[nodiscard]] const std::vector<std::string>& failed() const { return failed_; }
  [[nodiscard]] MatrixXd variance() const {
    if (silent_ == 0 || silent_ == strata_)
      return variance_;
    return variance_ * (static_cast<double>(strata_) / static_cast<double>(strata_ - silent_));
  }

 private:
  const DesignFrame& frame_;
  const FrameStage& stage_;
  MatrixXd variance_;
  VectorXd mean_of_units_;
  std::vector<std::string> failed_;
  int64_t strata_ = 0;
  int64_t silent_ = 0;
};

Diagnostic single_unit_fault(const std::vector<std::string>& strata) {
  std::string names;
  for (size_t i = 0; i < strata.size() && i < 10; ++i)
    names += (i > 0 ? ", " : "") + strata[i];
  if (strata.size() > 10)
    names += " and " + std::to_string(strata.size() - 10) + " more";
  return fault_in("",
                  (strata.size() == 1 ? "stratum " : "strata ") + names +
                      (strata.size() == 1 ? " has" : " have") +
                      " a single sampled unit, so that there is no variance to be estimated",
                  "say in the design what such strata add: single_unit: remove, certainty, adjust "
                  "or average; or merge them with others");
}

// Sums of the units of `stage`, and which of them have members, from those of the stage after.
struct UnitSums {
  MatrixXd sums;  // units × combinations
  std::vector<uint8_t> present;
};

UnitSums sums_of_parents(const UnitSums& units, const FrameStage& stage, size_t parents) {
  UnitSums above;
  above.sums = MatrixXd::Zero(static_cast<Index>(parents), units.sums.cols());
  above.present.assign(parents, 0);
  for (size_t unit = 0; unit < stage.units.size(); ++unit) {
    const uint32_t parent = stage.strata[stage.units[unit].stratum].parent;
    above.sums.row(parent) += units.sums.row(static_cast<Index>(unit));
    above.present[parent] = static_cast<uint8_t>(above.present[parent] | units.present[unit]);
  }
  return above;
}

std::vector<StratumScatter> scatters(const UnitSums& units, const FrameStage& stage) {
  const Index size = units.sums.cols();
  std::vector<StratumScatter> of(stage.strata.size());
  for (StratumScatter& stratum : of) {
    stratum.scatter = MatrixXd::Zero(size, size);
    stratum.sum = VectorXd::Zero(size);
  }
  for (size_t unit = 0; unit < stage.units.size(); ++unit) {
    StratumScatter& stratum = of[stage.units[unit].stratum];
    stratum.sum += units.sums.row(static_cast<Index>(unit)).transpose();
    if (units.present[unit] != 0) {
      ++stratum.present;
      stratum.any = true;
    }
  }
  for (size_t unit = 0; unit < stage.units.size(); ++unit) {
    const uint32_t number = stage.units[unit].stratum;
    const VectorXd deviation = units.sums.row(static_cast<Index>(unit)).transpose() -
                               of[number].sum / stage.strata[number].units;
    of[number].scatter += deviation * deviation.transpose();
  }
  return of;
}

Result<MatrixXd> from_units(const Tally& tally, const MatrixXd& weights) {
  const DesignFrame& frame = *tally.frame;
  UnitSums units;
  units.sums = Eigen::Map<const RowMatrix>(tally.unit_sums.data(),
                                           static_cast<Index>(frame.stages.back().units.size()),
                                           static_cast<Index>(tally.columns)) *
               weights.transpose();
  units.present = tally.unit_present;
  MatrixXd covariance = MatrixXd::Zero(weights.rows(), weights.rows());
  for (size_t s = frame.stages.size(); s-- > 0;) {
    const FrameStage& stage = frame.stages[s];
    StageVariance variance(frame, stage, weights.rows());
    if (!stage.units.empty())
      variance.set_mean_of_units(units.sums.colwise().sum().transpose() /
                                 static_cast<double>(stage.units.size()));
    const std::vector<StratumScatter> of = scatters(units, stage);
    for (size_t number = 0; number < of.size(); ++number) {
      double factor = 1;
      for (size_t above = s, at = number; above > 0; --above) {
        const uint32_t parent = frame.stages[above].strata[at].parent;
        at = frame.stages[above - 1].units[parent].stratum;
        const FrameStratum& stratum = frame.stages[above - 1].strata[at];
        factor *= stratum.units / stratum.population;
      }
      variance.add(number, of[number], factor);
    }
    if (!variance.failed().empty())
      return single_unit_fault(variance.failed());
    covariance += variance.variance();
    if (s > 0)
      units = sums_of_parents(units, stage, frame.stages[s - 1].units.size());
  }
  return covariance;
}

Result<MatrixXd> from_moments(const Tally& tally, const MatrixXd& weights) {
  const DesignFrame& frame = *tally.frame;
  const FrameStage& stage = frame.stages.front();
  const auto columns = static_cast<Index>(tally.columns);
  StageVariance variance(frame, stage, weights.rows());
  VectorXd all = VectorXd::Zero(columns);
  double units = 0;
  for (size_t number = 0; number < stage.strata.size(); ++number) {
    all += Eigen::Map<const VectorXd>(tally.moments[number].first.data(), columns);
    units += stage.strata[number].units;
  }
  variance.set_mean_of_units(weights * all / units);
  for (size_t number = 0; number < stage.strata.size(); ++number) {
    const StratumMoments& moments = tally.moments[number];
    const Eigen::Map<const VectorXd> first(moments.first.data(), columns);
    const Eigen::Map<const RowMatrix> second(moments.second.data(), columns, columns);
    StratumScatter of;
    of.sum = weights * first;
    of.scatter = weights * second * weights.transpose() -
                 of.sum * of.sum.transpose() / stage.strata[number].units;
    of.present = static_cast<uint32_t>(moments.present);
    of.any = moments.present > 0;
    variance.add(number, of, 1);
  }
  if (!variance.failed().empty())
    return single_unit_fault(variance.failed());
  return variance.variance();
}

std::string type_name(ReplicateType type) {
  switch (type) {
    case ReplicateType::jk1:
      return "JK1";
    case ReplicateType::jkn:
      return "JKn";
    case ReplicateType::brr:
      return "BRR";
    case ReplicateType::fay:
      return "Fay's BRR";
    case ReplicateType::bootstrap:
      return "bootstrap";
    case ReplicateType::subbootstrap:
      return "Rao-Wu bootstrap";
    case ReplicateType::preston:
      return "Preston's bootstrap";
    case ReplicateType::acs:
      return "successive differences (ACS)";
    case ReplicateType::successive_difference:
      return "successive differences";
    case ReplicateType::other:
      return "replicate weights";
  }
  return {};
}

}  // namespace

Estimate Estimates::at(Index index) const {
  Estimate one;
  one.value = value(index);
  one.standard_error = std::sqrt(std::max(0.0, covariance(index, index)));
  one.degrees_of_freedom = size.degrees_of_freedom;
  one.n = size.n;
  one.effective_base = size.effective_base();
  one.method = method;
  return one;
}

std::string variance_method(const DesignFrame& frame) {
  if (!frame.replicated())
    return "Taylor linearization";
  return type_name(frame.replicates.type) + ", " + std::to_string(frame.replicates.rscales.size()) +
         " replicates";
}

Result<MatrixXd> linearized_covariance(const Tally& tally, const MatrixXd& weights) {
  return tally.moments.empty() ? from_units(tally, weights) : from_moments(tally, weights);
}

MatrixXd replicate_covariance(const ReplicateScales& scales, const MatrixXd& replicates,
                              const VectorXd& value) {
  VectorXd centre = value;
  if (!scales.mse) {
    centre.setZero();
    double used = 0;
    for (Index r = 0; r < replicates.rows(); ++r) {
      if (scales.rscales[static_cast<size_t>(r)] <= 0)
        continue;
      centre += replicates.row(r).transpose();
      ++used;
    }
    centre /= used > 0 ? used : 1;
  }
  MatrixXd covariance = MatrixXd::Zero(value.size(), value.size());
  for (Index r = 0; r < replicates.rows(); ++r) {
    const VectorXd deviation = replicates.row(r).transpose() - centre;
    covariance += scales.rscales[static_cast<size_t>(r)] * deviation * deviation.transpose();
  }
  return scales.scale * covariance;
}

TotalsFunction mean_around(const std::vector<double>& centres) {
  const auto count = static_cast<Index>(centres.size());
  const VectorXd shift = Eigen::Map<const VectorXd>(centres.data(), count);
  return {
      [count, shift](const VectorXd& t) -> VectorXd { return shift + t.head(count) / t(count); },
      [count](const VectorXd& t) -> MatrixXd {
        MatrixXd derivative = MatrixXd::Zero(count, count + 1);
        derivative.leftCols(count).diagonal().setConstant(1 / t(count));
        derivative.col(count) = -t.head(count) / (t(count) * t(count));
        return derivative;
      }};
}

Result<Estimates> estimate(const Tally& tally, const TotalsFunction& function) {
  const VectorXd totals = totals_of(tally);
  Estimates estimates;
  estimates.value = function.value(totals);
  estimates.size = tally.size;
  estimates.method = variance_method(*tally.frame);
  if (!tally.frame->replicated()) {
    Result<MatrixXd> covariance = linearized_covariance(tally, function.derivative(totals));
    if (!covariance)
      return covariance.fault();
    estimates.covariance = std::move(*covariance);
    return estimates;
  }
  const auto replicates = static_cast<Index>(tally.frame->replicates.rscales.size());
  const auto columns = static_cast<Index>(tally.columns);
  estimates.replicates.resize(replicates, estimates.value.size());
  for (Index r = 0; r < replicates; ++r) {
    const Eigen::Map<const VectorXd> here(tally.replicate_totals.data() + r * columns, columns);
    estimates.replicates.row(r) = function.value(here).transpose();
  }
  estimates.covariance =
      replicate_covariance(tally.frame->replicates, estimates.replicates, estimates.value);
  return estimates;
}

Estimates transformed(const Estimates& estimates, const TotalsFunction& function) {
  Estimates result;
  result.value = function.value(estimates.value);
  const MatrixXd derivative = function.derivative(estimates.value);
  result.covariance = derivative * estimates.covariance * derivative.transpose();
  result.size = estimates.size;
  result.method = estimates.method;
  result.replicates.resize(estimates.replicates.rows(),
                           estimates.replicates.rows() > 0 ? result.value.size() : 0);
  for (Index r = 0; r < estimates.replicates.rows(); ++r)
    result.replicates.row(r) = function.value(estimates.replicates.row(r).transpose()).transpose();
  return result;
}

Estimates contrasts(const Estimates& estimates, const MatrixXd& coefficients) {
  return transformed(estimates,
                     {[&](const VectorXd& values) -> VectorXd { return coefficients * values; },
                      [&](const VectorXd&) { return coefficients; }});
}

}  // namespace topline
