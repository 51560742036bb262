#include "io/written_others.hpp"

#include <algorithm>

namespace topline {

namespace {

// A text variable, and the option of its question that it is written behind.
struct Written {
  VariableId text;
  VariableId answer;
  int option = -1;
  bool has_column = false;  // the option's own choice is in the file
};

bool has_column(const std::vector<ColumnUse>& uses, VariableId answer, int option) {
  return std::any_of(uses.begin(), uses.end(), [&](const ColumnUse& use) {
    return use.variable == answer && (use.option < 0 || use.option == option);
  });
}

std::vector<Written> written_in(const std::vector<ColumnUse>& uses,
                                const Questionnaire& questionnaire) {
  std::vector<Written> result;
  for (const ColumnUse& use : uses) {
    const Variable& text = questionnaire.codebook[use.variable];
    if (text.role != VariableRole::specify)
      continue;
    // In a grid, the text does not say which row it belongs to.
    const Question& question = questionnaire[text.question];
    if (question.is_grid() || question.variables.empty())
      continue;
    const VariableId answer = question.variables.front();
    result.push_back({use.variable, answer, text.behind, has_column(uses, answer, text.behind)});
  }
  return result;
}

// Whether the case has chosen the option, after the text was given its say.
bool choose(const Written& written, size_t row, Dataset& dataset) {
  const VariableKind kind = dataset.codebook()[written.answer].kind;
  const Answer given = dataset.answer(written.answer, row);
  if (kind == VariableKind::multiple) {
    if (written.has_column)
      return given.answered() && given.marks[written.option] != 0;
    dataset.set_mark(written.answer, row, written.option, 1);
    return true;
  }
  if (kind == VariableKind::single && given.state == AnswerState::skipped) {
    dataset.set_option(written.answer, row, written.option);
    return true;
  }
  return kind != VariableKind::single || (given.answered() && given.option == written.option);
}

}  // namespace

void choose_written_others(const std::vector<ColumnUse>& uses, const Questionnaire& questionnaire,
                           const std::string& file, RowLines& lines, Dataset& dataset,
                           Diagnostics& faults) {
  for (const Written& written : written_in(uses, questionnaire)) {
    int64_t against = 0;
    size_t first = 0;
    for (size_t row = 0; row < dataset.rows(); ++row) {
      if (dataset.column(written.text).state[row] != AnswerState::answered ||
          choose(written, row, dataset))
        continue;
      if (against++ == 0)
        first = row;
    }
    if (against == 0)
      continue;
    const std::string& name = questionnaire.codebook[written.text].name;
    faults.warning({file, lines.line(first), 0, 0},
                   "case " + dataset.ids[first] + " writes into " + name +
                       " without having chosen that option" + others_alike(against - 1),
                   "the text is kept, and the answer as well");
  }
}

}  // namespace topline
