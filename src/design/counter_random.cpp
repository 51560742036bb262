#include "design/counter_random.hpp"

namespace topline {

namespace {

uint32_t high(uint64_t product) {
  return static_cast<uint32_t>(product >> 32U);
}

uint32_t low(uint64_t product) {
  return static_cast<uint32_t>(product);
}

}  // namespace

std::array<uint32_t, 4> philox(std::array<uint32_t, 4> counter, std::array<uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const uint64_t first = uint64_t{0xD2511F53U} * counter[0];
    const uint64_t second = uint64_t{0xCD9E8D57U} * counter[2];
    counter = {high(second) ^ counter[1] ^ key[0], low(second), high(first) ^ counter[3] ^ key[1],
               low(first)};
    key[0] += 0x9E3779B9U;
    key[1] += 0xBB67AE85U;
  }
  return counter;
}

CounterRandom::CounterRandom(uint64_t seed, uint32_t replicate, uint32_t stage, uint32_t stratum)
    : key_{low(seed), high(seed)}, counter_{0, stratum, stage, replicate} {}

uint64_t CounterRandom::next() {
  if (used_ == block_.size()) {
    block_ = philox(counter_, key_);
    ++counter_[0];
    used_ = 0;
  }
  const uint64_t word = block_[used_] | uint64_t{block_[used_ + 1]} << 32U;
  used_ += 2;
  return word;
}

uint64_t CounterRandom::below(uint64_t n) {
  // Numbers of the last, incomplete round are drawn again: they would favour small results.
  const uint64_t limit = UINT64_MAX - UINT64_MAX % n;
  uint64_t number = next();
  while (number >= limit)
    number = next();
  return number % n;
}

}  // namespace topline
