#include "estimation/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "estimation/design_share_interval.hpp"

namespace topline {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

Diagnostic empty_base() {
  return fault_in("", "nobody is in the base of this quantile");
}

Diagnostic empty_replicate(Index replicate) {
  return fault_in(
      "",
      "replicate " + std::to_string(replicate + 1) + " has no weight in the base of this estimate",
      "take a larger base: one that lies in several units");
}

// The values of an input under one set of weights; those without weight are left out.
Result<OrderedValues> ordered_values(const SampleRows& rows, size_t input, int replicate) {
  const Distribution all = rows.distribution(input, replicate);
  OrderedValues some;
  for (size_t i = 0; i < all.value.size(); ++i) {
    const double weight = all.weight[i];
    if (weight < 0)
      return fault_in("", "the weights of some rows are below 0, with which there are no quantiles",
                      "adjust the weights by a method that keeps them positive, such as raking");
    if (weight == 0)
      continue;
    some.value.push_back(all.value[i]);
    some.weight.push_back(weight);
    some.first.push_back(all.first[i]);
    some.last.push_back(all.last[i]);
    some.rows += all.rows[i];
  }
  return some;
}

// Measures I(x ≤ threshold) − centre by threshold, then 1.
RowPass indicator_pass(size_t input, const std::vector<double>& thresholds,
                       const std::vector<double>& centres) {
  const size_t columns = thresholds.size() + 1;
  return {columns, [input, thresholds, centres, columns](size_t count, const double* const* in,
                                                         double* out) {
            const double* values = in[input];
            for (size_t k = 0; k < count; ++k) {
              double* here = out + k * columns;
              for (size_t j = 0; j + 1 < columns; ++j)
                here[j] = (values[k] <= thresholds[j] ? 1.0 : 0.0) - centres[j];
              here[columns - 1] = 1;
            }
          }};
}

// Shares up to thresholds whose values in the full sample, `centres`, are known.
Result<Estimates> centred_shares(const SampleRows& rows, size_t input,
                                 const std::vector<double>& thresholds,
                                 const std::vector<double>& centres) {
  Result<Estimates> shares =
      estimate(rows.tally(indicator_pass(input, thresholds, centres)), mean_around(centres));
  if (!shares)
    return shares.fault();
  for (Index r = 0; r < shares->replicates.rows(); ++r) {
    if (!shares->replicates.row(r).allFinite())
      return empty_replicate(r);
  }
  return shares;
}

std::vector<double> known_shares(const WeightedQuantiles& values,
                                 const std::vector<double>& thresholds) {
  std::vector<double> shares;
  for (double threshold : thresholds) {
    const auto above = std::upper_bound(values.values().begin(), values.values().end(), threshold);
    const auto count = static_cast<size_t>(above - values.values().begin());
    shares.push_back(count == 0 ? 0 : values.share_up_to(count - 1));
  }
  return shares;
}

ShareInterval share_method(QuantileInterval interval) {
  switch (interval) {
    case QuantileInterval::beta:
      return ShareInterval::beta;
    case QuantileInterval::xlogit:
      return ShareInterval::xlogit;
    case QuantileInterval::asin:
      return ShareInterval::asin;
    case QuantileInterval::mean:
    case QuantileInterval::score:
    case QuantileInterval::replicates:
      break;
  }
  return ShareInterval::mean;
}

std::string interval_name(QuantileInterval interval) {
  switch (interval) {
    case QuantileInterval::mean:
      return "Woodruff interval";
    case QuantileInterval::beta:
      return "Woodruff interval (Korn-Graubard)";
    case QuantileInterval::xlogit:
      return "Woodruff interval (logit)";
    case QuantileInterval::asin:
      return "Woodruff interval (arcsine)";
    case QuantileInterval::score:
      return "score interval";
    case QuantileInterval::replicates:
      return "interval from the replicates' quantiles";
  }
  return {};
}

// One call: an input's quantiles, to which the ways of finding intervals add bounds.
class QuantileIntervals {
 public:
  QuantileIntervals(const SampleRows& rows, size_t input, const QuantileOptions& options,
                    const WeightedQuantiles& values)
      : rows_(rows),
        input_(input),
        options_(options),
        values_(values),
        quantile_(
            two_sided_quantile(options.level, rows.size().degrees_of_freedom, options.reference)) {}

  Result<Done> add(std::vector<QuantileEstimate>& estimates) const {
    switch (options_.interval) {
      case QuantileInterval::score:
        return add_score(estimates);
      case QuantileInterval::replicates:
        return add_replicates(estimates);
      case QuantileInterval::mean:
      case QuantileInterval::beta:
      case QuantileInterval::xlogit:
      case QuantileInterval::asin:
        break;
    }
    return add_woodruff(estimates);
  }

