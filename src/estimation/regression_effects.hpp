// Average marginal effects of a regression's predictors, in units of the outcome.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "estimation/regression.hpp"
#include "tabulation/sample_rows.hpp"

namespace topline {

// Which variance an average effect has.
enum class EffectVariance {
  // That of the coefficients alone, the predictors taken as they are (delta method): Stata's
  // margins, dydx(*).
  coefficients,
  // That of the sample, predictors and coefficients: Stata's margins, vce(unconditional).
  sample,
};

struct MarginalEffects {
  std::vector<std::string> names;  // "age", "region: north"
  Estimates effects;               // of test and interval: the fit's residual degrees of freedom
};

// For a number the weighted mean over the domain of dμ/dx; for a level of a categorical predictor
// the weighted mean of what μ would be with the level less what it would be with the reference,
// everything else being as it is (Bartus 2005, Stata Journal 5, 309-329; Williams 2012, Stata
// Journal 12, 308-331). Interactions are followed. `fit` must have been made of `rows`.
// With replicates and `sample`, effects are computed again from every replicate's coefficients and
// weights; with `coefficients` by their derivatives.
Result<MarginalEffects> average_marginal_effects(
    const SampleRows& rows, const RegressionFit& fit,
    EffectVariance variance = EffectVariance::coefficients);

}  // namespace topline
