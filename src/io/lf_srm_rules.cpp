#include "io/lf_srm_rules.hpp"

#include <algorithm>
#include <optional>

#include "io/lf_srm_text.hpp"

namespace topline::lf_srm {
namespace {

using Kind = Rule::Kind;

struct Token {
  enum class Type { word, number, sign };
  Type type = Type::sign;
  std::string text;  // words in lower case
};

// Words, numbers, and everything else one by one ("=>" and "!=" together).
std::vector<Token> tokens_of(std::string_view line) {
  std::vector<Token> tokens;
  const std::string text = lower(line);
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '\''; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (size_t i = 0; i < text.size();) {
    size_t end = i + 1;
    if (is_letter(text[i])) {
      while (end < text.size() && is_letter(text[end]))
        ++end;
      tokens.push_back({Token::Type::word, text.substr(i, end - i)});
    } else if (is_digit(text[i])) {
      while (end < text.size() && is_digit(text[end]))
        ++end;
      tokens.push_back({Token::Type::number, text.substr(i, end - i)});
    } else if (text[i] != ' ' && text[i] != '\t') {
      if (end < text.size() &&
          ((text[i] == '=' && text[end] == '>') || (text[i] == '!' && text[end] == '=')))
        ++end;
      tokens.push_back({Token::Type::sign, text.substr(i, end - i)});
    }
    i = end;
  }
  return tokens;
}

class Line {
 public:
  explicit Line(const std::string& text) : text_(text), tokens_(tokens_of(text)) {}

  Rule read() {
    Rule rule;
    rule.words = text_;
    if (is_screen_out() || is_screen_out_all(rule) || is_hide_or_show(rule) ||
        is_implication(rule) || is_message(rule) || is_if_answer(rule)) {
      if (is_screen_out())
        rule.kind = Kind::screen_out;
      return rule;
    }
    return {Kind::unread, text_, {}, {}, {}, {}};
  }

 private:
  using Type = Token::Type;

  [[nodiscard]] bool is(size_t at, std::string_view text) const {
    return at < tokens_.size() && tokens_[at].text == text;
  }
  [[nodiscard]] bool is_number(size_t at) const {
    return at < tokens_.size() && tokens_[at].type == Type::number;
  }
  [[nodiscard]] int number(size_t at) const { return whole_number(tokens_[at].text).value_or(0); }

  [[nodiscard]] bool is_screen_out() const {
    const std::string plain = comparable(text_);
    return plain == "dq" || plain == "disqualify" || plain == "screen out" ||
           plain == "screened out" || plain == "screened out of survey";
  }

  // "DQ if Never for all seven responses."
  bool is_screen_out_all(Rule& rule) const {
    const std::string plain = lower(text_);
    const size_t begin = plain.find("dq if ");
    const size_t end = plain.find(" for all");
    if (begin != 0 || end == std::string::npos || end <= 6)
      return false;
    rule.kind = Kind::screen_out_all;
    rule.label = cleaned(std::string_view(text_).substr(6, end - 6));
    return true;
  }

  bool is_hide_or_show(Rule& rule) const {
    if (!is(0, "hide") && !is(0, "show"))
      return false;
    const bool hide = is(0, "hide");
    if (is(1, "if") || is(1, "for") || is(1, "when")) {
      rule.kind = hide ? Kind::hide_if : Kind::show_if;
      return references(rule);
    }
    if (is(1, "page") || is(1, "pages")) {
      rule.kind = hide ? Kind::hide_pages : Kind::show_pages;
      for (size_t i = 2; i < tokens_.size(); ++i) {
        if (is_number(i))
          rule.pages.push_back(tokens_[i].text);
        else if (!is_separator(i))
          return false;
      }
      return !rule.pages.empty();
    }
    rule.kind = hide ? Kind::hide_questions : Kind::show_questions;
    return question_list(1, rule);
  }

  [[nodiscard]] bool is_separator(size_t at) const {
    return is(at, ",") || is(at, ".") || is(at, ";") || is(at, "and") || is(at, "or") ||
           is(at, "&");
  }

