#include "weighting/weight_diagnostics.hpp"

#include <algorithm>

namespace topline {

double median_weight(const std::vector<double>& weights) {
  std::vector<double> positive;
  positive.reserve(weights.size());
  for (double weight : weights) {
    if (weight > 0)
      positive.push_back(weight);
  }
  if (positive.empty())
    return 0;
  const auto middle = positive.begin() + static_cast<std::ptrdiff_t>(positive.size() / 2);
  std::nth_element(positive.begin(), middle, positive.end());
  if (positive.size() % 2 == 1)
    return *middle;
  return (*std::max_element(positive.begin(), middle) + *middle) / 2;
}

WeightDiagnostics describe_weights(const std::vector<double>& weights,
                                   const std::vector<double>& before) {
  WeightDiagnostics described;
  for (size_t row = 0; row < weights.size(); ++row) {
    const double weight = weights[row];
    if (!(weight > 0)) {
      ++described.zeros;
      continue;
    }
    described.smallest = described.n == 0 ? weight : std::min(described.smallest, weight);
    described.largest = std::max(described.largest, weight);
    described.sum += weight;
    ++described.n;
    if (row < before.size() && before[row] > 0)
      described.largest_factor = std::max(described.largest_factor, weight / before[row]);
  }
  if (described.n == 0)
    return described;
  const auto n = static_cast<double>(described.n);
  described.mean = described.sum / n;
  described.median = median_weight(weights);
  described.range_ratio = described.largest / described.smallest;
  double squares = 0;  // of the deviations from the mean, which do not cancel
  for (double weight : weights) {
    if (weight > 0)
      squares += (weight - described.mean) * (weight - described.mean);
  }
  described.design_effect = 1 + squares / (n * described.mean * described.mean);
  described.effective_size = n / described.design_effect;
  return described;
}

}  // namespace topline
