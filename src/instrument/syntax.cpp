#include "instrument/syntax.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string_view>
#include <utility>

#include "instrument/expression.hpp"

namespace topline {

namespace {

enum class TokenKind { number, text, name, sign, end };

struct Token {
  TokenKind kind = TokenKind::end;
  int begin = 0;
  int length = 0;
  std::string text;  // as written, but a text without its quotes
  double number = 0;
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

class Lexer {
 public:
  Lexer(const std::string& text, const Place& place, Diagnostics& faults)
      : text_(text), place_(place), faults_(faults) {}

  // Nothing after a fault, which has been reported.
  std::optional<std::vector<Token>> all() {
    std::vector<Token> tokens;
    for (;;) {
      std::optional<Token> token = next();
      if (!token)
        return std::nullopt;
      tokens.push_back(std::move(*token));
      if (tokens.back().kind == TokenKind::end)
        return tokens;
    }
  }

 private:
  std::optional<Token> next() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
      ++at_;
    Token token;
    token.begin = static_cast<int>(at_);
    if (at_ == text_.size())
      return token;
    const char c = text_[at_];
    if (is_digit(c))
      return number(std::move(token));
    if (is_letter(c))
      return name(std::move(token));
    if (c == '"' || c == '\'')
      return quoted(std::move(token), c);
    return sign(std::move(token));
  }

  std::optional<Token> number(Token token) {
    const char* first = text_.data() + at_;
    const auto [stop, error] =
        std::from_chars(first, text_.data() + text_.size(), token.number, std::chars_format::fixed);
    const auto length = static_cast<size_t>(stop - first);
    if (error != std::errc() || (at_ + length < text_.size() &&
                                 (is_letter(text_[at_ + length]) || text_[at_ + length] == '_'))) {
      fault(token.begin, static_cast<int>(length) + 1, "this is not a number",
            "a name begins with a letter; a number has digits and at most one decimal point");
      return std::nullopt;
    }
    token.kind = TokenKind::number;
    token.text = text_.substr(at_, length);
    return take(std::move(token), length);
  }

  std::optional<Token> name(Token token) {
    size_t length = 1;
    while (at_ + length < text_.size() &&
           (is_letter(text_[at_ + length]) || is_digit(text_[at_ + length]) ||
            text_[at_ + length] == '_'))
      ++length;
    token.kind = TokenKind::name;
    token.text = text_.substr(at_, length);
    return take(std::move(token), length);
  }

  std::optional<Token> quoted(Token token, char quote) {
    const size_t close = text_.find(quote, at_ + 1);
    if (close == std::string::npos) {
      fault(token.begin, 1, "the text that begins here has no closing quote", "");
      return std::nullopt;
    }
    token.kind = TokenKind::text;
    token.text = text_.substr(at_ + 1, close - at_ - 1);
    return take(std::move(token), close - at_ + 1);
  }

  std::optional<Token> sign(Token token) {
    token.kind = TokenKind::sign;
    static constexpr std::string_view two[] = {"==", "!=", "<=", ">="};
    for (std::string_view s : two) {
      if (text_.compare(at_, 2, s) == 0) {
        token.text = s;
        return take(std::move(token), 2);
      }
    }
    const char c = text_[at_];
    if (std::string_view("()<>+-*/,.|").find(c) != std::string_view::npos) {
      token.text = c;
      return take(std::move(token), 1);
    }
    std::string hint;
    if (c == '=')
      hint = "a comparison is written `==`";
    else if (c == '!')
      hint = "write `not`, or `!=` to compare";
    else if (c == '&')
      hint = "write `and`";
    int length = 1;  // with all that follows of another script, so that the message is readable
    while (static_cast<unsigned char>(c) >= 0x80U &&
           at_ + static_cast<size_t>(length) < text_.size() &&
           static_cast<unsigned char>(text_[at_ + static_cast<size_t>(length)]) >= 0x80U)
      ++length;
    if (length > 1)
      hint = foreign(std::string_view(text_).substr(at_));
    fault(token.begin, length,
          "`" + text_.substr(at_, static_cast<size_t>(length)) + "` has no meaning in a formula",
          hint);
    return std::nullopt;
  }

