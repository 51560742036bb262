#include "instrument/resolve.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "base/date.hpp"
#include "instrument/syntax.hpp"

namespace topline {

namespace {

constexpr int32_t failed = -1;

struct FunctionName {
  std::string_view name;
  Op op;
};

constexpr std::array functions = {
    FunctionName{"count", Op::count_ticks}, FunctionName{"answered", Op::answered},
    FunctionName{"asked", Op::asked},       FunctionName{"reached", Op::reached_page},
    FunctionName{"min", Op::minimum},       FunctionName{"max", Op::maximum},
    FunctionName{"abs", Op::absolute},      FunctionName{"round", Op::rounded},
    FunctionName{"date", Op::constant},     FunctionName{"share", Op::share},
    FunctionName{"n", Op::base_count},      FunctionName{"cases", Op::case_count},
    FunctionName{"mean", Op::mean},         FunctionName{"median", Op::median},
    FunctionName{"sum", Op::sum},           FunctionName{"smallest", Op::smallest},
    FunctionName{"largest", Op::largest},
};

std::string kind_in_words(VariableKind kind) {
  switch (kind) {
    case VariableKind::single:
      return "a single question";
    case VariableKind::multiple:
      return "a multiple question";
    case VariableKind::ranking:
      return "a ranking";
    case VariableKind::flag:
      return "yes or no";
    case VariableKind::number:
      return "a number";
    case VariableKind::text:
      return "a text";
    case VariableKind::date:
      return "a date";
  }
  return {};
}

std::string type_in_words(ExpressionType type) {
  switch (type) {
    case ExpressionType::boolean:
      return "yes or no";
    case ExpressionType::number:
      return "a number";
    case ExpressionType::date:
      return "a date";
    case ExpressionType::text:
      return "a text";
    case ExpressionType::code:
      return "an option";
  }
  return {};
}

// Whole numbers that a code, a year or a day could be.
std::optional<int> whole(double number) {
  if (number != std::floor(number) || std::fabs(number) > 1e9)
    return std::nullopt;
  return static_cast<int>(number);
}

std::vector<std::string> option_names(const Variable& variable) {
  std::vector<std::string> names;
  for (const Option& option : *variable.options)
    names.push_back(option.name);
  return names;
}

// What may stand where `written` stands: the nearest option, or all if they are few.
std::string options_hint(const std::string& written, const Variable& variable) {
  constexpr size_t few = 12;
  std::string hint = did_you_mean(written, option_names(variable));
  if (!hint.empty() || variable.options->empty() || variable.options->size() > few)
    return hint;
  for (const Option& option : *variable.options)
    hint +=
        (hint.empty() ? "its options: " : ", ") + std::to_string(option.code) + " " + option.name;
  return hint;
}

class Resolver {
 public:
  Resolver(const Codebook& codebook, Aggregates aggregates, Expression& result, Diagnostics& faults)
      : codebook_(codebook), aggregates_(aggregates), result_(result), faults_(faults) {}

  int32_t build(const Syntax& syntax) {
    switch (syntax.kind) {
      case SyntaxKind::number:
        return constant(syntax, ExpressionType::number, syntax.number);
      case SyntaxKind::truth:
        return constant(syntax, ExpressionType::boolean, syntax.number);
      case SyntaxKind::text: {
        const int32_t index = constant(syntax, ExpressionType::text, 0);
        at(index).text = syntax.text;
        return index;
      }
      case SyntaxKind::name:
        return name(syntax);
      case SyntaxKind::call:
        return call(syntax);
      case SyntaxKind::membership:
        return membership(syntax);
      case SyntaxKind::operation:
        break;
    }
    const std::string& op = syntax.text;
    if (op == "not" || op == "and" || op == "or")
      return logic(syntax);
    if (op == "==" || op == "!=")
      return equality(syntax);
    if (op == "<" || op == "<=" || op == ">" || op == ">=")
      return order(syntax);
    return arithmetic(syntax);
  }

  // `wanted` or something that may stand for it; failed (and told) otherwise.
  int32_t build_as(const Syntax& syntax, ExpressionType wanted) {
    if (wanted == ExpressionType::number)
      return build_number(syntax);
    const int32_t index = build(syntax);
    if (index == failed)
      return failed;
    const ExpressionType type = at(index).type;
    if (type == wanted)
      return index;
    return fault(
        syntax,
        "this is " + type_in_words(type) + ", where " + type_in_words(wanted) + " is needed",
        wanted == ExpressionType::boolean ? "compare it with something: `… == …`" : "");
  }

