#include "analysis/single_estimate.hpp"

#include <array>

#include "estimation/means.hpp"
#include "text/number_digits.hpp"

namespace topline {

namespace {

Result<std::string> estimate_quantile(const EstimateRequest& request, const SampleRows& rows,
                                      double level, GroupEstimate& group) {
  const DomainSize& size = rows.size();
  QuantileOptions options;
  options.rule = request.rule.value_or(QuantileRule::school);
  options.interval = request.quantile_interval;
  options.level = level;
  options.reference = size.degrees_of_freedom > 0 ? request.reference : Reference::normal;
  const Result<std::vector<QuantileEstimate>> found =
      quantiles(rows, 0, std::span(&request.probability, 1), options);
  if (!found)
    return found.fault();
  const QuantileEstimate& quantile = found->front();
  Estimate one;
  one.value = quantile.value;
  one.method = quantile.method;
  one.standard_error = quantile.standard_error.value_or(0);
  group.bounded = (quantile.low || quantile.high) && size.degrees_of_freedom > 0;
  group.low = quantile.low;
  group.high = quantile.high;
  group.estimate = std::move(one);
  return quantile.caution;
}

void bound(const EstimateRequest& request, const Estimates& estimates, const SampleRows& rows,
           double level, GroupEstimate& group) {
  Estimate one = estimates.at(0);
  one.degrees_of_freedom = rows.size().degrees_of_freedom;
  group.bounded = one.degrees_of_freedom > 0;
  if (group.bounded)
    std::tie(group.low, group.high) = symmetric_interval(one, level, request.reference);
  group.estimate = std::move(one);
}

}  // namespace

Result<std::string> estimate_single(const EstimateRequest& request, const SampleRows& rows,
                                    double level, GroupEstimate& group) {
  std::string caution;
  if (group.base == 0)
    return caution;
  if (request.kind == EstimateKind::quantile) {
    const Result<std::string> told = estimate_quantile(request, rows, level, group);
    if (!told)
      return told.fault();
    caution = *told;
  } else {
    // Of a single case there is no variance, and of two no correlation to speak of.
    if (group.base < (request.kind == EstimateKind::variance ? 2 : 3))
      return caution;
    static constexpr std::array<size_t, 1> first = {0};
    const Result<Estimates> estimates =
        request.kind == EstimateKind::variance ? variances(rows, first) : correlation(rows, 0, 1);
    if (!estimates)
      return estimates.fault();
    bound(request, *estimates, rows, level, group);
  }
  group.estimate->n = group.base;
  group.estimate->effective_base = group.effective_base;
  group.estimate->degrees_of_freedom = rows.size().degrees_of_freedom;
  return caution;
}

std::string single_statistic(const EstimateRequest& request) {
  if (request.kind == EstimateKind::variance)
    return "variance of the population: n/(n − 1) · Σ w(x − mean)² / Σ w";
  if (request.kind == EstimateKind::correlation)
    return "Pearson's correlation of weighted values";
  const std::string rule = rule_name(request.rule.value_or(QuantileRule::school));
  if (request.probability == 0.5 && !request.rule)
    return "median: the middle of the weighted distribution";
  return "quantile of " + shortest_digits(request.probability) +
         " of the weighted distribution, rule " + rule;
}

std::string reference_name(Reference reference) {
  return reference == Reference::student ? "Student's t" : "the normal distribution";
}

std::string with_degrees(Reference reference) {
  return reference == Reference::student ? " with the design's degrees of freedom" : "";
}

std::string single_interval(const EstimateRequest& request) {
  if (request.kind != EstimateKind::quantile)
    return "estimate ∓ quantile of " + reference_name(request.reference) + " × standard error";
  static const std::map<QuantileInterval, std::string> names = {
      {QuantileInterval::mean, "Woodruff"},
      {QuantileInterval::beta, "Woodruff, by Korn and Graubard's interval of the share"},
      {QuantileInterval::xlogit, "Woodruff, by the logit of the share"},
      {QuantileInterval::asin, "Woodruff, by the arcsine of the share"},
      {QuantileInterval::score, "score (Francisco and Fuller)"},
      {QuantileInterval::replicates, "from the quantiles of the replicates"}};
  return names.at(request.quantile_interval) + ", Student's t with the design's degrees of freedom";
}

}  // namespace topline
