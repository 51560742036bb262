#include "analysis/formula_function.hpp"

#include <algorithm>

namespace topline {

namespace {

FormulaValue combined(Op op, const FormulaValue& a, const FormulaValue& b) {
  FormulaValue result;
  result.known = a.known && b.known;
  result.derivative.resize(a.derivative.size());
  double by_a = 1;
  double by_b = 1;
  switch (op) {
    case Op::add:
      result.value = a.value + b.value;
      break;
    case Op::subtract:
      result.value = a.value - b.value;
      by_b = -1;
      break;
    case Op::multiply:
      result.value = a.value * b.value;
      by_a = b.value;
      by_b = a.value;
      break;
    default:
      if (b.value == 0) {
        result.known = false;
        return result;
      }
      result.value = a.value / b.value;
      by_a = 1 / b.value;
      by_b = -a.value / (b.value * b.value);
  }
  for (size_t i = 0; i < result.derivative.size(); ++i)
    result.derivative[i] = by_a * a.derivative[i] + by_b * b.derivative[i];
  return result;
}

bool is_smooth(Op op) {
  return op == Op::add || op == Op::subtract || op == Op::multiply || op == Op::divide;
}

class Evaluator {
 public:
  Evaluator(const Expression& formula, const std::vector<double>& values)
      : formula_(formula), values_(values), aggregates_(aggregates_of(formula)) {}

  FormulaValue at(int32_t index) const {
    const Node& node = formula_.nodes[static_cast<size_t>(index)];
    FormulaValue result;
    result.derivative.assign(values_.size(), 0);
    if (is_aggregate(node.op)) {
      const auto found = std::find(aggregates_.begin(), aggregates_.end(), index);
      const auto position = static_cast<size_t>(found - aggregates_.begin());
      result.value = values_[position];
      result.derivative[position] = 1;
    } else if (node.op == Op::constant) {
      result.value = node.number;
    } else if (node.op == Op::negate) {
      result = combined(Op::subtract, result, at(node.children[0]));
    } else {
      result = at(node.children[0]);
      for (size_t i = 1; i < node.children.size(); ++i)
        result = combined(node.op, result, at(node.children[i]));
    }
    return result;
  }

 private:
  const Expression& formula_;
  const std::vector<double>& values_;
  std::vector<int32_t> aggregates_;
};

void check(const Expression& formula, int32_t index, bool whole, Diagnostics& faults) {
  const Node& node = formula.nodes[static_cast<size_t>(index)];
  const Place place = place_within(formula.place, node.begin, node.length);
  if (is_aggregate(node.op)) {
    // n(Q17) of a name alone has become cases(answered(Q17)).
    const bool written_n = formula.text.compare(static_cast<size_t>(node.begin), 1, "n") == 0;
    if (node.op == Op::base_count || written_n)
      faults.error(place, "n() counts respondents of the sample: it is no estimate",
                   "cases(…) estimates how many there are; every estimate prints its base");
    else if (node.op == Op::smallest || node.op == Op::largest)
      faults.error(place, "the extremes of a sample say nothing of the population's",
                   "median(x) and mean(x) can be estimated");
    else if (node.op == Op::median && !whole)
      faults.error(place, "a median inside a larger formula has no standard error here",
                   "ask for the median alone");
    return;
  }
  if (node.op == Op::constant || node.op == Op::negate || is_smooth(node.op)) {
    for (int32_t child : node.children)
      check(formula, child, false, faults);
    return;
  }
  faults.error(place, "this part of the formula has no derivative, and so no standard error",
               "estimates are sums, differences, products and quotients of share(), mean(), sum() "
               "and cases()");
}

}  // namespace

std::vector<int32_t> aggregates_of(const Expression& formula) {
  std::vector<int32_t> found;
  for (size_t i = 0; i < formula.nodes.size(); ++i) {
    if (is_aggregate(formula.nodes[i].op))
      found.push_back(static_cast<int32_t>(i));
  }
  return found;
}

FormulaValue evaluate_formula(const Expression& formula, const std::vector<double>& values) {
  return Evaluator(formula, values).at(static_cast<int32_t>(formula.nodes.size()) - 1);
}

void check_differentiable(const Expression& formula, Diagnostics& faults) {
  if (!formula.has_aggregates()) {
    faults.error(formula.place, "`" + formula.text + "` estimates nothing",
                 "write what to estimate, as in share(Q1 == yes) or mean(age)");
    return;
  }
  check(formula, static_cast<int32_t>(formula.nodes.size()) - 1, true, faults);
}

}  // namespace topline
