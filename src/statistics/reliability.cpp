#include "statistics/reliability.hpp"

#include <cmath>

#include "statistics/checks.hpp"
#include "statistics/moments.hpp"

namespace topline::statistics {

namespace {

// A symmetric matrix of covariances or correlations of all items but one.
struct Block {
  double trace = 0;
  double sum = 0;
  double size = 0;

  [[nodiscard]] double alpha() const { return size / (size - 1) * (1 - trace / sum); }
  [[nodiscard]] double mean_beside_diagonal() const { return (sum - trace) / (size * (size - 1)); }
};

using Matrix = std::vector<std::vector<double>>;

Block block_of(const Matrix& matrix, size_t without) {
  Block block;
  for (size_t i = 0; i < matrix.size(); ++i) {
    if (i == without)
      continue;
    ++block.size;
    block.trace += matrix[i][i];
    for (size_t j = 0; j < matrix.size(); ++j)
      block.sum += j == without ? 0 : matrix[i][j];
  }
  return block;
}

Matrix covariances_of(std::span<const std::vector<double>> items) {
  Matrix matrix(items.size(), std::vector<double>(items.size()));
  for (size_t i = 0; i < items.size(); ++i) {
    for (size_t j = 0; j <= i; ++j)
      matrix[i][j] = matrix[j][i] =
          product_sum(items[i], items[j]) / (static_cast<double>(items[i].size()) - 1);
  }
  return matrix;
}

// The sum of some items does not vary, but for rounding.
bool constant_sum(const Block& covariances) {
  return covariances.sum <= 1e-12 * covariances.trace;
}

Reliability reliability_of(const Block& covariances, const Block& correlations) {
  return {covariances.alpha(), correlations.alpha(), correlations.mean_beside_diagonal()};
}

}  // namespace

Result<ScaleReliability> scale_reliability(std::span<const std::vector<double>> items) {
  if (items.size() < 2)
    return fault_in("", "the reliability of a scale needs at least two items");
  for (const std::vector<double>& item : items) {
    if (const auto fault = pairs_fault(items.front(), item, 2, "the reliability of a scale"))
      return *fault;
    if (moments_of(item).constant())
      return fault_in("", "the reliability of a scale needs items that vary",
                      "leave out the item whose answers are all the same");
  }
  const Matrix covariances = covariances_of(items);
  Matrix correlations = covariances;
  for (size_t i = 0; i < items.size(); ++i) {
    for (size_t j = 0; j < items.size(); ++j)
      correlations[i][j] =
          i == j ? 1 : covariances[i][j] / std::sqrt(covariances[i][i] * covariances[j][j]);
  }
  const size_t none = items.size();
  const Block all = block_of(covariances, none);
  const Diagnostic cancels =
      fault_in("", "the items of a scale add up to a constant",
               "an item that is worded against the others is to be reversed");
  if (constant_sum(all))
    return cancels;
  ScaleReliability result;
  result.scale = reliability_of(all, block_of(correlations, none));
  if (items.size() == 2)
    return result;
  for (size_t item = 0; item < items.size(); ++item) {
    const Block others = block_of(covariances, item);
    if (constant_sum(others))
      return cancels;
    const Reliability without = reliability_of(others, block_of(correlations, item));
    const double own = covariances[item][item];
    const double shared = (all.sum - others.sum - own) / 2;
    result.items.push_back({without.alpha, without.standardized_alpha, without.average_correlation,
                            shared / std::sqrt(own * others.sum)});
  }
  return result;
}

}  // namespace topline::statistics