  // "6.3, 6.4": whatever else stands there makes the rule unreadable.
  bool references(Rule& rule) const {
    size_t at = 2;
    while (at < tokens_.size()) {
      if (is_number(at) && is(at + 1, ".") && is_number(at + 2)) {
        rule.refs.push_back({number(at), tokens_[at + 2].text});
        at += 3;
      } else if (is_separator(at)) {
        ++at;
      } else {
        return false;
      }
    }
    return !rule.refs.empty();
  }

  // "Q7, Q8"
  bool question_list(size_t at, Rule& rule) const {
    for (; at < tokens_.size(); ++at) {
      if (is(at, "q") && is_number(at + 1))
        rule.questions.push_back(number(++at));
      else if (!is_separator(at))
        return false;
    }
    return !rule.questions.empty();
  }

  // Codes "C9", "[C9]", "[C1, C2]" of a question, from `at` on; the position behind them.
  std::optional<size_t> codes(size_t at, int question, std::vector<RuleRef>& refs) const {
    const bool list = is(at, "[");
    at += list ? 1 : 0;
    while (is(at, "c") && is_number(at + 1)) {
      refs.push_back({question, tokens_[at + 1].text});
      at += 2;
      if (!list)
        return at;
      at += is(at, ",") ? 1 : 0;
    }
    if (!list || !is(at, "]") || refs.empty())
      return std::nullopt;
    return at + 1;
  }

  // "Q31 = [C9] AND … => INVALIDATE Q31", "Q43 != C1 => HIDE Q52".
  bool is_implication(Rule& rule) const {
    if (!is(0, "q") || !is_number(1))
      return false;
    const int question = number(1);
    const bool differs = is(2, "!=");
    if (!differs && !is(2, "=") && !is(2, "in"))
      return false;
    std::optional<size_t> at = codes(3, question, rule.refs);
    if (!at)
      return false;
    const bool alone = is(*at, "=>");
    while (*at < tokens_.size() && !is(*at, "=>"))
      ++*at;
    if (is(*at + 1, "invalidate") && !differs) {
      rule.kind = Kind::exclusive_code;
      return true;
    }
    const bool hide = is(*at + 1, "hide");
    if (!alone || (!hide && !is(*at + 1, "show")))
      return false;
    rule.kind = hide == differs ? Kind::hide_unless : Kind::hide_when;
    return question_list(*at + 2, rule);
  }

  // You can't select "No processes or approaches" and another option.
  bool is_message(Rule& rule) const {
    const std::string plain = replaced(lower(text_), "\xE2\x80\x99", "'");
    const size_t select = plain.find("can't select ");
    if (select == std::string::npos || !contains(plain, "another"))
      return false;
    const std::string straight = replaced(
        replaced(replaced(text_, "\xE2\x80\x99", "'"), "\xE2\x80\x9C", "\""), "\xE2\x80\x9D", "\"");
    const size_t open = straight.find('"', select);
    const size_t close = open == std::string::npos ? open : straight.find('"', open + 1);
    if (close == std::string::npos)
      return false;
    rule.kind = Kind::exclusive_label;
    rule.label = cleaned(straight.substr(open + 1, close - open - 1));
    return true;
  }

  // "IF OSPO = YES on Q9"
  bool is_if_answer(Rule& rule) const {
    if (!is(0, "if") || tokens_.size() < 5)
      return false;
    const size_t last = tokens_.size() - 1;
    if (!is_number(last) || !is(last - 1, "q") || !(is(last - 2, "on") || is(last - 2, "in")) ||
        tokens_[last - 3].type != Type::word || !is(last - 4, "="))
      return false;
    rule.kind = Kind::if_answer;
    rule.label = tokens_[last - 3].text;
    rule.refs.push_back({number(last), {}});
    return true;
  }

  const std::string& text_;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Rule> parse_rules(std::string_view text) {
  std::vector<Rule> rules;
  for (const std::string& raw : lines_of(text)) {
    const std::string line = trimmed(raw);
    if (!line.empty())
      rules.push_back(Line(line).read());
  }
  return rules;
}

}  // namespace topline::lf_srm
