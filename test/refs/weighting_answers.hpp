// The calls of the reference that redo the weighting in every replicate, answered by
// weighting/steps.hpp.
#pragma once

#include <optional>

#include "refs.hpp"

namespace topline::refs {

// "rake(…) on replicates then svymean(~y)" and the like; nothing for other calls.
std::optional<Values> reweighted_answer(const Call& call);

}  // namespace topline::refs
