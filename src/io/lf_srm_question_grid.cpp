#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "io/lf_srm_names.hpp"
#include "io/lf_srm_question_builder.hpp"

namespace topline::lf_srm {
namespace {

// A label of row and category: "Contribute code upstream - Never".
std::optional<std::pair<std::string, std::string>> split_cell(const std::string& label) {
  const size_t dash = label.rfind(" - ");
  if (dash == std::string::npos || dash == 0)
    return std::nullopt;
  return std::pair{trimmed(label.substr(0, dash)), trimmed(label.substr(dash + 3))};
}

void add_once(std::vector<std::string>& list, const std::string& text) {
  if (std::find(list.begin(), list.end(), text) == list.end())
    list.push_back(text);
}

}  // namespace

std::vector<QuestionBuilder::Cell> QuestionBuilder::grid_cells() const {
  std::vector<Cell> cells;
  std::set<std::string> rows;
  std::set<std::string> categories;
  std::set<std::pair<std::string, std::string>> pairs;
  for (const RawColumn& column : columns_.columns) {
    const auto pair = holds_text(column) ? std::nullopt : split_cell(column.label);
    if (!pair) {
      if (!holds_text(column) && !column.is_empty())
        return {};
      cells.emplace_back();
      continue;
    }
    if (!pairs.insert(*pair).second)
      return {};
    rows.insert(pair->first);
    categories.insert(pair->second);
    cells.push_back({pair->first, pair->second});
  }
  const bool every_pair = rows.size() * categories.size() == pairs.size();
  if (pairs.size() < 2 || categories.size() < 2 || !every_pair)
    return {};
  return cells;
}

void QuestionBuilder::grid_of_rows() {
  question_.kind = QuestionKind::grid;
  std::vector<std::string> labels = grid_columns();
  repair(labels);
  for (size_t i = 0; i < labels.size(); ++i)
    add_option(static_cast<int>(i) + 1, labels[i], std::to_string(i + 1));
  std::vector<const RawColumn*> coded;
  std::vector<RawColumn> row_columns;
  for (const RawColumn& column : columns_.columns) {
    const bool in_model =
        sources_.model != nullptr &&
        std::any_of(sources_.model->options.begin(), sources_.model->options.end(),
                    [&](const ModelOption& option) {
                      return comparable(option.text) == comparable(column.label);
                    });
    if (holds_text(column) && !in_model)
      comment(column);
    else
      row_columns.push_back(column);
  }
  std::vector<Slot> slots = slots_of(row_columns);
  if (sources_.model != nullptr)
    match_model(slots, sources_.model->options);
  for (const Slot& slot : slots) {
    DraftRow row;
    row.text = slot.label;
    row.column = slot.column->number;
    row.model_code = slot.model != nullptr      ? slot.model->code
                     : slot.column->suffix >= 0 ? std::to_string(slot.column->suffix)
                                                : "";
    question_.rows.push_back(std::move(row));
    coded.push_back(slot.column);
  }
  codes_of_the_data(coded);
  name_rows();
}

std::vector<std::string> QuestionBuilder::grid_columns() {
  if (sources_.model != nullptr && !sources_.model->asked.columns.empty())
    return sources_.model->asked.columns;
  if (!columns_.asked.columns.empty())
    return columns_.asked.columns;
  if (sources_.markdown != nullptr && !sources_.markdown->asked.columns.empty())
    return sources_.markdown->asked.columns;
  add(Topic::unread, "no file lists what the codes of this grid mean");
  return {};
}

void QuestionBuilder::grid_of_cells(const std::vector<Cell>& cells) {
  std::vector<std::string> rows;
  std::vector<std::string> categories;
  std::vector<const RawColumn*> comments;
  std::map<std::pair<std::string, std::string>, const RawColumn*> found;
  for (size_t i = 0; i < cells.size(); ++i) {
    const RawColumn& column = columns_.columns[i];
    if (cells[i].category.empty()) {
      comments.push_back(&column);
      continue;
    }
    add_once(rows, cells[i].row);
    add_once(categories, cells[i].category);
    found[{cells[i].row, cells[i].category}] = &column;
  }
  for (const std::string& category : categories) {
    std::optional<int> code;
    for (const std::string& row : rows)
      if (const RawColumn* column = found[{row, category}]; column->constant() && !code)
        code = column->constant();
    const int own = code && !is_taken(*code) ? *code : free_code();
    add_option(own, category, std::to_string(own));
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    DraftRow row;
    row.text = rows[i];
    row.model_code = std::to_string(i + 1);
    for (const std::string& category : categories)
      row.columns.push_back(found[{rows[i], category}]->number);
    question_.rows.push_back(std::move(row));
  }
  for (const RawColumn* column : comments)
    comment(*column);
  name_rows();
  question_.kind = several_in_a_row();
}

QuestionKind QuestionBuilder::several_in_a_row() {
  using Choice = Instruction::Choice;
  size_t several = 0;
  for (size_t row = 0; row < raw_.cases(); ++row) {
    for (const DraftRow& r : question_.rows) {
      const auto ticks = std::count_if(r.columns.begin(), r.columns.end(), [&](int column) {
        return !trimmed(raw_.cell(row, column)).empty();
      });
      several += ticks > 1 ? 1 : 0;
    }
  }
  const bool told_several = question_.instruction.choice == Choice::several_per_row;
  if (several > 0 && !told_several)
    add(Topic::differs, "in " + std::to_string(several) +
                            " rows of the data several answers are ticked: it is a multiple grid");
  return told_several || several > 0 ? QuestionKind::multiple_grid : QuestionKind::grid;
}

void QuestionBuilder::name_rows() {
  std::vector<std::string> labels;
  for (const DraftRow& row : question_.rows)
    labels.push_back(row.text);
  const std::vector<std::string> names = short_names(labels, "row");
  for (size_t i = 0; i < names.size(); ++i)
    question_.rows[i].name = names[i];
}

}  // namespace topline::lf_srm
