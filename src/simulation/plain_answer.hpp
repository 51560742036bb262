// An answer on its own, before it belongs to a case.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dataset/dataset.hpp"

namespace topline {

struct PlainAnswer {
  AnswerState state = AnswerState::skipped;
  int option = -1;             // single
  std::vector<uint8_t> marks;  // multiple, ranking
  double number = 0;           // numeric, date
  std::string text;

  static PlainAnswer without(AnswerState state) {
    PlainAnswer answer;
    answer.state = state;
    return answer;
  }
};

// Makes it the answer of a case, in place of what stood there.
inline void give(Dataset& dataset, VariableId id, size_t row, const PlainAnswer& answer) {
  if (answer.state != AnswerState::answered)
    return dataset.set_state(id, row, answer.state);
  switch (dataset.codebook()[id].kind) {
    case VariableKind::single:
    case VariableKind::flag:
      return dataset.set_option(id, row, answer.option);
    case VariableKind::multiple:
    case VariableKind::ranking:
      for (size_t i = 0; i < answer.marks.size(); ++i)
        dataset.set_mark(id, row, static_cast<int>(i), answer.marks[i]);
      return;
    case VariableKind::number:
    case VariableKind::date:
      return dataset.set_number(id, row, answer.number);
    case VariableKind::text:
      return dataset.set_text(id, row, answer.text);
  }
}

}  // namespace topline
