// What one respondent has answered so far: the latest answer to every variable of the code book.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "instrument/questionnaire.hpp"

namespace topline {

// An answer that owns its text and its marks.
struct GivenAnswer {
  AnswerState state = AnswerState::skipped;
  int option = -1;
  std::vector<uint8_t> marks;  // empty: none
  double number = 0;
  std::string text;

  bool operator==(const GivenAnswer&) const = default;
};

class CaseAnswers {
 public:
  CaseAnswers() = default;
  explicit CaseAnswers(const Codebook& codebook)
      : given_(codebook.size()), presented_(codebook.size(), 0) {}

  [[nodiscard]] const GivenAnswer& operator[](VariableId id) const { return given_[id.index()]; }
  // An answer, or the empty field of a page that was sent.
  void set(VariableId id, GivenAnswer answer) {
    given_[id.index()] = std::move(answer);
    presented_[id.index()] = 1;
  }
  // Whether the variable was on a page that was sent, answered or not.
  [[nodiscard]] bool presented(VariableId id) const { return presented_[id.index()] != 0; }
  [[nodiscard]] Answer view(VariableId id) const;

 private:
  std::vector<GivenAnswer> given_;
  std::vector<uint8_t> presented_;
};

// As the log keeps it: codes of options as text, "3"; ["1", "97"] for several; ["3", "1"] for a
// ranking, the first first; a number; "2023-09-01" for a date; {"text": …} for a text, which an
// option's code cannot be taken for then; null where the field was left empty. A don't know beside
// a number, date or text is its option's code.
nlohmann::ordered_json answer_json(const Variable& variable, const GivenAnswer& answer);

// The answer that `stored` stands for; nothing where this code book has no place for it: an option
// that is gone, a question of another kind.
std::optional<GivenAnswer> read_answer_json(const Variable& variable, const nlohmann::json& stored);

}  // namespace topline
