#include "analysis/estimate_request.hpp"

#include <charconv>

#include "analysis/formula_function.hpp"
#include "analysis/text_parts.hpp"
#include "instrument/resolve.hpp"

namespace topline {

namespace {

// Where ` by ` divides the text, outside brackets and quotes; npos where it does not.
size_t by_position(const std::string& text) {
  int depth = 0;
  bool quoted = false;
  size_t found = std::string::npos;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"')
      quoted = !quoted;
    depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    if (!quoted && depth == 0 && text.compare(i, 4, " by ") == 0)
      found = i;
  }
  return found;
}

VariableId group_variable(const std::string& name, const Place& place, const Codebook& codebook,
                          Diagnostics& faults) {
  const VariableId id = codebook.find(name);
  if (!id.valid()) {
    faults.error(place, "there is no question `" + name + "` to make groups of",
                 did_you_mean(name, codebook.names()));
    return {};
  }
  const VariableKind kind = codebook[id].kind;
  if (kind == VariableKind::single || kind == VariableKind::flag || kind == VariableKind::multiple)
    return id;
  faults.error(place, name + " has no options to make groups of",
               "derive bands or a recode of it in processing.yaml");
  return {};
}

// The arguments of `name(…)`, where that is all of the text.
std::optional<std::vector<TextPart>> arguments_of(const std::string& text, size_t end,
                                                  const std::string& name) {
  const TextPart whole = trimmed_part(text, 0, end);
  if (!whole.text.starts_with(name + "(") || !whole.text.ends_with(')'))
    return std::nullopt;
  const size_t begin = whole.begin + name.size() + 1;
  const size_t last = whole.begin + whole.text.size() - 1;
  int depth = 0;
  for (size_t i = begin; i < last; ++i) {
    depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    if (depth < 0)
      return std::nullopt;  // the bracket closes before the end
  }
  return parts_between(text, {text.substr(begin, last - begin), begin}, ',');
}

class Parser {
 public:
  Parser(const std::string& text, const Codebook& codebook, Diagnostics& faults)
      : text_(text), codebook_(codebook), faults_(faults) {}

  EstimateRequest parse() {
    const size_t by = by_position(text_);
    const size_t end = std::min(by, text_.size());
    if (const auto quantile = arguments_of(text_, end, "quantile"))
      function(EstimateKind::quantile, *quantile, 2, "quantile(x, 0.9)");
    else if (const auto variance = arguments_of(text_, end, "variance"))
      function(EstimateKind::variance, *variance, 1, "variance(x)");
    else if (const auto correlation = arguments_of(text_, end, "correlation"))
      function(EstimateKind::correlation, *correlation, 2, "correlation(x, y)");
    else
      formula(end);
    groups(by);
    return std::move(request_);
  }

 private:
  void formula(size_t end) {
    std::optional<Expression> formula =
        resolve_expression(text_.substr(0, end), {"formula", 1, 1, 0}, codebook_,
                           ExpressionType::number, Aggregates::allowed, faults_);
    if (!formula)
      return;
    const Node& root = formula->root();
    if (root.op == Op::median) {
      request_.kind = EstimateKind::quantile;
      request_.arguments.push_back(part_of(*formula, root.children[0]));
      if (root.children.size() > 1)
        request_.among = part_of(*formula, root.children[1]);
      return;
    }
    check_differentiable(*formula, faults_);
    request_.formula = std::move(*formula);
  }

  void function(EstimateKind kind, const std::vector<TextPart>& parts, size_t count,
                const std::string& example) {
    request_.kind = kind;
    if (parts.size() != count) {
      faults_.error({"formula", 1, 1, 0},
                    "this takes " + std::to_string(count) +
                        (count == 1 ? " argument, not " : " arguments, not ") +
                        std::to_string(parts.size()),
                    "as in " + example);
      return;
    }
    const bool quantile = kind == EstimateKind::quantile;
    for (size_t i = 0; i < (quantile ? 1 : count); ++i)
      argument(parts[i]);
    if (quantile)
      probability(parts[1]);
  }

  // A number, or a number among those for whom a condition holds: x | B.
  void argument(const TextPart& part) {
    const std::vector<TextPart> sides = split_at_bar(part);
    Place place = sides[0].place("formula");
    place.length = 0;
    std::optional<Expression> number = resolve_expression(
        sides[0].text, place, codebook_, ExpressionType::number, Aggregates::refused, faults_);
    if (number)
      request_.arguments.push_back(std::move(*number));
    if (sides.size() > 1) {
      place = sides[1].place("formula");
      place.length = 0;
      request_.among = resolve_expression(sides[1].text, place, codebook_, ExpressionType::boolean,
                                          Aggregates::refused, faults_);
    }
  }

  [[nodiscard]] std::vector<TextPart> split_at_bar(const TextPart& part) const {
    const size_t bar = text_.find('|', part.begin);
    const size_t end = part.begin + part.text.size();
    if (bar == std::string::npos || bar >= end)
      return {part};
    return {trimmed_part(text_, part.begin, bar), trimmed_part(text_, bar + 1, end)};
  }

  void probability(const TextPart& part) {
    const char* const end = part.text.data() + part.text.size();
    const auto [read, error] = std::from_chars(part.text.data(), end, request_.probability);
    if (error == std::errc() && read == end && request_.probability > 0 && request_.probability < 1)
      return;
    faults_.error(part.place("formula"), "`" + part.text + "` is no probability",
                  "write a number between 0 and 1, such as 0.9");
  }

  void groups(size_t by) {
    for (size_t at = by; at != std::string::npos;) {
      const size_t first = at + (at == by ? 4 : 1);
      at = text_.find(',', first);
      const TextPart name = trimmed_part(text_, first, std::min(at, text_.size()));
      const VariableId id = group_variable(name.text, name.place("formula"), codebook_, faults_);
      if (id.valid())
        request_.by.push_back(id);
    }
  }

  const std::string& text_;
  const Codebook& codebook_;
  Diagnostics& faults_;
  EstimateRequest request_;
};

}  // namespace

std::optional<EstimateRequest> parse_estimate(const std::string& text, const std::string& where,
                                              const Codebook& codebook, Diagnostics& faults) {
  const int before = faults.count(Severity::error);
  EstimateRequest request = Parser(text, codebook, faults).parse();
  if (!where.empty())
    request.where = resolve_expression(where, {"--where", 1, 1, 0}, codebook,
                                       ExpressionType::boolean, Aggregates::refused, faults);
  if (faults.count(Severity::error) > before)
    return std::nullopt;
  return request;
}

}  // namespace topline
