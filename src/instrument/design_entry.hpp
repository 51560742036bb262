// How the sample was drawn, as study.yaml's `sample.design` says it: names of variables, not yet
// looked up.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "instrument/formula_text.hpp"

namespace topline {

// One stage of selection. Without units, the stage's units are the respondents.
struct DesignStageEntry {
  std::vector<FormulaText> strata;
  std::optional<FormulaText> units;
  std::optional<FormulaText> population;  // the number of units in the stratum's population
  Place place;
};

// Weights that came with the data, one variable for each replicate.
struct ReplicatesEntry {
  std::vector<FormulaText> weights;
  int type = -1;  // position in replicate_types()
  std::optional<double> scale;
  std::optional<double> rho;  // Fay's
  std::vector<double> rscales;
  bool around_full_sample = false;
  Place place;
};

// Replicate weights that Topline makes out of the stages.
struct MakeReplicatesEntry {
  int type = -1;  // position in made_replicate_types()
  int count = 0;  // 0: the method's own
  double rho = 0.5;
  int seed = 1;
  bool around_full_sample = false;
  Place place;
};

struct DesignEntry {
  std::vector<DesignStageEntry> stages;
  std::optional<FormulaText> weight;
  int single_unit = 0;  // position in single_unit_policies()
  bool single_in_domains = false;
  std::optional<double> degrees_of_freedom;
  std::optional<ReplicatesEntry> replicates;
  std::optional<MakeReplicatesEntry> make_replicates;
  Place place;
};

// JK1, JKn, BRR, Fay, bootstrap, ACS, successive differences, other.
const std::vector<std::string>& replicate_types();
// JK1, JKn, BRR, Fay, bootstrap, Rao-Wu, Preston, ACS, successive differences.
const std::vector<std::string>& made_replicate_types();
// fail, remove, certainty, adjust, average.
const std::vector<std::string>& single_unit_policies();

}  // namespace topline
