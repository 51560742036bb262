// The value of an expression for one case, in three-valued logic (Kleene 1952, §64).
#pragma once

#include <optional>
#include <string_view>

#include "instrument/expression.hpp"
#include "instrument/variable.hpp"

namespace topline {

struct Value {
  bool known = false;
  double number = 0;  // a boolean is 0 or 1
  std::string_view text;

  static Value unknown() { return {}; }
  static Value of(double number) { return {true, number, {}}; }
  static Value of(bool truth) { return {true, truth ? 1.0 : 0.0, {}}; }
  [[nodiscard]] bool holds() const { return known && number != 0; }
};

// `expression` must hold no aggregates: bind those first (dataset/aggregate.hpp). The view in
// Value::text lives as long as the case and the expression.
Value evaluate(const Expression& expression, const Codebook& codebook, const CaseView& from);

// True when the expression is known and true: what routing, filters and bases ask.
bool holds(const Expression& expression, const Codebook& codebook, const CaseView& from);
bool holds(const std::optional<Expression>& expression, const Codebook& codebook,
           const CaseView& from);  // no expression always holds

}  // namespace topline
