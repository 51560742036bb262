#include "engine/residuals.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace topline {

namespace {

// Takes the weighted mean of each cell off one column. Returns the largest mean, in absolute
// terms.
double sweep(const std::vector<uint32_t>& cell, const std::vector<double>& weights,
             const std::vector<double>& weight_of_cell, double* column) {
  std::vector<double> sums(weight_of_cell.size());
  for (size_t row = 0; row < cell.size(); ++row)
    sums[cell[row]] += weights[row] * column[row];
  double largest = 0;
  for (size_t c = 0; c < sums.size(); ++c) {
    sums[c] = weight_of_cell[c] > 0 ? sums[c] / weight_of_cell[c] : 0;
    largest = std::max(largest, std::abs(sums[c]));
  }
  for (size_t row = 0; row < cell.size(); ++row)
    column[row] -= sums[cell[row]];
  return largest;
}

void sweep_margins(const CalibrationRows& calibration, double* column) {
  const std::vector<double>& weights = calibration.regression_weights;
  std::vector<std::vector<double>> weight_of_cell;
  for (const std::vector<uint32_t>& cell : calibration.margins) {
    std::vector<double> sums(cell.empty() ? 0 : *std::max_element(cell.begin(), cell.end()) + 1);
    for (size_t row = 0; row < cell.size(); ++row)
      sums[cell[row]] += weights[row];
    weight_of_cell.push_back(std::move(sums));
  }
  double size = 0;
  for (size_t row = 0; row < weights.size(); ++row)
    size = std::max(size, std::abs(column[row]));
  const int most_sweeps = calibration.margins.size() == 1 ? 1 : 1000;
  for (int i = 0; i < most_sweeps; ++i) {
    double moved = 0;
    for (size_t m = 0; m < calibration.margins.size(); ++m)
      moved = std::max(moved, sweep(calibration.margins[m], weights, weight_of_cell[m], column));
    if (moved <= 1e-15 * size)
      return;
  }
}

void regress(const CalibrationRows& calibration, std::vector<double>& measures, size_t columns) {
  const auto rows = static_cast<Eigen::Index>(calibration.regression_weights.size());
  const auto count = static_cast<Eigen::Index>(calibration.auxiliaries.size());
  Eigen::MatrixXd x(rows, count);
  Eigen::VectorXd half(rows);
  for (Eigen::Index row = 0; row < rows; ++row)
    half(row) = std::sqrt(std::max(0.0, calibration.regression_weights[static_cast<size_t>(row)]));
  for (Eigen::Index i = 0; i < count; ++i) {
    const std::vector<double>& auxiliary = calibration.auxiliaries[static_cast<size_t>(i)];
    for (Eigen::Index row = 0; row < rows; ++row)
      x(row, i) = auxiliary[static_cast<size_t>(row)] * half(row);
  }
  Eigen::Map<Eigen::MatrixXd> y(measures.data(), rows, static_cast<Eigen::Index>(columns));
  const Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(x);
  const Eigen::MatrixXd weighted = half.asDiagonal() * y;
  const Eigen::MatrixXd slopes = qr.solve(weighted);
  for (Eigen::Index i = 0; i < count; ++i) {
    const std::vector<double>& auxiliary = calibration.auxiliaries[static_cast<size_t>(i)];
    const Eigen::Map<const Eigen::VectorXd> values(auxiliary.data(), rows);
    y.noalias() -= values * slopes.row(i);
  }
}

}  // namespace

void leave_residuals(const CalibrationRows& calibration, std::vector<double>& measures,
                     size_t columns) {
  if (columns == 0)
    return;
  if (!calibration.auxiliaries.empty())
    regress(calibration, measures, columns);
  const size_t rows = measures.size() / columns;
  for (size_t column = 0; column < columns && !calibration.margins.empty(); ++column)
    sweep_margins(calibration, measures.data() + column * rows);
}

}  // namespace topline
