#include "simulation/random.hpp"

namespace topline {

uint64_t Random::next() {
  state_ += 0x9e3779b97f4a7c15U;
  uint64_t z = state_;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

uint64_t Random::below(uint64_t n) {
  // The incomplete last range of values would favour small results.
  const uint64_t limit = UINT64_MAX - UINT64_MAX % n;
  uint64_t value = next();
  while (value >= limit)
    value = next();
  return value % n;
}

int64_t Random::between(int64_t least, int64_t most) {
  return least + static_cast<int64_t>(below(static_cast<uint64_t>(most - least) + 1));
}

size_t Random::weighted(const std::vector<int64_t>& weights) {
  uint64_t total = 0;
  for (int64_t weight : weights)
    total += static_cast<uint64_t>(weight);
  uint64_t left = below(total);
  size_t i = 0;
  while (left >= static_cast<uint64_t>(weights[i]))
    left -= static_cast<uint64_t>(weights[i++]);
  return i;
}

}  // namespace topline
