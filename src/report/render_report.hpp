// One edition of the report.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analysis/weighed_cases.hpp"
#include "report/document.hpp"
#include "study/open_study.hpp"
#include "text/face_set.hpp"

namespace topline {

struct RenderedReport {
  std::string html;
  std::map<std::string, std::string> files;  // figures/<id>.<lang>.svg, figures/<id>.<lang>.csv
};

struct Edition {
  const OpenStudy& study;  // in the edition's language (in_language)
  Language language;
  std::vector<Language> others;  // of the further editions, for links on the cover
};

// `document` has been checked without errors. Values whose base is too small to be shown and
// values that have no base go to `faults`.
Result<RenderedReport> render_report(const Document& document, const Edition& edition,
                                     const WeighedCases& cases, FaceSet& faces,
                                     Diagnostics& faults);

}  // namespace topline
