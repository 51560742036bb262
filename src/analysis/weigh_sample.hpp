// The weighting of processing.yaml, done to a study's sample.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/study_sample.hpp"
#include "weighting/steps.hpp"

namespace topline {

// A category that weights were made to meet, or a class that stands for its non-respondents.
struct WeightedCategory {
  std::string margin;    // "sex", "region × size"
  std::string category;  // "male"
  int64_t n = 0;         // cases that count
  double before = 0;     // what these weigh before the first step
  double after = 0;      // and after the last
  std::optional<double> population;
};

struct SampleWeighting {
  std::vector<double> weights;                // by row of the sample, after the last step
  std::vector<StepReport> reports;            // by step
  std::vector<std::vector<double>> stages;    // the weights before, and after each step
  std::vector<WeightedCategory> categories;   // of all steps that have some
  std::vector<ClassFactor> response_classes;  // of non-response
  WeightDiagnostics diagnostics;              // of `weights`, against those before
};

// Does the study's steps to the cases that count and leaves in the sample's design what the
// variance needs to know of them; replicate weights are weighted again, each by itself. Adjustment
// for non-response begins with the weights of all sampled cases instead. Returns what the steps
// did. Faults (`faults`, at the step's place in processing.yaml): margins that contradict each
// other or miss a category, cases without the answer that a margin or class needs, calibrations
// that cannot be met, non-response without a sample design. Nothing is changed then.
SampleWeighting weigh_sample(const OpenStudy& study, const Dataset& dataset, StudySample& sample,
                             size_t threads, Diagnostics& faults);

}  // namespace topline
