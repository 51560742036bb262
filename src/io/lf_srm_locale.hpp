// Translations from a questionnaire in another language, where its texts can be matched by
// position with certainty.
#pragma once

#include <string>
#include <vector>

#include "io/lf_srm_draft.hpp"
#include "io/lf_srm_log.hpp"
#include "io/lf_srm_markdown.hpp"
#include "text/po_file.hpp"

namespace topline::lf_srm {

// The content of locale/<language>.po for `translated`; without entries when nothing matched.
// `original` is the same questionnaire in the study's language, `numbers` the numbers that its
// questions have in the raw data (0: none). Certain is a pair of texts when the two
// questionnaires have question and option in the same place, with the same number of options,
// when numbers in both agree, when the translation is not given to another text as well, and
// when the original is what the raw data say was asked. The rest is listed in `log`.
PoFile locale_file(const Draft& draft, const MarkdownQuestionnaire& original,
                   const std::vector<int>& numbers, const MarkdownQuestionnaire& translated,
                   ImportLog& log);

}  // namespace topline::lf_srm
