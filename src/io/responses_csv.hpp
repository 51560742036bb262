// Responses as CSV in the layout that read_responses reads without a map.
#pragma once

#include <string>

#include "dataset/dataset.hpp"
#include "instrument/study.hpp"

namespace topline {

// One row for each case: its name in the column study.data.id ("respondent" if that is empty),
// then hidden variables, then the questions in order. Single questions hold codes; multiple ones
// a column per option, 1 and 0 where the question was answered; rankings a column of ranks per
// option. Empty: no answer. Derived variables are left out: they are computed again.
std::string responses_csv(const Dataset& dataset, const Questionnaire& questionnaire,
                          const Study& study);

}  // namespace topline
