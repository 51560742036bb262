#include "design/weight_rank.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace topline {

namespace {

constexpr size_t rows_of_block = 256;

// Hands over the chosen rows, some at a time, column by column.
class ChosenRows {
 public:
  ChosenRows(const std::vector<std::vector<double>>& columns, const std::vector<uint8_t>& rows)
      : columns_(columns), chosen_(rows), values_(columns.size() * rows_of_block) {}

  // Loads the next rows and says how many; 0 at the end.
  size_t load() {
    const size_t rows = columns_.empty() ? 0 : columns_.front().size();
    here_.clear();
    for (; next_ < rows && here_.size() < rows_of_block; ++next_) {
      if (chosen_.empty() || chosen_[next_] != 0)
        here_.push_back(next_);
    }
    for (size_t column = 0; column < columns_.size(); ++column) {
      const double* from = columns_[column].data();
      double* to = this->column(column);
      for (size_t k = 0; k < here_.size(); ++k)
        to[k] = from[here_[k]];
    }
    return here_.size();
  }
  [[nodiscard]] double* column(size_t column) { return values_.data() + column * rows_of_block; }

 private:
  const std::vector<std::vector<double>>& columns_;
  const std::vector<uint8_t>& chosen_;
  std::vector<double> values_;
  std::vector<size_t> here_;
  size_t next_ = 0;
};

// A square matrix, row by row.
struct Square {
  size_t size = 0;
  std::vector<double> entries;

