// The code book: every variable that a case can have a value of, with its options and names.
// It is the symbol table of the expression language.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "instrument/answer.hpp"
#include "instrument/expression.hpp"

namespace topline {

enum class VariableKind { single, multiple, ranking, flag, number, text, date };

enum class VariableRole {
  question,  // asked
  specify,   // the text behind "other, please specify"
  hidden,    // comes with the case: source, language, provider's id, times
  derived,   // computed by processing.yaml
};

// A value that is not an opinion.
enum class MissingReason { none, dont_know, refused, not_applicable };

enum class Anchor { none, start, end };

struct Option {
  int code = 0;
  std::string name;
  std::string text;
  MissingReason missing = MissingReason::none;
  bool exclusive = false;
  bool specify = false;
  Anchor anchor = Anchor::none;
  int group = -1;  // position in Question::groups
  std::optional<double> value;
  std::optional<Expression> show_if;
  Place place;
};

using OptionList = std::vector<Option>;

struct Variable {
  std::string name;  // as expressions write it: Q1, Q18.accuracy, Q12.other.text, source
  VariableKind kind = VariableKind::single;
  VariableRole role = VariableRole::question;
  std::string text;
  std::string label;  // short text for tables; empty where the text serves
  std::string unit;
  int decimals = 0;                           // numeric: places that the answer may have
  std::shared_ptr<const OptionList> options;  // never null; empty where there are none
  QuestionId question;
  int row = -1;     // of a grid's row
  int behind = -1;  // specify: the option, by its position, that the text is written behind
  Place place;

  [[nodiscard]] const std::string& short_text() const { return label.empty() ? text : label; }
  [[nodiscard]] int option_count() const { return static_cast<int>(options->size()); }
  // Position of the option of that name or, written in digits, code; -1 if there is none.
  [[nodiscard]] int find_option(std::string_view name_or_code) const;
  [[nodiscard]] bool has_options() const {
    return kind == VariableKind::single || kind == VariableKind::multiple ||
           kind == VariableKind::ranking;
  }
};

// The name of the text written behind an option of `question`: "Q12.other.text".
std::string specify_name(const std::string& question, const Option& option);

// Variables that belong together under one name: all rows of a grid, or just the one.
struct VariableGroup {
  std::string name;
  std::vector<VariableId> variables;
};

class Codebook {
 public:
  // Adds a variable; its name must be new (see find).
  VariableId add(Variable variable);
  // Lets `group` stand for several variables, as a grid's name stands for its rows.
  void add_group(std::string group, std::vector<VariableId> variables);
  void add_page(std::string name, PageId page);

  [[nodiscard]] const Variable& operator[](VariableId id) const { return variables_[id.index()]; }
  // For another edition of the same variable: other texts, and options with other texts. Name,
  // kind, and the codes and order of options must stay.
  [[nodiscard]] Variable& edit(VariableId id) { return variables_[id.index()]; }
  [[nodiscard]] size_t size() const { return variables_.size(); }
  [[nodiscard]] const std::vector<Variable>& variables() const { return variables_; }

  // Invalid when no variable has exactly this name.
  [[nodiscard]] VariableId find(std::string_view name) const;
  // The variables that a name stands for: one variable, or a grid's rows; empty if unknown.
  [[nodiscard]] std::vector<VariableId> find_all(std::string_view name) const;
  [[nodiscard]] std::optional<PageId> find_page(std::string_view name) const;

  [[nodiscard]] std::vector<std::string> names() const;  // of variables and groups, for hints
  [[nodiscard]] std::vector<std::string> page_names() const;

 private:
  std::vector<Variable> variables_;
  std::map<std::string, VariableId, std::less<>> by_name_;
  std::map<std::string, std::vector<VariableId>, std::less<>> groups_;
  std::map<std::string, PageId, std::less<>> pages_;
};

// Whether `name` is a letter followed by letters, digits and _, and not a word of the language.
bool is_name(std::string_view name);
// Whether it is a word of the language: and, or, not, in, true, false, end.
bool is_formula_word(std::string_view name);
// What to do about a name that is none.
std::string name_hint(std::string_view name);

}  // namespace topline
