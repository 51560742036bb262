// A study's cases as a sample: how they were drawn, what they weigh, and which of them count.
#pragma once

#include <cstdint>
#include <vector>

#include "design/sample_design.hpp"
#include "screening/screen.hpp"
#include "study/open_study.hpp"
#include "text/messages.hpp"

namespace topline {

struct StudySample {
  SampleDesign design;
  std::vector<uint32_t> rows;    // the dataset's row of each row of the sample
  std::vector<uint8_t> counted;  // by row of the sample: whether the case counts
  bool weighted = false;         // the study declares weights

  // Neither design nor weights: every respondent a unit of equal weight.
  [[nodiscard]] bool plain() const {
    return design.stages.empty() && design.replicates.weights.empty() && !weighted;
  }
};

// Without a declared design the sample is the cases that count, each a unit of equal weight. With
// one it is every case with the design's variables, and those that do not count lie outside all
// domains, so that the units that they leave empty are still units. A case that counts and lacks
// a value of the design is a fault, as are negative weights.
StudySample study_sample(const OpenStudy& study, const Screened& screened, Diagnostics& faults);

// "15 units drawn from 1 stratum, finite population correction, weights from 1 to 8".
// What the weights were calibrated to is not in it.
std::string design_in_words(const SampleDesign& design, const DesignFrame& frame,
                            const Messages& messages);

}  // namespace topline
