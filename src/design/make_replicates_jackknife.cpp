// The jackknife: delete one unit (Wolter 2007, Introduction to Variance Estimation, chapter 4).
#include <string>

#include "design/replicate_factors.hpp"

namespace topline {

Result<ReplicateFactors> jackknife_factors(const ReplicateUnits& units, const ReplicatePlan& plan) {
  const UnitStage& stage = units.first();
  const bool one = plan.type == ReplicateType::jk1;
  if (one && stage.strata.size() > 1)
    return fault_in("",
                    "JK1 is for samples without strata, and this one has " +
                        std::to_string(stage.strata.size()),
                    "use JKn");
  ReplicateFactors made;
  const std::vector<double> alike(stage.stratum_of_unit.size(), 1.0);
  for (size_t number : units.varying) {
    const UnitStratum& stratum = stage.strata[number];
    const double n = stratum.sampled();
    const double corrected = (1 - stratum.fraction()) * (n - 1) / n;
    for (uint32_t left_out : stratum.units) {
      std::vector<double>& factors = made.factors.emplace_back(alike);
      for (uint32_t unit : stratum.units)
        factors[unit] = unit == left_out ? 0 : n / (n - 1);
      made.scales.rscales.push_back(one ? 1 : corrected);
    }
    // R writes the same constant beside JK1's weights, before them all.
    made.scales.scale = one ? corrected : 1;
  }
  made.scales.scale *= units.scale_for_singles();
  if (units.single_psu != SinglePsu::adjust)
    return made;
  // A replicate estimate of a total that lies t − t̄ below the full sample's, t̄ the mean over all
  // units: the unit loses (1 − 1/n) of its weight and the others gain 1/n.
  const double share = 1 / static_cast<double>(alike.size());
  for (size_t number : units.single) {
    const UnitStratum& stratum = stage.strata[number];
    std::vector<double>& factors = made.factors.emplace_back(alike.size(), 1 + share);
    factors[stratum.units.front()] = share;
    made.scales.rscales.push_back(1 - stratum.fraction());
  }
  return made;
}

}  // namespace topline
