#include "statistics/ranks.hpp"

#include <algorithm>
#include <numeric>

namespace topline::statistics {

double Ranks::tie_sum() const {
  double sum = 0;
  for (double tie : ties)
    sum += tie * (tie - 1) * (tie + 1);
  return sum;
}

Ranks ranks_of(std::span<const double> values) {
  std::vector<size_t> order(values.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return values[a] < values[b]; });
  Ranks ranks;
  ranks.rank.resize(values.size());
  for (size_t begin = 0; begin < order.size();) {
    size_t end = begin;
    while (end < order.size() && values[order[end]] == values[order[begin]])
      ++end;
    const double shared = (static_cast<double>(begin + end) + 1) / 2;
    for (size_t i = begin; i < end; ++i)
      ranks.rank[order[i]] = shared;
    if (end - begin > 1)
      ranks.ties.push_back(static_cast<double>(end - begin));
    begin = end;
  }
  return ranks;
}

}  // namespace topline::statistics
