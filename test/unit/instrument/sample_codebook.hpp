// A code book with a variable of every kind, and a case to answer by hand.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "instrument/evaluate.hpp"
#include "instrument/questionnaire.hpp"
#include "instrument/resolve.hpp"

namespace topline {

inline const std::string sample_yaml = R"(- page: first
  questions:
    - S: Single?
      options:
        1 a: {text: A, value: 10}
        2 b: {text: B, value: 20}
        8 dk: {text: Don't know, missing: dont_know}
    - T: Single with the same options?
      options:
        1 a: A
        2 b: B
        8 dk: {text: Don't know, missing: dont_know}
    - M: Multiple?
      kind: multiple
      options:
        1 x: X
        2 y: Y
        3 z: Z
        9 dk: {text: Don't know, missing: dont_know, exclusive: true}
    - G: Grid?
      kind: grid
      rows: {r: R, s: S}
      options: {1 a: A, 2 b: B}
    - MG: Multiple grid?
      kind: multiple grid
      rows: {r: R, s: S}
      options: {1 x: X, 2 y: Y}
- page: second
  questions:
    - R: Ranking?
      kind: ranking
      options: {1 x: X, 2 y: Y, 3 z: Z}
    - N: Number?
      kind: numeric
      decimals: 2
    - N2: Another number?
      kind: numeric
    - D: Date?
      kind: date
    - D2: Another date?
      kind: date
    - W: Words?
      kind: text
    - O: Other?
      options: {1 a: A, 97 other: {text: Other, specify: true}}
)";

inline Codebook sample_codebook() {
  Diagnostics faults;
  Codebook codebook = load_questionnaire(sample_yaml, "questionnaire.yaml", faults).codebook;
  Variable flag;
  flag.name = "F";
  flag.kind = VariableKind::flag;
  flag.role = VariableRole::derived;
  codebook.add(std::move(flag));
  return codebook;
}

class HandCase final : public CaseView {
 public:
  explicit HandCase(const Codebook& codebook) : codebook_(&codebook) {}

  HandCase& option(const std::string& name, const std::string& option) {
    Entry& entry = entries_[name];
    entry.state = AnswerState::answered;
    entry.option = variable(name).find_option(option);
    return *this;
  }
  HandCase& flag(const std::string& name, bool value) {
    Entry& entry = entries_[name];
    entry.state = AnswerState::answered;
    entry.option = value ? 1 : 0;
    return *this;
  }
  // Ticks, or ranks in the order given.
  HandCase& marks(const std::string& name, const std::vector<std::string>& options, bool ranks) {
    Entry& entry = entries_[name];
    entry.state = AnswerState::answered;
    entry.marks.assign(variable(name).options->size(), 0);
    for (size_t i = 0; i < options.size(); ++i)
      entry.marks[static_cast<size_t>(variable(name).find_option(options[i]))] =
          ranks ? static_cast<uint8_t>(i + 1) : uint8_t{1};
    return *this;
  }
  HandCase& number(const std::string& name, double value) {
    Entry& entry = entries_[name];
    entry.state = AnswerState::answered;
    entry.number = value;
    return *this;
  }
  HandCase& text(const std::string& name, const std::string& value) {
    Entry& entry = entries_[name];
    entry.state = AnswerState::answered;
    entry.text = value;
    return *this;
  }
  HandCase& state(const std::string& name, AnswerState state) {
    entries_[name].state = state;
    return *this;
  }
  HandCase& got_to(int page, bool end) {
    page_ = page;
    end_ = end;
    return *this;
  }

  [[nodiscard]] Answer answer(VariableId id) const override {
    Answer answer;
    const auto found = entries_.find((*codebook_)[id].name);
    if (found == entries_.end())
      return answer;  // skipped
    const Entry& entry = found->second;
    answer.state = entry.state;
    answer.option = entry.option;
    answer.marks = Marks(entry.marks.data(), static_cast<int>(entry.marks.size()));
    answer.number = entry.number;
    answer.text = entry.text;
    return answer;
  }
  [[nodiscard]] bool reached(PageId page) const override {
    return end_ || static_cast<int>(page.index()) <= page_;
  }
  [[nodiscard]] bool reached_end() const override { return end_; }

 private:
  struct Entry {
    AnswerState state = AnswerState::skipped;
    int option = -1;
    std::vector<uint8_t> marks;
    double number = 0;
    std::string text;
  };
  [[nodiscard]] const Variable& variable(const std::string& name) const {
    return (*codebook_)[codebook_->find(name)];
  }

  const Codebook* codebook_;
  std::map<std::string, Entry> entries_;
  int page_ = -1;
  bool end_ = false;
};

}  // namespace topline
