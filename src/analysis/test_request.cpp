#include "analysis/test_request.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "analysis/sample_columns.hpp"
#include "analysis/text_parts.hpp"
#include "instrument/resolve.hpp"

namespace topline {

namespace {

constexpr size_t any_number = 1000;

// What a kind of test takes.
struct Grammar {
  TestKind kind;
  const char* name;
  bool classes;  // operands are questions with options, not numbers or conditions
  size_t least;
  size_t most;
  bool by;
  const char* example;
};

constexpr std::array grammars = {
    Grammar{TestKind::independence, "independence", true, 2, 2, false,
            "topline test independence Q1 Q2"},
    Grammar{TestKind::fit, "fit", true, 1, 1, false,
            "topline test fit Q1 --shares 'weekly 30, monthly 70'"},
    Grammar{TestKind::mean, "mean", false, 1, 1, false, "topline test mean age --against 40"},
    Grammar{TestKind::means, "means", false, 1, 1, true, "topline test means age --by Q1"},
    Grammar{TestKind::ranks, "ranks", false, 1, 1, true, "topline test ranks age --by Q1"},
    Grammar{TestKind::paired, "paired", false, 2, any_number, false,
            "topline test paired 'Q1 == weekly' 'Q2 == weekly'"},
    Grammar{TestKind::trend, "trend", false, 1, 1, true,
            "topline test trend 'Q1 == weekly' --by age_band"},
    Grammar{TestKind::alpha, "alpha", false, 2, any_number, false, "topline test alpha Q5 Q6 Q7"},
    Grammar{TestKind::kappa, "kappa", true, 2, 2, false, "topline test kappa coder_1 coder_2"},
};

const Grammar& grammar_of(TestKind kind) {
  return *std::find_if(grammars.begin(), grammars.end(),
                       [&](const Grammar& grammar) { return grammar.kind == kind; });
}

std::string word_name(size_t index) {
  return "word " + std::to_string(index + 1);
}

Place whole(const std::string& name, const std::string& text) {
  return {name, 1, 1, static_cast<int>(text.size())};
}

class Parser {
 public:
  Parser(const TestWords& words, const Codebook& codebook, Diagnostics& faults)
      : words_(words), grammar_(grammar_of(words.kind)), codebook_(codebook), faults_(faults) {}

  std::optional<TestRequest> parse() {
    const int before = faults_.count(Severity::error);
    request_.words = words_;
    options();
    operands();
    if (grammar_.by && !words_.by.empty())
      class_of(words_.by, whole("--by", words_.by));
    if (!words_.where.empty())
      request_.where = resolve_expression(words_.where, {"--where", 1, 1, 0}, codebook_,
                                          ExpressionType::boolean, Aggregates::refused, faults_);
    if (faults_.count(Severity::error) == before)
      kinds_of_operands();
    if (faults_.count(Severity::error) == before && words_.kind == TestKind::fit)
      shares();
    if (faults_.count(Severity::error) > before)
      return std::nullopt;
    return std::move(request_);
  }

 private:
  void usage(const std::string& message) {
    faults_.error({"command line", 0, 0, 0}, message,
                  std::string("for example `") + grammar_.example + "`");
  }

  void only_for(bool given, const std::string& option, TestKind kind) {
    if (given && words_.kind != kind)
      usage(option + " belongs to `topline test " + grammar_of(kind).name + "`");
  }

  void options() {
    const std::string name = grammar_.name;
    if (grammar_.by && words_.by.empty())
      usage("`topline test " + name +
            "` compares groups: name the question that makes them with "
            "--by");
    if (!grammar_.by && !words_.by.empty())
      usage("`topline test " + name + "` has no --by");
    if (words_.kind == TestKind::mean && !words_.against)
      usage("`topline test mean` needs the value to hold the mean against: --against");
    if (words_.against && !std::isfinite(*words_.against))
      usage("--against is no number");
    if (words_.kind == TestKind::fit && words_.shares.empty())
      usage("`topline test fit` needs the shares to hold the question against: --shares");
    only_for(words_.against.has_value(), "--against", TestKind::mean);
    only_for(!words_.shares.empty(), "--shares", TestKind::fit);
    only_for(words_.statistic.has_value(), "--statistic", TestKind::independence);
    only_for(words_.scores.has_value(), "--scores", TestKind::ranks);
    only_for(words_.weights.has_value(), "--weights", TestKind::kappa);
    if (words_.adjustment && words_.kind != TestKind::means && words_.kind != TestKind::paired)
      usage("--adjust belongs to `topline test means` and `topline test paired`");
  }

