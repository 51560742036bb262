#include "tabulation/table.hpp"

namespace topline {

std::optional<double> Share::percent() const {
  if (base <= 0 || !(base_weight > 0))
    return std::nullopt;
  return 100 * hit_weight / base_weight;
}

Share Table::share(size_t row, size_t column) const {
  const Cell& cell = cells[row][column];
  Share share{cell.count, 0, cell.weight, 0, weighted};
  const auto rest_on = [&](int64_t count, double weight) {
    share.base = count;
    share.base_weight = weight;
  };
  switch (percentages) {
    case Percentages::column:
      rest_on(bases[column].count, bases[column].weight);
      break;
    case Percentages::total:
      rest_on(bases.front().count, bases.front().weight);
      break;
    case Percentages::mentions:
      rest_on(mentions[column].count, mentions[column].weight);
      break;
    case Percentages::row:
      rest_on(cells[row].front().count, cells[row].front().weight);
      break;
  }
  return share;
}

}  // namespace topline
