#include "base/row_blocks.hpp"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace topline {

namespace {
constexpr size_t least_rows = 32768;
}

RowBlocks::RowBlocks(size_t row_count, size_t most) : rows(row_count) {
  const size_t wanted = std::clamp<size_t>(rows / least_rows, 1, std::max<size_t>(1, most));
  length = (rows + wanted - 1) / wanted;
  count = rows == 0 ? 0 : (rows + length - 1) / length;
}

void in_parallel(size_t count, size_t threads, const std::function<void(size_t i)>& work) {
  std::atomic<size_t> next{0};
  const auto run = [&] {
    for (size_t i = next++; i < count; i = next++)
      work(i);
  };
  std::vector<std::thread> others;
  for (size_t i = 1; i < std::min(threads, count); ++i)
    others.emplace_back(run);
  run();
  for (std::thread& other : others)
    other.join();
}

}  // namespace topline
