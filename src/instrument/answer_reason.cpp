#include "instrument/answer_reason.hpp"

namespace topline {

int find_reason(const OptionList& options, AnswerState state) {
  for (size_t i = 0; i < options.size(); ++i) {
    if (reason_state(options[i].missing) == state)
      return static_cast<int>(i);
  }
  return -1;
}

}  // namespace topline