 private:
  Node& at(int32_t index) { return result_.nodes[static_cast<size_t>(index)]; }

  int32_t add(const Syntax& syntax, Op op, ExpressionType type,
              std::vector<int32_t> children = {}) {
    Node node;
    node.op = op;
    node.type = type;
    node.begin = syntax.begin;
    node.length = syntax.length;
    node.children = std::move(children);
    result_.nodes.push_back(std::move(node));
    return static_cast<int32_t>(result_.nodes.size()) - 1;
  }

  int32_t constant(const Syntax& syntax, ExpressionType type, double number) {
    const int32_t index = add(syntax, Op::constant, type);
    at(index).number = number;
    return index;
  }

  int32_t fault(const Syntax& syntax, std::string message, std::string hint) {
    return fault_at(syntax.begin, syntax.length, std::move(message), std::move(hint));
  }

  int32_t fault_at(int begin, int length, std::string message, std::string hint) {
    faults_.error(place_within(result_.place, begin, length), std::move(message), std::move(hint));
    return failed;
  }

  // What a dotted path names: a variable, or a variable and one of its options.
  struct Named {
    VariableId variable;
    int option = -1;
  };

  std::optional<Named> find(const Syntax& syntax) {
    const std::string& path = syntax.text;
    if (const VariableId id = codebook_.find(path); id.valid())
      return Named{id, -1};
    const size_t dot = path.rfind('.');
    if (dot == std::string::npos) {
      unknown_name(syntax, path);
      return std::nullopt;
    }
    const std::string head = path.substr(0, dot), tail = path.substr(dot + 1);
    const VariableId id = codebook_.find(head);
    const int tail_begin = syntax.begin + static_cast<int>(dot) + 1;
    if (!id.valid()) {
      unknown_member(syntax, head, tail, tail_begin);
      return std::nullopt;
    }
    const Variable& variable = codebook_[id];
    const int option = variable.find_option(tail);
    if (option < 0) {
      const std::string what =
          variable.has_options()
              ? head + " has no option `" + tail + "`"
              : head + " is " + kind_in_words(variable.kind) + " and has no options";
      fault_at(tail_begin, static_cast<int>(tail.size()), what, options_hint(tail, variable));
      return std::nullopt;
    }
    return Named{id, option};
  }

  void unknown_name(const Syntax& syntax, const std::string& name) {
    std::string hint = did_you_mean(name, codebook_.names());
    if (hint.empty())
      hint = "names of questions, hidden and derived variables may stand here";
    fault(syntax, "there is no question or variable `" + name + "`", hint);
  }

  void unknown_member(const Syntax& syntax, const std::string& head, const std::string& tail,
                      int tail_begin) {
    const std::vector<VariableId> rows = codebook_.find_all(head);
    if (rows.empty()) {
      const std::string first = head.substr(0, head.find('.'));
      if (codebook_.find_all(first).empty()) {
        fault_at(syntax.begin, static_cast<int>(first.size()),
                 "there is no question or variable `" + first + "`",
                 did_you_mean(first, codebook_.names()));
        return;
      }
      fault(syntax, "`" + head + "` names nothing", did_you_mean(head, codebook_.names()));
      return;
    }
    std::vector<std::string> names;
    for (VariableId id : rows)
      names.push_back(codebook_[id].name.substr(head.size() + 1));
    fault_at(tail_begin, static_cast<int>(tail.size()), head + " has no row `" + tail + "`",
             did_you_mean(tail, names));
  }

  int32_t name(const Syntax& syntax) {
    if (codebook_.find(syntax.text).valid() || syntax.text.find('.') != std::string::npos ||
        codebook_.find_all(syntax.text).empty())
      return variable_or_option(syntax);
    return fault(syntax, syntax.text + " is a grid: name one of its rows",
                 "such as `" + codebook_[codebook_.find_all(syntax.text)[0]].name + "`");
  }

