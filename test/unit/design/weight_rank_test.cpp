#include "design/weight_rank.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace topline {
namespace {

using Columns = std::vector<std::vector<double>>;

// Numbers without a pattern, between −1 and 1.
double noise(size_t row, size_t column) {
  return std::sin(static_cast<double>((row + 1) * (row + 3 * column + 1)) * 12.9898);
}

Columns noisy(size_t rows, size_t columns) {
  Columns all(columns, std::vector<double>(rows));
  for (size_t column = 0; column < columns; ++column) {
    for (size_t row = 0; row < rows; ++row)
      all[column][row] = 20 + noise(row, column);
  }
  return all;
}

TEST(WeightRank, OfSmallMatrices) {
  EXPECT_EQ(weight_rank({}), 0U);
  EXPECT_EQ(weight_rank({{}, {}}), 0U);
  EXPECT_EQ(weight_rank({{0, 0}, {0, 0}}), 0U);
  EXPECT_EQ(weight_rank({{1, 2}, {2, 4}}), 1U);
  EXPECT_EQ(weight_rank({{1, 2}, {2, 4}, {1, 0}, {5, 5}}), 2U);
  EXPECT_EQ(weight_rank({{0, 2, 2}, {2, 0, 2}, {2, 2, 0}}), 3U);
  // Pairs: what two replicates of a pair add up to is the same for all pairs.
  EXPECT_EQ(weight_rank({{0, 2, 1, 1}, {2, 0, 1, 1}, {1, 1, 0, 2}, {1, 1, 2, 0}}), 3U);
}

TEST(WeightRank, FewerRowsThanColumns) {
  EXPECT_EQ(weight_rank(noisy(5, 9)), 5U);
}

// A column counts from 10⁻⁵ of its length on, on either way of reckoning.
TEST(WeightRank, Tolerance) {
  for (const auto& [left, rank] : {std::pair{3e-6, 1U},
                                   {0.9e-5, 1U},
                                   {1.1e-5, 2U},
                                   {1e-4, 2U},
                                   {0.0, 1U},
                                   {1e-12, 1U},
                                   {0.1, 2U}}) {
    const Columns columns = {{1, 0, 0}, {std::sqrt(1 - left * left), left, 0}};
    EXPECT_EQ(weight_rank(columns), rank) << left;
  }
}

// The first columns count, whatever scale they have.
TEST(WeightRank, ScaleOfColumnsDoesNotMatter) {
  Columns columns = noisy(300, 6);
  for (double& value : columns[2])
    value *= 1e-9;
  for (double& value : columns[4])
    value *= 1e9;
  EXPECT_EQ(weight_rank(columns), 6U);
}

TEST(WeightRank, CombinationsDoNotCount) {
  Columns columns = noisy(1000, 20);
  for (size_t extra = 0; extra < 40; ++extra) {
    std::vector<double> combination(1000);
    for (size_t column = 0; column < 20; ++column) {
      for (size_t row = 0; row < 1000; ++row)
        combination[row] += (1.5 + noise(extra, column)) * columns[column][row];
    }
    columns.insert(columns.begin() + static_cast<std::ptrdiff_t>(extra), combination);
  }
  EXPECT_EQ(weight_rank(columns), 20U);
}

// Near the tolerance the products cannot tell, and the triangle is made: combinations rounded to
// so many digits that 10⁻⁶ or 10⁻⁴ of them is left.
TEST(WeightRank, RoundedWeights) {
  const Columns exact = noisy(700, 3);
  for (const auto& [digits, rank] : {std::pair{1e5, 3U}, {1e2, 4U}}) {
    Columns columns = exact;
    std::vector<double> rounded(700);
    for (size_t row = 0; row < 700; ++row)
      rounded[row] = std::round((exact[0][row] + exact[1][row] - exact[2][row]) * digits) / digits;
    columns.push_back(rounded);
    EXPECT_EQ(weight_rank(columns), rank) << digits;
  }
}

TEST(WeightRank, OnlyRowsOfTheDomain) {
  Columns columns = noisy(600, 4);
  std::vector<uint8_t> domain(600);
  domain[3] = domain[400] = 1;
  EXPECT_EQ(weight_rank(columns, domain), 2U);
  EXPECT_EQ(replicate_degrees_of_freedom(columns, domain), 1);
  EXPECT_EQ(replicate_degrees_of_freedom(columns), 3);
  EXPECT_EQ(replicate_degrees_of_freedom(columns, std::vector<uint8_t>(600)), 0);
}

}  // namespace
}  // namespace topline
