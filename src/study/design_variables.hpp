// The variables that study.yaml's sample design names, looked up in the code book.
#pragma once

#include <vector>

#include "instrument/study.hpp"
#include "instrument/variable.hpp"

namespace topline {

struct StageVariables {
  std::vector<VariableId> strata;
  VariableId units;       // invalid: the respondents
  VariableId population;  // invalid: drawn with replacement, or from a population so large
};

struct DesignVariables {
  std::vector<StageVariables> stages;
  VariableId weight;  // invalid: everybody weighs the same
  std::vector<VariableId> replicates;
};

// Names that are unknown or of the wrong kind go to `faults`: strata and units are single
// questions, numbers or texts; weights and populations are numbers.
DesignVariables design_variables(const Study& study, const Codebook& codebook, Diagnostics& faults);

}  // namespace topline
