// How a sample was drawn, without its rows: strata and units of every stage, corrections, the
// rule for strata with a single unit, replicate weights' constants. It is what estimation needs
// to turn sums into variances.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace topline {

// What a stratum with one sampled unit adds to the variance, which it cannot show.
enum class SinglePsu {
  fail,       // nothing is estimated; the stratum is named
  remove,     // nothing
  certainty,  // nothing: the unit was taken with certainty
  adjust,     // its deviation from the mean of all units' totals
  average,    // what the other strata add on average
};

struct FrameStratum {
  std::string name;     // as the data has it, for messages
  uint32_t parent = 0;  // the unit of the stage before; 0 at the first stage
  uint32_t units = 0;   // sampled
  double population = std::numeric_limits<double>::infinity();  // units in the population
};

struct FrameUnit {
  uint32_t stratum = 0;  // of its own stage
};

struct FrameStage {
  std::vector<FrameStratum> strata;
  std::vector<FrameUnit> units;
};

enum class ReplicateType {
  jk1,
  jkn,
  brr,
  fay,
  bootstrap,
  subbootstrap,
  preston,
  acs,
  successive_difference,
  other,
};

// Var = scale · Σ_r rscales[r] · (θ_r − centre)², the centre being the full-sample estimate
// where `mse` is set and the mean of the replicates' estimates otherwise.
struct ReplicateScales {
  ReplicateType type = ReplicateType::other;
  double scale = 1;
  std::vector<double> rscales;  // one for each replicate
  bool mse = false;
};

struct DesignFrame {
  std::string name;                  // in words, stands beside every estimate
  std::vector<FrameStage> stages;    // empty for replicate weights
  bool every_row_is_a_unit = false;  // one stage, and its units are the rows themselves
  SinglePsu single_psu = SinglePsu::fail;
  // A domain may leave one unit of a stratum with members: treat that stratum as a single one.
  bool single_in_domain = false;
  std::vector<std::string> calibrations;  // what the weights were adjusted to, in words
  ReplicateScales replicates;             // rscales is empty for linearization
  double degrees_of_freedom = 0;          // of the whole sample

  [[nodiscard]] bool replicated() const { return !replicates.rscales.empty(); }
};

}  // namespace topline
