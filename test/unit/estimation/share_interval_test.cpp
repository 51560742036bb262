#include "estimation/share_interval.hpp"

#include <gtest/gtest.h>

namespace topline {
namespace {

Study probability_study() {
  Study study;
  study.sample.kind = SampleKind::probability;
  study.confidence = 95;
  return study;
}

// Newcombe (1998, Statistics in Medicine 17, 857-872, table I, method 3) gives for r/n the 95 %
// score intervals 81/263: 0.2553 to 0.3662; 15/148: 0.0624 to 0.1605; 0/20: 0 to 0.1611;
// 1/29: 0.0061 to 0.1718.
TEST(WilsonInterval, PublishedExamples) {
  struct Example {
    int64_t hits, base;
    double low, high;
  };
  for (const Example& example : {Example{81, 263, 25.53, 36.62}, Example{15, 148, 6.24, 16.05},
                                 Example{0, 20, 0, 16.11}, Example{1, 29, 0.61, 17.18}}) {
    const Interval interval = *share_interval(example.hits, example.base, probability_study());
    EXPECT_NEAR(interval.low, example.low, 0.005) << example.hits;
    EXPECT_NEAR(interval.high, example.high, 0.005) << example.hits;
  }
  EXPECT_EQ(share_interval(20, 20, probability_study())->high, 100);
}

TEST(ShareInterval, AnOptInSampleNeedsADeclaredModel) {
  Study study;
  EXPECT_FALSE(share_interval(10, 100, study).has_value());
  EXPECT_FALSE(margin_of_error(100, study).has_value());
  study.sample.model = SampleModel{"as if drawn at random", "simple random"};
  EXPECT_TRUE(share_interval(10, 100, study).has_value());
  EXPECT_FALSE(share_interval(0, 0, study).has_value());
}

// What the published study quotes: 5.2 points for 249 at 90 %.
TEST(MarginOfError, PublishedFigure) {
  Study study;
  study.confidence = 90;
  study.sample.kind = SampleKind::probability;
  EXPECT_NEAR(*margin_of_error(249, study), 5.2, 0.05);
}

}  // namespace
}  // namespace topline
