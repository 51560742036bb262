#include "io/responses_csv.hpp"

#include <charconv>

#include "base/date.hpp"
#include "instrument/answer_reason.hpp"
#include "io/csv_write.hpp"

namespace topline {

namespace {

std::string shortest(double number) {
  char buffer[32];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, number);
  return error == std::errc() ? std::string(buffer, end) : std::string();
}

std::string code_of(const Variable& variable, size_t option) {
  return std::to_string((*variable.options)[option].code);
}

bool has_column_per_option(const Variable& variable) {
  return variable.kind == VariableKind::multiple || variable.kind == VariableKind::ranking;
}

void add_heads(const Variable& variable, std::vector<std::string>& row) {
  if (!has_column_per_option(variable)) {
    row.push_back(variable.name);
    return;
  }
  for (const Option& option : *variable.options)
    row.push_back(variable.name + "." + option.name);
}

// The code of the option that stands for don't know or refused beside a number or a text.
std::string reason_code(const Variable& variable, AnswerState state) {
  const int option = find_reason(*variable.options, state);
  return option < 0 ? std::string() : code_of(variable, static_cast<size_t>(option));
}

void add_cells(const Variable& variable, const Answer& answer, std::vector<std::string>& row) {
  if (has_column_per_option(variable)) {
    const bool ranks = variable.kind == VariableKind::ranking;
    for (int i = 0; i < variable.option_count(); ++i) {
      if (!answer.answered() || (ranks && answer.marks[i] == 0))
        row.emplace_back();
      else
        row.push_back(std::to_string(answer.marks[i]));
    }
    return;
  }
  if (!answer.answered()) {
    const bool said_so =
        answer.state == AnswerState::dont_know || answer.state == AnswerState::refused;
    row.push_back(said_so ? reason_code(variable, answer.state) : std::string());
    return;
  }
  switch (variable.kind) {
    case VariableKind::number:
      row.push_back(shortest(answer.number));
      break;
    case VariableKind::date:
      row.push_back(format_date(static_cast<int>(answer.number)));
      break;
    case VariableKind::text:
      row.emplace_back(answer.text);
      break;
    default:
      row.push_back(code_of(variable, static_cast<size_t>(answer.option)));
  }
}

}  // namespace

std::string responses_csv(const Dataset& dataset, const Questionnaire& questionnaire,
                          const Study& study) {
  const Codebook& codebook = questionnaire.codebook;
  CsvWriter out;
  std::vector<std::string> row = {study.data.id.empty() ? "respondent" : study.data.id};
  for (const Variable& variable : codebook.variables())
    add_heads(variable, row);
  out.row(row);
  for (size_t i = 0; i < dataset.rows(); ++i) {
    row = {dataset.ids[i]};
    for (size_t j = 0; j < codebook.size(); ++j)
      add_cells(codebook.variables()[j], dataset.answer(VariableId(j), i), row);
    out.row(row);
  }
  return std::move(out).take();
}

}  // namespace topline
