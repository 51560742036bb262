// The sampled units of a design by stage and stratum, as the makers of replicates need them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "design/sample_design.hpp"

namespace topline {

struct UnitStratum {
  std::string name;
  uint32_t parent = 0;          // the unit of the stage before
  std::vector<uint32_t> units;  // in the order of their numbers
  double population = 0;        // units; infinite with replacement

  [[nodiscard]] double sampled() const { return static_cast<double>(units.size()); }
  // n/N; 0 where units were drawn with replacement.
  [[nodiscard]] double fraction() const { return sampled() / population; }
  // Everybody was asked: nothing varies.
  [[nodiscard]] bool exhausted() const { return 1 - fraction() < 1e-7; }
};

struct UnitStage {
  std::vector<UnitStratum> strata;
  std::vector<uint32_t> stratum_of_unit;
  std::vector<uint32_t> unit_of_row;
};

// Which finite population corrections replicates are to show.
enum class Corrections {
  // Those that the design has. Methods that cannot show them are refused.
  all,
  // That of the first stage: what later stages add is left out, which understates the variance a
  // little (what R does).
  first_stage,
  // None, as if the first stage had been drawn with replacement, which overstates it a little.
  none,
};

// The stages that count for the variance: later ones only where the first is drawn without
// replacement. Faults: those of frame_design.
Result<std::vector<UnitStage>> unit_stages(const SampleDesign& design, Corrections corrections);

// "A, B and C", at most ten of them.
std::string names_in_words(const std::vector<std::string>& names);

}  // namespace topline