 private:
  void set_error_from_bounds(QuantileEstimate& one) const {
    if (one.low && one.high)
      one.standard_error = (*one.high - *one.low) / (2 * quantile_);
  }

  Result<Done> add_woodruff(std::vector<QuantileEstimate>& estimates) const {
    std::vector<double> thresholds;
    for (const QuantileEstimate& one : estimates)
      thresholds.push_back(one.value);
    const Result<Estimates> shares =
        centred_shares(rows_, input_, thresholds, known_shares(values_, thresholds));
    if (!shares)
      return shares.fault();
    for (size_t i = 0; i < estimates.size(); ++i) {
      const auto index = static_cast<Index>(i);
      // Nothing lies above the quantile: the share has no variance, and no bounds but by beta.
      if (shares->value(index) >= 1 && options_.interval != QuantileInterval::beta)
        continue;
      const Result<ShareBounds> bounds =
          design_share_interval(*shares, index, rows_.frame(), share_method(options_.interval),
                                options_.level, options_.reference);
      if (!bounds)
        return bounds.fault();
      if (bounds->low >= 0)
        estimates[i].low = values_.at(bounds->low, options_.rule);
      if (bounds->high <= 1 && shares->value(index) < 1)
        estimates[i].high = values_.at(bounds->high, options_.rule);
      set_error_from_bounds(estimates[i]);
    }
    return Done{};
  }

  // (p − F(x))/s(F(x)) for (p, position of x).
  struct Score {
    double probability = 0;
    size_t position = 0;
  };
  Result<std::vector<double>> scores(const std::vector<Score>& wanted) const {
    std::vector<double> thresholds;
    std::vector<double> centres;
    for (const Score& one : wanted) {
      thresholds.push_back(values_.values()[one.position]);
      centres.push_back(values_.share_up_to(one.position));
    }
    const Result<Estimates> shares = centred_shares(rows_, input_, thresholds, centres);
    if (!shares)
      return shares.fault();
    std::vector<double> result;
    for (size_t i = 0; i < wanted.size(); ++i) {
      const Estimate share = shares->at(static_cast<Index>(i));
      const double away = wanted[i].probability - share.value;
      const double infinite = std::copysign(std::numeric_limits<double>::infinity(), away);
      if (away == 0)
        result.push_back(0);
      else
        result.push_back(share.standard_error > 0 ? away / share.standard_error : infinite);
    }
    return result;
  }

  // A value between `rejected` and `accepted` at which the test changes its mind. Positions are
  // counted from 1; 0 stands before the first value, where the share is 0.
  struct Search {
    size_t estimate = 0;
    bool lower = false;
    size_t rejected = 0;
    size_t accepted = 0;

    [[nodiscard]] size_t middle() const { return (rejected + accepted) / 2; }
    [[nodiscard]] bool found() const {
      return std::max(rejected, accepted) - std::min(rejected, accepted) <= 1;
    }
  };

  Result<Done> add_score(std::vector<QuantileEstimate>& estimates) const {
    std::vector<Search> searches;
    for (size_t i = 0; i < estimates.size(); ++i) {
      // At the quantile the score is not above 0, just before it not below.
      const size_t here = values_.position(estimates[i].probability) + 1;
      searches.push_back({i, true, 0, here});
      searches.push_back({i, false, values_.values().size(), here - 1});
    }
    for (;;) {
      std::vector<Score> wanted;
      std::vector<Search*> open;
      for (Search& search : searches) {
        if (search.found())
          continue;
        open.push_back(&search);
        wanted.push_back({estimates[search.estimate].probability, search.middle() - 1});
      }
      if (open.empty())
        break;
      const Result<std::vector<double>> score = scores(wanted);
      if (!score)
        return score.fault();
      for (size_t i = 0; i < open.size(); ++i) {
        Search& search = *open[i];
        const bool accepts = search.lower ? (*score)[i] <= quantile_ : (*score)[i] >= -quantile_;
        (accepts ? search.accepted : search.rejected) = wanted[i].position + 1;
      }
    }
    for (const Search& search : searches) {
      QuantileEstimate& one = estimates[search.estimate];
      const size_t bound = (search.lower ? search.accepted : search.rejected) - 1;
      (search.lower ? one.low : one.high) = values_.values()[bound];
    }
    for (QuantileEstimate& one : estimates)
      set_error_from_bounds(one);
    return Done{};
  }

