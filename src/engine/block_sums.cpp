#include "engine/block_sums.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace topline {

namespace {
std::atomic<size_t> wanted_threads{0};  // 0: the processors

size_t threads_for(size_t ranges) {
  const size_t wanted = wanted_threads.load();
  const size_t most = wanted > 0 ? wanted : std::max(1U, std::thread::hardware_concurrency());
  return std::clamp<size_t>(ranges, 1, most);
}
}  // namespace

RowRanges::RowRanges(size_t row_count, size_t most) : rows(row_count) {
  const size_t blocks = (rows + rows_of_block - 1) / rows_of_block;
  blocks_of_range = std::max<size_t>(1, (blocks + most - 1) / std::max<size_t>(1, most));
  ranges = (blocks + blocks_of_range - 1) / blocks_of_range;
}

size_t RowRanges::end(size_t range) const {
  return std::min(rows, first(range + 1));
}

void for_each_range(const RowRanges& ranges, const std::function<void(size_t range)>& work) {
  std::atomic<size_t> next{0};
  auto run = [&] {
    for (size_t range = next++; range < ranges.ranges; range = next++)
      work(range);
  };
  std::vector<std::thread> others;
  for (size_t i = 1; i < threads_for(ranges.ranges); ++i)
    others.emplace_back(run);
  run();
  for (std::thread& other : others)
    other.join();
}

std::vector<double> added(const std::vector<std::vector<double>>& parts) {
  std::vector<double> sum = parts.empty() ? std::vector<double>{} : parts.front();
  for (size_t part = 1; part < parts.size(); ++part) {
    for (size_t i = 0; i < sum.size(); ++i)
      sum[i] += parts[part][i];
  }
  return sum;
}

void set_threads(size_t threads) {
  wanted_threads = threads;
}

}  // namespace topline
