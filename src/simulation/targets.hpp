// targets.yaml: published results that invented respondents shall meet.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "instrument/expression.hpp"
#include "study/open_study.hpp"

namespace topline {

enum class TargetKind {
  share,  // the percentage of the base for whom the condition holds, as printed
  known,  // the base itself: for how many the condition is known
  cases,  // for how many the condition holds
};

// One printed number.
struct Target {
  TargetKind kind = TargetKind::share;
  Expression condition;
  std::optional<Expression> where;
  int64_t value = 0;  // of a share in percent times 10^decimals; otherwise a count
  int decimals = 0;   // places with which a share is printed
  std::string text;   // as a report would ask for it: share(Q17 == open | Q14.own), n(Q17)
  std::string brief;  // the same without the base: share(Q17 == open)
  Place place;        // of the number
};

// A count that the ledger of screening shall give.
struct CountTarget {
  int64_t value = 0;
  Place place;
};

struct Targets {
  std::optional<CountTarget> cases;    // valid cases
  std::optional<CountTarget> started;  // all that began, screened out and dropped included
  std::map<QuestionId, CountTarget> screened_out;  // by question with a `screen_out`
  std::vector<CountTarget> dropped;                // by rule of processing.yaml; empty: no drops
  std::vector<Target> all;
  // What respondents write, by text variable and by language ("" for any language).
  std::map<VariableId, std::map<std::string, std::vector<std::string>>> phrases;
};

// Reads targets.yaml against the study's questionnaire and processing. An empty text has no
// targets. Faults go to `faults`.
Targets load_targets(const std::string& text, const std::string& file, const OpenStudy& study,
                     Diagnostics& faults);

// The target as one aggregate, as dataset/aggregate.hpp computes it.
Expression as_aggregate(const Target& target);

// "41 %", "41.5 %", "249": the number as targets.yaml gives it.
std::string printed(const Target& target);

}  // namespace topline
