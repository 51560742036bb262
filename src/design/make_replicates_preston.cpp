// Preston's bootstrap of several stages (2009): of every stratum half the units, n* of
// n, are drawn without replacement, and the weight of a unit u of stage s under p becomes
//   W(u) = W(p) + P(p)·λ·(n/n*·δ(u) − 1),  P(u) = P(p)·√(n/n*)·δ(u),
//   λ = √(F·n*·(1 − f)/(n − n*)),
// δ telling whether u was drawn, f = n/N, and F the product of f over the stages before.
#include <cmath>
#include <numeric>

#include "design/counter_random.hpp"
#include "design/replicate_factors.hpp"

namespace topline {

namespace {

struct PrestonUnits {
  std::vector<double> weight;  // W
  std::vector<double> path;    // P
};

class PrestonStage {
 public:
  PrestonStage(const ReplicateUnits& units, size_t stage,
               const std::vector<double>& fraction_before)
      : stage_(units.stages[stage]),
        scale_(std::sqrt(units.scale_for_singles(stage))),
        fraction_before_(fraction_before) {}

  [[nodiscard]] PrestonUnits draw(const PrestonUnits& before, const ReplicatePlan& plan,
                                  size_t replicate, size_t stage) const {
    PrestonUnits units;
    units.weight.resize(stage_.stratum_of_unit.size());
    units.path.resize(stage_.stratum_of_unit.size());
    for (size_t number = 0; number < stage_.strata.size(); ++number) {
      const UnitStratum& stratum = stage_.strata[number];
      const double weight = before.weight[stratum.parent];
      const double path = before.path[stratum.parent];
      const size_t n = stratum.units.size();
      const size_t drawn = n / 2;
      // Nothing is to be shown of this stage: all units stand for those of later ones.
      const bool all = stratum.exhausted() || drawn == 0;
      const double by = all ? 1 : stratum.sampled() / static_cast<double>(drawn);
      const double lambda =
          all ? 0
              : scale_ * std::sqrt(fraction_before_[stratum.parent] * static_cast<double>(drawn) *
                                   (1 - stratum.fraction()) / static_cast<double>(n - drawn));
      const std::vector<uint32_t> order =
          all || path == 0 ? stratum.units
                           : shuffled(stratum.units, {plan.seed, static_cast<uint32_t>(replicate),
                                                      static_cast<uint32_t>(stage),
                                                      static_cast<uint32_t>(number)});
      for (size_t i = 0; i < n; ++i) {
        const double taken = all || i < drawn ? by : 0;
        units.weight[order[i]] = weight + path * lambda * (taken - 1);
        units.path[order[i]] = path * (taken > 0 ? std::sqrt(by) : 0);
      }
    }
    return units;
  }

  // F of the units of this stage.
  [[nodiscard]] std::vector<double> fractions() const {
    std::vector<double> fractions;
    for (uint32_t number : stage_.stratum_of_unit)
      fractions.push_back(fraction_before_[stage_.strata[number].parent] *
                          stage_.strata[number].fraction());
    return fractions;
  }

 private:
  [[nodiscard]] static std::vector<uint32_t> shuffled(std::vector<uint32_t> units,
                                                      CounterRandom random) {
    random.shuffle(units);
    return units;
  }

  const UnitStage& stage_;
  double scale_;  // of λ: the strata with one unit get what the others have on average
  std::vector<double> fraction_before_;
};

}  // namespace

ReplicateFactors preston_factors(const ReplicateUnits& units, const ReplicatePlan& plan) {
  std::vector<PrestonStage> stages;
  std::vector<double> fractions = {1.0};  // of the population as a whole
  for (size_t s = 0; s < units.stages.size(); ++s) {
    stages.emplace_back(units, s, fractions);
    fractions = stages.back().fractions();
  }
  ReplicateFactors made;
  for (size_t replicate = 0; replicate < plan.replicates; ++replicate) {
    PrestonUnits drawn{{1.0}, {1.0}};
    for (size_t s = 0; s < stages.size(); ++s)
      drawn = stages[s].draw(drawn, plan, replicate, s);
    made.factors.push_back(std::move(drawn.weight));
  }
  made.scales.rscales.assign(plan.replicates, 1 / (static_cast<double>(plan.replicates) - 1));
  return made;
}

}  // namespace topline
