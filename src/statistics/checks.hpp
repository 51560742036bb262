// What all tests refuse in the same words.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"

namespace topline::statistics {

// A level of confidence lies between 0 and 1, without both.
std::optional<Diagnostic> level_fault(double level);

// 0 <= hits <= n, n > 0.
std::optional<Diagnostic> share_fault(int64_t hits, int64_t n);

// At least `fewest` values, all finite. `what` names them in the message: "a t test", say.
std::optional<Diagnostic> sample_fault(std::span<const double> values, size_t fewest,
                                       const std::string& what);

// At least two groups, each of at least `fewest` finite values.
std::optional<Diagnostic> groups_fault(std::span<const std::vector<double>> groups, size_t fewest,
                                       const std::string& what);

// Two columns of the same length, of at least `fewest` finite values.
std::optional<Diagnostic> pairs_fault(std::span<const double> x, std::span<const double> y,
                                      size_t fewest, const std::string& what);

// Counts of a table of `columns` columns, row by row: none negative, as many as rows and columns
// make, and at least 2 × 2.
std::optional<Diagnostic> table_fault(std::span<const double> counts, size_t columns,
                                      const std::string& what);

}  // namespace topline::statistics
