// The weighting of processing.yaml, done to a study's sample.
#pragma once

#include "analysis/study_sample.hpp"
#include "weighting/steps.hpp"

namespace topline {

// Does the study's steps to the cases that count and leaves in the sample's design what the
// variance needs to know of them; replicate weights are weighted again, each by itself. Returns
// what the steps did. Faults (`faults`, at the step's place in processing.yaml): margins that
// contradict each other or miss a category, cases without the answer that a margin needs,
// calibrations that cannot be met. Nothing is changed then.
Weighted weigh_sample(const OpenStudy& study, const Dataset& dataset, StudySample& sample,
                      size_t threads, Diagnostics& faults);

}  // namespace topline
