// How a condition fares over everybody who gets to where it is looked at.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "study/paths.hpp"

namespace topline {

// A part of a condition that holds for nobody.
struct DeadPart {
  Place place;
  std::string text;  // "Q1 == dk"
  VariableId variable;
};

struct Fate {
  bool decided = false;              // false: the two below may be wrong where they are false
  bool can_hold = false;             // it holds for somebody
  bool can_fail = false;             // it is false or unknown for somebody
  std::vector<DeadPart> dead_parts;  // only where it is decided

  // Somebody gets there, and it holds for none of them.
  [[nodiscard]] bool never() const { return decided && !can_hold && can_fail; }
  [[nodiscard]] bool always() const { return decided && can_hold && !can_fail; }
};

Fate fate_of(const Questionnaire& questionnaire, const Expression& condition, const Moment& moment,
             const PathOptions& options = {});

// The same of any test that looks only at what `reads` read; it has no parts.
Fate fate_of(const Questionnaire& questionnaire, const std::vector<const Expression*>& reads,
             const Moment& moment, const std::function<bool(const CaseView&)>& test);

// In one sentence, why a condition that never holds does not.
std::string why_never(const Questionnaire& questionnaire, const Expression& condition,
                      const Moment& moment);

}  // namespace topline
