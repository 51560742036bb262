// A formula over aggregates as a differentiable function of them.
#pragma once

#include <vector>

#include "base/diagnostic.hpp"
#include "instrument/expression.hpp"

namespace topline {

// The formula's value for given values of its aggregates, and its derivative by each of them.
struct FormulaValue {
  double value = 0;
  std::vector<double> derivative;  // by aggregate, in the order of aggregates_of
  bool known = true;               // false: a division by zero
};

// The nodes of `formula` that are aggregates, in their order.
std::vector<int32_t> aggregates_of(const Expression& formula);

// `values`: one for each aggregate, in order. The formula may add, subtract, multiply, divide and
// negate (see check_differentiable).
FormulaValue evaluate_formula(const Expression& formula, const std::vector<double>& values);

// Faults for what has no derivative (min, max, abs, round, comparisons) or is no estimate.
void check_differentiable(const Expression& formula, Diagnostics& faults);

}  // namespace topline