  explicit Square(size_t of) : size(of), entries(of * of) {}
  double& at(size_t row, size_t column) { return entries[row * size + column]; }
  [[nodiscard]] double at(size_t row, size_t column) const { return entries[row * size + column]; }
};

// Products of all pairs of columns, the upper triangle. Each block is summed by itself, so that
// rounding grows with the number of blocks only.
Square products(const std::vector<std::vector<double>>& columns, const std::vector<uint8_t>& rows) {
  const size_t size = columns.size();
  Square all(size);
  Square part(size);
  ChosenRows blocks(columns, rows);
  std::vector<double> by_row(rows_of_block * size);
  while (const size_t count = blocks.load()) {
    std::fill(by_row.begin(), by_row.end(), 0.0);
    for (size_t column = 0; column < size; ++column) {
      for (size_t k = 0; k < count; ++k)
        by_row[k * size + column] = blocks.column(column)[k];
    }
    std::fill(part.entries.begin(), part.entries.end(), 0.0);
    // Four rows at once, so that a sum is fetched and stored once for four products.
    for (size_t k = 0; k < count; k += 4) {
      const double* r0 = by_row.data() + k * size;
      const double* r1 = r0 + size;
      const double* r2 = r1 + size;
      const double* r3 = r2 + size;
      for (size_t i = 0; i < size; ++i) {
        double* sums = part.entries.data() + i * size;
        const double a0 = r0[i];
        const double a1 = r1[i];
        const double a2 = r2[i];
        const double a3 = r3[i];
        for (size_t j = i; j < size; ++j)
          sums[j] += (a0 * r0[j] + a1 * r1[j]) + (a2 * r2[j] + a3 * r3[j]);
      }
    }
    for (size_t i = 0; i < all.entries.size(); ++i)
      all.entries[i] += part.entries[i];
  }
  return all;
}

// The rank by Cholesky's decomposition of the products of columns of unit length. Squared lengths
// are exact to about 1e-15, so that nothing is said where one is neither clearly 0 nor clearly
// above the tolerance's square.
std::optional<size_t> rank_by_products(const Square& products, double tolerance) {
  constexpr double surely_nothing = 1e-13;
  const double surely_something = std::max(1e-7, 1e3 * tolerance * tolerance);
  const size_t size = products.size;
  std::vector<size_t> kept;
  Square lower(size);  // row: column of the matrix; column: position among those kept
  for (size_t j = 0; j < size; ++j) {
    const double length = std::sqrt(products.at(j, j));
    if (!(length > 0))
      continue;
    double left = 1;
    for (size_t i = 0; i < kept.size(); ++i) {
      double sum = products.at(kept[i], j) / (length * std::sqrt(products.at(kept[i], kept[i])));
      for (size_t m = 0; m < i; ++m)
        sum -= lower.at(j, m) * lower.at(kept[i], m);
      sum /= lower.at(kept[i], i);
      lower.at(j, i) = sum;
      left -= sum * sum;
    }
    if (std::abs(left) < surely_nothing)
      continue;
    if (left < surely_something)
      return std::nullopt;
    lower.at(j, kept.size()) = std::sqrt(left);
    kept.push_back(j);
  }
  return kept.size();
}

// Mirrors (top, below[0..count)) onto the first axis: the vector becomes (1, below) · unscaled,
// and the factor is what a column's product with it is taken times. 0: nothing to mirror.
double householder(double& top, double* below, size_t count) {
  double squares = 0;
  for (size_t k = 0; k < count; ++k)
    squares += below[k] * below[k];
  if (squares == 0)
    return 0;
  const double length = std::sqrt(top * top + squares);
  const double pivot = top > 0 ? top + length : top - length;
  for (size_t k = 0; k < count; ++k)
    below[k] /= pivot;
  const double factor = pivot / (top > 0 ? length : -length);
  top = top > 0 ? -length : length;
  return factor;
}

void mirror(double factor, const double* mirror_below, double& top, double* below, size_t count) {
  double product = top;
  for (size_t k = 0; k < count; ++k)
    product += mirror_below[k] * below[k];
  product *= factor;
  top -= product;
  for (size_t k = 0; k < count; ++k)
    below[k] -= product * mirror_below[k];
}

// The triangle of the QR decomposition, column by column (each has `size` numbers), the rows
// being taken in block after block.
Square triangle(const std::vector<std::vector<double>>& columns, const std::vector<uint8_t>& rows) {
  const size_t size = columns.size();
  Square upper(size);  // at(column, row)
  ChosenRows blocks(columns, rows);
  while (const size_t count = blocks.load()) {
    for (size_t j = 0; j < size; ++j) {
      const double factor = householder(upper.at(j, j), blocks.column(j), count);
      if (factor == 0)
        continue;
      for (size_t other = j + 1; other < size; ++other)
        mirror(factor, blocks.column(j), upper.at(other, j), blocks.column(other), count);
    }
  }
  return upper;
}

size_t rank_of_triangle(Square columns, double tolerance) {
  const size_t size = columns.size;
  size_t rank = 0;
  const auto length_from = [&](size_t column, size_t first) {
    double squares = 0;
    for (size_t row = first; row < size; ++row)
      squares += columns.at(column, row) * columns.at(column, row);
    return std::sqrt(squares);
  };
  std::vector<double> lengths;
  for (size_t j = 0; j < size; ++j)
    lengths.push_back(length_from(j, 0));
  for (size_t j = 0; j < size; ++j) {
    if (lengths[j] == 0 || length_from(j, rank) < tolerance * lengths[j])
      continue;
    const size_t below = size - rank - 1;
    const double factor =
        householder(columns.at(j, rank), columns.entries.data() + j * size + rank + 1, below);
    for (size_t other = j + 1; other < size && factor != 0; ++other)
      mirror(factor, columns.entries.data() + j * size + rank + 1, columns.at(other, rank),
             columns.entries.data() + other * size + rank + 1, below);
    ++rank;
  }
  return rank;
}

}  // namespace

size_t weight_rank(const std::vector<std::vector<double>>& columns,
                   const std::vector<uint8_t>& rows, double tolerance) {
  if (const std::optional<size_t> rank = rank_by_products(products(columns, rows), tolerance))
    return *rank;
  return rank_of_triangle(triangle(columns, rows), tolerance);
}

double replicate_degrees_of_freedom(const std::vector<std::vector<double>>& weights,
                                    const std::vector<uint8_t>& domain) {
  const size_t rank = weight_rank(weights, domain);
  return rank > 0 ? static_cast<double>(rank - 1) : 0.0;
}

}  // namespace topline
