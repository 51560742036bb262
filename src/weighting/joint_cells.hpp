// The cells in which several margins cross, found once for all rows. Adjusting to the margins
// then works on one number for each cell; only collapsing and applying pass over the rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/column_vector.hpp"
#include "base/result.hpp"
#include "weighting/margin.hpp"

namespace topline {

class JointCells {
 public:
  // Crosses the margins, of which there is at least one. Fault: columns of different lengths.
  static Result<JointCells> of(const std::vector<Margin>& margins, size_t threads);

  [[nodiscard]] size_t rows() const { return cell_of_row_.size(); }
  [[nodiscard]] size_t cells() const { return codes_.front().size(); }
  // The code of a margin's category in every cell. Rows without a stated category are in one
  // further cell, the last, which has no_category in all margins.
  [[nodiscard]] const std::vector<uint32_t>& codes(size_t margin) const { return codes_[margin]; }

  // Σ weights by cell.
  struct Sums {
    std::vector<double> by_cell;
    bool valid = true;  // no weight is negative or not finite
  };
  [[nodiscard]] Sums sums(const std::vector<double>& weights, size_t threads) const;

  // Multiplies every row's weight by its cell's factor, in place or into another column.
  void multiply(const std::vector<double>& factors, const double* weights, double* product,
                size_t threads) const;

 private:
  bool cross_densely(const std::vector<Margin>& margins, size_t threads);
  void cross_sorted(const std::vector<Margin>& margins);

  ColumnVector<uint32_t> cell_of_row_;
  std::vector<std::vector<uint32_t>> codes_;  // [margin][cell]
};

}  // namespace topline
