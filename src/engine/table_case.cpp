#include "engine/table_case.hpp"

#include <algorithm>

#include "instrument/answer_reason.hpp"
#include "instrument/evaluate.hpp"

namespace topline {

namespace {

bool is_opinion(const Option& option) {
  return option.missing == MissingReason::none;
}

}  // namespace

TableCaseReader::TableCaseReader(const TablePlan& plan, const Codebook& codebook,
                                 const Table& table)
    : plan_(plan),
      codebook_(codebook),
      variable_(codebook[plan.stub]),
      table_(table),
      given_(variable_.options->size() + 2) {
  case_.hits.resize(table.rows.size());
}

const TableCase& TableCaseReader::read(const DatasetCase& from) {
  case_.use = TableUse::outside;
  if (!holds(plan_.where, codebook_, from))
    return case_;
  const Answer answer = from.answer(plan_.stub);
  find_columns(from);
  if (!answer.answered() && instead_of_number(answer) < 0) {
    case_.use = answer.state == AnswerState::not_asked ? TableUse::not_asked : TableUse::no_answer;
    return case_;
  }
  if (plan_.dont_know == DontKnow::excluded && !has_opinion(answer)) {
    case_.use = TableUse::dont_know;
    return case_;
  }
  case_.use = TableUse::counted;
  case_.mentions = mark(answer);
  for (size_t r = 0; r < table_.rows.size(); ++r) {
    const std::vector<int>& members = table_.rows[r].members;
    const bool hit = std::any_of(members.begin(), members.end(), [&](int member) {
      return given_[static_cast<size_t>(member)] != 0;
    });
    case_.hits[r] = hit ? 1 : 0;
  }
  find_number(answer);
  return case_;
}

// The total, and each banner answer that the case gave.
void TableCaseReader::find_columns(const DatasetCase& from) {
  case_.columns.assign(1, 0);
  for (size_t column = 1; column < table_.columns.size(); ++column) {
    const BannerColumn& banner = table_.columns[column];
    const Answer answer = from.answer(banner.variable);
    if (!answer.answered())
      continue;
    const bool in =
        answer.marks.size() > 0 ? answer.marks[banner.option] != 0 : answer.option == banner.option;
    if (in)
      case_.columns.push_back(column);
  }
}

// The option, don't know or its like, that was chosen in place of a number; -1: none.
int TableCaseReader::instead_of_number(const Answer& answer) const {
  if (variable_.kind != VariableKind::number ||
      (answer.state != AnswerState::dont_know && answer.state != AnswerState::refused))
    return -1;
  return find_reason(*variable_.options, answer.state);
}

bool TableCaseReader::has_opinion(const Answer& answer) const {
  const OptionList& options = *variable_.options;
  if (options.empty())
    return true;
  if (variable_.kind == VariableKind::number)
    return answer.answered();
  if (answer.marks.size() == 0)
    return answer.option < 0 || is_opinion(options[static_cast<size_t>(answer.option)]);
  for (int i = 0; i < answer.marks.size(); ++i) {
    if (answer.marks[i] != 0 && is_opinion(options[static_cast<size_t>(i)]))
      return true;
  }
  return false;
}

// Fills given_ with the options given, and counts them.
int64_t TableCaseReader::mark(const Answer& answer) {
  std::fill(given_.begin(), given_.end(), uint8_t{0});
  if (variable_.kind == VariableKind::number) {
    const int option = instead_of_number(answer);
    if (option >= 0)
      given_[static_cast<size_t>(option)] = 1;
    return 0;
  }
  if (answer.marks.size() == 0) {
    if (answer.option >= 0)
      given_[static_cast<size_t>(answer.option)] = 1;
    return answer.option >= 0 ? 1 : 0;
  }
  const bool ranking = variable_.kind == VariableKind::ranking;
  int64_t ticks = 0;
  for (int i = 0; i < answer.marks.size(); ++i) {
    // Of a ranking, what is tabulated is who came first.
    const bool hit = ranking ? answer.marks[i] == 1 : answer.marks[i] != 0;
    given_[static_cast<size_t>(i)] = hit ? 1 : 0;
    ticks += hit ? 1 : 0;
  }
  return ticks;
}

void TableCaseReader::find_number(const Answer& answer) {
  case_.number.reset();
  if (variable_.kind == VariableKind::number) {
    if (answer.answered())
      case_.number = answer.number;
  } else if (variable_.kind == VariableKind::single) {
    const Option& option = (*variable_.options)[static_cast<size_t>(answer.option)];
    if (option.value && is_opinion(option))
      case_.number = *option.value;
  }
}

}  // namespace topline
