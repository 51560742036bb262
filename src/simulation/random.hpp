// Random numbers that are the same on every machine: integers only, no std distributions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace topline {

// SplitMix64 (Steele, Lea and Flood 2014).
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t next();
  // Each of 0 … n - 1 with the same chance. `n` must be positive.
  uint64_t below(uint64_t n);
  // Each of `least` … `most` with the same chance.
  int64_t between(int64_t least, int64_t most);
  // True `part` times out of a thousand.
  bool per_mille(int64_t part) { return static_cast<int64_t>(below(1000)) < part; }
  // A position, with chances as the weights; they must not be negative, nor all zero.
  size_t weighted(const std::vector<int64_t>& weights);
  // A generator of its own, so that what one part draws does not shift the others.
  Random fork() { return Random(next()); }

  template <typename T>
  void shuffle(std::vector<T>& all) {
    for (size_t i = all.size(); i > 1; --i)
      std::swap(all[i - 1], all[below(i)]);
  }

 private:
  uint64_t state_;
};

}  // namespace topline