  // What to write for signs that keyboards and word processors put in place of ASCII's.
  static std::string foreign(std::string_view text) {
    static constexpr std::pair<std::string_view, std::string_view> signs[] = {
        {"≤", "<="}, {"≥", ">="}, {"≠", "!="}, {"–", "-"},  {"−", "-"}, {"×", "*"},
        {"÷", "/"},  {"“", "\""}, {"”", "\""}, {"„", "\""}, {"‘", "'"}, {"’", "'"}};
    for (const auto& [sign, plain] : signs) {
      if (text.starts_with(sign))
        return "write `" + std::string(plain) + "`";
    }
    // Full-width forms of ASCII, U+FF01 to U+FF5E: EF BC 81 to EF BD 9E.
    if (text.size() >= 3 && text[0] == '\xEF' && (text[1] == '\xBC' || text[1] == '\xBD')) {
      const int last = static_cast<unsigned char>(text[2]) - 0x80;
      const int code = (text[1] == '\xBC' ? 0x20 : 0x60) + last;
      if (code > 0x20 && code < 0x7F)
        return std::string("this is a full-width character; write `") + static_cast<char>(code) +
               "`";
    }
    return "names, and words such as `and`, are written in letters from a to z";
  }

  Token take(Token token, size_t length) {
    token.length = static_cast<int>(length);
    at_ += length;
    return token;
  }

  void fault(int begin, int length, std::string message, std::string hint) {
    faults_.error(place_within(place_, begin, length), std::move(message), std::move(hint));
  }

  const std::string& text_;
  const Place& place_;
  Diagnostics& faults_;
  size_t at_ = 0;
};

class Parser {
 public:
  Parser(std::vector<Token> tokens, const Place& place, Diagnostics& faults)
      : tokens_(std::move(tokens)), place_(place), faults_(faults) {}

  std::optional<Syntax> whole() {
    std::optional<Syntax> result = disjunction();
    if (!result)
      return std::nullopt;
    if (here().kind != TokenKind::end)
      return unexpected("an operator, or the end");
    return result;
  }

 private:
  using Part = std::optional<Syntax>;

  const Token& here() const { return tokens_[at_]; }
  bool is_sign(std::string_view sign) const {
    return here().kind == TokenKind::sign && here().text == sign;
  }
  bool is_word(std::string_view word) const {
    return here().kind == TokenKind::name && here().text == word;
  }

  std::nullopt_t unexpected(const std::string& wanted) {
    const Token& token = here();
    const std::string found =
        token.kind == TokenKind::end ? "the formula ends" : "`" + shown(token) + "` stands";
    faults_.error(place_within(place_, token.begin, token.length),
                  found + " where " + wanted + " should be", slip());
    return std::nullopt;
  }

  std::nullopt_t unclosed(int begin) {
    faults_.error(place_within(place_, begin, 1), "the `(` that opens here is not closed",
                  "add `)`");
    return std::nullopt;
  }

  // What was probably meant by a token that cannot stand here, by habits from elsewhere.
  std::string slip() const {
    const Token& token = here();
    const Token before = at_ > 0 ? tokens_[at_ - 1] : Token();
    for (const Token& name : {token, before}) {
      const std::string lower = lowered(name.text);
      if (name.kind == TokenKind::name && lower != name.text &&
          (lower == "and" || lower == "or" || lower == "not" || lower == "in"))
        return "did you mean `" + lower + "`?";
    }
    if (token.kind == TokenKind::name && token.text == "not")
      return "put what `not` denies into parentheses: `(not …)`";
    if (token.kind != TokenKind::sign)
      return {};
    if (token.text == "|" && at_ + 1 < tokens_.size() && tokens_[at_ + 1].text == "|")
      return "write `or`";
    if (token.text == ">" && before.kind == TokenKind::sign && before.text == "<")
      return "unequal is written `!=`";
    if (is_comparison(token.text) && before.kind != TokenKind::sign)
      return "join comparisons with `and`: `a == b and b == c`";
    return {};
  }

