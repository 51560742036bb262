#include "io/lf_srm_question.hpp"

#include <algorithm>
#include <set>

#include "io/lf_srm_damage.hpp"
#include "io/lf_srm_names.hpp"

namespace topline::lf_srm {
namespace {

// A column of the data on its way to an option or a row.
struct Slot {
  const RawColumn* column = nullptr;
  std::string label;
  std::optional<int> code;
  const ModelOption* model = nullptr;
  bool text = false;  // holds what respondents wrote
};

// "Contribute code upstream - Never".
struct Cell {
  std::string row;
  std::string category;
};

std::optional<Cell> split_cell(const std::string& label) {
  const size_t dash = label.rfind(" - ");
  if (dash == std::string::npos || dash == 0)
    return std::nullopt;
  return Cell{trimmed(label.substr(0, dash)), trimmed(label.substr(dash + 3))};
}

void add_once(std::vector<std::string>& list, const std::string& text) {
  if (std::find(list.begin(), list.end(), text) == list.end())
    list.push_back(text);
}

class Builder {
 public:
  Builder(const RawTable& raw, const RawQuestion& columns, const QuestionSources& sources,
          ImportLog& log)
      : raw_(raw), columns_(columns), sources_(sources), log_(log) {}

  std::vector<DraftQuestion> build() {
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
    name_options();
    limits();
    std::vector<DraftQuestion> all{std::move(question_)};
    for (DraftQuestion& comment : comments_)
      all.push_back(std::move(comment));
    return all;
  }

 private:
  void add(Topic topic, std::string text) { log_.add(topic, question_.name, std::move(text)); }

  void lost(const RawColumn& column, const std::string& why) {
    log_.add(Topic::column, raw_.file + ", column " + std::to_string(column.number),
             "\"" + column.label + "\" of " + question_.name + ": " + why);
  }

  // --- text and instruction ---

  void choose_text() {
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

  void choose_instruction() {
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

  // --- what the columns are ---

  [[nodiscard]] const RawColumn& first() const { return columns_.columns.front(); }

  [[nodiscard]] bool is_open() const {
    if (columns_.columns.size() != 1)
      return false;
    if (starts_with(comparable(first().label), "open ended"))
      return true;
    return first().has_words() && (sources_.model == nullptr || sources_.model->options.empty());
  }

  [[nodiscard]] bool is_single_column() const {
    return lower(first().label) == "response" ||
           (columns_.columns.size() == 1 && first().suffix < 0);
  }

  // A column for what respondents wrote.
  [[nodiscard]] static bool holds_text(const RawColumn& column) {
    return column.has_words() || (column.is_empty() && asks_for_text(column.label));
  }

  // Rows and categories, when the columns are all pairs of them. Columns of text stand apart.
  [[nodiscard]] std::vector<Cell> grid_cells() const {
    std::vector<Cell> cells;
    std::vector<std::string> rows;
    std::vector<std::string> categories;
    size_t pairs = 0;
    for (const RawColumn& column : columns_.columns) {
      const std::optional<Cell> cell = holds_text(column) ? std::nullopt : split_cell(column.label);
      cells.push_back(cell.value_or(Cell{}));
      if (!cell) {
        if (!holds_text(column) && !column.is_empty())
          return {};
        continue;
      }
      ++pairs;
      add_once(rows, cell->row);
      add_once(categories, cell->category);
    }
    const bool all_pairs = pairs > 1 && rows.size() * categories.size() == pairs;
    if (!all_pairs || categories.size() < 2)
      return {};
    return cells;
  }

  [[nodiscard]] bool has_rows() const {
    const auto varies = [](const RawColumn& c) { return !c.has_words() && c.codes.size() > 1; };
    const bool named = sources_.model != nullptr && !sources_.model->asked.columns.empty();
    return named || std::any_of(columns_.columns.begin(), columns_.columns.end(), varies);
  }

  // --- the kinds ---

  void open_question() {
    question_.kind = QuestionKind::text;
    question_.required = false;
    question_.column = first().number;
  }

  void single_column() {
    question_.kind = QuestionKind::single;
    question_.column = first().number;
    options_from_lists();
    codes_of_the_data({&first()});
    for (size_t i = 1; i < columns_.columns.size(); ++i)
      other_column(columns_.columns[i]);
  }

  // The list of options of a question whose columns do not name them.
  void options_from_lists() {
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
          add(Topic::unread,
              "the option \"" + labels[i] + "\" has the number \"" + codes[i] + "\"");
        continue;
      }
      add_option(*code, labels[i], codes[i]);
    }
  }

  // A number given to two options is a slip. Where the data hold 1 up to the number of options,
  // the options are numbered in their order.
  void renumber(std::vector<std::string>& codes) {
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
      add(Topic::unread,
          "two options have the number " + code +
              " in the list, and the data do not show which is meant; the second got "
              "a number of its own");
      int fresh = static_cast<int>(codes.size()) + 1;
      while (!different.insert(std::to_string(fresh)).second)
        ++fresh;
      code = std::to_string(fresh);
    }
  }

