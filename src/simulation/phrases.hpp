// What invented respondents write.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "simulation/random.hpp"
#include "simulation/targets.hpp"

namespace topline {

class Phrases {
 public:
  Phrases(const OpenStudy& study, const Targets& targets) : study_(study), targets_(targets) {}

  // A text for the variable, in the language (as `en`); from targets.yaml, or one that fits
  // any question.
  [[nodiscard]] const std::string& pick(VariableId variable, const std::string& language,
                                        Random& random) const;
  // Every text that pick() may give for the variable.
  [[nodiscard]] std::vector<std::string> all(VariableId variable) const;

 private:
  [[nodiscard]] const std::vector<std::string>& of(VariableId variable,
                                                   const std::string& language) const;

  const OpenStudy& study_;
  const Targets& targets_;
};

}  // namespace topline
