// The calls of the reference on tests of tables, means and ranks and on regressions, answered by
// our own. Nothing for other calls; replicate designs are named as in replicate.csv, with or
// without "[mse=…] ".
#pragma once

#include <optional>

#include "refs.hpp"

namespace topline::refs {

std::optional<Values> chisq_answer(const Call& call);
std::optional<Values> ttest_answer(const Call& call);
std::optional<Values> glm_answer(const Call& call);

// Logistic regressions as the reference fits them, which stops early and takes the information of
// the step before: the same formulas at the same places, so that nothing else parts its standard
// errors from glm_answer's.
std::optional<Values> glm_fitted_answer(const Call& call);

}  // namespace topline::refs
