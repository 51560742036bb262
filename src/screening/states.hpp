// Why an empty answer is empty, where the file does not tell: derived from the routing.
#pragma once

#include "dataset/dataset.hpp"
#include "instrument/questionnaire.hpp"

namespace topline {

struct StateReport {
  // By question: cases with an answer to a question that the routing did not lead to. Such
  // answers are kept.
  std::vector<int64_t> answered_though_not_asked;
  std::vector<QuestionId> screened_out_by;  // by row; invalid where nobody was
};

// Sets the state of every empty answer (skipped until now) to not asked, not reached or
// skipped, and fills Dataset::last_page and at_end. States other than skipped, which the file
// gave, stay. A hidden numeric variable `finished` decides who reached the end where there is
// one: 1 for yes; otherwise who answered something on the last page that the routing led to.
StateReport derive_states(const Questionnaire& questionnaire, Dataset& dataset);

}  // namespace topline
