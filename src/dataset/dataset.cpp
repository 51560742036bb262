#include "dataset/dataset.hpp"

namespace topline {

Dataset::Dataset(Codebook codebook, size_t rows) : codebook_(std::move(codebook)), rows_(rows) {
  columns_.resize(codebook_.size());
  for (size_t i = 0; i < columns_.size(); ++i)
    allocate(columns_[i], codebook_.variables()[i]);
  ids.resize(rows);
  for (size_t i = 0; i < rows; ++i)
    ids[i] = std::to_string(i + 1);
  last_page.assign(rows, -1);
  at_end.assign(rows, 0);
}

void Dataset::allocate(Column& column, const Variable& variable) const {
  column.state.assign(rows_, AnswerState::skipped);
  switch (variable.kind) {
    case VariableKind::single:
    case VariableKind::flag:
      column.option.assign(rows_, -1);
      break;
    case VariableKind::multiple:
    case VariableKind::ranking:
      column.marks.assign(rows_ * variable.options->size(), 0);
      break;
    case VariableKind::number:
    case VariableKind::date:
      column.number.assign(rows_, 0);
      break;
    case VariableKind::text:
      column.text.resize(rows_);
      break;
  }
}

Dataset Dataset::with_codebook(Codebook codebook) const {
  Dataset copy = *this;
  copy.codebook_ = std::move(codebook);
  return copy;
}

VariableId Dataset::add(Variable variable) {
  const VariableId id = codebook_.add(std::move(variable));
  columns_.emplace_back();
  allocate(columns_.back(), codebook_[id]);
  return id;
}

Answer Dataset::answer(VariableId id, size_t row) const {
  const Column& column = columns_[id.index()];
  Answer answer;
  answer.state = column.state[row];
  if (answer.state != AnswerState::answered)
    return answer;
  if (!column.option.empty()) {
    answer.option = column.option[row];
  } else if (!column.number.empty()) {
    answer.number = column.number[row];
  } else if (!column.text.empty()) {
    answer.text = column.text[row];
  } else {
    const size_t count = codebook_[id].options->size();
    answer.marks = Marks(column.marks.data() + row * count, static_cast<int>(count));
  }
  return answer;
}

void Dataset::set_state(VariableId id, size_t row, AnswerState state) {
  columns_[id.index()].state[row] = state;
}

void Dataset::set_option(VariableId id, size_t row, int option) {
  columns_[id.index()].option[row] = static_cast<int16_t>(option);
  set_state(id, row, AnswerState::answered);
}

void Dataset::set_mark(VariableId id, size_t row, int option, int mark) {
  const size_t count = codebook_[id].options->size();
  columns_[id.index()].marks[row * count + static_cast<size_t>(option)] =
      static_cast<uint8_t>(mark);
  set_state(id, row, AnswerState::answered);
}

void Dataset::set_number(VariableId id, size_t row, double number) {
  columns_[id.index()].number[row] = number;
  set_state(id, row, AnswerState::answered);
}

void Dataset::set_text(VariableId id, size_t row, std::string text) {
  columns_[id.index()].text[row] = std::move(text);
  set_state(id, row, AnswerState::answered);
}

}  // namespace topline
