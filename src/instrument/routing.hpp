// Which questions the questionnaire puts to a case, by its answers. Screening out takes effect
// when a page is sent: the questions beside it on the page have been asked.
#pragma once

#include <cstdint>
#include <vector>

#include "instrument/questionnaire.hpp"

namespace topline {

struct Route {
  std::vector<uint8_t> asked;     // by variable: 1 when the routing leads there
  QuestionId screened_out_by;     // invalid when nobody was screened out
  std::vector<QuestionId> order;  // the questions that the routing leads to, in order
};

// Walks the pages with the answers of `from`. `route` is filled anew (and may be reused, to
// save allocations). Variables that are not asked (hidden, derived) count as asked.
void walk(const Questionnaire& questionnaire, const CaseView& from, Route& route);

}  // namespace topline
