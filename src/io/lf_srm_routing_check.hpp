// The routing of the draft, held against the answers.
#pragma once

#include <vector>

#include "io/lf_srm_draft.hpp"

namespace topline::lf_srm {

// Answers that are there although the routing does not lead to the question.
struct RoutingCheck {
  size_t question = 0;
  size_t shown = 0;       // cases to whom the routing puts the question (screening apart)
  size_t answered = 0;    // cases with an answer
  size_t unexpected = 0;  // of those, cases to whom it is not put
};
std::vector<RoutingCheck> check_routing(const Draft& draft, const RawTable& raw);

// For a question without any condition that only some respondents answered: the answer to an
// earlier question that separates those who did. A suggestion for a person, not a rule.
struct RoutingHint {
  size_t question = 0;
  Clause clause;
  size_t answered = 0;
  size_t explained = 0;  // of those, cases for whom the clause holds
};
std::vector<RoutingHint> routing_hints(const Draft& draft, const RawTable& raw);

}  // namespace topline::lf_srm
