// Tests of shares that the same respondents give: two options of one question, or answers to two
// questions.
#pragma once

#include <cstddef>
#include <span>

#include "base/result.hpp"
#include "estimation/hypothesis_test.hpp"
#include "tabulation/sample_rows.hpp"

namespace topline {

// The share of `first` less that of `second`, inputs of zeros and ones, against 0: t with the
// design's degrees of freedom. The shares' covariance is the design's; for options that exclude one
// another and a simple random sample the variance is the multinomial
// (p₁ + p₂ − (p₁ − p₂)²)/(n − 1). McNemar's test (1947, Psychometrika 12, 153-157) has
// (p₁₀ + p₀₁)/n there, the variance if both shares are equal: with b and c discordant pairs
// t² = (n − 1)/n · (b − c)²/(b + c − (b − c)²/n), which is McNemar's (b − c)²/(b + c) but for terms
// of the order of 1/n where the hypothesis holds.
Result<TTest> paired_shares_test(const SampleRows& rows, size_t first, size_t second);

// That the shares of several options are equal: Wald's F with K − 1 and the design's degrees of
// freedom less K − 2 (Fellegi's adjustment), which Cochran's Q is for simple random samples.
Result<FTest> equal_shares_test(const SampleRows& rows, std::span<const size_t> options);

}  // namespace topline
