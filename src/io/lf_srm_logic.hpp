// From rules in words to screening and routing of the draft, held against what the respondents
// did.
#pragma once

#include <vector>

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

}  // namespace topline::lf_srm
