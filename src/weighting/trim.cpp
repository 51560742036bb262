#include "weighting/trim.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "weighting/margin.hpp"
#include "weighting/weight_diagnostics.hpp"

namespace topline {

namespace {

constexpr double settled = 1e-14;
constexpr int most_rounds = 10000;

double unit_of(const std::vector<double>& weights, TrimUnit unit) {
  switch (unit) {
    case TrimUnit::median:
      return median_weight(weights);
    case TrimUnit::mean:
      return describe_weights(weights).mean;
    case TrimUnit::weight:
      break;
  }
  return 1;
}

struct Round {
  size_t raised = 0;
  size_t cut = 0;
  size_t inside = 0;
  double taken = 0;  // what the others are to take on
};

// Puts weights on the limits and adds what was taken to those that lay between.
Round trim_once(std::vector<double>& weights, double lower, double upper) {
  Round round;
  std::vector<uint8_t> outside(weights.size());
  for (size_t row = 0; row < weights.size(); ++row) {
    const double weight = weights[row];
    if (!(weight > 0))
      continue;
    const double kept = std::clamp(weight, lower, upper);
    round.raised += weight < lower ? 1 : 0;
    round.cut += weight > upper ? 1 : 0;
    round.inside += weight == kept ? 1 : 0;
    outside[row] = weight == kept ? 0 : 1;
    round.taken += weight - kept;
    weights[row] = kept;
  }
  for (size_t row = 0; row < weights.size() && round.inside > 0; ++row) {
    if (outside[row] == 0 && weights[row] > 0)
      weights[row] += round.taken / static_cast<double>(round.inside);
  }
  return round;
}

}  // namespace

Result<TrimmedWeights> trim(const std::vector<double>& weights, const TrimOptions& options) {
  Diagnostics faults;
  check_weights(weights, faults);
  if (faults.has_errors())
    return faults.all().front();
  if (!(options.lower >= 0 && options.lower < options.upper))
    return fault_in("",
                    "weights cannot be trimmed to between " + in_words(options.lower) + " and " +
                        in_words(options.upper),
                    "the lower limit is 0 or more and below the upper one");
  const double unit = unit_of(weights, options.unit);
  const WeightDiagnostics before = describe_weights(weights);
  TrimmedWeights result{weights, {}};
  TrimReport& report = result.report;
  report.lower = options.lower * unit;
  report.upper = options.upper * unit;
  const std::string limits = in_words(report.lower) + " and " + in_words(report.upper);
  if (options.strict && !(report.lower <= before.mean && before.mean <= report.upper))
    return fault_in(
        "", "weights cannot be kept between " + limits + ": their mean is " + in_words(before.mean),
        "choose limits with the mean weight between them");
  do {
    const Round round = trim_once(result.weights, report.lower, report.upper);
    if (round.raised + round.cut == 0)
      break;
    if (round.inside == 0 && std::abs(round.taken) > settled * before.sum)
      return fault_in("",
                      "no weight lies between " + limits + " to take on what trimming takes off",
                      "choose wider limits");
    if (++report.rounds == 1) {
      report.raised = round.raised;
      report.cut = round.cut;
    }
    if (options.strict && std::abs(round.taken) <= settled * before.sum) {
      for (double& weight : result.weights)
        weight = weight > 0 ? std::clamp(weight, report.lower, report.upper) : weight;
      break;
    }
    if (!std::all_of(result.weights.begin(), result.weights.end(),
                     [](double weight) { return weight >= 0; }))
      return fault_in("", "trimming to between " + limits + " leaves negative weights",
                      "choose wider limits");
  } while (options.strict && report.rounds < most_rounds);
  report.share = static_cast<double>(report.raised + report.cut) / static_cast<double>(before.n);
  return result;
}

}  // namespace topline
