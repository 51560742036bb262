// Which targets cannot hold together, and why.
#pragma once

#include "base/diagnostic.hpp"
#include "simulation/count_plan.hpp"

namespace topline {

// For a plan without a solution: one error for each smallest set of targets that no cases can
// meet (none of them can be left out), as many as have no target in common. False when the
// targets could be neither met nor refuted.
bool explain_contradictions(const Targets& targets, const FacetSpace& space, const CaseModel& model,
                            const CountPlan& plan, Diagnostics& faults);

}  // namespace topline
