// Factors by which replicates take the weights of units: what each method of make_replicates.hpp
// works out. Formulas and sources stand there.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "design/make_replicates.hpp"

namespace topline {

struct ReplicateFactors {
  ReplicateScales scales;                    // the type and mse are filled in by make_replicates
  std::vector<std::vector<double>> factors;  // [replicate][unit of the last stage that counts]
};

// What a design offers to a method.
struct ReplicateUnits {
  std::vector<UnitStage> stages;
  std::vector<size_t> varying;  // strata of the first stage with two units or more, not exhausted
  std::vector<size_t> single;   // strata with one unit, not exhausted
  SinglePsu single_psu = SinglePsu::fail;
  std::vector<uint32_t> in_file;  // units of the first stage in the order of their first rows

  [[nodiscard]] const UnitStage& first() const { return stages.front(); }
  // By how much `average` has a stage's variance scaled up: strata / strata with two units or more.
  [[nodiscard]] double scale_for_singles(size_t stage = 0) const;
};

Result<ReplicateFactors> jackknife_factors(const ReplicateUnits& units, const ReplicatePlan& plan);
Result<ReplicateFactors> half_sample_factors(const ReplicateUnits& units,
                                             const ReplicatePlan& plan);
ReplicateFactors resampled_factors(const ReplicateUnits& units, const ReplicatePlan& plan);
ReplicateFactors rescaled_factors(const ReplicateUnits& units, const ReplicatePlan& plan);
ReplicateFactors preston_factors(const ReplicateUnits& units, const ReplicatePlan& plan);
Result<ReplicateFactors> successive_difference_factors(const ReplicateUnits& units,
                                                       const ReplicatePlan& plan);

}  // namespace topline
