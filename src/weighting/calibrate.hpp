// Weights that meet known totals of auxiliaries while staying near those before: calibration.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/row_blocks.hpp"
#include "weighting/distance.hpp"
#include "weighting/margin.hpp"

namespace topline {

// A number for each row whose population total is known.
struct Auxiliary {
  std::string name;
  std::vector<double> values;
  double total = 0;
};

struct CalibrateOptions {
  Distance distance = Distance::linear;
  WeightBounds bounds;
  // Every total is met within this, relative to |total| + Σ w·|x|. Where rounding keeps Newton's
  // steps from getting there, 1e-10 is accepted once they no longer come nearer.
  double tolerance = 1e-13;
  int most_steps = 200;
};

// How one auxiliary's total stands to its population's.
struct TotalFit {
  std::string name;
  double reached = 0;
  double wanted = 0;
};

struct CalibrateReport {
  int steps = 0;               // Newton's
  std::vector<TotalFit> fits;  // by auxiliary
  double smallest_factor = 1;  // over rows with a weight
  double largest_factor = 1;
};

struct CalibratedWeights {
  std::vector<double> weights;
  std::vector<double> factors;  // by row: g-weights, new / old
  CalibrateReport report;
};

// The auxiliaries that a margin amounts to: for each category with a population, 1 where the row
// is in it. All but `left_out` (a code), which another auxiliary, such as a constant, makes up
// for; no_category leaves none out. Several complete margins may be used together all the same.
std::vector<Auxiliary> indicators(const Margin& margin, uint32_t left_out = no_category);

// w·F(x'λ), with λ such that Σ w F(x'λ) x = total for all auxiliaries (Deville and Särndal 1992,
// J. Am. Stat. Assoc. 87, equation 2.3). Linear without bounds is the generalized regression
// estimator, in closed form (their section 1); the others by Newton's method with halved steps
// on the convex function Σ w H(x'λ) − λ'total, H' = F. Auxiliaries that depend on each other are
// allowed if their totals agree. Rows of weight 0 stay 0.
// Faults: what check_weights finds; auxiliaries that are not finite or of another length;
// bounds that do not hold 1 between them; totals that no weights within the bounds can meet, or
// that contradict each other, naming the total that is missed by most and by how much.
Result<CalibratedWeights> calibrate(const std::vector<double>& weights,
                                    const std::vector<Auxiliary>& auxiliaries,
                                    const CalibrateOptions& options = {}, size_t threads = 1);

}  // namespace topline
