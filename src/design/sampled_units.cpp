#include "design/sampled_units.hpp"

#include <algorithm>
#include <limits>

namespace topline {

namespace {

constexpr uint32_t unknown = UINT32_MAX;

UnitStage unit_stage(const FrameStage& stage, std::vector<uint32_t> unit_of_row,
                     const std::vector<uint32_t>& stratum_of_row) {
  UnitStage units;
  for (const FrameStratum& stratum : stage.strata)
    units.strata.push_back({stratum.name, stratum.parent, {}, stratum.population});
  if (stage.units.empty()) {  // every row is a unit, which a frame need not list
    units.stratum_of_unit.assign(unit_of_row.size(), unknown);
    for (size_t row = 0; row < unit_of_row.size(); ++row)
      units.stratum_of_unit[unit_of_row[row]] = stratum_of_row[row];
  } else {
    for (const FrameUnit& unit : stage.units)
      units.stratum_of_unit.push_back(unit.stratum);
  }
  for (size_t unit = 0; unit < units.stratum_of_unit.size(); ++unit)
    units.strata[units.stratum_of_unit[unit]].units.push_back(static_cast<uint32_t>(unit));
  units.unit_of_row = std::move(unit_of_row);
  return units;
}

}  // namespace

Result<std::vector<UnitStage>> unit_stages(const SampleDesign& design, Corrections corrections) {
  Result<FramedDesign> framed = frame_design(design);
  if (!framed)
    return framed.fault();
  const std::vector<FrameStage>& stages = framed->frame->stages;
  std::vector<UnitStage> result;
  for (size_t s = 0; s < stages.size(); ++s) {
    result.push_back(
        unit_stage(stages[s], std::move(framed->unit_of_row[s]), framed->stratum_of_row));
    if (corrections != Corrections::all)
      break;
  }
  if (corrections == Corrections::none) {
    for (UnitStratum& stratum : result.front().strata)
      stratum.population = std::numeric_limits<double>::infinity();
  }
  return result;
}

std::string names_in_words(const std::vector<std::string>& names) {
  constexpr size_t most = 10;
  const size_t shown = std::min(names.size(), most);
  std::string words;
  for (size_t i = 0; i < shown; ++i) {
    const bool last = i + 1 == names.size();
    words += (i == 0 ? "" : last ? " and " : ", ") + names[i];
  }
  if (names.size() > most)
    words += " and " + std::to_string(names.size() - most) + " more";
  return words;
}

}  // namespace topline
