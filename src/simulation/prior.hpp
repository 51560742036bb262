// What one would expect before counting exactly: plausible weights for the cells of a plan,
// pulled towards the targets.
#pragma once

#include "simulation/count_plan.hpp"
#include "simulation/random.hpp"

namespace topline {

// Counts for the cells of each clique, which add to the plan's cases: the weights of the
// facets' values, fitted to the targets and to what the cliques share by iterative proportional
// fitting (Deming and Stephan 1940), then rounded by chance.
CellCounts expected_counts(const CountPlan& plan, const Targets& targets, const FacetSpace& space,
                           Random random);

}  // namespace topline
