#include "analysis/column_tests.hpp"

#include <cmath>

#include "statistics/distributions.hpp"
#include "statistics/multiple_testing.hpp"

namespace topline {

namespace {

constexpr size_t most_letters = 26;
constexpr double stricter = 5;  // capitals: a fifth of the level

statistics::Adjustment adjustment_of(ColumnTests tests) {
  if (tests == ColumnTests::bonferroni)
    return statistics::Adjustment::bonferroni;
  return tests == ColumnTests::benjamini_hochberg ? statistics::Adjustment::benjamini_hochberg
                                                  : statistics::Adjustment::none;
}

// The columns of one banner variable are those between two others.
size_t end_of_variable(const Table& table, size_t begin) {
  size_t end = begin;
  while (end < table.columns.size() && table.columns[end].variable == table.columns[begin].variable)
    ++end;
  return end;
}

}  // namespace

void letter_columns(Table& table, int64_t least_base) {
  for (size_t begin = 1; begin < table.columns.size();) {
    const size_t end = end_of_variable(table, begin);
    if (end - begin >= 2 && end - begin <= most_letters) {
      for (size_t column = begin; column < end; ++column) {
        table.columns[column].letter = static_cast<char>('a' + (column - begin));
        table.columns[column].tested = table.bases[column].count >= least_base;
      }
    }
    begin = end;
  }
}

std::vector<std::string> letters_of(const Table& table, double level,
                                    const CompareColumns& compare) {
  std::vector<std::string> letters(table.columns.size());
  for (size_t begin = 1; begin < table.columns.size();) {
    const size_t end = end_of_variable(table, begin);
    std::vector<ColumnDifference> differences;
    std::vector<double> probabilities;
    for (size_t a = begin; a < end; ++a) {
      for (size_t b = a + 1; b < end; ++b) {
        if (!table.columns[a].tested || !table.columns[b].tested)
          continue;
        if (const std::optional<ColumnDifference> difference = compare(a, b)) {
          differences.push_back(*difference);
          probabilities.push_back(difference->p);
        }
      }
    }
    begin = end;
    if (differences.empty())
      continue;
    const Result<std::vector<double>> adjusted =
        statistics::adjusted_probabilities(probabilities, adjustment_of(table.tests));
    if (!adjusted)
      continue;
    for (size_t i = 0; i < differences.size(); ++i) {
      if (!((*adjusted)[i] < level))
        continue;
      const ColumnDifference& pair = differences[i];
      const size_t higher = pair.difference > 0 ? pair.second : pair.first;
      const size_t lower = pair.difference > 0 ? pair.first : pair.second;
      const char letter = table.columns[lower].letter;
      letters[higher] +=
          (*adjusted)[i] < level / stricter ? static_cast<char>(letter - 'a' + 'A') : letter;
    }
  }
  return letters;
}

std::optional<ColumnDifference> compare_shares(const Table& table, size_t row, size_t first,
                                               size_t second, int64_t overlap) {
  const Share a = table.share(row, first);
  const Share b = table.share(row, second);
  const auto n1 = static_cast<double>(a.base);
  const auto n2 = static_cast<double>(b.base);
  const double pooled = static_cast<double>(a.hits + b.hits) / (n1 + n2);
  const double spread = 1 / n1 + 1 / n2 - 2 * static_cast<double>(overlap) / (n1 * n2);
  const double variance = pooled * (1 - pooled) * spread;
  if (!(variance > 0))
    return std::nullopt;
  const double difference = static_cast<double>(b.hits) / n2 - static_cast<double>(a.hits) / n1;
  return ColumnDifference{first, second, difference,
                          2 * statistics::normal_upper(std::abs(difference) / std::sqrt(variance))};
}

std::optional<ColumnDifference> compare_means(const Table& table, size_t first, size_t second,
                                              double covariance) {
  const std::optional<Moments>& a = table.moments[first];
  const std::optional<Moments>& b = table.moments[second];
  if (!a || !b || a->n < 2 || b->n < 2)
    return std::nullopt;
  const auto n1 = static_cast<double>(a->n);
  const auto n2 = static_cast<double>(b->n);
  const double v1 = a->standard_deviation * a->standard_deviation / n1;
  const double v2 = b->standard_deviation * b->standard_deviation / n2;
  const double variance = v1 + v2 - 2 * covariance;
  if (!(v1 + v2 > 0) || !(variance > 1e-12 * (v1 + v2)))
    return std::nullopt;
  const double df = (v1 + v2) * (v1 + v2) / (v1 * v1 / (n1 - 1) + v2 * v2 / (n2 - 1));
  const double difference = b->mean - a->mean;
  return ColumnDifference{first, second, difference,
                          statistics::student_two_sided(difference / std::sqrt(variance), df)};
}

void test_plain_columns(Table& table, double level, const ColumnOverlaps& overlaps) {
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const std::vector<std::string> letters = letters_of(table, level, [&](size_t a, size_t b) {
      return compare_shares(table, row, a, b, overlaps.count_of(a, b));
    });
    for (size_t column = 0; column < letters.size(); ++column)
      table.cells[row][column].higher_than = letters[column];
  }
  const std::vector<std::string> letters = letters_of(table, level, [&](size_t a, size_t b) {
    return compare_means(table, a, b, overlaps.covariance_of(a, b));
  });
  for (size_t column = 0; column < letters.size(); ++column) {
    if (table.moments[column])
      table.moments[column]->higher_than = letters[column];
  }
}

}  // namespace topline
