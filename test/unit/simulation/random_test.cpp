#include "simulation/random.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>

namespace topline {

// The first numbers of SplitMix64 from the seed 1234567, as the generator's authors give them.
TEST(RandomTest, GivesTheNumbersOfSplitMix64) {
  Random random(1234567);
  EXPECT_EQ(random.next(), 6457827717110365317U);
  EXPECT_EQ(random.next(), 3203168211198807973U);
  EXPECT_EQ(random.next(), 9817491932198370423U);
  EXPECT_EQ(random.next(), 4593380528125082431U);
  EXPECT_EQ(random.next(), 16408922859458223821U);
}

TEST(RandomTest, BelowReachesEveryNumberAboutEquallyOften) {
  Random random(7);
  std::vector<int> seen(6, 0);
  for (int i = 0; i < 60'000; ++i)
    ++seen[random.below(6)];
  // 10,000 each; the standard deviation is 91.
  for (int count : seen)
    EXPECT_NEAR(count, 10'000, 460);
  EXPECT_EQ(random.below(1), 0U);
}

TEST(RandomTest, BetweenIncludesBothEnds) {
  Random random(3);
  std::vector<int> seen(3, 0);
  for (int i = 0; i < 200; ++i)
    ++seen[static_cast<size_t>(random.between(-1, 1) + 1)];
  EXPECT_GT(*std::min_element(seen.begin(), seen.end()), 0);
  EXPECT_EQ(random.between(5, 5), 5);
}

TEST(RandomTest, WeightedNeverPicksWhatHasNoWeight) {
  Random random(11);
  std::vector<int> seen(4, 0);
  for (int i = 0; i < 4'000; ++i)
    ++seen[random.weighted({0, 3, 0, 1})];
  EXPECT_EQ(seen[0] + seen[2], 0);
  EXPECT_NEAR(seen[1], 3'000, 140);  // the standard deviation is 27
}

TEST(RandomTest, ShuffleKeepsEverything) {
  Random random(5);
  std::vector<int> all(100);
  std::iota(all.begin(), all.end(), 0);
  std::vector<int> mixed = all;
  random.shuffle(mixed);
  EXPECT_NE(mixed, all);
  std::sort(mixed.begin(), mixed.end());
  EXPECT_EQ(mixed, all);
  std::vector<int> none;
  random.shuffle(none);
  EXPECT_TRUE(none.empty());
}

}  // namespace topline
