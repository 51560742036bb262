// The calls of the reference on intervals of shares, answered by design_share_interval.hpp.
#pragma once

#include <optional>
#include <string>

#include "refs.hpp"

namespace topline::refs {

// What stands behind `name=` in a call, without quotation marks; empty where it is not given.
std::string call_argument(const std::string& call, const std::string& name);

// svyciprop(…), plain, on replicates ("[mse=FALSE] svyciprop(…)") or by domain ("svyby(~z, ~grp,
// svyciprop, …)"), as the library has it; nothing for other calls.
std::optional<Values> ciprop_answer(const Call& call);

// The methods `logit` and `likelihood` as the reference computes them, which stops its iterations
// early and reads the bounds of a likelihood off chords of a spline through some ten points of its
// profile: from the library's shares, the same steps. With them the reference's values come out,
// so that nothing else parts it from ciprop_answer. Nothing for other calls and for domains.
std::optional<Values> ciprop_fitted_answer(const Call& call);

}  // namespace topline::refs
