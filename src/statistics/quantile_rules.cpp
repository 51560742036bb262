#include "statistics/quantile_rules.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace topline {

namespace {

constexpr double same_share = 1e-13;

// Number of positions from the start for which `holds`, which holds for none after the first for
// which it does not.
template <typename Holds>
size_t count_while(size_t size, const Holds& holds) {
  size_t low = 0;
  size_t high = size;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (holds(middle))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

}  // namespace

std::string rule_name(QuantileRule rule) {
  switch (rule) {
    case QuantileRule::math:
      return "math";
    case QuantileRule::school:
      return "school";
    case QuantileRule::shahvaish:
      return "shahvaish";
    case QuantileRule::hf1:
      return "hf1";
    case QuantileRule::hf2:
      return "hf2";
    case QuantileRule::hf3:
      return "hf3";
    case QuantileRule::hf4:
      return "hf4";
    case QuantileRule::hf5:
      return "hf5";
    case QuantileRule::hf6:
      return "hf6";
    case QuantileRule::hf7:
      return "hf7";
    case QuantileRule::hf8:
      return "hf8";
    case QuantileRule::hf9:
      return "hf9";
  }
  return {};
}

WeightedQuantiles::WeightedQuantiles(OrderedValues values) : of_(std::move(values)) {
  // Neumaier's sum: its error does not grow with the number of values.
  double sum = 0;
  double lost = 0;
  up_to_.reserve(of_.weight.size());
  for (double weight : of_.weight) {
    const double next = sum + weight;
    lost += sum >= weight ? (sum - next) + weight : (weight - next) + sum;
    sum = next;
    up_to_.push_back(sum + lost);
  }
}

double WeightedQuantiles::share_up_to(size_t index) const {
  return up_to_[index] / up_to_.back();
}

size_t WeightedQuantiles::position(double probability) const {
  const double target = (probability - same_share) * up_to_.back();
  const size_t below = count_while(up_to_.size(), [&](size_t i) { return up_to_[i] < target; });
  return below < up_to_.size() ? below : up_to_.size() - 1;
}

double WeightedQuantiles::at(double probability, QuantileRule rule) const {
  switch (rule) {
    case QuantileRule::math:
    case QuantileRule::hf1:
    case QuantileRule::school:
    case QuantileRule::hf2:
    case QuantileRule::hf3:
      return stepped(probability, rule);
    case QuantileRule::shahvaish:
      return shah_vaish(probability);
    case QuantileRule::hf4:
      return interpolated(probability, 0, 0);
    case QuantileRule::hf5:
      return interpolated(probability, 1.0 / 2, 0);
    case QuantileRule::hf6:
      return interpolated(probability, 0, 1);
    case QuantileRule::hf7:
      return interpolated(probability, 1, -1);
    case QuantileRule::hf8:
      return interpolated(probability, 1.0 / 3, 1.0 / 3);
    case QuantileRule::hf9:
      return interpolated(probability, 3.0 / 8, 1.0 / 4);
  }
  return of_.value.front();
}

double WeightedQuantiles::stepped(double probability, QuantileRule rule) const {
  const size_t here = position(probability);
  const double value = of_.value[here];
  const bool met = up_to_[here] <= (probability + same_share) * up_to_.back();
  if (!met || here + 1 == of_.value.size())
    return value;
  const double next = of_.value[here + 1];
  if (rule == QuantileRule::hf3)
    return here % 2 == 1 ? value : next;  // an even place among the distinct values, from 1
  if (rule == QuantileRule::school || rule == QuantileRule::hf2)
    return value + (next - value) / 2;
  return value;
}

double WeightedQuantiles::shah_vaish(double probability) const {
  // Among rows of one value the function grows, so that the first of them decides.
  const auto n = static_cast<double>(of_.rows);
  const double scale = n / up_to_.back();
  const size_t reached = count_while(of_.value.size(), [&](size_t i) {
    const double share = ((before(i) + of_.first[i] / 2) * scale + 0.5) / (n + 1);
    return share <= probability + same_share;
  });
  return of_.value[reached == 0 ? 0 : reached - 1];
}

// p_k = (C − own·w)/(W + last·w_n).
double WeightedQuantiles::interpolated(double probability, double own, double last) const {
  const double total = up_to_.back();
  const double target = probability * (total + last * of_.last.back());
  const double same = same_share * total;
  const auto starts_at = [&](size_t i) { return before(i) + (1 - own) * of_.first[i]; };
  const size_t reached =
      count_while(of_.value.size(), [&](size_t i) { return starts_at(i) <= target + same; });
  if (reached == 0)
    return of_.value.front();
  const double low = of_.value[reached - 1];
  if (reached == of_.value.size())
    return low;
  const double end = up_to_[reached - 1] - own * of_.last[reached - 1];
  if (target <= end + same)
    return low;
  return low + (of_.value[reached] - low) * ((target - end) / (starts_at(reached) - end));
}

double weighted_median(const std::vector<double>& values, const std::vector<double>& weights) {
  std::vector<size_t> order(values.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return values[a] < values[b]; });
  OrderedValues ordered;
  for (size_t i : order) {
    if (ordered.value.empty() || ordered.value.back() != values[i]) {
      ordered.value.push_back(values[i]);
      ordered.weight.push_back(0);
      ordered.first.push_back(weights[i]);
      ordered.last.push_back(0);
    }
    ordered.weight.back() += weights[i];
    ordered.last.back() = weights[i];
  }
  ordered.rows = static_cast<int64_t>(values.size());
  return WeightedQuantiles(std::move(ordered)).at(0.5, QuantileRule::school);
}

}  // namespace topline
