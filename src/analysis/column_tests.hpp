// Which columns of a crosstab differ: letters beside the higher cells, and a test of each banner
// variable as a whole.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "tabulation/table.hpp"

namespace topline {

// What lies between two columns' results, the second less the first.
struct ColumnDifference {
  size_t first = 0;  // columns
  size_t second = 0;
  double difference = 0;
  double p = 1;  // two-sided, of this pair alone
};

// The difference of two columns in one row, or nothing where it cannot be tested.
using CompareColumns = std::function<std::optional<ColumnDifference>(size_t first, size_t second)>;

// Gives the columns of each banner variable letters, A, B …, and notes in the table which are
// compared: those of one variable that rest on `least_base` respondents or more. Variables with
// more columns than letters are left out.
void letter_columns(Table& table, int64_t least_base);

// Compares the columns of each banner variable in pairs and returns, for each column, the letters
// of those that it is higher than: small where the adjusted p is below `level` (0.05), capital
// where it is below a fifth of it. Adjustment is over the pairs of one variable in one row, as
// `table.tests` says (Bonferroni; Benjamini and Hochberg 1995).
std::vector<std::string> letters_of(const Table& table, double level,
                                    const CompareColumns& compare);

// Pooled two-proportion z without correction for continuity, for `overlap` respondents in both
// columns: (p₂ − p₁)/√(p(1 − p)(1/n₁ + 1/n₂ − 2·n₁₂/(n₁·n₂))), p the share of both together
// (Fleiss, Levin and Paik 2003, equation 3.3, with the covariance of overlapping samples, Kish
// 1965, equation 12.4.2). Nothing where the shares do not vary or the columns are the same.
std::optional<ColumnDifference> compare_shares(const Table& table, size_t row, size_t first,
                                               size_t second, int64_t overlap);

// Welch's t of two means; `covariance` is that of the means, of respondents in both columns.
std::optional<ColumnDifference> compare_means(const Table& table, size_t first, size_t second,
                                              double covariance);

// How many respondents are in two columns, and the covariance of their means.
struct ColumnOverlaps {
  size_t columns = 0;
  std::vector<int64_t> count;      // columns × columns
  std::vector<double> covariance;  // columns × columns

  [[nodiscard]] int64_t count_of(size_t a, size_t b) const {
    return count.empty() ? 0 : count[a * columns + b];
  }
  [[nodiscard]] double covariance_of(size_t a, size_t b) const {
    return covariance.empty() ? 0 : covariance[a * columns + b];
  }
};

// Letters of all rows and of the means of a sample in which every respondent is a unit by itself.
void test_plain_columns(Table& table, double level, const ColumnOverlaps& overlaps);

}  // namespace topline
