// From the text of an expression to an Expression whose names and types are right.
#pragma once

#include <optional>
#include <string>

#include "instrument/expression.hpp"
#include "instrument/variable.hpp"

namespace topline {

enum class Aggregates { refused, allowed };

// Parses, resolves and type-checks. `wanted` is the type that the place of use needs (boolean
// for conditions, number for values; a boolean is accepted where a number is wanted, as 0 or
// 1). Faults go to `faults`, with positions inside `place`; nothing is returned then.
// With Aggregates::allowed the expression may use share(), median() and the like.
std::optional<Expression> resolve_expression(const std::string& text, const Place& place,
                                             const Codebook& codebook, ExpressionType wanted,
                                             Aggregates aggregates, Diagnostics& faults);

}  // namespace topline
