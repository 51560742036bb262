#include "io/unlikely_answers.hpp"

#include <charconv>
#include <optional>
#include <vector>

#include "base/date.hpp"

namespace topline {

namespace {

// How many cases have one fault, and the first of them.
struct Cases {
  int64_t count = 0;
  size_t first = 0;

  void add(size_t row) {
    if (count++ == 0)
      first = row;
  }
};

std::string number_text(double value) {
  char buffer[32];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  return error == std::errc() ? std::string(buffer, end) : std::string();
}

class Watcher {
 public:
  Watcher(const Dataset& dataset, const std::string& file, RowLines& lines, Diagnostics& faults)
      : dataset_(dataset), file_(file), lines_(lines), faults_(faults) {}

  void question(const Question& question, VariableId id) {
    const Variable& variable = dataset_.codebook()[id];
    if (variable.kind == VariableKind::number || variable.kind == VariableKind::date)
      range(question, id);
    else if (variable.kind == VariableKind::multiple)
      ticks(question, id);
    else if (variable.kind == VariableKind::ranking)
      ranks(id);
  }

 private:
  void range(const Question& question, VariableId id) {
    if (!question.minimum && !question.maximum)
      return;
    const Column& column = dataset_.column(id);
    Cases outside;
    for (size_t row = 0; row < dataset_.rows(); ++row) {
      if (column.state[row] == AnswerState::answered &&
          ((question.minimum && column.number[row] < *question.minimum) ||
           (question.maximum && column.number[row] > *question.maximum)))
        outside.add(row);
    }
    if (outside.count == 0)
      return;
    const auto text = [&](double value) {
      return question.kind == QuestionKind::date ? format_date(static_cast<int>(value))
                                                 : number_text(value);
    };
    const std::string limits =
        question.minimum && question.maximum
            ? "from " + text(*question.minimum) + " to " + text(*question.maximum)
        : question.minimum ? "from " + text(*question.minimum)
                           : "up to " + text(*question.maximum);
    tell(outside,
         "answers " + question.name + " with " + text(column.number[outside.first]) +
             ", and it may be " + limits,
         "drop such cases in processing.yaml, or derive a variable without them");
  }

  void ticks(const Question& question, VariableId id) {
    const Variable& variable = dataset_.codebook()[id];
    const Column& column = dataset_.column(id);
    const auto options = static_cast<size_t>(variable.option_count());
    Cases exclusive, many;
    for (size_t row = 0; row < dataset_.rows(); ++row) {
      int ticked = 0;
      bool alone = false;
      for (size_t i = 0; i < options; ++i) {
        if (column.marks[row * options + i] == 0)
          continue;
        ++ticked;
        alone = alone || (*variable.options)[i].exclusive;
      }
      if (alone && ticked > 1)
        exclusive.add(row);
      if (question.at_most && ticked > *question.at_most)
        many.add(row);
    }
    tell(exclusive, "ticks an exclusive option of " + variable.name + " beside others",
         "all of them are counted");
    if (question.at_most)
      tell(many,
           "ticks more options of " + variable.name + " than the " +
               std::to_string(*question.at_most) + " that may be chosen",
           "all of them are counted");
  }

  void ranks(VariableId id) {
    const Variable& variable = dataset_.codebook()[id];
    const Column& column = dataset_.column(id);
    const auto options = static_cast<size_t>(variable.option_count());
    Cases twice;
    std::vector<uint8_t> given(options + 1);
    for (size_t row = 0; row < dataset_.rows(); ++row) {
      std::fill(given.begin(), given.end(), uint8_t{0});
      bool repeated = false;
      for (size_t i = 0; i < options; ++i) {
        const uint8_t rank = column.marks[row * options + i];
        if (rank > 0 && rank <= options)
          repeated = given[rank]++ > 0 || repeated;
      }
      if (repeated)
        twice.add(row);
    }
    tell(twice, "gives one rank to two options of " + variable.name, "both are counted");
  }

  void tell(const Cases& cases, const std::string& what, const std::string& hint) {
    if (cases.count == 0)
      return;
    faults_.warning(
        {file_, lines_.line(cases.first), 0, 0},
        "case " + dataset_.ids[cases.first] + " " + what + others_alike(cases.count - 1), hint);
  }

  const Dataset& dataset_;
  const std::string& file_;
  RowLines& lines_;
  Diagnostics& faults_;
};

}  // namespace

void warn_of_unlikely_answers(const Dataset& dataset, const Questionnaire& questionnaire,
                              const std::string& file, RowLines& lines, Diagnostics& faults) {
  Watcher watcher(dataset, file, lines, faults);
  for (const Question& question : questionnaire.questions)
    for (const VariableId id : question.variables)
      watcher.question(question, id);
}

}  // namespace topline