  int32_t variable_or_option(const Syntax& syntax) {
    const std::optional<Named> named = find(syntax);
    if (!named)
      return failed;
    const Variable& variable = codebook_[named->variable];
    if (named->option >= 0)
      return option_of(syntax, *named, variable);
    switch (variable.kind) {
      case VariableKind::single:
        return with_variable(add(syntax, Op::option_value, ExpressionType::code), named->variable);
      case VariableKind::flag:
        return with_variable(add(syntax, Op::read_flag, ExpressionType::boolean), named->variable);
      case VariableKind::number:
        return with_variable(add(syntax, Op::read_number, ExpressionType::number), named->variable);
      case VariableKind::date:
        return with_variable(add(syntax, Op::read_number, ExpressionType::date), named->variable);
      case VariableKind::text:
        return with_variable(add(syntax, Op::read_text, ExpressionType::text), named->variable);
      case VariableKind::multiple:
      case VariableKind::ranking:
        break;
    }
    const std::string example = variable.options->empty() ? "" : variable.options->front().name;
    return fault(
        syntax, variable.name + " is " + kind_in_words(variable.kind) + ": name one of its options",
        "such as `" + variable.name + "." + example + "`");
  }

  int32_t option_of(const Syntax& syntax, const Named& named, const Variable& variable) {
    if (variable.kind == VariableKind::single)
      return fault(syntax, variable.name + " is a single question",
                   "write `" + variable.name +
                       " == " + (*variable.options)[static_cast<size_t>(named.option)].name + "`");
    const bool ranking = variable.kind == VariableKind::ranking;
    const int32_t index = add(syntax, ranking ? Op::option_rank : Op::option_ticked,
                              ranking ? ExpressionType::number : ExpressionType::boolean);
    at(index).option = named.option;
    return with_variable(index, named.variable);
  }

  int32_t with_variable(int32_t index, VariableId variable) {
    at(index).variable = variable;
    return index;
  }

  int32_t logic(const Syntax& syntax) {
    std::vector<int32_t> children;
    for (size_t i = 0; i < syntax.children.size(); ++i) {
      const bool told = i > 0 && lonely_option(syntax.children[i - 1], syntax.children[i]);
      children.push_back(told ? failed : build_as(syntax.children[i], ExpressionType::boolean));
    }
    if (std::find(children.begin(), children.end(), failed) != children.end())
      return failed;
    const Op op = syntax.text == "not"   ? Op::logical_not
                  : syntax.text == "and" ? Op::logical_and
                                         : Op::logical_or;
    return add(syntax, op, ExpressionType::boolean, std::move(children));
  }

  // `Q1 == daily or weekly`: tells what was meant when `right` is an option of what `left` asks.
  bool lonely_option(const Syntax& left, const Syntax& right) {
    if (right.kind != SyntaxKind::name || !codebook_.find_all(right.text).empty())
      return false;
    const Syntax* last = &left;
    while (last->kind == SyntaxKind::operation &&
           (last->text == "or" || last->text == "and" || last->text == "not"))
      last = &last->children.back();
    if (last->kind == SyntaxKind::name && &left != last)  // Q1 == a or b or c
      last = &left.children.front();
    const bool compares = last->kind == SyntaxKind::membership ||
                          (last->kind == SyntaxKind::operation && last->text == "==");
    const VariableId variable = compares ? single_variable(last->children[0]) : VariableId();
    if (!variable.valid() || codebook_[variable].find_option(right.text) < 0)
      return false;
    const std::string& name = codebook_[variable].name;
    fault(right, "`" + right.text + "` is an option of " + name + ", and no condition by itself",
          "write `" + name + " in (" + last->children[1].text + ", " + right.text + ")`");
    return true;
  }

  // The single variable that a name stands for, without complaint if it stands for none.
  VariableId single_variable(const Syntax& syntax) const {
    if (syntax.kind != SyntaxKind::name)
      return {};
    const VariableId id = codebook_.find(syntax.text);
    return id.valid() && codebook_[id].kind == VariableKind::single ? id : VariableId();
  }

  // The option of `variable` that `item` names, by name or code; -1 after a told fault.
  int option_named(const Syntax& item, const Variable& variable) {
    std::string written;
    if (item.kind == SyntaxKind::name)
      written = item.text;
    else if (item.kind == SyntaxKind::number && whole(item.number))
      written = std::to_string(*whole(item.number));
    else if (item.kind == SyntaxKind::operation && item.text == "-" && item.children.size() == 1 &&
             item.children[0].kind == SyntaxKind::number && whole(item.children[0].number))
      written = std::to_string(-*whole(item.children[0].number));
    if (written.empty()) {
      fault(item, "an option of " + variable.name + " should stand here",
            item.kind == SyntaxKind::text
                ? "options are named without quotes: `" + variable.name + " == " + item.text + "`"
                : options_hint("", variable));
      return -1;
    }
    const int option = variable.find_option(written);
    if (option < 0)
      fault(item, variable.name + " has no option `" + written + "`",
            options_hint(written, variable));
    return option;
  }

