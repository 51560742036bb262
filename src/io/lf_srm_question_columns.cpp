#include <algorithm>

#include "io/lf_srm_question_builder.hpp"

namespace topline::lf_srm {

void QuestionBuilder::column_per_option() {
  std::vector<Slot> slots = slots_of(columns_.columns);
  std::vector<std::string> labels;
  for (const Slot& slot : slots)
    labels.push_back(slot.label);
  repair(labels);
  for (size_t i = 0; i < slots.size(); ++i)
    slots[i].label = labels[i];
  if (sources_.model != nullptr)
    match_model(slots, sources_.model->options);
  give_codes(slots);
  for (const Slot& slot : slots) {
    DraftOption& option =
        add_option(*slot.code, slot.label, slot.model != nullptr ? slot.model->code : "");
    option.column = slot.column->number;
    option.text_column = slot.text ? slot.column->number : 0;
  }
  // "Don't know", which the data put first as 0, stands last.
  std::stable_partition(question_.options.begin(), question_.options.end(),
                        [](const DraftOption& option) { return option.code != 0; });
  question_.kind = one_or_several();
}

std::vector<QuestionBuilder::Slot> QuestionBuilder::slots_of(
    const std::vector<RawColumn>& columns) {
  std::vector<Slot> slots;
  for (const RawColumn& column : columns) {
    const auto same = std::find_if(slots.begin(), slots.end(), [&](const Slot& slot) {
      return comparable(slot.label) == comparable(column.label);
    });
    if (same != slots.end() && (column.is_empty() || same->column->is_empty())) {
      const RawColumn* empty = column.is_empty() ? &column : same->column;
      lost(*empty, "a second column of this label, and empty");
      if (empty == &column)
        continue;
      slots.erase(same);
    }
    Slot slot;
    slot.column = &column;
    slot.label = column.label.empty() ? "Column " + std::to_string(column.number) : column.label;
    slot.text = holds_text(column);
    slots.push_back(slot);
  }
  return slots;
}

void QuestionBuilder::match_model(std::vector<Slot>& slots,
                                  const std::vector<ModelOption>& options) {
  for (const ModelOption& option : options) {
    const auto same = std::find_if(slots.begin(), slots.end(), [&](const Slot& slot) {
      return slot.model == nullptr && comparable(slot.label) == comparable(option.text);
    });
    if (same == slots.end())
      continue;
    same->model = &option;
    same->label = option.text;
  }
  for (const ModelOption& option : options) {
    if (std::any_of(slots.begin(), slots.end(),
                    [&](const Slot& slot) { return slot.model == &option; }))
      continue;
    const auto numbered = std::find_if(slots.begin(), slots.end(), [&](const Slot& slot) {
      return slot.model == nullptr && slot.column->suffix >= 0 &&
             std::to_string(slot.column->suffix) == option.code;
    });
    if (numbered == slots.end()) {
      log_.add(Topic::row, option.where,
               "\"" + option.text + "\" of " + question_.name +
                   " has no column in the raw data; it was left out");
      continue;
    }
    numbered->model = &option;
    add(Topic::differs, "number " + option.code + " is \"" + numbered->label +
                            "\" in the raw data and \"" + option.text + "\" in " + option.where +
                            "; the data were followed");
  }
  for (const Slot& slot : slots)
    if (slot.model == nullptr)
      add(Topic::differs, "\"" + slot.label + "\" (column " + std::to_string(slot.column->number) +
                              ") does not stand in " + sources_.model->where);
}

void QuestionBuilder::give_codes(std::vector<Slot>& slots) {
  std::set<int> taken;
  size_t constants = 0;
  for (const Slot& slot : slots) {
    if (const std::optional<int> code = slot.column->constant(); code && !slot.text) {
      taken.insert(*code);
      ++constants;
    }
  }
  const bool telling = taken.size() == constants;
  if (!telling)
    taken.clear();
  for (Slot& slot : slots)
    if (telling && !slot.text)
      slot.code = slot.column->constant();
  const auto take = [&](Slot& slot, std::optional<int> code) {
    if (!slot.code && code && taken.insert(*code).second)
      slot.code = code;
  };
  for (size_t i = 0; i < slots.size(); ++i) {
    Slot& slot = slots[i];
    if (slot.code)
      continue;
    if (slot.column->suffix == 0)
      take(slot, 0);
    take(slot, criteria_code(slot.label));
    if (slot.model != nullptr)
      take(slot, whole_number(slot.model->code));
    if (slot.column->suffix > 0)
      take(slot, slot.column->suffix);
    const bool next_is_one = i + 1 < slots.size() && slots[i + 1].code == 1;
    if (i == 0 && (missing_reason(slot.label) != MissingReason::none || next_is_one))
      take(slot, 0);
    if (i > 0 && slots[i - 1].code)
      take(slot, *slots[i - 1].code + 1);
    take(slot, i == 0 ? 1 : 0);
    take(slot, taken.empty() ? 1 : *taken.rbegin() + 1);
  }
}

std::optional<int> QuestionBuilder::criteria_code(const std::string& label) const {
  if (sources_.criteria == nullptr)
    return std::nullopt;
  for (const CriteriaOption& option : sources_.criteria->options)
    if (comparable(option.text) == comparable(label))
      return whole_number(option.code);
  return std::nullopt;
}

QuestionKind QuestionBuilder::one_or_several() {
  using Choice = Instruction::Choice;
  size_t answered = 0;
  size_t several = 0;
  for (size_t row = 0; row < raw_.cases(); ++row) {
    const auto ticks = std::count_if(
        question_.options.begin(), question_.options.end(),
        [&](const DraftOption& option) { return !trimmed(raw_.cell(row, option.column)).empty(); });
    answered += ticks > 0 ? 1 : 0;
    several += ticks > 1 ? 1 : 0;
  }
  const Choice choice = question_.instruction.choice;
  if (choice == Choice::one && several * 100 <= answered) {
    if (several > 0)
      add(Topic::differs,
          std::to_string(several) + " of " + std::to_string(answered) +
              " respondents have more than one answer to a question that takes one");
    return QuestionKind::single;
  }
  if (choice == Choice::one) {
    add(Topic::differs, "the question says \"select one\", but " + std::to_string(several) +
                            " of " + std::to_string(answered) +
                            " respondents have several answers: it is multiple");
    return QuestionKind::multiple;
  }
  if (choice == Choice::unsaid) {
    add(Topic::decided, several > 0 ? "multiple, because " + std::to_string(several) +
                                          " respondents have several answers"
                                    : "single, because nobody has more than one answer");
    return several > 0 ? QuestionKind::multiple : QuestionKind::single;
  }
  return QuestionKind::multiple;
}

}  // namespace topline::lf_srm
