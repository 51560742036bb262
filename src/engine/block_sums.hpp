// Runs over blocks of rows on all processors so that the sums are the same bytes whatever their
// number: rows are cut into ranges by their number alone, each range is summed by itself, and
// the ranges' sums are added in their order.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace topline {

inline constexpr size_t rows_of_block = 2048;

// The ranges that `rows` rows are cut into: at most `most`, of whole blocks.
struct RowRanges {
  size_t rows = 0;
  size_t ranges = 0;
  size_t blocks_of_range = 0;

  RowRanges(size_t row_count, size_t most);
  [[nodiscard]] size_t first(size_t range) const { return range * blocks_of_range * rows_of_block; }
  [[nodiscard]] size_t end(size_t range) const;
};

// Calls work(range) for every range, each once, from as many threads as there are processors.
void for_each_range(const RowRanges& ranges, const std::function<void(size_t range)>& work);

// Adds up `parts`, one vector of sums for each range, in order.
std::vector<double> added(const std::vector<std::vector<double>>& parts);

// How many threads for_each_range uses: the processors, or as set. For tests and benchmarks.
void set_threads(size_t threads);

}  // namespace topline
