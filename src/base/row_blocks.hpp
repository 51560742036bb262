// Work on fixed blocks of rows by several threads. The blocks depend on the number of rows alone
// and their sums are added in order, so results are the same bytes whatever the threads.
#pragma once

#include <cstddef>
#include <functional>

namespace topline {

// The blocks that rows are cut into.
struct RowBlocks {
  size_t rows = 0;
  size_t count = 0;
  size_t length = 0;  // rows of every block but the last

  // At most `most` blocks of at least 32768 rows, but for one that has them all.
  RowBlocks(size_t row_count, size_t most);
  [[nodiscard]] size_t first(size_t block) const { return block * length; }
  [[nodiscard]] size_t end(size_t block) const {
    return block + 1 < count ? (block + 1) * length : rows;
  }
};

// Calls work(i) for every i below `count`, each once, from up to `threads` threads.
void in_parallel(size_t count, size_t threads, const std::function<void(size_t i)>& work);

}  // namespace topline
