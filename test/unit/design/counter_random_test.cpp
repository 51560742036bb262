#include "design/counter_random.hpp"

#include <gtest/gtest.h>
#include <set>

namespace topline {
namespace {

// The known answers that the authors publish with their library Random123.
TEST(Philox, PublishedAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}),
            (std::array<uint32_t, 4>{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
            (std::array<uint32_t, 4>{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (std::array<uint32_t, 4>{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(CounterRandom, FirstNumberIsTheFirstTwoWords) {
  const uint64_t words = 0xe169c58d6627e8d5;
  EXPECT_EQ(CounterRandom(0, 0, 0, 0).below(1000), words % 1000);
}

TEST(CounterRandom, StreamsDiffer) {
  std::set<uint64_t> first;
  for (uint32_t i = 0; i < 10; ++i) {
    first.insert(CounterRandom(1, i, 0, 0).below(UINT64_MAX));
    first.insert(CounterRandom(1, 0, i + 1, 0).below(UINT64_MAX));
    first.insert(CounterRandom(1, 0, 0, i + 1).below(UINT64_MAX));
    first.insert(CounterRandom(i + 2, 0, 0, 0).below(UINT64_MAX));
  }
  EXPECT_EQ(first.size(), 40U);
}

// Counts of a fair die lie within five standard deviations of their expectation.
TEST(CounterRandom, EachNumberAsOften) {
  CounterRandom random(7, 1, 2, 3);
  std::array<int, 6> times{};
  for (int i = 0; i < 60000; ++i)
    ++times[random.below(6)];
  for (int count : times)
    EXPECT_NEAR(count, 10000, 5 * 91.3);
}

TEST(CounterRandom, ShuffleKeepsAll) {
  std::vector<int> all = {1, 2, 3, 4, 5, 6, 7, 8};
  CounterRandom(3, 0, 0, 0).shuffle(all);
  EXPECT_NE(all, (std::vector<int>{1, 2, 3, 4, 5, 6, 7, 8}));
  EXPECT_EQ(std::set<int>(all.begin(), all.end()).size(), 8U);
}

}  // namespace
}  // namespace topline
