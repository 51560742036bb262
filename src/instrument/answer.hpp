// What a case has to say on one variable. Missingness is part of the answer: not asked,
// skipped, not reached and not ticked are four different things.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/id.hpp"

namespace topline {

struct VariableTag;
struct QuestionTag;
struct PageTag;
using VariableId = Id<VariableTag>;
using QuestionId = Id<QuestionTag>;
using PageId = Id<PageTag>;

enum class AnswerState : uint8_t {
  answered,     // an option, a tick, a number, a text: don't know as an option included
  skipped,      // it was put to the respondent, who left it empty
  not_asked,    // the routing did not lead there
  not_reached,  // the respondent had left before
  dont_know,    // a numeric or text question answered by a don't know box
  refused,      // the same for prefer not to say
};

// Whether something was said, don't know and prefer not to say included.
constexpr bool gives_answer(AnswerState state) {
  return state == AnswerState::answered || state == AnswerState::dont_know ||
         state == AnswerState::refused;
}

// The ticked options of a multiple question, or the ranks of a ranking, one byte per option.
// A tick is 1; a rank counts from 1; 0 is not ticked, not ranked.
class Marks {
 public:
  Marks() = default;
  Marks(const uint8_t* first, int count) : first_(first), count_(count) {}
  [[nodiscard]] int size() const { return count_; }
  [[nodiscard]] uint8_t operator[](int option) const { return first_[option]; }

 private:
  const uint8_t* first_ = nullptr;
  int count_ = 0;
};

struct Answer {
  AnswerState state = AnswerState::skipped;
  int option = -1;        // single, flag (0 no, 1 yes): position in the option list
  Marks marks;            // multiple, ranking
  double number = 0;      // numeric; date as days since 1970-01-01
  std::string_view text;  // text

  [[nodiscard]] bool answered() const { return state == AnswerState::answered; }
  // Whether the question was put to the respondent.
  [[nodiscard]] bool asked() const {
    return state != AnswerState::not_asked && state != AnswerState::not_reached;
  }
};

// One respondent, as expressions see one. The dataset implements it for its rows, the
// fieldwork for an interview that is under way.
class CaseView {
 public:
  CaseView() = default;
  CaseView(const CaseView&) = default;
  CaseView& operator=(const CaseView&) = default;
  virtual ~CaseView() = default;

  [[nodiscard]] virtual Answer answer(VariableId variable) const = 0;
  [[nodiscard]] virtual bool reached(PageId page) const = 0;
  [[nodiscard]] virtual bool reached_end() const = 0;
};

}  // namespace topline
