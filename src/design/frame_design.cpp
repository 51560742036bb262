#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "design/sample_design.hpp"

namespace topline {

namespace {

// Beyond this many rows that are units themselves, their strata's moments are summed instead of
// the units, and the frame does not list them.
constexpr size_t most_listed_rows = 65536;

constexpr uint32_t unknown = UINT32_MAX;

std::string stratum_name(const StageRows& stage, uint32_t code) {
  return code < stage.stratum_names.size() ? stage.stratum_names[code]
                                           : std::to_string(static_cast<uint64_t>(code) + 1);
}

// 0, 1, 2 …: every row has a code of its own, in the order of the rows.
bool counts_up(const std::vector<uint32_t>& codes) {
  for (size_t row = 0; row < codes.size(); ++row) {
    if (codes[row] != row)
      return false;
  }
  return true;
}

// Gives dense numbers to codes in the order of their size, so that the order of the rows does
// not matter.
std::vector<uint32_t> dense_numbers(const std::vector<uint32_t>& codes) {
  const uint32_t largest = codes.empty() ? 0 : *std::max_element(codes.begin(), codes.end());
  if (largest / 4 > codes.size()) {  // far-flung codes: sort them
    std::vector<uint32_t> sorted = codes;
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    std::vector<uint32_t> numbers(codes.size());
    for (size_t row = 0; row < codes.size(); ++row)
      numbers[row] = static_cast<uint32_t>(
          std::lower_bound(sorted.begin(), sorted.end(), codes[row]) - sorted.begin());
    return numbers;
  }
  std::vector<uint32_t> number_of(static_cast<size_t>(largest) + 1, unknown);
  for (uint32_t code : codes)
    number_of[code] = 0;
  uint32_t next = 0;
  for (uint32_t& number : number_of) {
    if (number != unknown)
      number = next++;
  }
  if (next == number_of.size())  // they are dense already
    return codes;
  std::vector<uint32_t> numbers(codes.size());
  for (size_t row = 0; row < codes.size(); ++row)
    numbers[row] = number_of[codes[row]];
  return numbers;
}

size_t count_of(const std::vector<uint32_t>& numbers) {
  return numbers.empty() ? 0 : size_t{*std::max_element(numbers.begin(), numbers.end())} + 1;
}

struct FramedStage {
  FrameStage frame;
  std::vector<uint32_t> unit_of_row;
  std::vector<uint32_t> stratum_of_row;
  size_t unit_count = 0;
};

// The units of a stage and how many of them each stratum has. Rows that are units themselves are
// listed only on request.
std::optional<Diagnostic> add_units(const StageRows& stage, const std::string& where,
                                    bool list_rows, FramedStage& framed) {
  const std::vector<uint32_t>& stratum_of_row = framed.stratum_of_row;
  std::vector<FrameStratum>& strata = framed.frame.strata;
  std::vector<FrameUnit>& units = framed.frame.units;
  const size_t rows = stage.unit.size();
  if (counts_up(stage.unit)) {
    framed.unit_of_row = stage.unit;
    framed.unit_count = rows;
    for (uint32_t stratum : stratum_of_row)
      ++strata[stratum].units;
    for (size_t row = 0; list_rows && row < rows; ++row)
      units.push_back(FrameUnit{stratum_of_row[row]});
    return std::nullopt;
  }
  framed.unit_of_row = dense_numbers(stage.unit);
  framed.unit_count = count_of(framed.unit_of_row);
  units.resize(framed.unit_count, FrameUnit{unknown});
  for (size_t row = 0; row < rows; ++row) {
    FrameUnit& unit = units[framed.unit_of_row[row]];
    if (unit.stratum == unknown) {
      unit.stratum = stratum_of_row[row];
      ++strata[unit.stratum].units;
    } else if (unit.stratum != stratum_of_row[row]) {
      return fault_in("",
                      "a unit" + where + " lies in the strata " + strata[unit.stratum].name +
                          " and " + strata[stratum_of_row[row]].name,
                      "give units of different strata different names, or declare them as nested");
    }
  }
  if (framed.unit_count == rows && !list_rows)
    units.clear();
  return std::nullopt;
}

Result<FramedStage> frame_stage(const StageRows& stage, const std::vector<uint32_t>& parent_of_row,
                                size_t rows, size_t number, bool list_rows) {
  const std::string where = " at stage " + std::to_string(number);
  if (stage.stratum.size() != rows || stage.unit.size() != rows ||
      (!stage.population.empty() && stage.population.size() != rows))
    return fault_in("", "the design's columns" + where + " have other lengths than its weights");
  FramedStage framed;
  framed.stratum_of_row = dense_numbers(stage.stratum);
  const std::vector<uint32_t>& stratum_of_row = framed.stratum_of_row;
  std::vector<FrameStratum>& strata = framed.frame.strata;
  strata.resize(count_of(stratum_of_row));
  std::vector<uint8_t> seen(strata.size());
  for (size_t row = 0; row < rows; ++row) {
    const uint32_t number_of_stratum = stratum_of_row[row];
    FrameStratum& stratum = strata[number_of_stratum];
    const uint32_t parent = parent_of_row.empty() ? 0 : parent_of_row[row];
    const double population =
        stage.population.empty() ? std::numeric_limits<double>::infinity() : stage.population[row];
    if (seen[number_of_stratum] == 0) {
      seen[number_of_stratum] = 1;
      stratum.name = stratum_name(stage, stage.stratum[row]);
      stratum.parent = parent;
      stratum.population = population;
    } else if (stratum.parent != parent) {
      return fault_in(
          "", "stratum " + stratum.name + where + " lies in more than one unit of the stage before",
          "give the strata of each unit names of their own");
    } else if (stratum.population != population) {
      return fault_in(
          "", "stratum " + stratum.name + where + " has more than one population size",
          "the population is the number of units in the stratum, the same in every row");
    }
  }
  if (const std::optional<Diagnostic> fault = add_units(stage, where, list_rows, framed))
    return *fault;
  for (const FrameStratum& stratum : strata) {
    if (!(stratum.population >= stratum.units))
      return fault_in("",
                      "stratum " + stratum.name + where + " has " + std::to_string(stratum.units) +
                          " sampled units and a smaller population",
                      "the population counts units of the stratum, not a sampling fraction");
  }
  return framed;
}

StageRows rows_as_units(size_t rows) {
  StageRows stage;
  stage.stratum.assign(rows, 0);
  stage.unit.resize(rows);
  for (size_t row = 0; row < rows; ++row)
    stage.unit[row] = static_cast<uint32_t>(row);
  stage.stratum_names = {"of the whole sample"};
  return stage;
}

}  // namespace

Result<FramedDesign> frame_design(const SampleDesign& design) {
  auto frame = std::make_shared<DesignFrame>();
  FramedDesign framed;
  frame->name = design.name;
  frame->single_psu = design.single_psu;
  frame->single_in_domain = design.single_in_domain;
  for (const CalibrationRows& calibration : design.calibrations)
    frame->calibrations.push_back(calibration.name);
  frame->replicates = design.replicates.scales;
  for (double weight : design.weights) {
    if (!std::isfinite(weight))
      return fault_in("", "a weight is not a finite number");
  }
  if (frame->replicated()) {
    frame->degrees_of_freedom = design.degrees_of_freedom > 0
                                    ? design.degrees_of_freedom
                                    : design.replicates.degrees_of_freedom;
    framed.frame = std::move(frame);
    return framed;
  }
  const std::vector<StageRows> whole = design.stages.empty()
                                           ? std::vector<StageRows>{rows_as_units(design.rows())}
                                           : std::vector<StageRows>{};
  const std::vector<StageRows>& stages = design.stages.empty() ? whole : design.stages;
  const std::vector<uint32_t> none;
  for (size_t s = 0; s < stages.size(); ++s) {
    // Later stages add to the variance only where the first is drawn without replacement.
    if (s > 0 && stages.front().population.empty())
      break;
    Result<FramedStage> stage =
        frame_stage(stages[s], s == 0 ? none : framed.unit_of_row.back(), design.rows(), s + 1,
                    stages.size() > 1 || design.rows() <= most_listed_rows);
    if (!stage)
      return stage.fault();
    if (s == 0) {
      framed.stratum_of_row = std::move(stage->stratum_of_row);
      frame->every_row_is_a_unit = stages.size() == 1 && stage->unit_count == design.rows();
      frame->degrees_of_freedom =
          static_cast<double>(stage->unit_count) - static_cast<double>(stage->frame.strata.size());
    }
    frame->stages.push_back(std::move(stage->frame));
    framed.unit_of_row.push_back(std::move(stage->unit_of_row));
  }
  if (design.degrees_of_freedom > 0)
    frame->degrees_of_freedom = design.degrees_of_freedom;
  framed.frame = std::move(frame);
  return framed;
}

}  // namespace topline