  Result<Done> add_replicates(std::vector<QuantileEstimate>& estimates) const {
    const ReplicateScales& scales = rows_.frame().replicates;
    const auto count = static_cast<Index>(estimates.size());
    MatrixXd replicates(static_cast<Index>(scales.rscales.size()), count);
    for (Index r = 0; r < replicates.rows(); ++r) {
      Result<OrderedValues> ordered = ordered_values(rows_, input_, static_cast<int>(r));
      if (!ordered)
        return ordered.fault();
      if (ordered->value.empty())
        return empty_replicate(r);
      const WeightedQuantiles values(std::move(*ordered));
      for (Index i = 0; i < count; ++i)
        replicates(r, i) = values.at(estimates[static_cast<size_t>(i)].probability, options_.rule);
    }
    VectorXd value(count);
    for (Index i = 0; i < count; ++i)
      value(i) = estimates[static_cast<size_t>(i)].value;
    const MatrixXd covariance = replicate_covariance(scales, replicates, value);
    const bool jackknife = scales.type == ReplicateType::jk1 || scales.type == ReplicateType::jkn;
    for (Index i = 0; i < count; ++i) {
      QuantileEstimate& one = estimates[static_cast<size_t>(i)];
      const double error = std::sqrt(covariance(i, i));
      one.standard_error = error;
      one.low = one.value - quantile_ * error;
      one.high = one.value + quantile_ * error;
      if (jackknife)
        one.caution =
            "a jackknife does not show how much a quantile varies; use a Woodruff interval";
    }
    return Done{};
  }

  const SampleRows& rows_;
  size_t input_;
  const QuantileOptions& options_;
  const WeightedQuantiles& values_;
  double quantile_;  // of t or the normal distribution
};

Result<WeightedQuantiles> full_sample_values(const SampleRows& rows, size_t input,
                                             std::span<const double> probabilities) {
  for (double probability : probabilities) {
    if (!(probability > 0 && probability < 1))
      return fault_in("", "the probability of a quantile lies between 0 and 1",
                      "the median is the quantile of probability 0.5");
  }
  Result<OrderedValues> ordered = ordered_values(rows, input, full_sample);
  if (!ordered)
    return ordered.fault();
  if (ordered->value.empty())
    return empty_base();
  return WeightedQuantiles(std::move(*ordered));
}

}  // namespace

Result<std::vector<QuantileEstimate>> quantiles(const SampleRows& rows, size_t input,
                                                std::span<const double> probabilities,
                                                const QuantileOptions& options) {
  if (!(options.level > 0 && options.level < 1))
    return fault_in("", "the level of an interval lies between 0 and 1", "95 % is 0.95");
  if (options.interval == QuantileInterval::replicates && !rows.frame().replicated())
    return fault_in("",
                    "an interval from replicates' quantiles needs a design with replicate weights",
                    "use the interval mean, beta, xlogit, asin or score");
  if (options.reference == Reference::student && !(rows.size().degrees_of_freedom > 0))
    return fault_in("", "the design leaves no degrees of freedom for an interval",
                    "there are no more sampled units than strata");
  const Result<WeightedQuantiles> values = full_sample_values(rows, input, probabilities);
  if (!values)
    return values.fault();
  std::vector<QuantileEstimate> estimates;
  for (double probability : probabilities) {
    QuantileEstimate one;
    one.probability = probability;
    one.value = values->at(probability, options.rule);
    one.method = "quantile rule " + rule_name(options.rule) + ", " +
                 interval_name(options.interval) + ", " + variance_method(rows.frame());
    estimates.push_back(std::move(one));
  }
  const Result<Done> added = QuantileIntervals(rows, input, options, *values).add(estimates);
  if (!added)
    return added.fault();
  return estimates;
}

Result<std::vector<double>> plain_quantiles(const SampleRows& rows, size_t input,
                                            std::span<const double> probabilities,
                                            QuantileRule rule) {
  const Result<WeightedQuantiles> values = full_sample_values(rows, input, probabilities);
  if (!values)
    return values.fault();
  std::vector<double> result;
  for (double probability : probabilities)
    result.push_back(values->at(probability, rule));
  return result;
}

Result<Estimates> shares_up_to(const SampleRows& rows, size_t input,
                               std::span<const double> thresholds) {
  if (!(rows.size().weight > 0))
    return empty_base();
  const std::vector<double> at(thresholds.begin(), thresholds.end());
  std::vector<double> centres =
      rows.totals(indicator_pass(input, at, std::vector<double>(at.size())));
  centres.pop_back();
  for (double& centre : centres)
    centre /= rows.size().weight;
  return centred_shares(rows, input, at, centres);
}

}  // namespace topline
