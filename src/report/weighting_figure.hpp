// How weights are spread, as a figure.
#pragma once

#include "analysis/weigh_sample.hpp"
#include "figure/figure_model.hpp"
#include "text/messages.hpp"

namespace topline {

// A small chart of the number of respondents by the size of their weights, relative to the mean
// weight: before the first step, and after each one. Bounds of the classes are the same in all.
FigureModel weighting_figure(const SampleWeighting& weighting, const Messages& messages);

}  // namespace topline
