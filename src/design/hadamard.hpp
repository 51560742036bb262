// Hadamard matrices: square, of +1 and −1, with orthogonal rows. They balance half-samples and
// successive differences.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/result.hpp"

namespace topline {

// The largest order that is made.
inline constexpr size_t largest_hadamard_order = 8192;

// H·H' = order·I; the first row and the first column are all +1.
struct HadamardMatrix {
  size_t order = 0;
  std::vector<int8_t> entries;  // row by row, +1 or −1

  [[nodiscard]] int at(size_t row, size_t column) const { return entries[row * order + column]; }
};

// Whether a matrix of exactly this order can be made here: 1, 2, and every 2^k·(q + 1) with
// 4 | q + 1 (Paley I) and 2^k·2·(q + 1) with 4 | q − 1 (Paley II), q a prime or a power of one.
// Up to 1000 that is every multiple of 4 but 92, 116, 156, 172, 184, 188, 232, 236, 260, 268, 292,
// 324, 356, 372, 376, 404, 412, 428, 436, 452, 472, 476, 508, 520, 532, 536, 584, 596, 604, 612,
// 652, 668, 712, 716, 732, 756, 764, 772, 808, 836, 852, 856, 872, 876, 892, 904, 932, 940, 944,
// 952, 956, 964, 980, 988 and 996.
bool hadamard_available(size_t order);

// The matrix of the smallest order that can be made and is at least `least` (Sylvester 1867;
// Paley 1933, J. Math. Phys. 12, 311-320, lemmas 2 and 3). Always the same matrix for an order.
// Refused above largest_hadamard_order.
Result<HadamardMatrix> hadamard(size_t least);

}  // namespace topline
