// Don't know, prefer not to say and their like beside a number, a date or a text: options that
// stand there in place of an answer.
#pragma once

#include "instrument/variable.hpp"

namespace topline {

// The state of a question that is answered by such an option: refused, or don't know for all else.
constexpr AnswerState reason_state(MissingReason reason) {
  return reason == MissingReason::refused ? AnswerState::refused : AnswerState::dont_know;
}

// The position of the first option that gives that state; -1 if there is none.
int find_reason(const OptionList& options, AnswerState state);

}  // namespace topline
