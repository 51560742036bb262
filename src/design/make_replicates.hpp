// Replicate weights out of a design: the jackknife, balanced half-samples, bootstraps and
// successive differences.
#pragma once

#include <cstdint>

#include "base/result.hpp"
#include "design/sample_design.hpp"
#include "design/sampled_units.hpp"

namespace topline {

struct ReplicatePlan {
  // - jk1: without strata. Each replicate leaves one unit out and weights the others by n/(n − 1).
  // - jkn: the same within each stratum.
  // - brr: of each stratum's two units one counts twice and the other not at all, balanced by a
  //   Hadamard matrix (McCarthy 1969, Rev. Int. Stat. Inst. 37, 239-264).
  // - fay: they count 2 − rho and rho (Judkins 1990, J. Off. Stat. 6, 223-239).
  // - bootstrap: n_h of a stratum's n_h units (Canty and Davison 1999, The Statistician 48,
  //   379-391); right for totals only where all strata have as many units.
  // - subbootstrap: n_h − 1 of n_h units, rescaled (Rao and Wu 1988, J. Am. Stat. Assoc. 83,
  //   231-241; weights: Rao, Wu and Yue 1992, Survey Methodology 18, 209-217).
  // - preston: half of the units of every stage, rescaled (Preston 2009, Survey Methodology 35,
  //   227-234). The one that shows the corrections of all stages.
  // - successive_difference: for systematic samples in their order of selection, which must be
  //   the order of the rows (Fay and Train 1995, Proc. Government Statistics Section, ASA,
  //   154-159; Ash 2014, Survey Methodology 40, 47-59). acs: the same with `mse` set.
  ReplicateType type = ReplicateType::jkn;
  // How many: bootstraps make exactly so many (0: 200); half-samples and successive differences
  // the smallest order of a Hadamard matrix that is not less (0: as few as strata need, and 80).
  // The jackknife makes one for each unit.
  size_t replicates = 0;
  double rho = 0.5;   // Fay's, 0 ≤ rho < 1
  uint64_t seed = 1;  // of the bootstraps
  bool mse = false;   // variances around the full sample's estimate, not the replicates' mean
  Corrections corrections = Corrections::all;
};

// Replicate weights with their scales and degrees of freedom: the rank of the weights less 1, as R
// has it, and with several stages at most the first one's units less strata. Units and strata are
// taken in the order of their codes, so that the order of the rows makes no difference but for
// successive differences. The same seed gives the same weights on every machine; a stratum's draws
// depend on the seed, replicate, stage and stratum alone.
//
// Finite population corrections are shown by jk1, jkn and both bootstraps of the first stage, by
// successive differences (factors taken times √(1 − f)), and by preston; strata of which every
// unit is in the sample do not vary. Strata with one unit follow design.single_psu: `remove` and
// `certainty` leave their weights alone, `average` scales the variance up to all strata, `adjust`
// (jkn only) adds one replicate that moves the unit against the mean of all units, so that totals
// have exactly the variance of linearization.
//
// Refused: designs that have replicate weights, or weights adjusted to totals (make the replicates
// first, then adjust each: reweight_replicates); jk1 of strata; brr and fay of strata that do not
// have two units, naming them; corrections that the method cannot show; strata with one unit where
// the design fails on them; samples of the whole population; fewer than two replicates; more than
// 2^29 weights in all; type `other`.
Result<ReplicateRows> make_replicates(const SampleDesign& design, const ReplicatePlan& plan);

}  // namespace topline
