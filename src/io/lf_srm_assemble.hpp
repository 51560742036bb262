// The draft of a study from all that was read.
#pragma once

#include <optional>
#include <vector>

#include "io/lf_srm_criteria.hpp"
#include "io/lf_srm_draft.hpp"
#include "io/lf_srm_log.hpp"
#include "io/lf_srm_markdown.hpp"
#include "io/lf_srm_model.hpp"

namespace topline::lf_srm {

struct Sources {
  RawTable raw;
  std::optional<ReferenceModel> model;
  std::optional<FilteringCriteria> criteria;
  std::vector<MarkdownQuestionnaire> markdown;  // one for each language, the original first
};

// For each question of a Markdown questionnaire the number of the raw data's question that asks
// the same, by its wording; 0 where there is none.
std::vector<int> match_by_wording(const RawTable& raw, const MarkdownQuestionnaire& markdown);

Draft assemble(const Sources& sources, ImportLog& log, Diagnostics& faults);

}  // namespace topline::lf_srm
