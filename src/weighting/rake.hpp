// Weights that meet several margins at once: raking, or iterative proportional fitting.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "base/row_blocks.hpp"
#include "weighting/joint_cells.hpp"
#include "weighting/margin.hpp"

namespace topline {

// When raking has arrived.
enum class RakeStop {
  // Every category's total lies within `tolerance`, relative to its population.
  margins_met,
  // A whole sweep changed the total of no joint cell by `tolerance` or more, in units of the
  // weights. R's rake() stops so, with a tolerance of 1 and at most 10 sweeps.
  cells_settled,
};

// The regression whose residuals make up the variance of estimates with raked weights.
enum class RakeResiduals {
  // Under the weights before raking: the linearization of the raking estimator (Deville and
  // Särndal 1992, section 3; R's calibrate(calfun = "raking")).
  weighted,
  // Every row with a weight alike: R's rake(). The same where the weights before were equal.
  unweighted,
};

struct RakeOptions {
  double tolerance = 1e-12;
  int most_sweeps = 2000;
  RakeStop stop = RakeStop::margins_met;
  bool accept_unconverged = false;  // hand over the weights of the last sweep
  RakeResiduals residuals = RakeResiduals::weighted;
};

struct RakeReport {
  int sweeps = 0;
  bool converged = false;
  std::vector<CategoryFit> worst;  // by margin: the category that is missed by most
  double smallest_factor = 1;      // over rows with a weight: new weight / old
  double largest_factor = 1;
  // By margin and category: the factors of the last sweep, near 1 where it converged.
  std::vector<std::vector<double>> last_factors;
};

struct RakedWeights {
  std::vector<double> weights;
  RakeReport report;
};

// Multiplies the weights, margin after margin and again, by population / total of each row's
// category until all margins are met (Deming and Stephan 1940, Ann. Math. Stat. 11, 427-444;
// Kalton and Flores-Cervantes 2003, J. Off. Stat. 19, 81-97). Rows of weight 0 stay 0 and
// need no category. Faults: what check_margins finds (the first of it); no convergence within
// `most_sweeps`, naming the category that is missed by most. The same bytes for any number of
// threads.
Result<RakedWeights> rake(const std::vector<double>& weights, const std::vector<Margin>& margins,
                          const RakeOptions& options = {}, size_t threads = 1);

// The same with joint cells that were found before, in place: for replicates. On a fault the
// weights are as they were.
Result<RakeReport> rake_in_place(std::vector<double>& weights, const std::vector<Margin>& margins,
                                 const JointCells& cells, const RakeOptions& options = {},
                                 size_t threads = 1);

// Raking to a single margin: one sweep meets it.
RakeOptions single_margin();

// Weights whose total in every cell of one margin is its population: w · N_c / Σ_c w (Holt and
// Smith 1979, J. R. Stat. Soc. A 142, 33-46). Cross variables into one margin for cells of
// several. Faults: as above.
Result<RakedWeights> post_stratify(const std::vector<double>& weights, const Margin& margin,
                                   size_t threads = 1);

}  // namespace topline
