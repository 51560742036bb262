// The questionnaire: pages, questions, options, and the code book that follows from them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "instrument/expression.hpp"
#include "instrument/variable.hpp"

namespace topline {

enum class QuestionKind {
  single,
  multiple,
  grid,           // one answer per row
  multiple_grid,  // several answers per row
  ranking,
  numeric,
  text,
  date,
  consent,
};

struct GridRow {
  std::string name;
  std::string text;
  Anchor anchor = Anchor::none;
  std::optional<Expression> show_if;
  Place place;
};

struct OptionGroup {
  std::string name;
  std::string text;
  Place place;
};

struct Question {
  std::string name;
  std::string text;
  std::string label;
  std::string note;     // an instruction to the respondent
  std::string version;  // consent: of its wording
  QuestionKind kind = QuestionKind::single;
  PageId page;
  std::shared_ptr<const OptionList> options;  // never null
  std::vector<GridRow> rows;
  std::vector<OptionGroup> groups;
  std::optional<Expression> show_if;
  std::optional<Expression> screen_out;
  bool randomize = false;
  bool required = true;
  std::optional<int> at_least;
  std::optional<int> at_most;
  std::optional<double> minimum;  // numeric; date in days since 1970-01-01
  std::optional<double> maximum;
  std::string unit;
  int decimals = 0;
  std::vector<VariableId> variables;  // one, or one for each row
  Place place;

  [[nodiscard]] const std::string& short_text() const { return label.empty() ? text : label; }
  [[nodiscard]] bool is_grid() const {
    return kind == QuestionKind::grid || kind == QuestionKind::multiple_grid;
  }
};

struct Page {
  std::string name;
  std::string title;
  std::string text;
  std::optional<Expression> show_if;
  std::vector<QuestionId> questions;
  Place place;
};

struct Questionnaire {
  std::vector<Page> pages;
  std::vector<Question> questions;  // in the order in which they are asked
  Codebook codebook;

  [[nodiscard]] const Question& operator[](QuestionId id) const { return questions[id.index()]; }
  // Invalid when there is none of that name.
  [[nodiscard]] QuestionId find_question(std::string_view name) const;
};

// Reads a questionnaire from the text of questionnaire.yaml. Every fault found goes to
// `faults`; what could be read is returned even so, so that later checks find further faults.
Questionnaire load_questionnaire(const std::string& text, const std::string& file,
                                 Diagnostics& faults);

}  // namespace topline
