// Replicate weights that came with the data.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "design/sample_design.hpp"

namespace topline {

struct GivenReplicates {
  ReplicateType type = ReplicateType::other;
  // Where they are not given:
  //   JK1                          scale (R − 1)/R, as if each replicate left out one of R units
  //   JKn                          scale 1; rscales must be given
  //   BRR                          scale 1/R
  //   Fay                          scale 1/(R·(1 − rho)²)
  //   bootstrap, subbootstrap,
  //   preston                      scale 1/(R − 1)
  //   acs, successive_difference   scale 4/R
  //   other                        both must be given
  // R being the number of replicates, and rscales 1 where nothing else is said.
  std::optional<double> scale;
  std::vector<double> rscales;  // one for each replicate, or a single one for all
  std::optional<double> rho;    // Fay's, 0 ≤ rho < 1: must be given
  std::optional<bool> mse;      // the centre; unless given the full sample's estimate for acs only
  // Whether the columns are factors, to be multiplied by the sampling weight, or analysis weights.
  bool factors = false;
  // Some published weights are negative in places. Those of type acs always may be.
  bool negative_allowed = false;
  double degrees_of_freedom = 0;   // 0: the rank of the weights less 1
  std::vector<std::string> names;  // of the columns, for messages; may be empty
};

// Analysis weights with their scales. `weights` are the full sample's, `columns` [replicate][row].
// Faults: fewer than two replicates; columns of other lengths; weights that are negative or not
// numbers, naming column and row; rscales of another number, negative or all 0; a scale that is
// not positive; rho missing, out of range, or given for another type; scales that are missing;
// columns that look like factors and are declared as analysis weights, or the other way round
// (their mean lies below a fifth or above five times what it should be).
Result<ReplicateRows> given_replicates(const std::vector<double>& weights,
                                       std::vector<std::vector<double>> columns,
                                       const GivenReplicates& given);

}  // namespace topline