  static std::string lowered(std::string text) {
    for (char& c : text)
      c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
  }

  static bool is_comparison(std::string_view sign) {
    static constexpr std::string_view signs[] = {"==", "!=", "<", "<=", ">", ">="};
    return std::find(std::begin(signs), std::end(signs), sign) != std::end(signs);
  }

  static std::string shown(const Token& token) {
    if (token.kind == TokenKind::text)
      return '"' + token.text + '"';
    return token.text;
  }

  Part operation(std::string op, std::vector<Syntax> children, int begin) {
    Syntax node;
    node.kind = SyntaxKind::operation;
    node.text = std::move(op);
    node.begin = begin;
    const Syntax& last = children.back();
    node.length = last.begin + last.length - begin;
    node.children = std::move(children);
    return node;
  }

  // Left-associative chains of `next` joined by any of the operators.
  template <typename Is, typename Next>
  Part chain(Is is_operator, Next next) {
    Part left = next();
    int links = 0;
    while (left && is_operator()) {
      if (++links > max_chain)
        return too_much("chains more than " + std::to_string(max_chain) + " terms");
      const std::string op = here().text;
      ++at_;
      Part right = next();
      if (!right)
        return std::nullopt;
      const int begin = left->begin;
      std::vector<Syntax> children;
      children.push_back(std::move(*left));
      children.push_back(std::move(*right));
      left = operation(op, std::move(children), begin);
    }
    return left;
  }

  Part disjunction() {
    return chain([&] { return is_word("or"); }, [&] { return conjunction(); });
  }
  Part conjunction() {
    return chain([&] { return is_word("and"); }, [&] { return negation(); });
  }

  Part negation() {
    if (!is_word("not"))
      return comparison();
    const int begin = here().begin;
    ++at_;
    return nested([&]() -> Part {
      Part inner = negation();
      if (!inner)
        return std::nullopt;
      std::vector<Syntax> children;
      children.push_back(std::move(*inner));
      return operation("not", std::move(children), begin);
    });
  }

  Part comparison() {
    Part left = sum();
    if (!left)
      return std::nullopt;
    if (here().kind == TokenKind::sign && is_comparison(here().text)) {
      const std::string sign = here().text;
      ++at_;
      Part right = sum();
      if (!right)
        return std::nullopt;
      const int begin = left->begin;
      std::vector<Syntax> children;
      children.push_back(std::move(*left));
      children.push_back(std::move(*right));
      return operation(sign, std::move(children), begin);
    }
    if (is_word("in") || is_word("not"))
      return membership(std::move(*left));
    return left;
  }

  Part membership(Syntax subject) {
    Syntax node;
    node.kind = SyntaxKind::membership;
    node.begin = subject.begin;
    node.text = "in";
    if (is_word("not")) {
      node.text = "not in";
      ++at_;
    }
    if (!is_word("in"))
      return unexpected("`in`");
    ++at_;
    if (!is_sign("("))
      return unexpected("a list in parentheses");
    ++at_;
    node.children.push_back(std::move(subject));
    for (;;) {
      Part item = sum();
      if (!item)
        return std::nullopt;
      node.children.push_back(std::move(*item));
      if (is_sign(",")) {
        ++at_;
        continue;
      }
      if (!is_sign(")"))
        return unexpected("`,` or `)`");
      node.length = here().begin + 1 - node.begin;
      ++at_;
      return node;
    }
  }

  Part sum() {
    return chain([&] { return is_sign("+") || is_sign("-"); }, [&] { return product(); });
  }
  Part product() {
    return chain([&] { return is_sign("*") || is_sign("/"); }, [&] { return unary(); });
  }

  Part unary() {
    if (!is_sign("-"))
      return primary();
    const int begin = here().begin;
    ++at_;
    return nested([&]() -> Part {
      Part inner = unary();
      if (!inner)
        return std::nullopt;
      std::vector<Syntax> children;
      children.push_back(std::move(*inner));
      return operation("-", std::move(children), begin);
    });
  }

