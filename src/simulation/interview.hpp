// One invented respondent at a time, led through the questionnaire page by page.
#pragma once

#include <map>
#include <vector>

#include "instrument/routing.hpp"
#include "simulation/candidates.hpp"

namespace topline {

// What is settled about a respondent before the first page.
struct Errand {
  int leaves_after = -1;  // the last page that is answered; the number of pages: stays to the end
  QuestionId screened_out_by;        // the question that shall end the interview; invalid: none
  bool may_be_screened_out = false;  // otherwise answers that would screen out are avoided
};

class Interview {
 public:
  Interview(const OpenStudy& study, const Appeal& appeal, const Phrases& phrases,
            const std::vector<uint8_t>& settled);

  // Fills row `row` of `raw` with answers where none are settled. A variable whose entry in
  // `settled` is 1 keeps what it has, answered or not; of one whose entry is 2 only ticks of the
  // options that `open_ticks` lists may be added. Returns false when the screening question of
  // the errand was not reached.
  bool respond(Dataset& raw, size_t row, const Errand& errand, Random& random);

  // Gives the case its identifiers anew, after its other hidden variables have changed.
  void identify(Dataset& raw, size_t row, Random& random);

  // By variable: options of which no target speaks, of variables whose entry in `settled` is 2.
  std::map<VariableId, std::vector<int>> open_ticks;

 private:
  struct Person;
  void hidden(Dataset& raw, size_t row, const Errand& errand, Person& person, Random& random);
  void hidden_text(Dataset& raw, size_t row, VariableId id, Random& random);
  void answer_at_last(Dataset& raw, size_t row, int leaves_after, Person& person, Random& random);
  void times(Dataset& raw, size_t row, const Person& person);
  bool ask(Dataset& raw, size_t row, QuestionId id, const Errand& errand, Person& person,
           Random& random);
  void answer(Dataset& raw, size_t row, VariableId id, Person& person, Random& random);
  void single(Dataset& raw, size_t row, VariableId id, const Person& person, Random& random);
  void multiple(Dataset& raw, size_t row, VariableId id, Random& random);
  void add_ticks(Dataset& raw, size_t row, VariableId id, Random& random);
  void ranking(Dataset& raw, size_t row, VariableId id, Random& random);
  void number(Dataset& raw, size_t row, VariableId id, Random& random);
  void specify(Dataset& raw, size_t row, const Question& question, const Person& person,
               Random& random);
  [[nodiscard]] std::vector<uint8_t> offered(const Dataset& raw, size_t row, VariableId id) const;

  const OpenStudy& study_;
  const Codebook& codebook_;
  const Appeal& appeal_;
  const Phrases& phrases_;
  const std::vector<uint8_t>& settled_;
  std::map<const OptionList*, size_t> scales_;
};

// Whether a hidden number is a time, by its unit or name; `per_second` is set to what one second
// counts then.
bool is_time(const Variable& variable, double* per_second = nullptr);

}  // namespace topline
