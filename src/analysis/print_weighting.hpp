// What weighting did, for a terminal, and the weights as CSV.
#pragma once

#include <string>

#include "analysis/study_sample.hpp"
#include "weighting/steps.hpp"

namespace topline {

// Each step with how far it converged and how it moved weights; then the weights' range, their
// design effect (Kish) and effective size.
std::string weighting_text(const Weighted& weighted);

// Columns id, weight: the cases that count, in the order of the responses.
std::string weights_csv(const Weighted& weighted, const StudySample& sample,
                        const Dataset& dataset);

}  // namespace topline
