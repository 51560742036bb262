#include "text/plural_forms.hpp"

#include <algorithm>
#include <charconv>

namespace topline {

// Recursive descent over C's precedence: ?: || && == < + * ! (…). The depth is bounded, so that
// a hostile file cannot exhaust the stack.
class PluralForms::Parser {
 public:
  Parser(std::string_view rule, std::vector<Node>& nodes) : rule_(rule), nodes_(nodes) {}

  Result<PluralForms> parse() {
    uint64_t count = 0;
    skip("nplurals");
    skip("=");
    take_number(count);
    skip(";");
    skip("plural");
    skip("=");
    const int root = choose();
    if (taken(";"))
      skip_spaces();
    skip_spaces();
    if (at_ < rule_.size())
      fail("unexpected text after the rule");
    if (count < 1 || count > 100)
      fail("nplurals must be from 1 to 100");
    if (!message_.empty())
      return Diagnostic{Severity::error,
                        {"", 0, static_cast<int>(failed_at_) + 1, 0},
                        "Plural-Forms is not a valid rule: " + message_,
                        "a rule looks like: nplurals=2; plural=(n != 1);"};
    PluralForms forms;
    forms.count_ = static_cast<int>(count);
    forms.root_ = root;
    forms.nodes_ = std::move(nodes_);
    return forms;
  }

 private:
  static constexpr int kDeepest = 64;

  void fail(std::string message) {
    if (message_.empty()) {
      message_ = std::move(message);
      failed_at_ = at_;
    }
    at_ = rule_.size();
  }

  void skip_spaces() {
    while (at_ < rule_.size() && (rule_[at_] == ' ' || rule_[at_] == '\t'))
      ++at_;
  }

  bool taken(std::string_view token) {
    skip_spaces();
    if (!rule_.substr(at_).starts_with(token))
      return false;
    at_ += token.size();
    return true;
  }

  void skip(std::string_view token) {
    if (!taken(token))
      fail("`" + std::string(token) + "` expected");
  }

  bool take_number(uint64_t& number) {
    skip_spaces();
    const char* begin = rule_.data() + at_;
    const auto [end, error] = std::from_chars(begin, rule_.data() + rule_.size(), number);
    if (error != std::errc())
      return false;
    at_ += static_cast<size_t>(end - begin);
    return true;
  }

  int add(Node node) {
    nodes_.push_back(node);
    return static_cast<int>(nodes_.size()) - 1;
  }

  int choose() {
    if (++depth_ > kDeepest)
      fail("nested too deeply");
    int condition = binary(0);
    if (message_.empty() && taken("?")) {
      const int yes = choose();
      skip(":");
      const int no = choose();
      condition = add({Op::choose, 0, condition, yes, no});
    }
    --depth_;
    return condition;
  }

  struct Operator {
    std::string_view token;
    Op op;
    int level;
  };

  // Longer tokens first, so that `<=` is not read as `<`.
  static constexpr Operator kOperators[] = {
      {"||", Op::or_, 0}, {"&&", Op::and_, 1}, {"==", Op::eq, 2}, {"!=", Op::ne, 2},
      {"<=", Op::le, 3},  {">=", Op::ge, 3},   {"<", Op::lt, 3},  {">", Op::gt, 3},
      {"+", Op::add, 4},  {"-", Op::sub, 4},   {"*", Op::mul, 5}, {"/", Op::div, 5},
      {"%", Op::mod, 5}};
  static constexpr int kLevels = 6;

  int binary(int level) {
    if (level == kLevels)
      return unary();
    int left = binary(level + 1);
    for (bool more = true; more && message_.empty();) {
      more = false;
      for (const Operator& candidate : kOperators) {
        if (candidate.level != level || !taken(candidate.token))
          continue;
        left = add({candidate.op, 0, left, binary(level + 1), -1});
        more = true;
        break;
      }
    }
    return left;
  }

  int unary() {
    if (++depth_ > kDeepest)
      fail("nested too deeply");
    const int node = primary();
    --depth_;
    return node;
  }

  int primary() {
    uint64_t number = 0;
    if (taken("!"))
      return add({Op::not_, 0, unary(), -1, -1});
    if (taken("(")) {
      const int inside = choose();
      skip(")");
      return inside;
    }
    if (take_number(number))
      return add({Op::number, number, -1, -1, -1});
    if (taken("n"))
      return add({Op::n, 0, -1, -1, -1});
    fail("a number, `n` or `(` expected");
    return add({});
  }

  std::string_view rule_;
  std::vector<Node>& nodes_;
  size_t at_ = 0;
  size_t failed_at_ = 0;
  int depth_ = 0;
  std::string message_;
};

PluralForms::PluralForms()
    : count_(2),
      root_(2),
      nodes_{{Op::n, 0, -1, -1, -1}, {Op::number, 1, -1, -1, -1}, {Op::ne, 0, 0, 1, -1}} {}

Result<PluralForms> PluralForms::parse(std::string_view rule) {
  std::vector<Node> nodes;
  return Parser(rule, nodes).parse();
}

uint64_t PluralForms::evaluate(int node, uint64_t n) const {
  const Node& at = nodes_[static_cast<size_t>(node)];
  switch (at.op) {
    case Op::number:
      return at.number;
    case Op::n:
      return n;
    case Op::not_:
      return evaluate(at.a, n) == 0 ? 1 : 0;
    case Op::choose:
      return evaluate(at.a, n) != 0 ? evaluate(at.b, n) : evaluate(at.c, n);
    case Op::or_:
      return evaluate(at.a, n) != 0 || evaluate(at.b, n) != 0 ? 1 : 0;
    case Op::and_:
      return evaluate(at.a, n) != 0 && evaluate(at.b, n) != 0 ? 1 : 0;
    default:
      break;
  }
  const uint64_t left = evaluate(at.a, n);
  const uint64_t right = evaluate(at.b, n);
  switch (at.op) {
    case Op::eq:
      return left == right ? 1 : 0;
    case Op::ne:
      return left != right ? 1 : 0;
    case Op::lt:
      return left < right ? 1 : 0;
    case Op::gt:
      return left > right ? 1 : 0;
    case Op::le:
      return left <= right ? 1 : 0;
    case Op::ge:
      return left >= right ? 1 : 0;
    case Op::add:
      return left + right;
    case Op::sub:
      return left - right;
    case Op::mul:
      return left * right;
    case Op::div:
      return right == 0 ? 0 : left / right;
    default:
      return right == 0 ? 0 : left % right;
  }
}

int PluralForms::index_for(uint64_t n) const {
  return static_cast<int>(
      std::min<uint64_t>(evaluate(root_, n), static_cast<uint64_t>(count_) - 1));
}

}  // namespace topline
