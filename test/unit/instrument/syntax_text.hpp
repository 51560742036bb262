// Syntax trees written out, for tests: as a formula, or fully bracketed.
#pragma once

#include <string>

#include "instrument/syntax.hpp"

namespace topline {

// "(or a (and b (not c)))": one pair of brackets for each node.
inline std::string bracketed(const Syntax& syntax) {
  const auto inside = [&](std::string head) {
    for (const Syntax& child : syntax.children)
      head += " " + bracketed(child);
    if (syntax.condition)
      head += " | " + bracketed(*syntax.condition);
    return "(" + head + ")";
  };
  switch (syntax.kind) {
    case SyntaxKind::number: {
      std::string digits = std::to_string(syntax.number);
      digits.erase(digits.find_last_not_of('0') + 1);
      if (digits.back() == '.')
        digits.pop_back();
      return digits;
    }
    case SyntaxKind::text:
      return '"' + syntax.text + '"';
    case SyntaxKind::truth:
      return syntax.number != 0 ? "true" : "false";
    case SyntaxKind::name:
      return syntax.text;
    case SyntaxKind::call:
      return inside(syntax.text + "()");
    case SyntaxKind::operation:
    case SyntaxKind::membership:
      return inside(syntax.text);
  }
  return {};
}

}  // namespace topline
