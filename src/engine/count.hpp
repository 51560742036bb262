// The reference engine: counts a table in one pass over the rows.
#pragma once

#include "dataset/aggregate.hpp"
#include "dataset/dataset.hpp"
#include "tabulation/plan.hpp"

namespace topline {

// Counts `plan` over the rows that `mask` allows and, of those, the ones in the plan's base.
// The base of a percentage: those with an answer to the stub (don't know included unless the
// plan excludes it); in a banner column, those of them who gave that answer to the banner.
// `weights`, unless empty, make percentages, means, medians and standard deviations (n / (n − 1) ·
// Σ w·(x − x̄)² / Σ w, its root) weighted; rows that weigh nothing do not count.
Table count_table(const TablePlan& plan, const Dataset& dataset, const RowMask& mask,
                  const RowWeights& weights = {});

}  // namespace topline