  int32_t option_test(const Syntax& syntax, VariableId variable, std::vector<int> options,
                      bool negated) {
    const int32_t index = add(syntax, Op::option_is, ExpressionType::boolean);
    at(index).options.assign(options.begin(), options.end());
    with_variable(index, variable);
    return negated ? add(syntax, Op::logical_not, ExpressionType::boolean, {index}) : index;
  }

  int32_t equality(const Syntax& syntax) {
    const Syntax& left = syntax.children[0];
    const Syntax& right = syntax.children[1];
    const bool negated = syntax.text == "!=";
    const VariableId a = single_variable(left), b = single_variable(right);
    if (a.valid() && b.valid() && codebook_[a].find_option(right.text) < 0)
      return equality_of_codes(syntax, a, b, negated);
    if (a.valid() || b.valid()) {
      const VariableId variable = a.valid() ? a : b;
      const int option = option_named(a.valid() ? right : left, codebook_[variable]);
      return option < 0 ? failed : option_test(syntax, variable, {option}, negated);
    }
    if (const int32_t slip = whole_multiple(left, right); slip == failed)
      return failed;
    const auto [x, y] = both_sides(left, right);
    if (x == failed || y == failed)
      return failed;
    const ExpressionType type = at(x).type;
    if (!comparable(type, at(y).type))
      return fault(syntax, type_in_words(type) + " cannot equal " + type_in_words(at(y).type), "");
    if (type == ExpressionType::text) {
      const int32_t index = add(syntax, Op::text_equal, ExpressionType::boolean, {x, y});
      return negated ? add(syntax, Op::logical_not, ExpressionType::boolean, {index}) : index;
    }
    return add(syntax, negated ? Op::not_equal : Op::equal, ExpressionType::boolean, {x, y});
  }

  // Of `Q71 == open`, where there is no Q71, only Q71 is told: `open` would be one of its options.
  std::pair<int32_t, int32_t> both_sides(const Syntax& left, const Syntax& right) {
    const int32_t x = build(left);
    const bool option = right.kind == SyntaxKind::name && codebook_.find_all(right.text).empty();
    return {x, x == failed && left.kind == SyntaxKind::name && option ? failed : build(right)};
  }

  // `Q14 == own`, where Q14 is a multiple question: tell what was meant rather than that
  // `own` is no variable. Returns failed after a told fault, 0 otherwise.
  int32_t whole_multiple(const Syntax& left, const Syntax& right) {
    if (left.kind != SyntaxKind::name)
      return 0;
    const VariableId id = codebook_.find(left.text);
    if (!id.valid() || codebook_[id].kind != VariableKind::multiple)
      return 0;
    return fault(left, left.text + " is a multiple question: it cannot be compared as a whole",
                 right.kind == SyntaxKind::name
                     ? "write `" + left.text + "." + right.text + "` for: this option is ticked"
                     : "");
  }

  int32_t equality_of_codes(const Syntax& syntax, VariableId a, VariableId b, bool negated) {
    const OptionList& x = *codebook_[a].options;
    const OptionList& y = *codebook_[b].options;
    const bool same = x.size() == y.size() &&
                      std::equal(x.begin(), x.end(), y.begin(), [](const auto& p, const auto& q) {
                        return p.code == q.code && p.name == q.name;
                      });
    if (!same)
      return fault(syntax,
                   codebook_[a].name + " and " + codebook_[b].name +
                       " have different options and cannot be compared",
                   "");
    const int32_t index = add(syntax, Op::codes_equal, ExpressionType::boolean);
    at(index).variable = a;
    at(index).other = b;
    return negated ? add(syntax, Op::logical_not, ExpressionType::boolean, {index}) : index;
  }

  static bool comparable(ExpressionType a, ExpressionType b) {
    return a == b && a != ExpressionType::code;
  }

