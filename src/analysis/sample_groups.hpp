// Groups of the rows of a sample: everybody, or one for each answer to a question, or to several.
#pragma once

#include <vector>

#include "analysis/study_sample.hpp"

namespace topline {

struct SampleGroups {
  std::vector<std::vector<int>> options;     // by group: an option's position for each variable
  std::vector<std::vector<double>> columns;  // by group: 1 for its rows, 0 for others
};

// One group of the rows with 1 in `domain`, divided by the answers to the variables of `by`. The
// answers to a question with several make groups that overlap.
SampleGroups sample_groups(std::vector<double> domain, const std::vector<VariableId>& by,
                           const Dataset& dataset, const StudySample& sample);

}  // namespace topline
