#include "instrument/evaluate.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/rounding.hpp"

namespace topline {

namespace {

class Evaluator {
 public:
  Evaluator(const Expression& expression, const Codebook& codebook, const CaseView& from)
      : nodes_(expression.nodes), codebook_(codebook), case_(from) {}

  Value at(int32_t index) const {
    const Node& node = nodes_[static_cast<size_t>(index)];
    switch (node.op) {
      case Op::constant:
        return {true, node.number, node.text};
      case Op::read_number:
      case Op::read_text:
      case Op::read_flag:
      case Op::option_is:
      case Op::option_ticked:
      case Op::option_rank:
      case Op::option_value:
        return read(node, case_.answer(node.variable));
      case Op::codes_equal: {
        const Answer a = case_.answer(node.variable), b = case_.answer(node.other);
        return a.answered() && b.answered() ? Value::of(a.option == b.option) : Value::unknown();
      }
      case Op::logical_not: {
        const Value inner = child(node, 0);
        return inner.known ? Value::of(inner.number == 0) : inner;
      }
      case Op::logical_and:
        return both(node, false);
      case Op::logical_or:
        return both(node, true);
      case Op::count_ticks:
        return ticks(node);
      case Op::count_conditions:
        return conditions(node);
      case Op::answered:
        return Value::of(
            any(node, [](const Answer& answer) { return gives_answer(answer.state); }));
      case Op::asked:
        return Value::of(any(node, [](const Answer& answer) { return answer.asked(); }));
      case Op::reached_page:
        return Value::of(case_.reached(PageId(node.option)));
      case Op::reached_end:
        return Value::of(case_.reached_end());
      case Op::text_equal: {
        const Value a = child(node, 0), b = child(node, 1);
        return a.known && b.known ? Value::of(a.text == b.text) : Value::unknown();
      }
      default:
        return arithmetic(node);
    }
  }

 private:
  Value child(const Node& node, size_t which) const { return at(node.children[which]); }

  Value read(const Node& node, const Answer& answer) const {
    if (!answer.answered())
      return Value::unknown();
    switch (node.op) {
      case Op::read_number:
        return Value::of(answer.number);
      case Op::read_text:
        return {true, 0, answer.text};
      case Op::read_flag:
        return Value::of(answer.option == 1);
      case Op::option_is:
        return Value::of(std::find(node.options.begin(), node.options.end(), answer.option) !=
                         node.options.end());
      case Op::option_ticked:
        return Value::of(answer.marks[node.option] != 0);
      case Op::option_rank: {
        const uint8_t rank = answer.marks[node.option];
        return rank == 0 ? Value::unknown() : Value::of(static_cast<double>(rank));
      }
      default: {  // option_value
        const OptionList& options = *codebook_[node.variable].options;
        const std::optional<double>& value = options[static_cast<size_t>(answer.option)].value;
        return value ? Value::of(*value) : Value::unknown();
      }
    }
  }

  // `deciding` is the value that settles the matter alone: false for and, true for or.
  Value both(const Node& node, bool deciding) const {
    const Value left = child(node, 0);
    if (left.known && (left.number != 0) == deciding)
      return left;
    const Value right = child(node, 1);
    if (right.known && (right.number != 0) == deciding)
      return right;
    return left.known ? right : left;
  }

  Value ticks(const Node& node) const {
    const Answer answer = case_.answer(node.variable);
    if (!answer.answered())
      return Value::unknown();
    const OptionList& options = *codebook_[node.variable].options;
    int count = 0;
    for (int i = 0; i < answer.marks.size(); ++i) {
      if (answer.marks[i] != 0 && options[static_cast<size_t>(i)].missing == MissingReason::none)
        ++count;
    }
    return Value::of(static_cast<double>(count));
  }

  Value conditions(const Node& node) const {
    int count = 0;
    bool any_known = false;
    for (int32_t index : node.children) {
      const Value value = at(index);
      any_known = any_known || value.known;
      count += value.holds() ? 1 : 0;
    }
    return any_known ? Value::of(static_cast<double>(count)) : Value::unknown();
  }

  template <typename Test>
  bool any(const Node& node, Test test) const {
    return std::any_of(node.variables.begin(), node.variables.end(),
                       [&](VariableId id) { return test(case_.answer(id)); });
  }

  Value arithmetic(const Node& node) const {
    const Value first = child(node, 0);
    if (!first.known)
      return first;
    double result = first.number;
    if (node.op == Op::negate)
      return Value::of(-result);
    if (node.op == Op::absolute)
      return Value::of(std::fabs(result));
    if (node.op == Op::rounded)
      return Value::of(round_half_up(result));
    for (size_t i = 1; i < node.children.size(); ++i) {
      const Value next = child(node, i);
      if (!next.known)
        return next;
      const double b = next.number;
      switch (node.op) {
        case Op::add:
          result += b;
          break;
        case Op::subtract:
          result -= b;
          break;
        case Op::multiply:
          result *= b;
          break;
        case Op::divide:
          if (b == 0)
            return Value::unknown();
          result /= b;
          break;
        case Op::minimum:
          result = std::min(result, b);
          break;
        case Op::maximum:
          result = std::max(result, b);
          break;
        case Op::equal:
          return Value::of(result == b);
        case Op::not_equal:
          return Value::of(result != b);
        case Op::less:
          return Value::of(result < b);
        case Op::less_equal:
          return Value::of(result <= b);
        case Op::greater:
          return Value::of(result > b);
        case Op::greater_equal:
          return Value::of(result >= b);
        default:  // an aggregate that nobody bound: there is no case to ask
          return Value::unknown();
      }
    }
    return Value::of(result);
  }

  const std::vector<Node>& nodes_;
  const Codebook& codebook_;
  const CaseView& case_;
};

}  // namespace

Value evaluate(const Expression& expression, const Codebook& codebook, const CaseView& from) {
  return Evaluator(expression, codebook, from)
      .at(static_cast<int32_t>(expression.nodes.size()) - 1);
}

bool holds(const Expression& expression, const Codebook& codebook, const CaseView& from) {
  return evaluate(expression, codebook, from).holds();
}

bool holds(const std::optional<Expression>& expression, const Codebook& codebook,
           const CaseView& from) {
  return !expression || holds(*expression, codebook, from);
}

}  // namespace topline
