#include "design/make_replicates.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "design/replicate_factors.hpp"
#include "design/weight_rank.hpp"

namespace topline {

namespace {

constexpr size_t most_weights = size_t{1} << 29U;
constexpr size_t replicates_unless_told = 200;

bool is_jackknife(ReplicateType type) {
  return type == ReplicateType::jk1 || type == ReplicateType::jkn;
}

bool is_half_sample(ReplicateType type) {
  return type == ReplicateType::brr || type == ReplicateType::fay;
}

bool is_bootstrap(ReplicateType type) {
  return type == ReplicateType::bootstrap || type == ReplicateType::subbootstrap ||
         type == ReplicateType::preston;
}

Result<Done> check_design(const SampleDesign& design, const ReplicatePlan& plan) {
  if (plan.type == ReplicateType::other)
    return fault_in("", "replicates of type `other` can be read and not made",
                    "name a method: JK1, JKn, BRR, Fay, bootstrap, successive differences");
  if (!design.replicates.weights.empty())
    return fault_in("", "the design has replicate weights already");
  if (!design.calibrations.empty())
    return fault_in("",
                    "the weights were adjusted (" + design.calibrations.front().name +
                        ") before replicates were made of them",
                    "make the replicates first, then adjust the weights of each");
  if (plan.type == ReplicateType::fay && !(plan.rho >= 0 && plan.rho < 1))
    return fault_in("", "Fay's rho must be at least 0 and below 1");
  if (plan.replicates == 1)
    return fault_in("", "one replicate shows no variance", "ask for 80 or more");
  return Done{};
}

std::vector<uint32_t> units_in_file_order(const UnitStage& stage) {
  std::vector<uint8_t> seen(stage.stratum_of_unit.size());
  std::vector<uint32_t> order;
  for (uint32_t unit : stage.unit_of_row) {
    if (seen[unit] == 0)
      order.push_back(unit);
    seen[unit] = 1;
  }
  return order;
}

// Strata that cannot show a variance that they have.
std::vector<size_t> single_strata(const UnitStage& stage) {
  std::vector<size_t> single;
  for (size_t number = 0; number < stage.strata.size(); ++number) {
    if (stage.strata[number].units.size() == 1 && !stage.strata[number].exhausted())
      single.push_back(number);
  }
  return single;
}

Result<Done> check_singles(const ReplicateUnits& units, const ReplicatePlan& plan) {
  std::vector<std::string> names;
  for (const UnitStage& stage : units.stages) {
    for (size_t number : single_strata(stage))
      names.push_back(stage.strata[number].name);
  }
  if (names.empty())
    return Done{};
  if (units.single_psu == SinglePsu::fail)
    return fault_in("",
                    (names.size() == 1 ? "stratum " : "strata ") + names_in_words(names) +
                        (names.size() == 1 ? " has" : " have") +
                        " a single sampled unit, so that there is no variance to be estimated",
                    "say in the design what such strata add: remove, certainty, adjust or "
                    "average; or merge them with others");
  if (units.single_psu == SinglePsu::adjust && plan.type != ReplicateType::jkn)
    return fault_in("", "only the stratified jackknife (JKn) can adjust strata with a single unit",
                    "use JKn, or say remove, certainty or average in the design");
  return Done{};
}

Result<ReplicateUnits> units_of(const SampleDesign& design, const ReplicatePlan& plan) {
  Result<std::vector<UnitStage>> stages = unit_stages(design, plan.corrections);
  if (!stages)
    return stages.fault();
  ReplicateUnits units;
  units.stages = std::move(*stages);
  units.single_psu = design.single_psu;
  units.in_file = units_in_file_order(units.first());
  units.single = single_strata(units.first());
  const std::vector<UnitStratum>& strata = units.first().strata;
  for (size_t number = 0; number < strata.size(); ++number) {
    if (strata[number].units.size() > 1 && !strata[number].exhausted())
      units.varying.push_back(number);
  }
  return units;
}

Result<Done> check_corrections(const ReplicateUnits& units, const ReplicatePlan& plan) {
  const std::vector<UnitStratum>& strata = units.first().strata;
  const bool corrected = std::any_of(strata.begin(), strata.end(), [](const UnitStratum& stratum) {
    return std::isfinite(stratum.population);
  });
  if (is_half_sample(plan.type) && corrected)
    return fault_in("", "half-samples cannot show finite population corrections",
                    "use the jackknife or a bootstrap, or leave the populations out of account");
  if (units.stages.size() > 1 && plan.type != ReplicateType::preston)
    return fault_in("", "these replicates cannot show the corrections of later stages",
                    "use Preston's bootstrap, or leave the populations out of account");
  return Done{};
}

Result<Done> check_variation(const ReplicateUnits& units) {
  const bool adjusted = units.single_psu == SinglePsu::adjust && !units.single.empty();
  // Later stages vary within the strata that the first exhausts.
  if (units.varying.empty() && !adjusted && units.stages.size() == 1)
    return fault_in("", units.single.empty()
                            ? "the sample is the whole population: there is no variance"
                            : "no stratum has two units: there is no variance to be estimated");
  return Done{};
}

Result<Done> check_number(const SampleDesign& design, const ReplicateUnits& units,
                          const ReplicatePlan& plan) {
  const size_t count = is_jackknife(plan.type) ? units.first().stratum_of_unit.size()
                                               : std::max<size_t>(1, plan.replicates);
  if (count > most_weights / std::max<size_t>(1, design.rows()))
    return fault_in("",
                    std::to_string(count) + " replicates of " + std::to_string(design.rows()) +
                        " rows are too many",
                    "a bootstrap makes do with a few hundred replicates");
  return Done{};
}

Result<ReplicateFactors> factors_of(const ReplicateUnits& units, const ReplicatePlan& plan) {
  switch (plan.type) {
    case ReplicateType::brr:
    case ReplicateType::fay:
      return half_sample_factors(units, plan);
    case ReplicateType::bootstrap:
      return resampled_factors(units, plan);
    case ReplicateType::subbootstrap:
      return rescaled_factors(units, plan);
    case ReplicateType::preston:
      return preston_factors(units, plan);
    case ReplicateType::acs:
    case ReplicateType::successive_difference:
      return successive_difference_factors(units, plan);
    case ReplicateType::jk1:
    case ReplicateType::jkn:
    case ReplicateType::other:
      break;
  }
  return jackknife_factors(units, plan);
}

// Of the jackknife: each varying stratum's units span all their differences, and so does each
// adjusted unit with the rest.
double jackknife_degrees_of_freedom(const ReplicateUnits& units) {
  double degrees = 0;
  for (size_t number : units.varying)
    degrees += units.first().strata[number].sampled() - 1;
  if (units.single_psu == SinglePsu::adjust)
    degrees += static_cast<double>(units.single.size());
  return std::min(degrees, static_cast<double>(units.first().stratum_of_unit.size()) - 1);
}

// Rows of a unit have proportional weights, so that their lengths can stand for them.
double rank_degrees_of_freedom(const SampleDesign& design, const std::vector<uint32_t>& unit_of_row,
                               const std::vector<std::vector<double>>& factors) {
  std::vector<double> lengths(factors.front().size());
  for (size_t row = 0; row < design.rows(); ++row)
    lengths[unit_of_row[row]] += design.weights[row] * design.weights[row];
  std::vector<std::vector<double>> columns = factors;
  for (std::vector<double>& column : columns) {
    for (size_t unit = 0; unit < column.size(); ++unit)
      column[unit] *= std::sqrt(lengths[unit]);
  }
  return replicate_degrees_of_freedom(columns);
}

}  // namespace

double ReplicateUnits::scale_for_singles(size_t stage) const {
  const size_t strata = stages[stage].strata.size();
  const size_t singles = single_strata(stages[stage]).size();
  if (single_psu != SinglePsu::average || singles == strata)
    return 1;
  return static_cast<double>(strata) / static_cast<double>(strata - singles);
}

Result<ReplicateRows> make_replicates(const SampleDesign& design, const ReplicatePlan& plan) {
  if (const Result<Done> checked = check_design(design, plan); !checked)
    return checked.fault();
  ReplicatePlan whole = plan;
  if (is_bootstrap(plan.type) && plan.replicates == 0)
    whole.replicates = replicates_unless_told;
  const Result<ReplicateUnits> units = units_of(design, whole);
  if (!units)
    return units.fault();
  if (const Result<Done> checked = check_corrections(*units, whole); !checked)
    return checked.fault();
  if (const Result<Done> checked = check_singles(*units, whole); !checked)
    return checked.fault();
  if (const Result<Done> checked = check_variation(*units); !checked)
    return checked.fault();
  if (const Result<Done> checked = check_number(design, *units, whole); !checked)
    return checked.fault();
  Result<ReplicateFactors> made = factors_of(*units, whole);
  if (!made)
    return made.fault();
  const std::vector<uint32_t>& unit_of_row = units->stages.back().unit_of_row;
  ReplicateRows rows;
  rows.scales = std::move(made->scales);
  rows.scales.type = plan.type;
  rows.scales.mse = plan.mse || plan.type == ReplicateType::acs;
  rows.degrees_of_freedom = is_jackknife(plan.type)
                                ? jackknife_degrees_of_freedom(*units)
                                : rank_degrees_of_freedom(design, unit_of_row, made->factors);
  if (units->stages.size() > 1)  // units of later stages are directions and no degrees of freedom
    rows.degrees_of_freedom = std::min(
        rows.degrees_of_freedom,
        static_cast<double>(units->first().stratum_of_unit.size() - units->first().strata.size()));
  rows.weights.resize(made->factors.size());
  for (size_t replicate = 0; replicate < rows.weights.size(); ++replicate) {
    const std::vector<double>& factors = made->factors[replicate];
    std::vector<double>& weights = rows.weights[replicate];
    weights.resize(design.rows());
    for (size_t row = 0; row < weights.size(); ++row)
      weights[row] = design.weights[row] * factors[unit_of_row[row]];
  }
  return rows;
}

}  // namespace topline
