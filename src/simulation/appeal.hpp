// How often invented respondents choose what: the weights behind every answer that no target
// settles. Targets about single options are learnt, so that everything else leans on them.
#pragma once

#include <cstdint>
#include <vector>

#include "simulation/random.hpp"
#include "simulation/targets.hpp"
#include "study/open_study.hpp"

namespace topline {

class Appeal {
 public:
  Appeal(const OpenStudy& study, const Targets& targets, Random random);

  // Single questions: weight beside the other options. Multiple questions: chance of a tick in
  // a thousand. Rankings: weight of being ranked next. Never 0.
  [[nodiscard]] int64_t of(VariableId variable, size_t option) const {
    return weights_[variable.index()][option];
  }
  [[nodiscard]] const std::vector<int64_t>& of(VariableId variable) const {
    return weights_[variable.index()];
  }

 private:
  void invent(const Variable& variable, std::vector<int64_t>& weights, Random& random);
  void learn(const Targets& targets, const Codebook& codebook);

  std::vector<std::vector<int64_t>> weights_;  // by variable and option
};

}  // namespace topline