  int32_t order(const Syntax& syntax) {
    for (const Syntax& side : syntax.children) {
      if (single_variable(side).valid())
        return fault(side, "options have no order that `" + syntax.text + "` could use",
                     "list the options that you mean: `" + side.text + " in (…, …)`");
    }
    const auto [x, y] = both_sides(syntax.children[0], syntax.children[1]);
    if (x == failed || y == failed)
      return failed;
    const ExpressionType type = at(x).type;
    if (type != at(y).type || type == ExpressionType::text || type == ExpressionType::boolean)
      return fault(syntax,
                   type_in_words(type) + " and " + type_in_words(at(y).type) +
                       " cannot be compared by `" + syntax.text + "`",
                   type == ExpressionType::date ? "a date is written date(2023, 9, 1)" : "");
    const Op op = syntax.text == "<"    ? Op::less
                  : syntax.text == "<=" ? Op::less_equal
                  : syntax.text == ">"  ? Op::greater
                                        : Op::greater_equal;
    return add(syntax, op, ExpressionType::boolean, {x, y});
  }

  int32_t membership(const Syntax& syntax) {
    const Syntax& subject = syntax.children[0];
    const bool negated = syntax.text == "not in";
    const VariableId variable = single_variable(subject);
    if (!variable.valid())
      return membership_of_number(syntax, negated);
    std::vector<int> options;
    bool good = true;
    for (size_t i = 1; i < syntax.children.size(); ++i) {
      const int option = option_named(syntax.children[i], codebook_[variable]);
      good = good && option >= 0;
      options.push_back(option);
    }
    return good ? option_test(syntax, variable, std::move(options), negated) : failed;
  }

  // x in (a, b) for numbers, dates and texts: x == a or x == b.
  int32_t membership_of_number(const Syntax& syntax, bool negated) {
    const Syntax& subject = syntax.children[0];
    if (whole_multiple(subject, syntax.children[1]) == failed)
      return failed;
    const int32_t x = build(subject);
    if (x == failed)
      return failed;
    int32_t any = failed;
    for (size_t i = 1; i < syntax.children.size(); ++i) {
      const int32_t item = build(syntax.children[i]);
      if (item == failed)
        return failed;
      const ExpressionType type = at(x).type;
      if (!comparable(type, at(item).type) || type == ExpressionType::boolean)
        return fault(syntax.children[i],
                     type_in_words(at(item).type) + " stands in a list for " + type_in_words(type),
                     "");
      const Op op = type == ExpressionType::text ? Op::text_equal : Op::equal;
      const int32_t equal = add(syntax, op, ExpressionType::boolean, {x, item});
      any = any == failed ? equal
                          : add(syntax, Op::logical_or, ExpressionType::boolean, {any, equal});
    }
    return negated ? add(syntax, Op::logical_not, ExpressionType::boolean, {any}) : any;
  }

  // A number: an expression that is one, or a single question whose options have values.
  int32_t build_number(const Syntax& syntax) {
    const int32_t index = build(syntax);
    if (index == failed)
      return failed;
    Node& node = at(index);
    if (node.type == ExpressionType::code) {
      const Variable& variable = codebook_[node.variable];
      if (std::none_of(variable.options->begin(), variable.options->end(),
                       [](const Option& option) { return option.value.has_value(); }))
        return fault(syntax, variable.name + " has options, not numbers",
                     "give its options a `value`, if they stand for numbers");
      node.type = ExpressionType::number;
      return index;
    }
    if (node.type == ExpressionType::number || node.type == ExpressionType::boolean)
      return index;
    return fault(syntax, "this is " + type_in_words(node.type) + ", where a number is needed", "");
  }

  int32_t arithmetic(const Syntax& syntax) {
    std::vector<int32_t> children;
    for (const Syntax& child : syntax.children)
      children.push_back(build(child));
    if (std::find(children.begin(), children.end(), failed) != children.end())
      return failed;
    // The difference of two dates is a number of days.
    if (syntax.text == "-" && children.size() == 2 &&
        at(children[0]).type == ExpressionType::date &&
        at(children[1]).type == ExpressionType::date)
      return add(syntax, Op::subtract, ExpressionType::number, std::move(children));
    for (size_t i = 0; i < children.size(); ++i) {
      Node& node = at(children[i]);
      if (node.type == ExpressionType::code)
        children[i] = build_number(syntax.children[i]);
      else if (node.type != ExpressionType::number)
        return fault(syntax.children[i],
                     "this is " + type_in_words(node.type) + ", where a number is needed", "");
      if (children[i] == failed)
        return failed;
    }
    if (children.size() == 1)
      return add(syntax, Op::negate, ExpressionType::number, std::move(children));
    const Op op = syntax.text == "+"   ? Op::add
                  : syntax.text == "-" ? Op::subtract
                  : syntax.text == "*" ? Op::multiply
                                       : Op::divide;
    return add(syntax, op, ExpressionType::number, std::move(children));
  }

