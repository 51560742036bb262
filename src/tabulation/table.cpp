#include "tabulation/table.hpp"

namespace topline {

int64_t Table::percent_base(size_t row, size_t column) const {
  switch (percentages) {
    case Percentages::column:
      return bases[column];
    case Percentages::total:
      return bases.front();
    case Percentages::mentions:
      return mentions[column];
    case Percentages::row:
      return cells[row].front().count;
  }
  return 0;
}

std::optional<double> Table::percent(size_t row, size_t column) const {
  const int64_t base = percent_base(row, column);
  if (base <= 0)
    return std::nullopt;
  return 100 * static_cast<double>(cells[row][column].count) / static_cast<double>(base);
}

}  // namespace topline
