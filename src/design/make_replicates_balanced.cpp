// What Hadamard matrices balance: half-samples (BRR and Fay's) and successive differences.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "design/hadamard.hpp"
#include "design/replicate_factors.hpp"

namespace topline {

namespace {

// Below it the order that successive differences take unless told.
constexpr size_t successive_replicates = 80;

// An endless walk over the rows 0 … m − 1 of a matrix: round after round through all of them, in
// steps of 1, then of 2, 3 …, those that share a divisor with m left out, so that neighbours in
// one round are not neighbours in the next (after Ash 2014, pages 54-55, assignment RA1).
class RowWalk {
 public:
  explicit RowWalk(size_t rows) : rows_(rows) {}

  size_t next() {
    const size_t row = at_;
    at_ = (at_ + step_) % rows_;
    if (at_ == 0) {
      do
        step_ = step_ + 1 < rows_ ? step_ + 1 : 1;
      while (std::gcd(step_, rows_) != 1);
    }
    return row;
  }

 private:
  size_t rows_;
  size_t at_ = 0;
  size_t step_ = 1;
};

}  // namespace

Result<ReplicateFactors> half_sample_factors(const ReplicateUnits& units,
                                             const ReplicatePlan& plan) {
  const UnitStage& stage = units.first();
  std::vector<std::string> unpaired;
  for (size_t number : units.varying) {
    if (stage.strata[number].units.size() != 2)
      unpaired.push_back(stage.strata[number].name);
  }
  if (!unpaired.empty())
    return fault_in("",
                    "half-samples need two units in every stratum; there are more in " +
                        std::string(unpaired.size() == 1 ? "stratum " : "strata ") +
                        names_in_words(unpaired),
                    "use JKn or a bootstrap");
  // One row more than strata: the first, all +1, would give one stratum the same unit each time.
  const Result<HadamardMatrix> matrix =
      hadamard(std::max(units.varying.size() + 1, plan.replicates));
  if (!matrix)
    return matrix.fault();
  const double rho = plan.type == ReplicateType::fay ? plan.rho : 0;
  ReplicateFactors made;
  made.factors.assign(matrix->order, std::vector<double>(stage.stratum_of_unit.size(), 1.0));
  for (size_t replicate = 0; replicate < matrix->order; ++replicate) {
    for (size_t i = 0; i < units.varying.size(); ++i) {
      const std::vector<uint32_t>& pair = stage.strata[units.varying[i]].units;
      const size_t heavy = matrix->at(i + 1, replicate) > 0 ? 0 : 1;
      made.factors[replicate][pair[heavy]] = 2 - rho;
      made.factors[replicate][pair[1 - heavy]] = rho;
    }
  }
  made.scales.scale =
      units.scale_for_singles() / (static_cast<double>(matrix->order) * (1 - rho) * (1 - rho));
  made.scales.rscales.assign(matrix->order, 1.0);
  return made;
}

Result<ReplicateFactors> successive_difference_factors(const ReplicateUnits& units,
                                                       const ReplicatePlan& plan) {
  const UnitStage& stage = units.first();
  const Result<HadamardMatrix> matrix =
      hadamard(std::max<size_t>(4, plan.replicates == 0 ? successive_replicates : plan.replicates));
  if (!matrix)
    return matrix.fault();
  // The first row, all +1, moves every replicate alike and is left out.
  RowWalk walk(matrix->order - 1);
  ReplicateFactors made;
  made.factors.assign(matrix->order, std::vector<double>(stage.stratum_of_unit.size(), 1.0));
  std::vector<std::vector<uint32_t>> in_order(stage.strata.size());
  for (uint32_t unit : units.in_file)
    in_order[stage.stratum_of_unit[unit]].push_back(unit);
  for (size_t number : units.varying) {
    const std::vector<uint32_t>& chain = in_order[number];
    // Each unit's second row is the next one's first; the last closes the circle.
    std::vector<size_t> rows;
    for (size_t i = 0; i + 1 < chain.size(); ++i)
      rows.push_back(walk.next());
    size_t last = walk.next();
    while (last == rows.front() || last == rows.back())
      last = walk.next();
    rows.push_back(last);
    rows.push_back(rows.front());
    const double move = std::sqrt((1 - stage.strata[number].fraction()) / 8);
    for (size_t replicate = 0; replicate < matrix->order; ++replicate) {
      for (size_t i = 0; i < chain.size(); ++i)
        made.factors[replicate][chain[i]] = 1 + move * (matrix->at(rows[i] + 1, replicate) -
                                                        matrix->at(rows[i + 1] + 1, replicate));
    }
  }
  made.scales.scale = units.scale_for_singles() * 4 / static_cast<double>(matrix->order);
  made.scales.rscales.assign(matrix->order, 1.0);
  return made;
}

}  // namespace topline
