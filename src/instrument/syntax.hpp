// The expression language's grammar, names still unresolved.
//
//   or-expr    = and-expr { "or" and-expr }
//   and-expr   = not-expr { "and" not-expr }
//   not-expr   = "not" not-expr | comparison
//   comparison = sum [ ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) sum | [ "not" ] "in" list ]
//   list       = "(" item { "," item } ")"
//   sum        = product { ( "+" | "-" ) product }
//   product    = unary { ( "*" | "/" ) unary }
//   unary      = "-" unary | primary
//   primary    = number | "text" | true | false | name { "." name }
//              | name "(" [ or-expr { "," or-expr } ] [ "|" or-expr ] ")" | "(" or-expr ")"
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"

namespace topline {

enum class SyntaxKind {
  number,
  text,
  truth,
  name,        // a dotted path, in `text`
  call,        // `text` is the function; children its arguments
  operation,   // `text` is the operator; one or two children
  membership,  // `text` is "in" or "not in"; first child the subject, the rest the items
};

struct Syntax {
  SyntaxKind kind = SyntaxKind::number;
  int begin = 0;
  int length = 0;
  double number = 0;
  std::string text;
  std::vector<Syntax> children;
  std::unique_ptr<Syntax> condition;  // of a call: what stands behind `|`
};

constexpr int max_expression_depth = 64;
constexpr int max_expression_length = 10'000;

// Nothing is returned after a fault; the first one is reported, for what follows a slip of
// grammar is guesswork.
std::optional<Syntax> parse_syntax(const std::string& text, const Place& place,
                                   Diagnostics& faults);

}  // namespace topline
