// Computes the derived variables of processing.yaml.
#pragma once

#include "dataset/dataset.hpp"
#include "screening/processing.hpp"

namespace topline {

// Adds each derived variable to `dataset`, whose code book must begin with the questionnaire's.
// A derived variable is not asked, skipped or not reached where the question that it comes
// from is; of several questions, the first one without an answer says why.
void derive_variables(const Processing& processing, Dataset& dataset);

}  // namespace topline
