#include <algorithm>

#include "io/lf_srm_damage.hpp"
#include "io/lf_srm_question_builder.hpp"

namespace topline::lf_srm {

void QuestionBuilder::open_question() {
  question_.kind = QuestionKind::text;
  question_.required = false;
  question_.column = first().number;
}

void QuestionBuilder::single_column() {
  question_.kind = QuestionKind::single;
  question_.column = first().number;
  options_from_lists();
  codes_of_the_data({&first()});
  for (size_t i = 1; i < columns_.columns.size(); ++i)
    other_column(columns_.columns[i]);
}

void QuestionBuilder::options_from_lists() {
  std::vector<std::string> labels;
  std::vector<std::string> codes;
  if (sources_.model != nullptr) {
    for (const ModelOption& option : sources_.model->options) {
      labels.push_back(option.text);
      codes.push_back(option.code);
    }
  } else if (sources_.criteria != nullptr) {
    for (const CriteriaOption& option : sources_.criteria->options) {
      labels.push_back(option.text);
      codes.push_back(option.code);
    }
  } else if (sources_.markdown != nullptr) {
    labels = sources_.markdown->options;
    for (size_t i = 0; i < labels.size(); ++i)
      codes.push_back(std::to_string(i + 1));
    add(Topic::decided,
        "no file gives the codes of the options; they were numbered in the order of " +
            sources_.markdown->where);
  }
  repair(labels);
  renumber(codes);
  for (size_t i = 0; i < labels.size(); ++i) {
    const std::optional<int> code = whole_number(codes[i]);
    if (!code) {
      if (is_other(labels[i]) || asks_for_text(labels[i]))
        add_option(free_code(), labels[i], codes[i]);
      else
        add(Topic::unread, "the option \"" + labels[i] + "\" has the number \"" + codes[i] + "\"");
      continue;
    }
    add_option(*code, labels[i], codes[i]);
  }
}

void QuestionBuilder::renumber(std::vector<std::string>& codes) {
  std::set<std::string> different(codes.begin(), codes.end());
  if (different.size() == codes.size())
    return;
  const std::map<int, int>& held = first().codes;
  const bool in_order = !held.empty() && held.begin()->first >= 1 &&
                        held.rbegin()->first == static_cast<int>(codes.size());
  for (size_t i = 0; in_order && i < codes.size(); ++i)
    codes[i] = std::to_string(i + 1);
  if (in_order) {
    add(Topic::repaired,
        "two options have the same number in the list; they were numbered in "
        "their order, 1 to " +
            std::to_string(codes.size()) + ", as the data are");
    return;
  }
  different.clear();
  for (std::string& code : codes) {
    if (different.insert(code).second)
      continue;
    add(Topic::unread, "two options have the number " + code +
                           " in the list, and the data do not show which is meant; the second got "
                           "a number of its own");
    int fresh = static_cast<int>(codes.size()) + 1;
    while (!different.insert(std::to_string(fresh)).second)
      ++fresh;
    code = std::to_string(fresh);
  }
}

void QuestionBuilder::repair(std::vector<std::string>& labels) {
  for (const LabelRepair& repair : repair_labels(labels, sources_.known_lists)) {
    if (repair.after.empty())
      add(Topic::unread,
          "the label \"" + repair.before +
              "\" looks like a range that a spreadsheet took for a date, but nothing "
              "shows which; it was left as it is");
    else
      add(Topic::repaired, "the label \"" + repair.before + "\" was put right to \"" +
                               repair.after + "\": " + repair.evidence);
  }
}

DraftOption& QuestionBuilder::add_option(int code, const std::string& text,
                                         const std::string& model_code) {
  DraftOption option;
  option.code = code;
  option.text = text.empty() ? "Code " + std::to_string(code) : text;
  option.model_code = model_code;
  option.missing = missing_reason(text);
  question_.options.push_back(std::move(option));
  return question_.options.back();
}

bool QuestionBuilder::is_taken(int code) const {
  return std::any_of(question_.options.begin(), question_.options.end(),
                     [&](const DraftOption& option) { return option.code == code; });
}

int QuestionBuilder::free_code() const {
  int code = 1;
  for (const DraftOption& option : question_.options)
    code = std::max(code, option.code + 1);
  return code;
}

void QuestionBuilder::codes_of_the_data(const std::vector<const RawColumn*>& columns) {
  std::set<int> held;
  for (const RawColumn* column : columns)
    for (const auto& [code, count] : column->codes)
      held.insert(code);
  if (held.count(0) > 0 && !is_taken(0))
    find_zero(held);
  for (const int code : held) {
    if (is_taken(code))
      continue;
    add_option(code, "Code " + std::to_string(code));
    add(Topic::differs, "the data hold the code " + std::to_string(code) +
                            ", which no file explains; it became the option \"Code " +
                            std::to_string(code) + "\"");
  }
}

void QuestionBuilder::find_zero(const std::set<int>& held) {
  std::vector<DraftOption*> candidates;
  for (DraftOption& option : question_.options) {
    const bool aside =
        option.missing != MissingReason::none || is_other(option.text) || is_none(option.text);
    if (aside && held.count(option.code) == 0)
      candidates.push_back(&option);
  }
  const auto other = std::find_if(candidates.begin(), candidates.end(),
                                  [](const DraftOption* option) { return is_other(option->text); });
  DraftOption* zero = candidates.size() == 1 ? candidates[0] : nullptr;
  std::string evidence = "no other option of this sort is without answers";
  if (other != candidates.end() && zero_has_words()) {
    zero = *other;
    evidence = "whoever has written something beside \"other\" has the code 0";
  }
  if (zero == nullptr)
    return;
  add(Topic::differs, "the data hold 0 for \"" + zero->text + "\", whose number in the list is " +
                          zero->model_code + " (" + evidence + "); its code is 0");
  zero->code = 0;
}

bool QuestionBuilder::zero_has_words() const {
  size_t written = 0;
  for (size_t i = 1; i < columns_.columns.size(); ++i) {
    for (size_t row = 0; row < raw_.cases(); ++row) {
      if (trimmed(raw_.cell(row, columns_.columns[i].number)).empty())
        continue;
      ++written;
      if (trimmed(raw_.cell(row, first().number)) != "0")
        return false;
    }
  }
  return written > 0;
}

void QuestionBuilder::other_column(const RawColumn& column) {
  for (DraftOption& option : question_.options) {
    if (is_other(option.text) && option.text_column == 0) {
      option.text_column = column.number;
      return;
    }
  }
  comment(column);
}

void QuestionBuilder::comment(const RawColumn& column) {
  if (column.is_empty()) {
    lost(column, "it holds nothing, and no option belongs to it");
    return;
  }
  DraftQuestion text;
  text.number = question_.number;
  text.name = question_.name +
              (comments_.empty() ? "_comment" : "_comment" + std::to_string(comments_.size() + 1));
  text.text = column.label.empty() ? "Column " + std::to_string(column.number) : column.label;
  text.kind = QuestionKind::text;
  text.required = false;
  text.column = column.number;
  add(Topic::decided, "the column \"" + column.label + "\" became the question " + text.name);
  comments_.push_back(std::move(text));
}

}  // namespace topline::lf_srm