  int32_t call(const Syntax& syntax) {
    const auto* function =
        std::find_if(functions.begin(), functions.end(),
                     [&](const FunctionName& known) { return known.name == syntax.text; });
    if (function == functions.end()) {
      std::vector<std::string> names;
      for (const FunctionName& known : functions)
        names.emplace_back(known.name);
      return fault_at(syntax.begin, static_cast<int>(syntax.text.size()),
                      "there is no function `" + syntax.text + "`",
                      did_you_mean(syntax.text, names));
    }
    if (is_aggregate(function->op))
      return aggregate(syntax, function->op);
    if (syntax.condition)
      return fault(*syntax.condition, "`|` has no meaning in " + syntax.text + "()",
                   "it restricts share(), n(), mean() and their like to some of the cases");
    if (function->name == "date")
      return date(syntax);
    switch (function->op) {
      case Op::count_ticks:
        return count(syntax);
      case Op::answered:
      case Op::asked:
        return state(syntax, function->op);
      case Op::reached_page:
        return reached(syntax);
      default:
        return numeric_function(syntax, function->op);
    }
  }

  int32_t arguments_wanted(const Syntax& syntax, const std::string& wanted) {
    return fault(syntax, syntax.text + "() takes " + wanted, "");
  }

  int32_t numeric_function(const Syntax& syntax, Op op) {
    const bool several = op == Op::minimum || op == Op::maximum;
    if (several ? syntax.children.empty() : syntax.children.size() != 1)
      return arguments_wanted(syntax, several ? "one or more numbers" : "one number");
    std::vector<int32_t> children;
    for (const Syntax& child : syntax.children)
      children.push_back(build_number(child));
    if (std::find(children.begin(), children.end(), failed) != children.end())
      return failed;
    return add(syntax, op, ExpressionType::number, std::move(children));
  }

  int32_t date(const Syntax& syntax) {
    if (syntax.children.size() != 3 ||
        std::any_of(syntax.children.begin(), syntax.children.end(),
                    [](const Syntax& part) { return part.kind != SyntaxKind::number; }))
      return arguments_wanted(syntax, "a year, a month and a day: date(2023, 9, 1)");
    const auto year = whole(syntax.children[0].number), month = whole(syntax.children[1].number),
               day = whole(syntax.children[2].number);
    const std::optional<int> days =
        year && month && day ? days_of(*year, *month, *day) : std::nullopt;
    if (!days)
      return fault(syntax, "there is no such day", "date() takes year, month, day");
    return constant(syntax, ExpressionType::date, *days);
  }

  int32_t count(const Syntax& syntax) {
    if (syntax.children.empty())
      return arguments_wanted(syntax, "a multiple question, or conditions");
    const Syntax& first = syntax.children[0];
    if (syntax.children.size() == 1 && first.kind == SyntaxKind::name) {
      const VariableId id = codebook_.find(first.text);
      if (id.valid() && (codebook_[id].kind == VariableKind::multiple ||
                         codebook_[id].kind == VariableKind::ranking))
        return with_variable(add(syntax, Op::count_ticks, ExpressionType::number), id);
    }
    std::vector<int32_t> children;
    for (const Syntax& child : syntax.children)
      children.push_back(build_as(child, ExpressionType::boolean));
    if (std::find(children.begin(), children.end(), failed) != children.end())
      return failed;
    return add(syntax, Op::count_conditions, ExpressionType::number, std::move(children));
  }

  int32_t state(const Syntax& syntax, Op op) {
    if (syntax.children.size() != 1 || syntax.children[0].kind != SyntaxKind::name)
      return arguments_wanted(syntax, "the name of a question");
    const std::vector<VariableId> all = codebook_.find_all(syntax.children[0].text);
    if (all.empty()) {
      // A path such as Q14.own names an option: its question is what is asked for.
      const std::optional<Named> named = find(syntax.children[0]);
      if (named)
        fault(syntax.children[0], syntax.text + "() takes a question, not one of its options",
              "write `" + syntax.text + "(" + codebook_[named->variable].name + ")`");
      return failed;
    }
    const int32_t index = add(syntax, op, ExpressionType::boolean);
    at(index).variables = all;
    return index;
  }

