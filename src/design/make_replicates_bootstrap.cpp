// Bootstraps of sample designs: units drawn again within their strata.
#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "design/counter_random.hpp"
#include "design/replicate_factors.hpp"

namespace topline {

namespace {

CounterRandom draws_of(const ReplicatePlan& plan, size_t replicate, size_t stage, size_t stratum) {
  return {plan.seed, static_cast<uint32_t>(replicate), static_cast<uint32_t>(stage),
          static_cast<uint32_t>(stratum)};
}

ReplicateFactors unchanged(const UnitStage& stage, const ReplicatePlan& plan) {
  ReplicateFactors made;
  made.factors.assign(plan.replicates, std::vector<double>(stage.stratum_of_unit.size(), 1.0));
  made.scales.rscales.assign(plan.replicates, 1.0);
  return made;
}

// How often each of `n` units comes up in `draws` with replacement.
std::vector<double> times_drawn(size_t n, size_t draws, CounterRandom random) {
  std::vector<double> times(n);
  for (size_t i = 0; i < draws; ++i)
    ++times[random.below(n)];
  return times;
}

// How often each of `n` units comes up in a sample of n without replacement out of a population
// that is made of copies of them, the leftover places going to some at random.
std::vector<double> times_drawn_of_copies(size_t n, uint64_t population, CounterRandom random) {
  std::vector<size_t> order(n);
  for (size_t unit = 0; unit < n; ++unit)
    order[unit] = unit;
  random.shuffle(order);
  std::vector<double> times(n);
  std::unordered_set<uint64_t> taken;  // Floyd's way: Bentley and Floyd 1987, CACM 30, 754-757
  for (uint64_t bound = population - n; bound < population; ++bound) {
    uint64_t place = random.below(bound + 1);
    if (!taken.insert(place).second) {
      place = bound;
      taken.insert(place);
    }
    ++times[order[place % n]];
  }
  return times;
}

}  // namespace

ReplicateFactors resampled_factors(const ReplicateUnits& units, const ReplicatePlan& plan) {
  const UnitStage& stage = units.first();
  ReplicateFactors made = unchanged(stage, plan);
  double reciprocals = 0;  // of the strata's numbers of units
  for (size_t number : units.varying) {
    const UnitStratum& stratum = stage.strata[number];
    const size_t n = stratum.units.size();
    reciprocals += 1 / stratum.sampled();
    for (size_t replicate = 0; replicate < plan.replicates; ++replicate) {
      const CounterRandom random = draws_of(plan, replicate, 0, number);
      const std::vector<double> times =
          std::isfinite(stratum.population)
              ? times_drawn_of_copies(
                    n,
                    std::max<uint64_t>(n, static_cast<uint64_t>(std::llround(stratum.population))),
                    random)
              : times_drawn(n, n, random);
      for (size_t i = 0; i < n; ++i)
        made.factors[replicate][stratum.units[i]] = times[i];
    }
  }
  // A resample of n varies by (n − 1)/n too little; n is the strata's harmonic mean.
  const double n = static_cast<double>(units.varying.size()) / reciprocals;
  made.scales.scale =
      units.scale_for_singles() * n / ((n - 1) * (static_cast<double>(plan.replicates) - 1));
  return made;
}

ReplicateFactors rescaled_factors(const ReplicateUnits& units, const ReplicatePlan& plan) {
  const UnitStage& stage = units.first();
  ReplicateFactors made = unchanged(stage, plan);
  for (size_t number : units.varying) {
    const UnitStratum& stratum = stage.strata[number];
    const size_t n = stratum.units.size();
    // λ = √(m·(1 − f)/(n − 1)) with m = n − 1 draws.
    const double lambda = std::sqrt(1 - stratum.fraction());
    const double by = stratum.sampled() / (stratum.sampled() - 1);
    for (size_t replicate = 0; replicate < plan.replicates; ++replicate) {
      const std::vector<double> times = times_drawn(n, n - 1, draws_of(plan, replicate, 0, number));
      for (size_t i = 0; i < n; ++i)
        made.factors[replicate][stratum.units[i]] = 1 - lambda + lambda * by * times[i];
    }
  }
  made.scales.scale = units.scale_for_singles() / (static_cast<double>(plan.replicates) - 1);
  return made;
}

}  // namespace topline