  void repair(std::vector<std::string>& labels) {
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

  DraftOption& add_option(int code, const std::string& text, const std::string& model_code = {}) {
    DraftOption option;
    option.code = code;
    option.text = text;
    option.model_code = model_code;
    option.missing = missing_reason(text);
    question_.options.push_back(std::move(option));
    return question_.options.back();
  }

  [[nodiscard]] bool is_taken(int code) const {
    return std::any_of(question_.options.begin(), question_.options.end(),
                       [&](const DraftOption& option) { return option.code == code; });
  }

  [[nodiscard]] int free_code() const {
    int code = 1;
    for (const DraftOption& option : question_.options)
      code = std::max(code, option.code + 1);
    return code;
  }

  // Codes that the data hold and the list does not: 0 stands for "other" or "don't know" where
  // that option's own number does not occur; anything else becomes an option without a text.
  void codes_of_the_data(const std::vector<const RawColumn*>& columns) {
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

  void find_zero(const std::set<int>& held) {
    std::vector<DraftOption*> candidates;
    for (DraftOption& option : question_.options) {
      const bool aside =
          option.missing != MissingReason::none || is_other(option.text) || is_none(option.text);
      if (aside && held.count(option.code) == 0)
        candidates.push_back(&option);
    }
    const auto other =
        std::find_if(candidates.begin(), candidates.end(),
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

  [[nodiscard]] bool zero_has_words() const {
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

  // A further column of a single question: the words behind "other".
  void other_column(const RawColumn& column) {
    for (DraftOption& option : question_.options) {
      if (is_other(option.text) && option.text_column == 0) {
        option.text_column = column.number;
        return;
      }
    }
    comment(column);
  }

  void comment(const RawColumn& column) {
    if (column.is_empty()) {
      lost(column, "it holds nothing, and no option belongs to it");
      return;
    }
    DraftQuestion text;
    text.number = question_.number;
    text.name =
        question_.name +
        (comments_.empty() ? "_comment" : "_comment" + std::to_string(comments_.size() + 1));
    text.text = column.label;
    text.kind = QuestionKind::text;
    text.required = false;
    text.column = column.number;
    add(Topic::decided, "the column \"" + column.label + "\" became the question " + text.name);
    comments_.push_back(std::move(text));
  }

  // --- one column for each option ---

  void column_per_option() {
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

  std::vector<Slot> slots_of(const std::vector<RawColumn>& columns) {
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

  // Labels of the reference model, where they say the same; what differs is logged.
  void match_model(std::vector<Slot>& slots, const std::vector<ModelOption>& options) {
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
        add(Topic::differs, "\"" + slot.label + "\" (column " +
                                std::to_string(slot.column->number) + ") does not stand in " +
                                sources_.model->where);
  }

  // From the cells; where they are empty or words, from the other files, the head's number, or
  // the place in the row.
  void give_codes(std::vector<Slot>& slots) {
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

  [[nodiscard]] std::optional<int> criteria_code(const std::string& label) const {
    if (sources_.criteria == nullptr)
      return std::nullopt;
    for (const CriteriaOption& option : sources_.criteria->options)
      if (comparable(option.text) == comparable(label))
        return whole_number(option.code);
    return std::nullopt;
  }

  // Single or multiple: what the question says; where it says nothing, or the data contradict
  // it, what the respondents did.
  [[nodiscard]] QuestionKind one_or_several() {
    using Choice = Instruction::Choice;
    size_t answered = 0;
    size_t several = 0;
    for (size_t row = 0; row < raw_.cases(); ++row) {
      const auto ticks = std::count_if(question_.options.begin(), question_.options.end(),
                                       [&](const DraftOption& option) {
                                         return !trimmed(raw_.cell(row, option.column)).empty();
                                       });
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

  // --- grids ---

  void grid_of_rows() {
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

  [[nodiscard]] std::vector<std::string> grid_columns() {
    if (sources_.model != nullptr && !sources_.model->asked.columns.empty())
      return sources_.model->asked.columns;
    if (!columns_.asked.columns.empty())
      return columns_.asked.columns;
    if (sources_.markdown != nullptr && !sources_.markdown->asked.columns.empty())
      return sources_.markdown->asked.columns;
    add(Topic::unread, "no file lists what the codes of this grid mean");
    return {};
  }

  void grid_of_cells(const std::vector<Cell>& cells) {
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
    for (size_t j = 0; j < categories.size(); ++j) {
      std::optional<int> code;
      for (const std::string& row : rows)
        if (const RawColumn* column = found[{row, categories[j]}]; column->constant() && !code)
          code = column->constant();
      const int own = code && !is_taken(*code) ? *code : free_code();
      add_option(own, categories[j], std::to_string(own));
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

  [[nodiscard]] QuestionKind several_in_a_row() {
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
      add(Topic::differs,
          "in " + std::to_string(several) +
              " rows of the data several answers are ticked: it is a multiple grid");
    return told_several || several > 0 ? QuestionKind::multiple_grid : QuestionKind::grid;
  }

  // --- names and limits ---

  void name_rows() {
    std::vector<std::string> labels;
    for (const DraftRow& row : question_.rows)
      labels.push_back(row.text);
    const std::vector<std::string> names = short_names(labels, "row");
    for (size_t i = 0; i < names.size(); ++i)
      question_.rows[i].name = names[i];
  }

  void name_options() {
    std::vector<std::string> labels;
    for (const DraftOption& option : question_.options)
      labels.push_back(option.text);
    const std::vector<std::string> names = short_names(labels, "option");
    for (size_t i = 0; i < names.size(); ++i)
      question_.options[i].name = names[i];
  }

  // "select three" and "select up to three", held against what respondents did.
  void limits() {
    using Choice = Instruction::Choice;
    const Instruction& instruction = question_.instruction;
    const bool limited =
        instruction.choice == Choice::exactly || instruction.choice == Choice::up_to;
    if (question_.kind != QuestionKind::multiple || !limited)
      return;
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

  const RawTable& raw_;
  const RawQuestion& columns_;
  const QuestionSources& sources_;
  ImportLog& log_;
  DraftQuestion question_;
  std::vector<DraftQuestion> comments_;
};

}  // namespace

std::vector<DraftQuestion> build_question(const RawTable& raw, const RawQuestion& columns,
                                          const QuestionSources& sources, ImportLog& log) {
  return Builder(raw, columns, sources, log).build();
}

}  // namespace topline::lf_srm
