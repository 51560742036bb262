// A test of a trend across ordered categories, under a sample design.
#pragma once

#include <cstddef>
#include <span>

#include "base/result.hpp"
#include "estimation/hypothesis_test.hpp"
#include "tabulation/sample_rows.hpp"

namespace topline {

// The slope of `value` on the scores of ordered categories (`scores[code]`), by weighted least
// squares, against 0: t with the design's degrees of freedom less 1. With a value of zeros and ones
// it is the design's form of Cochran's and Armitage's test (Armitage 1955, Biometrics 11, 375-386);
// for a contrast of the categories' means, each counting alike, see mean_contrast_test. Rows with
// other codes are left out. Refused where nobody or only one category is there.
Result<TTest> trend_test(const SampleRows& rows, size_t value, size_t code,
                         std::span<const double> scores);

}  // namespace topline
