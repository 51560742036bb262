// From rules in words to the routing of the draft, held against what the respondents did.
#pragma once

#include "io/lf_srm_criteria.hpp"
#include "io/lf_srm_draft.hpp"
#include "io/lf_srm_log.hpp"
#include "io/lf_srm_markdown.hpp"
#include "io/lf_srm_model.hpp"

namespace topline::lf_srm {

struct LogicSources {
  const ReferenceModel* model = nullptr;
  const FilteringCriteria* criteria = nullptr;
  const MarkdownQuestionnaire* markdown = nullptr;  // where there is no reference model
  std::vector<int> raw_number_of;  // of each question of `markdown`; 0 where there is none
};

// Sets screening, routing, exclusive options and the rules for cases of `draft`. Every rule is
// logged with what became of it: taken over (and how many answers speak against it), overruled
// by the data, or not understood.
void apply_logic(Draft& draft, const RawTable& raw, const LogicSources& sources, ImportLog& log);

// An answer that is there although the routing does not lead to the question.
struct RoutingCheck {
  size_t question = 0;
  size_t shown = 0;       // cases to whom the routing puts the question (screening apart)
  size_t answered = 0;    // cases with an answer
  size_t unexpected = 0;  // of those, cases to whom it is not put
};
std::vector<RoutingCheck> check_routing(const Draft& draft, const RawTable& raw);

// For questions without any condition that only some respondents answered: the answer to an
// earlier question that separates those who did. A suggestion for the reader, not a rule.
struct RoutingHint {
  size_t question = 0;
  Clause clause;
  size_t answered = 0;
  size_t explained = 0;  // of those, cases for whom the clause holds
};
std::vector<RoutingHint> routing_hints(const Draft& draft, const RawTable& raw);

}  // namespace topline::lf_srm
