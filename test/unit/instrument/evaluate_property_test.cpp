// The evaluator against another, written in the plainest way: a tree of nodes, three-valued
// logic by cases, numbers that are there or not.
#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <optional>

#include "instrument/syntax.hpp"
#include "sample_codebook.hpp"
#include "tape.hpp"

namespace topline {
namespace {

using Truth = std::optional<bool>;
using Number = std::optional<double>;

// A formula, and what it should give.
struct Bool {
  std::string text;
  Truth value;
};
struct Num {
  std::string text;
  Number value;
};

// The answers of the case, as the naive evaluator holds them.
struct Answers {
  std::optional<std::string> single;              // S
  std::optional<std::vector<std::string>> ticks;  // M
  Number n, n2;
  std::optional<bool> flag;
};

Answers answers(Tape& tape, HandCase& from) {
  Answers all;
  static const std::vector<std::string> singles = {"a", "b", "dk"}, ticks = {"x", "y", "z", "dk"};
  if (const int choice = tape.choose(4); choice < 3) {
    all.single = singles[static_cast<size_t>(choice)];
    from.option("S", *all.single);
  } else {
    from.state("S", AnswerState::not_asked);
  }
  if (tape.choose(4) != 0) {
    all.ticks.emplace();
    for (const std::string& option : ticks) {
      if (tape.choose(2) == 1)
        all.ticks->push_back(option);
    }
    from.marks("M", *all.ticks, false);
  }
  if (tape.choose(3) != 0)
    from.number("N", *(all.n = tape.choose(41) / 4.0 - 5));
  if (tape.choose(3) != 0)
    from.number("N2", *(all.n2 = tape.choose(5)));
  if (tape.choose(3) != 0)
    from.flag("F", *(all.flag = tape.choose(2) == 1));
  return all;
}

Number both(const Number& a, const Number& b, const std::function<Number(double, double)>& give) {
  return a && b ? give(*a, *b) : std::nullopt;
}

class Maker {
 public:
  Maker(Tape& tape, const Answers& given) : tape_(tape), given_(given) {}

  Bool truth(int depth) {
    switch (depth == 0 ? tape_.choose(5) : tape_.choose(10)) {
      case 0:
        return is_option();
      case 1:
        return ticked();
      case 2:
        return {"F", given_.flag};
      case 3:
        return {"answered(S)", given_.single.has_value()};
      case 4:
        return tape_.choose(2) == 0 ? Bool{"true", true} : Bool{"false", false};
      case 5: {
        const Bool a = truth(depth - 1);
        return {"not (" + a.text + ")", a.value ? Truth(!*a.value) : std::nullopt};
      }
      case 6: {
        const Bool a = truth(depth - 1), b = truth(depth - 1);
        const Truth value = a.value == Truth(false) || b.value == Truth(false) ? Truth(false)
                            : a.value && b.value                               ? Truth(true)
                                                                               : std::nullopt;
        return {"(" + a.text + ") and (" + b.text + ")", value};
      }
      case 7: {
        const Bool a = truth(depth - 1), b = truth(depth - 1);
        const Truth value = a.value == Truth(true) || b.value == Truth(true) ? Truth(true)
                            : a.value && b.value                             ? Truth(false)
                                                                             : std::nullopt;
        return {"(" + a.text + ") or (" + b.text + ")", value};
      }
      case 8:
        return compared(depth);
      default: {
        const Num a = number(depth - 1), b = number(depth - 1), c = number(depth - 1);
        // One of several: a == b or a == c.
        const auto same = [](const Number& x, const Number& y) {
          return x && y ? Truth(*x == *y) : std::nullopt;
        };
        const Truth first = same(a.value, b.value), second = same(a.value, c.value);
        const Truth value = first == Truth(true) || second == Truth(true) ? Truth(true)
                            : first && second                             ? Truth(false)
                                                                          : std::nullopt;
        return {"(" + a.text + ") in (" + b.text + ", " + c.text + ")", value};
      }
    }
  }

