#include "dataset/aggregate.hpp"

#include <algorithm>
#include <cmath>

#include "statistics/quantile_rules.hpp"

namespace topline {

namespace {

// Compensated (Neumaier 1974), in row order: the same to the last bit on every run.
class Sum {
 public:
  void add(double value) {
    const double next = total_ + value;
    lost_ +=
        std::abs(total_) >= std::abs(value) ? (total_ - next) + value : (value - next) + total_;
    total_ = next;
  }
  [[nodiscard]] double total() const { return total_ + lost_; }

 private:
  double total_ = 0;
  double lost_ = 0;
};

// Numbers of rows, and what the rows weigh.
struct Numbers {
  std::vector<double> value;
  std::vector<double> weight;  // empty: 1 each
};

double middle(std::vector<double>& values) {
  std::sort(values.begin(), values.end());
  const size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

Value numeric(Op op, Numbers& numbers) {
  std::vector<double>& values = numbers.value;
  if (op == Op::sum || op == Op::mean) {
    Sum total, weight;
    for (size_t i = 0; i < values.size(); ++i) {
      const double w = numbers.weight.empty() ? 1 : numbers.weight[i];
      total.add(w * values[i]);
      weight.add(w);
    }
    if (op == Op::sum)
      return Value::of(total.total());
    return weight.total() > 0 ? Value::of(total.total() / weight.total()) : Value::unknown();
  }
  if (values.empty())
    return Value::unknown();
  if (op == Op::median)
    return Value::of(numbers.weight.empty() ? middle(values)
                                            : weighted_median(values, numbers.weight));
  return Value::of(op == Op::smallest ? *std::min_element(values.begin(), values.end())
                                      : *std::max_element(values.begin(), values.end()));
}

}  // namespace

Aggregate aggregate(const Expression& expression, int32_t node, const Dataset& dataset,
                    const RowMask& mask, const RowWeights& weights) {
  const Node& root = expression.nodes[static_cast<size_t>(node)];
  const Expression inner = part_of(expression, root.children[0]);
  std::optional<Expression> among;
  if (root.children.size() > 1)
    among = part_of(expression, root.children[1]);
  const Codebook& codebook = dataset.codebook();
  DatasetCase row(dataset);
  Aggregate result;
  Numbers numbers;
  Sum base, hits;
  const bool counting =
      root.op == Op::share || root.op == Op::base_count || root.op == Op::case_count;
  for (size_t i = 0; i < dataset.rows(); ++i) {
    if ((!mask.empty() && mask[i] == 0) || (!weights.empty() && weights[i] == 0))
      continue;
    row.move_to(i);
    if (!holds(among, codebook, row))
      continue;
    const Value value = evaluate(inner, codebook, row);
    if (!value.known)
      continue;
    const double weight = weights.empty() ? 1 : weights[i];
    ++result.base;
    base.add(weight);
    if (!counting) {
      numbers.value.push_back(value.number);
      if (!weights.empty())
        numbers.weight.push_back(weight);
    } else if (value.number != 0) {
      ++result.hits;
      hits.add(weight);
    }
  }
  result.base_weight = base.total();
  result.hit_weight = hits.total();
  if (!counting)
    result.value = numeric(root.op, numbers);
  else if (root.op == Op::base_count)
    result.value = Value::of(static_cast<double>(result.base));
  else if (root.op == Op::case_count)
    result.value = Value::of(result.hit_weight);
  else if (result.base_weight > 0)
    result.value = Value::of(100 * result.hit_weight / result.base_weight);
  return result;
}

std::optional<Expression> bind_aggregates(const Expression& expression, const Dataset& dataset,
                                          const RowMask& mask, const RowWeights& weights) {
  Expression bound = expression;
  for (size_t i = 0; i < bound.nodes.size(); ++i) {
    Node& node = bound.nodes[i];
    if (!is_aggregate(node.op))
      continue;
    const Aggregate result = aggregate(expression, static_cast<int32_t>(i), dataset, mask, weights);
    if (!result.value.known)
      return std::nullopt;
    node.op = Op::constant;
    node.children.clear();
    node.number = result.value.number;
  }
  return bound;
}

}  // namespace topline
