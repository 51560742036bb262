// Totals, means, ratios and variances of a sample's inputs, and their design effects.
#pragma once

#include <span>
#include <utility>

#include "estimation/estimates.hpp"

namespace topline {

// Totals Σ w·x of the inputs over the domain (Horvitz and Thompson 1952).
Result<Estimates> totals(const SampleRows& rows, std::span<const size_t> inputs);

// Means Σ w·x / Σ w of the inputs over the domain. Refused for a domain without weight.
Result<Estimates> means(const SampleRows& rows, std::span<const size_t> inputs);

// Ratios of totals, (numerator, denominator) by input. Refused where a denominator is 0.
Result<Estimates> ratios(const SampleRows& rows, std::span<const std::pair<size_t, size_t>> inputs);

// The population variance of each input, n / (n − 1) · Σ w·(x − x̄)² / Σ w, and its precision with
// the mean taken as known. Refused for fewer than two rows.
Result<Estimates> variances(const SampleRows& rows, std::span<const size_t> inputs);

// The correlation of two inputs (Pearson), by linearization of its five totals.
Result<Estimates> correlation(const SampleRows& rows, size_t x, size_t y);

// Means of input `value` (or, without one, shares of rows) in the classes that input `code` tells
// apart: 0, 1, … classes − 1; rows with other codes are left out. Classes without weight are
// refused by number.
Result<Estimates> class_means(const SampleRows& rows, size_t value, size_t code, size_t classes);
Result<Estimates> class_totals(const SampleRows& rows, size_t value, size_t code, size_t classes);

// What a simple random sample of the same size would have been compared with.
enum class SimpleSample { without_replacement, with_replacement };

// Design effects of means: the variance over that of a simple random sample of n rows (Kish 1965,
// section 8.2). Nothing can be said (NaN never; refused) where n exceeds Σ w without replacement.
Result<Eigen::VectorXd> design_effects_of_means(const SampleRows& rows,
                                                std::span<const size_t> inputs,
                                                const Estimates& means, SimpleSample compared);
Result<Eigen::VectorXd> design_effects_of_totals(const SampleRows& rows,
                                                 std::span<const size_t> inputs,
                                                 const Estimates& totals, SimpleSample compared);

// Bounds of an interval, value ∓ quantile · standard error: of Student's t with the design's
// degrees of freedom, or normal.
enum class Reference { student, normal };
std::pair<double, double> symmetric_interval(const Estimate& estimate, double level,
                                             Reference reference);

// The quantile that symmetric intervals use, for `level` such as 0.95.
double two_sided_quantile(double level, double degrees_of_freedom, Reference reference);

}  // namespace topline
