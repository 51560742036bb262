// A formula after parsing, name resolution and type checking: routing, filters, recodes, bases
// and values are all of this one kind. A flat list of nodes, children before their parent; the
// last node is the whole.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "instrument/answer.hpp"

namespace topline {

enum class ExpressionType : uint8_t { boolean, number, date, text, code };

enum class Op : uint8_t {
  constant,       // number (a boolean is 0 or 1, a date counts days); text in Node::text
  read_number,    // numeric or date variable
  read_text,      // text variable
  read_flag,      // yes-or-no variable
  option_is,      // single variable is one of the options in Node::options
  option_ticked,  // multiple variable has a tick at Node::option
  option_rank,    // ranking variable's rank at Node::option; unknown when it is not ranked
  option_value,   // single variable's Option::value
  codes_equal,    // two single variables with the same option list hold the same option
  logical_not,
  logical_and,
  logical_or,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  text_equal,
  negate,
  add,
  subtract,
  multiply,
  divide,  // by zero: unknown
  minimum,
  maximum,
  absolute,
  rounded,
  count_ticks,       // ticks that are not missing values
  count_conditions,  // how many of the children hold
  answered,          // any of Node::variables
  asked,             // any of Node::variables
  reached_page,      // Node::option is the page's index
  reached_end,
  // Over all cases. Children: what is aggregated, then the condition after `|` if there is one.
  share,
  base_count,
  case_count,
  mean,
  median,
  sum,
  smallest,
  largest,
};

[[nodiscard]] constexpr bool is_aggregate(Op op) {
  return op >= Op::share;
}

struct Node {
  Op op = Op::constant;
  ExpressionType type = ExpressionType::number;
  int32_t begin = 0;  // bytes in Expression::text
  int32_t length = 0;
  double number = 0;
  int32_t option = -1;
  VariableId variable;
  VariableId other;                   // codes_equal
  std::vector<int32_t> children;      // indices of nodes
  std::vector<int32_t> options;       // option_is: positions in the option list
  std::vector<VariableId> variables;  // answered, asked
  std::string text;
};

struct Expression {
  std::vector<Node> nodes;
  std::string text;  // as written
  Place place;       // where it was written

  [[nodiscard]] const Node& root() const { return nodes.back(); }
  [[nodiscard]] ExpressionType type() const { return root().type; }
  [[nodiscard]] bool has_aggregates() const;
  // Every variable that is read, in the order of first use.
  [[nodiscard]] std::vector<VariableId> variables_read() const;
};

// The node at `root` with all that it is computed from, as an expression of its own.
Expression part_of(const Expression& expression, int32_t root);

// The place of `length` bytes at `begin` of an expression that was written at `place`.
Place place_within(const Place& place, int begin, int length);

}  // namespace topline