  Num number(int depth) {
    switch (depth == 0 ? tape_.choose(3) : tape_.choose(11)) {
      case 0: {
        const int quarter = tape_.choose(40);
        return {std::to_string(quarter / 4) + "." + std::to_string(quarter % 4 * 25),
                quarter / 4 + (quarter % 4) * (quarter % 4 == 0 ? 0.0 : 0.25)};
      }
      case 1:
        return {"N", given_.n};
      case 2:
        return {"N2", given_.n2};
      case 3:
        return arithmetic(depth, "+", [](double a, double b) { return Number(a + b); });
      case 4:
        return arithmetic(depth, "-", [](double a, double b) { return Number(a - b); });
      case 5:
        return arithmetic(depth, "*", [](double a, double b) { return Number(a * b); });
      case 6:
        return arithmetic(depth, "/",
                          [](double a, double b) { return b == 0 ? std::nullopt : Number(a / b); });
      case 7: {
        const Num a = number(depth - 1);
        return {"-(" + a.text + ")", a.value ? Number(-*a.value) : std::nullopt};
      }
      case 8: {
        const Num a = number(depth - 1), b = number(depth - 1);
        return {"min(" + a.text + ", " + b.text + ")",
                both(a.value, b.value, [](double x, double y) { return Number(x < y ? x : y); })};
      }
      case 9: {
        const Num a = number(depth - 1);
        return {"abs(" + a.text + ")",
                a.value ? Number(*a.value < 0 ? -*a.value : *a.value) : std::nullopt};
      }
      default:
        return counted(depth);
    }
  }

 private:
  Bool is_option() {
    static const std::vector<std::string> options = {"a", "b", "dk"};
    const std::string option = options[static_cast<size_t>(tape_.choose(3))];
    const bool negated = tape_.choose(2) == 1;
    return {"S " + std::string(negated ? "!=" : "==") + " " + option,
            given_.single ? Truth((*given_.single == option) != negated) : std::nullopt};
  }

  [[nodiscard]] bool has(const std::string& option) const {
    for (const std::string& ticked : *given_.ticks) {
      if (ticked == option)
        return true;
    }
    return false;
  }

  Bool ticked() {
    static const std::vector<std::string> options = {"x", "y", "z", "dk"};
    const std::string option = options[static_cast<size_t>(tape_.choose(4))];
    return {"M." + option, given_.ticks ? Truth(has(option)) : std::nullopt};
  }

  Bool compared(int depth) {
    static const std::vector<std::string> signs = {"==", "!=", "<", "<=", ">", ">="};
    const int sign = tape_.choose(6);
    const Num a = number(depth - 1), b = number(depth - 1);
    Truth value;
    if (a.value && b.value) {
      const double x = *a.value, y = *b.value;
      const bool results[] = {x == y, x != y, x<y, x <= y, x> y, x >= y};
      value = results[sign];
    }
    return {"(" + a.text + ") " + signs[static_cast<size_t>(sign)] + " (" + b.text + ")", value};
  }

  Num arithmetic(int depth, const std::string& sign,
                 const std::function<Number(double, double)>& give) {
    const Num a = number(depth - 1), b = number(depth - 1);
    return {"(" + a.text + ") " + sign + " (" + b.text + ")", both(a.value, b.value, give)};
  }

  Num counted(int depth) {
    if (tape_.choose(2) == 0) {
      if (!given_.ticks)
        return {"count(M)", std::nullopt};
      return {"count(M)", static_cast<double>(given_.ticks->size()) - (has("dk") ? 1 : 0)};
    }
    const Bool a = truth(depth - 1), b = truth(depth - 1);
    const double held = (a.value == Truth(true) ? 1 : 0) + (b.value == Truth(true) ? 1 : 0);
    return {"count(" + a.text + ", " + b.text + ")",
            a.value || b.value ? Number(held) : std::nullopt};
  }

  Tape& tape_;
  const Answers& given_;
};

TEST(EvaluateProperty, AgreesWithThePlainestEvaluator) {
  const Codebook codebook = sample_codebook();
  EXPECT_TRUE(holds_for_tapes("two evaluators agree", [&](Tape tape) {
    HandCase from(codebook);
    const Answers given = answers(tape, from);
    const Bool wanted = Maker(tape, given).truth(4);
    if (wanted.text.size() > static_cast<size_t>(max_expression_length))
      return true;
    Diagnostics faults;
    const std::optional<Expression> expression =
        resolve_expression(wanted.text, {"f", 1, 1, 0}, codebook, ExpressionType::boolean,
                           Aggregates::refused, faults);
    if (!expression)
      return false;
    const Value value = evaluate(*expression, codebook, from);
    return value.known == wanted.value.has_value() &&
           (!value.known || (value.number != 0) == *wanted.value);
  }));
}

}  // namespace
}  // namespace topline
