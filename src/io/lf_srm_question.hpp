// One question, put together from its columns in the raw data and from what the reference model,
// the filtering criteria and the questionnaire say about it. Where they differ, the data's header
// rows decide, and the difference is logged.
#pragma once

#include <string>
#include <vector>

#include "io/lf_srm_criteria.hpp"
#include "io/lf_srm_draft.hpp"
#include "io/lf_srm_log.hpp"
#include "io/lf_srm_markdown.hpp"
#include "io/lf_srm_model.hpp"

namespace topline::lf_srm {

struct QuestionSources {
  const ModelQuestion* model = nullptr;
  const CriteriaQuestion* criteria = nullptr;
  const MarkdownQuestion* markdown = nullptr;
  // Option lists of the same question in other files, as evidence for damaged labels.
  std::vector<std::vector<std::string>> known_lists;
};

// The question; behind it a text question for each column of comments beside a grid.
std::vector<DraftQuestion> build_question(const RawTable& raw, const RawQuestion& columns,
                                          const QuestionSources& sources, ImportLog& log);

}  // namespace topline::lf_srm
