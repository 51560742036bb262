// The answers that a variable can take, each with a weight: how plausible it is.
#pragma once

#include <cstdint>
#include <vector>

#include "simulation/appeal.hpp"
#include "simulation/phrases.hpp"
#include "simulation/plain_answer.hpp"

namespace topline {

struct Candidate {
  PlainAnswer answer;
  int64_t weight = 1;
};

struct Candidates {
  std::vector<Candidate> all;
  bool complete = true;  // false: too many to list, these are some of them
};

// How few and how many options of a multiple or ranking question may be chosen, the exclusive
// ones apart.
struct ChoiceLimits {
  int least = 1;
  int most = 1;
};
ChoiceLimits choice_limits(const Question& question);

// Smallest and largest answer of a numeric or date question, and the step between answers.
struct NumberRange {
  double least = 0;
  double most = 0;
  double step = 1;
};
NumberRange number_range(const OpenStudy& study, VariableId id);

// In how many ways the regular options of a multiple variable can be ticked; at most `limit`.
int64_t tick_patterns(const OpenStudy& study, VariableId id, int64_t limit);

class CandidateList {
 public:
  CandidateList(const OpenStudy& study, const Appeal& appeal, const Phrases& phrases)
      : study_(study), appeal_(appeal), phrases_(phrases) {}

  // Not asked (AnswerState::not_asked) and skipped are listed first where they can be.
  // `constants` are numbers that some condition compares the variable with.
  [[nodiscard]] Candidates of(VariableId id, const std::vector<double>& constants,
                              Random random) const;

  [[nodiscard]] const Appeal& appeal() const { return appeal_; }

 private:
  void singles(VariableId id, Candidates& result) const;
  void multiples(VariableId id, Candidates& result, Random& random) const;
  void rankings(VariableId id, Candidates& result, Random& random) const;
  void numbers(VariableId id, const std::vector<double>& constants, Candidates& result) const;
  void texts(VariableId id, Candidates& result) const;

  const OpenStudy& study_;
  const Appeal& appeal_;
  const Phrases& phrases_;
};

}  // namespace topline
