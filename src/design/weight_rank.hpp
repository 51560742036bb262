// How many independent directions a set of replicate weights has: their degrees of freedom.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace topline {

// The columns' part that must be left by the columns before it, for a column to count.
inline constexpr double rank_tolerance = 1e-5;

// The rank of a matrix that is given by columns of equal length: the number of columns, from left
// to right, of whose length more than `tolerance` is left after projecting on those that counted
// before. It is what R's qr(tol = 1e-5) and LINPACK's dqrdc2 count. `rows` has a byte for each row
// that is to be looked at, or is empty for all. Sums run in a fixed order. Time: rows × columns².
size_t weight_rank(const std::vector<std::vector<double>>& columns,
                   const std::vector<uint8_t>& rows = {}, double tolerance = rank_tolerance);

// Degrees of freedom of replicate weights, given as analysis weights [replicate][row]: their rank
// less 1, at least 0. Within a domain, of its rows (as R has it for a subset of such a design).
double replicate_degrees_of_freedom(const std::vector<std::vector<double>>& weights,
                                    const std::vector<uint8_t>& domain = {});

}  // namespace topline