  Part primary() {
    const Token token = here();
    Syntax node;
    node.begin = token.begin;
    node.length = token.length;
    if (token.kind == TokenKind::number) {
      node.kind = SyntaxKind::number;
      node.number = token.number;
      ++at_;
      return node;
    }
    if (token.kind == TokenKind::text) {
      node.kind = SyntaxKind::text;
      node.text = token.text;
      ++at_;
      return node;
    }
    if (is_sign("(")) {
      ++at_;
      return nested([&]() -> Part {
        Part inner = disjunction();
        if (!inner)
          return std::nullopt;
        if (!is_sign(")"))
          return here().kind == TokenKind::end ? unclosed(node.begin) : unexpected("`)`");
        inner->length = here().begin + 1 - node.begin;
        inner->begin = node.begin;
        ++at_;
        return inner;
      });
    }
    if (token.kind != TokenKind::name || is_word("and") || is_word("or") || is_word("in") ||
        is_word("not"))
      return unexpected("a name or a number");
    return named(std::move(node));
  }

  Part named(Syntax node) {
    const std::string first = here().text;
    ++at_;
    if (first == "true" || first == "false") {
      node.kind = SyntaxKind::truth;
      node.number = first == "true" ? 1 : 0;
      return node;
    }
    if (is_sign("(")) {
      node.kind = SyntaxKind::call;
      node.text = first;
      ++at_;
      return nested([&] { return arguments(std::move(node)); });
    }
    node.kind = SyntaxKind::name;
    node.text = first;
    while (is_sign(".")) {
      ++at_;
      // A code stands for an option's name: Q14.3
      if (here().kind != TokenKind::name && here().kind != TokenKind::number)
        return unexpected("a name after the dot");
      node.text += '.';
      node.text += here().text;
      node.length = here().begin + here().length - node.begin;
      ++at_;
    }
    return node;
  }

  Part arguments(Syntax node) {
    while (!is_sign(")")) {
      if (is_sign("|")) {
        ++at_;
        Part condition = disjunction();
        if (!condition)
          return std::nullopt;
        node.condition = std::make_unique<Syntax>(std::move(*condition));
        if (!is_sign(")"))
          return unexpected("`)`");
        break;
      }
      if (!node.children.empty()) {
        if (!is_sign(","))
          return unexpected("`,` or `)`");
        ++at_;
      }
      Part argument = disjunction();
      if (!argument)
        return std::nullopt;
      node.children.push_back(std::move(*argument));
    }
    node.length = here().begin + 1 - node.begin;
    ++at_;
    return node;
  }

  template <typename Inner>
  Part nested(Inner inner) {
    if (++depth_ > max_expression_depth)
      return too_much("is nested more than " + std::to_string(max_expression_depth) +
                      " levels deep");
    Part result = inner();
    --depth_;
    return result;
  }

  std::nullopt_t too_much(const std::string& what) {
    faults_.error(place_within(place_, here().begin, here().length), "this formula " + what,
                  "name parts of it as derived variables in processing.yaml");
    return std::nullopt;
  }

  // A chain a + b + c … makes a left-deep tree, which is walked recursively.
  static constexpr int max_chain = 1000;

  std::vector<Token> tokens_;
  const Place& place_;
  Diagnostics& faults_;
  size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

std::optional<Syntax> parse_syntax(const std::string& text, const Place& place,
                                   Diagnostics& faults) {
  if (text.size() > static_cast<size_t>(max_expression_length)) {
    faults.error(
        place,
        "this formula is longer than " + std::to_string(max_expression_length) + " characters",
        "name parts of it as derived variables in processing.yaml");
    return std::nullopt;
  }
  std::optional<std::vector<Token>> tokens = Lexer(text, place, faults).all();
  if (!tokens)
    return std::nullopt;
  if (tokens->size() == 1) {
    faults.error(place, "a formula is missing here", "");
    return std::nullopt;
  }
  return Parser(std::move(*tokens), place, faults).whole();
}

}  // namespace topline
