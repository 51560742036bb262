#include "statistics/sample_quantile.hpp"

#include <gtest/gtest.h>
#include <limits>
#include <vector>

namespace topline::statistics {
namespace {

using Values = std::vector<double>;

const Values tens = {30, 10, 40, 20};

TEST(SampleQuantiles, EveryDefinitionByHand) {
  // Of 10, 20, 30, 40 at 0.3, the positions of Hyndman and Fan's table: np = 1.2; np − ½ = 0.7;
  // np; np + ½; (n + 1)p; (n − 1)p + 1; (n + ⅓)p + ⅓; (n + ¼)p + ⅜.
  const Values expected = {20, 20, 10, 12, 17, 15, 19, 10 * (4.0 + 1.0 / 3) * 0.3 + 10.0 / 3, 16.5};
  for (int type = 1; type <= 9; ++type)
    EXPECT_NEAR(sample_quantiles(tens, Values{0.3}, type)->at(0),
                expected[static_cast<size_t>(type) - 1], 1e-13)
        << type;
}

TEST(SampleQuantiles, WholePositions) {
  EXPECT_EQ(*sample_quantiles(tens, Values{0.25, 0.5}, 1), (Values{10, 20}));
  EXPECT_EQ(*sample_quantiles(tens, Values{0.25, 0.5}, 2), (Values{15, 25}));
  // The value with an even rank: positions 1 and 2.
  EXPECT_EQ(*sample_quantiles(tens, Values{0.375, 0.625}, 3), (Values{20, 20}));
  // 0.7·10 is not 7 in binary.
  const Values ten = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  EXPECT_EQ(sample_quantiles(ten, Values{0.7}, 1)->at(0), 7);
  EXPECT_EQ(sample_quantiles(ten, Values{0.1 + 0.2}, 1)->at(0), 3);
  EXPECT_EQ(sample_quantiles(ten, Values{0.1 + 0.2}, 2)->at(0), 3.5);
}

TEST(SampleQuantiles, EndsAndSingleValues) {
  for (int type = 1; type <= 9; ++type) {
    EXPECT_EQ(*sample_quantiles(tens, Values{0, 1}, type), (Values{10, 40}));
    EXPECT_EQ(*sample_quantiles(Values{7}, Values{0, 0.4, 1}, type), (Values{7, 7, 7}));
    EXPECT_TRUE(sample_quantiles(tens, Values{}, type)->empty());
  }
}

TEST(SampleQuantiles, Refusals) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(sample_quantiles(Values{}, Values{0.5}, 7).ok());
  EXPECT_FALSE(sample_quantiles(Values{1, nan}, Values{0.5}, 7).ok());
  EXPECT_FALSE(sample_quantiles(tens, Values{1.5}, 7).ok());
  EXPECT_FALSE(sample_quantiles(tens, Values{nan}, 7).ok());
  EXPECT_FALSE(sample_quantiles(tens, Values{0.5}, 0).ok());
  EXPECT_FALSE(sample_quantiles(tens, Values{0.5}, 10).ok());
}

}  // namespace
}  // namespace topline::statistics
