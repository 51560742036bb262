// A sample design with its rows: which stratum and unit each row belongs to, what it weighs, and
// what its weights were adjusted to.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "design/design_frame.hpp"

namespace topline {

// One stage of selection, by row.
struct StageRows {
  // Codes of strata and units, from 0. A code belongs to one unit of the stage before: units
  // that are numbered anew within each stratum or unit need codes of their own.
  std::vector<uint32_t> stratum;
  std::vector<uint32_t> unit;
  std::vector<double> population;  // of the row's stratum, in units; empty: with replacement
  std::vector<std::string> stratum_names;  // by code, for messages; may be empty
};

// Auxiliaries whose population totals the weights were made to meet. Estimates then vary only by
// what the auxiliaries do not explain.
struct CalibrationRows {
  std::string name;  // in words: "raked to age, sex"
  // Either auxiliaries by column, one number for each row; or margins: for each, the code of
  // every row's cell. One margin is post-stratification, several are raking.
  std::vector<std::vector<double>> auxiliaries;
  std::vector<std::vector<uint32_t>> margins;
  // By row: of the regression on the auxiliaries. The weights before the adjustment.
  std::vector<double> regression_weights;
};

// Replicate weights by row: analysis weights, that is, times the sampling weight.
struct ReplicateRows {
  ReplicateScales scales;
  std::vector<std::vector<double>> weights;  // [replicate][row]
  double degrees_of_freedom = 0;             // 0: rank of the weights − 1
};

struct SampleDesign {
  std::string name;                           // in words
  std::vector<double> weights;                // by row, final
  std::vector<StageRows> stages;              // none: every row is a unit, drawn with replacement
  std::vector<CalibrationRows> calibrations;  // in the order of their making
  ReplicateRows replicates;
  SinglePsu single_psu = SinglePsu::fail;
  bool single_in_domain = false;
  double degrees_of_freedom = 0;  // 0: by the design

  [[nodiscard]] size_t rows() const { return weights.size(); }
};

// The frame of a design, and which unit of each stage every row belongs to. Faults: vectors of
// different lengths, units that lie in two strata, a population smaller than its sample.
struct FramedDesign {
  std::shared_ptr<const DesignFrame> frame;
  std::vector<std::vector<uint32_t>> unit_of_row;  // by stage
  std::vector<uint32_t> stratum_of_row;            // of the first stage
};
Result<FramedDesign> frame_design(const SampleDesign& design);

}  // namespace topline