  int32_t reached(const Syntax& syntax) {
    if (syntax.children.size() != 1 || syntax.children[0].kind != SyntaxKind::name)
      return arguments_wanted(syntax, "the name of a page, or `end`");
    const Syntax& argument = syntax.children[0];
    if (argument.text == "end")
      return add(syntax, Op::reached_end, ExpressionType::boolean);
    const std::optional<PageId> page = codebook_.find_page(argument.text);
    if (!page) {
      std::vector<std::string> names = codebook_.page_names();
      names.emplace_back("end");
      return fault(argument, "there is no page `" + argument.text + "`",
                   did_you_mean(argument.text, names));
    }
    const int32_t index = add(syntax, Op::reached_page, ExpressionType::boolean);
    at(index).option = static_cast<int32_t>(page->index());
    return index;
  }

  int32_t aggregate(const Syntax& syntax, Op op) {
    if (aggregates_ == Aggregates::refused)
      return fault(syntax, syntax.text + "() looks at all respondents; here there is only one",
                   "share(), n(), median() and their like stand in reports and, for numbers, in "
                   "the rules of processing.yaml");
    if (inside_aggregate_)
      return fault(syntax, syntax.text + "() cannot stand inside another look at all cases", "");
    inside_aggregate_ = true;
    const int32_t index = aggregate_body(syntax, op);
    inside_aggregate_ = false;
    return index;
  }

  int32_t aggregate_body(const Syntax& syntax, Op op) {
    const bool may_be_empty = op == Op::case_count;
    if (syntax.children.size() > 1 || (syntax.children.empty() && !may_be_empty))
      return arguments_wanted(
          syntax, op == Op::share || op == Op::base_count || op == Op::case_count ? "one condition"
                                                                                  : "one number");
    std::vector<int32_t> children;
    if (syntax.children.empty())
      children.push_back(constant(syntax, ExpressionType::boolean, 1));
    else
      children.push_back(aggregated(syntax.children[0], op));
    if (syntax.condition)
      children.push_back(build_as(*syntax.condition, ExpressionType::boolean));
    if (std::find(children.begin(), children.end(), failed) != children.end())
      return failed;
    // n(Q17), a name alone: how many answered, whatever the answer.
    if (op == Op::base_count && at(children[0]).op == Op::answered &&
        syntax.children[0].kind == SyntaxKind::name)
      op = Op::case_count;
    return add(syntax, op, ExpressionType::number, std::move(children));
  }

  int32_t aggregated(const Syntax& syntax, Op op) {
    if (op == Op::share || op == Op::case_count)
      return build_as(syntax, ExpressionType::boolean);
    if (op != Op::base_count)
      return build_number(syntax);
    if (syntax.kind == SyntaxKind::name) {
      const std::vector<VariableId> all = codebook_.find_all(syntax.text);
      const bool is_flag = all.size() == 1 && codebook_[all[0]].kind == VariableKind::flag;
      if (!all.empty() && !is_flag) {
        const int32_t index = add(syntax, Op::answered, ExpressionType::boolean);
        at(index).variables = all;
        return index;
      }
    }
    return build_as(syntax, ExpressionType::boolean);
  }

  const Codebook& codebook_;
  const Aggregates aggregates_;
  Expression& result_;
  Diagnostics& faults_;
  bool inside_aggregate_ = false;
};

}  // namespace

std::optional<Expression> resolve_expression(const std::string& text, const Place& place,
                                             const Codebook& codebook, ExpressionType wanted,
                                             Aggregates aggregates, Diagnostics& faults) {
  const std::optional<Syntax> syntax = parse_syntax(text, place, faults);
  if (!syntax)
    return std::nullopt;
  Expression expression;
  expression.text = text;
  expression.place = place;
  const int32_t root = Resolver(codebook, aggregates, expression, faults).build_as(*syntax, wanted);
  if (root == failed)
    return std::nullopt;
  // A tree built in part before a re-reading (a code taken as a number) may end in another
  // node: the root must be the last.
  if (root + 1 != static_cast<int32_t>(expression.nodes.size()))
    expression.nodes.resize(static_cast<size_t>(root) + 1);
  return expression;
}

}  // namespace topline
