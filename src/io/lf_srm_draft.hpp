// The study as it takes shape during the import, and the answers that the data hold for it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "instrument/questionnaire.hpp"
#include "io/lf_srm_raw.hpp"

namespace topline::lf_srm {

// Holds when the question (for a grid, its row) was answered with one of the options.
struct Clause {
  size_t question = 0;
  int row = -1;
  std::vector<size_t> options;
  bool or_unanswered = false;  // holds, too, when there is no answer

  auto operator<=>(const Clause&) const = default;
};

struct DraftOption {
  int code = 0;
  std::string name;
  std::string text;
  std::string model_code;  // the number that rules use for it, where it differs from `code`
  MissingReason missing = MissingReason::none;
  bool exclusive = false;
  int column = 0;       // that tells whether it was chosen
  int text_column = 0;  // with what was written; the option then asks for it
  std::string cell;     // of a hidden variable: what its cells hold, where that is no code
};

struct DraftRow {
  std::string name;
  std::string text;
  std::string model_code;
  int column = 0;            // holds the option's code
  std::vector<int> columns;  // or one for each option
};

struct DraftQuestion {
  std::string name;
  int number = 0;
  std::string text;
  QuestionKind kind = QuestionKind::single;
  Instruction instruction;
  std::vector<DraftOption> options;
  std::vector<DraftRow> rows;
  int column = 0;  // of a single question or text in one column
  std::optional<int> at_least;
  std::optional<int> at_most;
  bool required = true;
  size_t page = 0;
  std::vector<Clause> show;             // all of them must hold
  std::vector<std::string> screen_out;  // any of them ends the interview

  [[nodiscard]] bool is_grid() const {
    return kind == QuestionKind::grid || kind == QuestionKind::multiple_grid;
  }
  [[nodiscard]] bool takes_several() const {
    return kind == QuestionKind::multiple || kind == QuestionKind::multiple_grid;
  }
};

struct DraftPage {
  std::string name;
  std::string title;
  std::string text;
  std::string model_id;  // the number that rules use for it
  std::vector<Clause> show;
  std::vector<size_t> questions;
};

struct DraftField {
  std::string name;
  std::string text;
  VariableKind kind = VariableKind::text;
  std::vector<DraftOption> options;
  int column = 0;
};

struct DraftCaseRule {
  std::string drop;
  std::string why;
};

struct Draft {
  std::string title;
  std::vector<DraftPage> pages;
  std::vector<DraftQuestion> questions;  // page by page
  std::vector<DraftField> fields;
  std::vector<DraftCaseRule> cases;
  int id_column = 0;

  [[nodiscard]] int find_question(int number) const;  // -1 if there is none
};

// What each respondent answered, looked up in the raw data.
class Answers {
 public:
  Answers(const RawTable& raw, const Draft& draft) : raw_(&raw), draft_(&draft) {}

  [[nodiscard]] size_t cases() const { return raw_->cases(); }
  // `row` is a grid's row, or -1 for the whole question.
  [[nodiscard]] bool answered(size_t row_of_data, size_t question, int row = -1) const;
  [[nodiscard]] bool chose(size_t row_of_data, size_t question, int row, size_t option) const;
  [[nodiscard]] bool holds(size_t row_of_data, const Clause& clause) const;
  [[nodiscard]] bool holds(size_t row_of_data, const std::vector<Clause>& clauses) const;
  // Page and question both shown.
  [[nodiscard]] bool shown(size_t row_of_data, size_t question) const;
  // How many options of a multiple question (or of a row) are ticked.
  [[nodiscard]] int ticks(size_t row_of_data, size_t question, int row = -1) const;
  [[nodiscard]] size_t count_answered(size_t question) const;

 private:
  [[nodiscard]] bool filled(size_t row_of_data, int column) const;

  const RawTable* raw_;
  const Draft* draft_;
};

// "Q6 in (formal, informal)": the clause in the expression language.
std::string clause_text(const Draft& draft, const Clause& clause);
// All of them, joined by `and`.
std::string clauses_text(const Draft& draft, const std::vector<Clause>& clauses);

}  // namespace topline::lf_srm