  void operands() {
    const int before = faults_.count(Severity::error);
    for (size_t i = 0; i < words_.operands.size(); ++i) {
      const std::string& word = words_.operands[i];
      if (grammar_.classes)
        class_of(word, whole(word_name(i), word));
      else
        numbers_of(word, word_name(i));
    }
    if (faults_.count(Severity::error) > before)
      return;
    const size_t given = grammar_.classes ? words_.operands.size() : request_.numbers.size();
    if (given < grammar_.least || given > grammar_.most)
      usage("`topline test " + std::string(grammar_.name) + "` takes " +
            (grammar_.most == any_number ? "two or more numbers or conditions"
             : grammar_.classes          ? grammar_.least == 2 ? "two questions" : "one question"
                                         : "one number or condition") +
            ", not " + std::to_string(given));
  }

  void class_of(const std::string& word, const Place& place) {
    const VariableId id = class_variable(word, place, codebook_, faults_);
    if (id.valid())
      request_.variables.push_back(id);
  }

  // A grid stands for its rows.
  void numbers_of(const std::string& word, const std::string& name) {
    const std::vector<VariableId> group = codebook_.find_all(word);
    std::vector<std::string> texts = {word};
    if (group.size() > 1) {
      texts.clear();
      for (VariableId id : group)
        texts.push_back(codebook_[id].name);
    }
    for (const std::string& text : texts) {
      std::optional<Expression> number = resolve_expression(
          text, {name, 1, 1, 0}, codebook_, ExpressionType::number, Aggregates::refused, faults_);
      if (number)
        request_.numbers.push_back(std::move(*number));
    }
  }

  void kinds_of_operands() {
    const auto condition = [](const Expression& e) { return e.type() == ExpressionType::boolean; };
    const auto count = std::count_if(request_.numbers.begin(), request_.numbers.end(), condition);
    if (count != 0 && count != static_cast<std::ptrdiff_t>(request_.numbers.size()) &&
        words_.kind == TestKind::paired)
      usage("a number and a condition are nothing to compare");
    if (words_.against && request_.of_conditions() &&
        !(*words_.against > 0 && *words_.against < 100))
      usage("a share is held against a percentage between 0 and 100");
    std::vector<std::string> names;
    for (const Expression& number : request_.numbers)
      names.push_back(number.text);
    for (VariableId variable : request_.variables)
      names.push_back(codebook_[variable].name);
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice != names.end())
      usage("`" + *twice + "` is named twice");
  }

  void shares() {
    const Variable& variable = codebook_[request_.variables.front()];
    for (const TextPart& part : parts_between(words_.shares, trimmed_part(words_.shares), ','))
      share(variable, part.text, part.place("--shares"));
  }

  // "weekly 30"
  void share(const Variable& variable, const std::string& part, const Place& place) {
    const size_t space = part.rfind(' ');
    const std::string name = trimmed_part(part.substr(0, space)).text;
    double value = 0;
    const char* const end = part.data() + part.size();
    const bool read = space != std::string::npos &&
                      std::from_chars(part.data() + space + 1, end, value).ptr == end &&
                      std::isfinite(value);
    if (!read || !(value > 0)) {
      faults_.error(place, "`" + part + "` is no option with its share",
                    "write an option's name and a number above 0, as in `weekly 30`");
      return;
    }
    std::vector<std::string> names = {"yes", "no"};
    if (variable.kind != VariableKind::flag) {
      names.clear();
      for (const Option& option : *variable.options)
        names.push_back(option.name);
    }
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      faults_.error(place, variable.name + " has no option `" + name + "`",
                    did_you_mean(name, names));
      return;
    }
    if (!request_.shares.emplace(name, value).second)
      faults_.error(place, "`" + name + "` has a share already", "");
  }

  const TestWords& words_;
  const Grammar& grammar_;
  const Codebook& codebook_;
  Diagnostics& faults_;
  TestRequest request_;
};

}  // namespace

std::vector<std::string> test_kind_names() {
  std::vector<std::string> names;
  for (const Grammar& grammar : grammars)
    names.emplace_back(grammar.name);
  return names;
}

std::optional<TestKind> test_kind(const std::string& name) {
  for (const Grammar& grammar : grammars) {
    if (name == grammar.name)
      return grammar.kind;
  }
  return std::nullopt;
}

bool TestRequest::of_conditions() const {
  return !numbers.empty() && numbers.front().type() == ExpressionType::boolean;
}

std::optional<TestRequest> parse_test(const TestWords& words, const Codebook& codebook,
                                      Diagnostics& faults) {
  return Parser(words, codebook, faults).parse();
}

std::map<std::string, std::string> test_files(const TestWords& words) {
  std::map<std::string, std::string> files = {
      {"--by", words.by}, {"--where", words.where}, {"--shares", words.shares}};
  for (size_t i = 0; i < words.operands.size(); ++i)
    files[word_name(i)] = words.operands[i];
  return files;
}

}  // namespace topline
