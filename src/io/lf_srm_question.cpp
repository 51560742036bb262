#include "io/lf_srm_question.hpp"

#include <algorithm>

#include "io/lf_srm_names.hpp"
#include "io/lf_srm_question_builder.hpp"

namespace topline::lf_srm {

std::vector<DraftQuestion> QuestionBuilder::build() {
  question_.number = columns_.number;
  question_.name = "Q" + std::to_string(columns_.number);
  choose_text();
  choose_instruction();
  if (is_open())
    open_question();
  else if (is_single_column())
    single_column();
  else if (const std::vector<Cell> cells = grid_cells(); !cells.empty())
    grid_of_cells(cells);
  else if (has_rows())
    grid_of_rows();
  else
    column_per_option();
  const bool nothing = question_.options.empty() || (question_.is_grid() && question_.rows.empty());
  if (nothing && question_.kind != QuestionKind::text)
    without_options();
  if (question_.text.empty()) {
    add(Topic::unread, "no file says what was asked");
    question_.text = question_.name;
  }
  name_options();
  limits();
  std::vector<DraftQuestion> all{std::move(question_)};
  for (DraftQuestion& comment : comments_)
    all.push_back(std::move(comment));
  return all;
}

void QuestionBuilder::lost(const RawColumn& column, const std::string& why) {
  log_.add(Topic::column, raw_.file + ", column " + std::to_string(column.number),
           "\"" + column.label + "\" of " + question_.name + ": " + why);
}

// Neither the files nor the data show options or rows: all that can be kept is what was written.
void QuestionBuilder::without_options() {
  add(Topic::unread,
      "no file lists its options, and nobody answered it; it became a text question");
  question_.kind = QuestionKind::text;
  question_.required = false;
  question_.rows.clear();
  question_.options.clear();
  question_.column = first().number;
}

void QuestionBuilder::choose_text() {
  const std::string& told = columns_.asked.text;
  const std::string* other = sources_.model != nullptr      ? &sources_.model->asked.text
                             : sources_.markdown != nullptr ? &sources_.markdown->asked.text
                                                            : nullptr;
  question_.text = told;
  if (other == nullptr)
    return;
  const std::string& file =
      sources_.model != nullptr ? sources_.model->where : sources_.markdown->where;
  if (told.empty() || comparable(told) == comparable(*other)) {
    question_.text = *other;
  } else {
    add(Topic::differs, "asked in the raw data: \"" + told + "\"; in " + file + ": \"" + *other +
                            "\". The wording of the data was taken");
  }
}

void QuestionBuilder::choose_instruction() {
  using Choice = Instruction::Choice;
  question_.instruction = columns_.asked.instruction;
  if (question_.instruction.choice == Choice::unsaid && sources_.model != nullptr)
    question_.instruction = sources_.model->asked.instruction;
  if (question_.instruction.choice == Choice::unsaid && sources_.markdown != nullptr)
    question_.instruction = sources_.markdown->asked.instruction;
  const bool said_optional =
      sources_.markdown != nullptr && sources_.markdown->asked.instruction.optional;
  question_.required = !question_.instruction.optional && !said_optional;
}

bool QuestionBuilder::is_open() const {
  if (columns_.columns.size() != 1)
    return false;
  if (starts_with(comparable(first().label), "open ended"))
    return true;
  return first().has_words() && (sources_.model == nullptr || sources_.model->options.empty());
}

bool QuestionBuilder::is_single_column() const {
  return lower(first().label) == "response" || (columns_.columns.size() == 1 && first().suffix < 0);
}

bool QuestionBuilder::holds_text(const RawColumn& column) {
  return column.has_words() || (column.is_empty() && asks_for_text(column.label));
}

bool QuestionBuilder::has_rows() const {
  const auto varies = [](const RawColumn& c) { return !c.has_words() && c.codes.size() > 1; };
  const bool named = sources_.model != nullptr && !sources_.model->asked.columns.empty();
  return named || std::any_of(columns_.columns.begin(), columns_.columns.end(), varies);
}

void QuestionBuilder::name_options() {
  std::vector<std::string> labels;
  for (const DraftOption& option : question_.options)
    labels.push_back(option.text);
  const std::vector<std::string> names = short_names(labels, "option");
  for (size_t i = 0; i < names.size(); ++i)
    question_.options[i].name = names[i];
}

void QuestionBuilder::limits() {
  using Choice = Instruction::Choice;
  const Instruction& instruction = question_.instruction;
  const bool limited = instruction.choice == Choice::exactly || instruction.choice == Choice::up_to;
  if (question_.kind != QuestionKind::multiple || !limited)
    return;
  if (instruction.number > static_cast<int>(question_.options.size())) {
    add(Topic::unread, "it asks for " + std::to_string(instruction.number) +
                           " options, and has fewer; no limit was set");
    return;
  }
  size_t answered = 0;
  size_t fewer = 0;
  size_t more = 0;
  for (size_t row = 0; row < raw_.cases(); ++row) {
    int ticks = 0;
    bool aside = false;
    for (const DraftOption& option : question_.options) {
      const bool ticked = !trimmed(raw_.cell(row, option.column)).empty();
      ticks += ticked ? 1 : 0;
      aside = aside || (ticked && option.missing != MissingReason::none);
    }
    answered += ticks > 0 ? 1 : 0;
    fewer += ticks > 0 && ticks < instruction.number && !aside ? 1 : 0;
    more += ticks > instruction.number ? 1 : 0;
  }
  const std::string number = std::to_string(instruction.number);
  question_.at_most = instruction.number;
  if (more > 0)
    add(Topic::differs, std::to_string(more) + " of " + std::to_string(answered) +
                            " respondents ticked more than the " + number + " options allowed");
  if (instruction.choice != Choice::exactly)
    return;
  if (fewer == 0)
    question_.at_least = instruction.number;
  else
    add(Topic::differs, "the question says \"select " + number + "\", but " +
                            std::to_string(fewer) + " of " + std::to_string(answered) +
                            " respondents ticked fewer: there is no lower limit");
}

std::vector<DraftQuestion> build_question(const RawTable& raw, const RawQuestion& columns,
                                          const QuestionSources& sources, ImportLog& log) {
  return QuestionBuilder(raw, columns, sources, log).build();
}

}  // namespace topline::lf_srm
