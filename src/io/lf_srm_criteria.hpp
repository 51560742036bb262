// The filtering criteria: which answers the publisher kept, screened out or filtered out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/lf_srm_log.hpp"
#include "io/lf_srm_sheet.hpp"

namespace topline::lf_srm {

struct Criterion {
  enum class Kind {
    screen_out,  // "DQ", "Screened Out of Survey": while the survey ran
    drop,        // "Filter Out": afterwards
    required,    // "Requires an answer": cases without one are filtered out
    unread,      // anything else
  };
  Kind kind = Kind::unread;
  std::string words;  // as written
  std::string where;
};

struct CriteriaOption {
  std::string code;
  std::string text;
  std::vector<Criterion> criteria;
};

struct CriteriaQuestion {
  std::string id;  // "4", or the name of another column of the data
  std::optional<int> number;
  std::string text;
  std::string where;
  std::vector<Criterion> criteria;
  std::vector<CriteriaOption> options;
};

struct FilteringCriteria {
  std::string file;
  std::vector<CriteriaQuestion> questions;
};

// Whether the table has the heads "Q#" and "R#" but is no reference model.
bool is_filtering_criteria(const Sheet& sheet);

FilteringCriteria read_filtering_criteria(const Sheet& sheet, ImportLog& log);

}  // namespace topline::lf_srm
