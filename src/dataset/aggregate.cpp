#include "dataset/aggregate.hpp"

#include <algorithm>
#include <cmath>

namespace topline {

namespace {

Value middle(std::vector<double>& values) {
  std::sort(values.begin(), values.end());
  const size_t half = values.size() / 2;
  return Value::of(values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2);
}

Aggregate numeric(Op op, std::vector<double>& values) {
  Aggregate result;
  result.base = static_cast<int64_t>(values.size());
  if (op == Op::sum || op == Op::mean) {
    // Compensated (Neumaier 1974), in row order: the same to the last bit on every run.
    double total = 0, lost = 0;
    for (double value : values) {
      const double next = total + value;
      lost += std::abs(total) >= std::abs(value) ? (total - next) + value : (value - next) + total;
      total = next;
    }
    total += lost;
    if (op == Op::sum)
      result.value = Value::of(total);
    else if (!values.empty())
      result.value = Value::of(total / static_cast<double>(values.size()));
    return result;
  }
  if (values.empty())
    return result;
  if (op == Op::median)
    result.value = middle(values);
  else if (op == Op::smallest)
    result.value = Value::of(*std::min_element(values.begin(), values.end()));
  else
    result.value = Value::of(*std::max_element(values.begin(), values.end()));
  return result;
}

}  // namespace

Aggregate aggregate(const Expression& expression, int32_t node, const Dataset& dataset,
                    const RowMask& mask) {
  const Node& root = expression.nodes[static_cast<size_t>(node)];
  const Expression inner = part_of(expression, root.children[0]);
  std::optional<Expression> among;
  if (root.children.size() > 1)
    among = part_of(expression, root.children[1]);
  const Codebook& codebook = dataset.codebook();
  DatasetCase row(dataset);
  Aggregate result;
  std::vector<double> values;
  const bool counting =
      root.op == Op::share || root.op == Op::base_count || root.op == Op::case_count;
  for (size_t i = 0; i < dataset.rows(); ++i) {
    if (!mask.empty() && mask[i] == 0)
      continue;
    row.move_to(i);
    if (!holds(among, codebook, row))
      continue;
    const Value value = evaluate(inner, codebook, row);
    if (!value.known)
      continue;
    if (!counting) {
      values.push_back(value.number);
      continue;
    }
    ++result.base;
    result.hits += value.number != 0 ? 1 : 0;
  }
  if (!counting)
    return numeric(root.op, values);
  if (root.op == Op::base_count)
    result.value = Value::of(static_cast<double>(result.base));
  else if (root.op == Op::case_count)
    result.value = Value::of(static_cast<double>(result.hits));
  else if (result.base > 0)
    result.value =
        Value::of(100 * static_cast<double>(result.hits) / static_cast<double>(result.base));
  return result;
}

std::optional<Expression> bind_aggregates(const Expression& expression, const Dataset& dataset,
                                          const RowMask& mask) {
  Expression bound = expression;
  for (size_t i = 0; i < bound.nodes.size(); ++i) {
    Node& node = bound.nodes[i];
    if (!is_aggregate(node.op))
      continue;
    const Aggregate result = aggregate(expression, static_cast<int32_t>(i), dataset, mask);
    if (!result.value.known)
      return std::nullopt;
    node.op = Op::constant;
    node.children.clear();
    node.number = result.value.number;
  }
  return bound;
}

}  // namespace topline
