// Weighting as a list of steps, so that the same can be done to the sample and again in every
// replicate.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "design/sample_design.hpp"
#include "weighting/calibrate.hpp"
#include "weighting/margin.hpp"
#include "weighting/non_response.hpp"
#include "weighting/rake.hpp"
#include "weighting/trim.hpp"
#include "weighting/weight_diagnostics.hpp"

namespace topline {

struct PostStratify {
  Margin margin;
};
struct Rake {
  std::vector<Margin> margins;
  RakeOptions options;
};
struct Calibrate {
  std::string name;  // of the auxiliaries together, in words; empty: their names
  std::vector<Auxiliary> auxiliaries;
  CalibrateOptions options;
};
struct Trim {
  TrimOptions options;
};
struct NonResponse {
  ResponseClasses classes;
};
using WeightingStep = std::variant<PostStratify, Rake, Calibrate, Trim, NonResponse>;

// What one step did.
struct StepReport {
  std::string name;    // in words: "raked to age, sex"
  int iterations = 1;  // sweeps, Newton's steps or rounds
  bool converged = true;
  std::vector<CategoryFit> worst;    // raking: by margin, the category that is missed by most
  std::vector<TotalFit> fits;        // calibration: by auxiliary
  std::vector<ClassFactor> classes;  // non-response
  TrimReport trimmed;                // trimming
  double smallest_factor = 1;        // over rows that keep a weight: new / old
  double largest_factor = 1;
};

struct Weighted {
  std::vector<double> weights;
  std::vector<StepReport> reports;            // by step
  std::vector<CalibrationRows> calibrations;  // for the variance, in the order of their making
  WeightDiagnostics diagnostics;              // of the final weights, against those before
};

// "raked to age, sex", "calibrated (linear) to income", "trimmed", "post-stratified to age",
// "adjusted for non-response within region".
std::string name_of(const WeightingStep& step);

// Every fault that can be found in a step before it is done to `weights`.
void check_step(const std::vector<double>& weights, const WeightingStep& step, Diagnostics& faults);

// What the step means for the variance by linearization: the margins or auxiliaries that the
// weights meet, and the weights before (see RakeResiduals). Nothing (empty) for trimming and for
// non-response, whose effect on the variance only replicates show; linearization takes their
// factors as given.
std::vector<CalibrationRows> calibration_rows(const WeightingStep& step,
                                              const std::vector<double>& before);

// Does the steps one after another. Faults: those of the steps, by name.
Result<Weighted> apply_steps(const std::vector<WeightingStep>& steps, std::vector<double> weights,
                             size_t threads = 1);

// The design with the steps done to its weights and, where it has replicate weights, to each
// replicate's: the variance then shows what the weighting does to it, and no CalibrationRows are
// left. The design must come with weights from before the steps. Its name tells of the steps.
// Degrees of freedom stay as the design has them. Joint cells of margins are found once for all
// replicates. Faults: those of the steps, naming the replicate (a category may have lost all its
// respondents there); a design without replicates.
Result<SampleDesign> reweight_replicates(SampleDesign design,
                                         const std::vector<WeightingStep>& steps,
                                         size_t threads = 1);

// The design with the steps done to its weights, and their CalibrationRows added for variance by
// linearization; designs with replicates are handed to reweight_replicates.
Result<SampleDesign> reweight(SampleDesign design, const std::vector<WeightingStep>& steps,
                              size_t threads = 1);

}  // namespace topline
