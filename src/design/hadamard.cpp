#include "design/hadamard.hpp"

#include <string>

#include "design/finite_field.hpp"

namespace topline {

namespace {

enum class Construction { none, unit, paley_1, paley_2 };

// How a matrix of this order is made without doubling a smaller one.
Construction construction_of(size_t order) {
  if (order == 1)
    return Construction::unit;
  if (order % 4 != 0)
    return Construction::none;
  if (prime_power(order - 1))  // 3 modulo 4, as 4 divides the order
    return Construction::paley_1;
  if ((order / 2 - 1) % 4 == 1 && prime_power(order / 2 - 1))
    return Construction::paley_2;
  return Construction::none;
}

// The largest order that doubling leads from to `order`; 0 where there is none.
size_t order_to_double(size_t order) {
  for (; order > 0; order /= 2) {
    if (construction_of(order) != Construction::none)
      return order;
    if (order % 2 != 0)
      return 0;
  }
  return 0;
}

HadamardMatrix blank(size_t order) {
  return {order, std::vector<int8_t>(order * order, 1)};
}

// χ(i − j) for the elements of the field, as Paley's two constructions have them within a
// border: 0 on the diagonal.
template <typename Place>
void for_each_difference(size_t q, const Place& place) {
  const FiniteField field(q);
  const std::vector<int8_t> character = field.quadratic_character();
  for (size_t i = 0; i < q; ++i) {
    for (size_t j = 0; j < q; ++j)
      place(i, j, character[field.difference(i, j)]);
  }
}

// I + S, S skew with a border of ones.
HadamardMatrix paley_1(size_t order) {
  HadamardMatrix matrix = blank(order);
  for_each_difference(order - 1, [&](size_t i, size_t j, int8_t character) {
    matrix.entries[(i + 1) * order + j + 1] = i == j ? int8_t{1} : character;
  });
  for (size_t row = 1; row < order; ++row)
    matrix.entries[row * order] = -1;
  return matrix;
}

// S, symmetric with a border of ones, each entry replaced by two rows and columns.
HadamardMatrix paley_2(size_t order) {
  HadamardMatrix matrix = blank(order);
  const auto place = [&](size_t row, size_t column, int8_t entry) {
    int8_t* first = &matrix.entries[2 * row * order + 2 * column];
    int8_t* second = first + order;
    const int8_t sign = entry < 0 ? int8_t{-1} : int8_t{1};
    first[0] = sign;
    first[1] = entry == 0 ? int8_t{-1} : sign;
    second[0] = first[1];
    second[1] = static_cast<int8_t>(-sign);
  };
  place(0, 0, 0);
  const size_t q = order / 2 - 1;
  for (size_t i = 1; i <= q; ++i) {
    place(0, i, 1);
    place(i, 0, 1);
  }
  for_each_difference(
      q, [&](size_t i, size_t j, int8_t character) { place(i + 1, j + 1, character); });
  return matrix;
}

HadamardMatrix doubled(const HadamardMatrix& matrix) {
  const size_t order = matrix.order;
  HadamardMatrix twice = blank(2 * order);
  for (size_t row = 0; row < order; ++row) {
    for (size_t column = 0; column < order; ++column) {
      const int8_t entry = matrix.entries[row * order + column];
      int8_t* above = &twice.entries[row * 2 * order + column];
      int8_t* below = above + order * 2 * order;
      above[0] = above[order] = below[0] = entry;
      below[order] = static_cast<int8_t>(-entry);
    }
  }
  return twice;
}

// Turns the signs of columns and rows until the first row and column are +1.
void normalize(HadamardMatrix& matrix) {
  const size_t order = matrix.order;
  const std::vector<int8_t> first(matrix.entries.begin(),
                                  matrix.entries.begin() + static_cast<std::ptrdiff_t>(order));
  for (size_t row = 0; row < order; ++row) {
    int8_t* entries = &matrix.entries[row * order];
    const int sign = entries[0] * first[0];
    for (size_t column = 0; column < order; ++column)
      entries[column] = static_cast<int8_t>(entries[column] * first[column] * sign);
  }
}

}  // namespace

bool hadamard_available(size_t order) {
  return order <= largest_hadamard_order && order_to_double(order) != 0;
}

Result<HadamardMatrix> hadamard(size_t least) {
  size_t order = least <= 1 ? 1 : least;
  while (order <= largest_hadamard_order && !hadamard_available(order))
    ++order;
  if (order > largest_hadamard_order)
    return fault_in("",
                    "more than " + std::to_string(largest_hadamard_order) +
                        " balanced replicates would be needed",
                    "use the jackknife or a bootstrap, which need no balance");
  const size_t base = order_to_double(order);
  HadamardMatrix matrix = construction_of(base) == Construction::paley_1   ? paley_1(base)
                          : construction_of(base) == Construction::paley_2 ? paley_2(base)
                                                                           : blank(1);
  while (matrix.order < order)
    matrix = doubled(matrix);
  normalize(matrix);
  return matrix;
}

}  // namespace topline
