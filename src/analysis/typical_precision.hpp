// One margin of error for a whole study.
#pragma once

#include "analysis/weighed_cases.hpp"
#include "tabulation/plan.hpp"

namespace topline {

struct TypicalPrecision {
  double design_effect = 1;  // the mean over the study's shares
  double margin = 0;         // of a share of half of `n` respondents, in percentage points
  int64_t n = 0;
};

// The margin t · sqrt(d · 0.25 / n), t being Student's quantile at the study's level with the
// design's degrees of freedom (the normal one without a design), and d the mean design effect of
// the shares of all options in the study's frequency tables that are neither 0 nor 1 and rest on as
// many respondents as the study shows: variance / (p(1 − p) / (n − 1)), Kish 1965, section 8.2.
// Nothing where the sample gives no margin of error, or nobody is in it.
Result<std::optional<TypicalPrecision>> typical_precision(const OpenStudy& study,
                                                          const WeighedCases& cases);

}  // namespace topline
