// From counts to cases: the cells of the cliques dealt out, clique by clique.
#pragma once

#include <vector>

#include "simulation/count_plan.hpp"
#include "simulation/random.hpp"

namespace topline {

// By case, by facet: the facet's value.
using DealtCases = std::vector<std::vector<int>>;

// `counts` must meet the plan. Who gets what is left to chance where the counts leave it open,
// but not blindly: answers on one scale go together, and some people tick more than others.
DealtCases deal(const OpenStudy& study, const FacetSpace& space, const CountPlan& plan,
                const CellCounts& counts, Random random);

}  // namespace topline
