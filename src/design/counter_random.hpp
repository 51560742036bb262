// Random numbers by position: the k-th number of a stream is a function of the seed, the stream's
// name and k alone. What one replicate draws in one stratum therefore does not depend on how many
// others there are, on their order, or on threads; and it is the same on every machine.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace topline {

// Philox 4×32 with ten rounds (Salmon, Moraes, Dror and Shaw 2011, Parallel random numbers: as
// easy as 1, 2, 3, SC '11).
std::array<uint32_t, 4> philox(std::array<uint32_t, 4> counter, std::array<uint32_t, 2> key);

class CounterRandom {
 public:
  CounterRandom(uint64_t seed, uint32_t replicate, uint32_t stage, uint32_t stratum);

  // Each of 0 … n − 1 with the same chance. `n` must be positive.
  uint64_t below(uint64_t n);

  template <typename T>
  void shuffle(std::vector<T>& all) {
    for (size_t i = all.size(); i > 1; --i)
      std::swap(all[i - 1], all[below(i)]);
  }

 private:
  uint64_t next();

  std::array<uint32_t, 2> key_;
  std::array<uint32_t, 4> counter_;
  std::array<uint32_t, 4> block_{};
  size_t used_ = 4;  // words of the block
};

}  // namespace topline
