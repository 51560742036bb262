#include "statistics/proportion_intervals.hpp"

#include <cmath>
#include <gtest/gtest.h>

#include "statistics/distributions.hpp"

namespace topline::statistics {
namespace {

void expect_bounds(const Result<Bounds>& bounds, double low, double high) {
  ASSERT_TRUE(bounds.ok());
  EXPECT_NEAR(bounds->low, low, 5.1e-5);
  EXPECT_NEAR(bounds->high, high, 5.1e-5);
}

TEST(ProportionIntervals, PublishedExamples) {
  // Newcombe (1998), table I, methods 3, 4 and 5.
  expect_bounds(wilson_bounds(81, 263, 0.95), 0.2553, 0.3662);
  expect_bounds(wilson_bounds(15, 148, 0.95), 0.0624, 0.1605);
  expect_bounds(wilson_bounds(0, 20, 0.95), 0, 0.1611);
  expect_bounds(wilson_bounds(1, 29, 0.95), 0.0061, 0.1718);
  expect_bounds(wilson_bounds(81, 263, 0.95, 0.5), 0.2535, 0.3682);
  expect_bounds(wilson_bounds(15, 148, 0.95, 0.5), 0.0598, 0.1644);
  expect_bounds(wilson_bounds(0, 20, 0.95, 0.5), 0, 0.2005);
  expect_bounds(wilson_bounds(1, 29, 0.95, 0.5), 0.0018, 0.1963);
  expect_bounds(clopper_pearson_bounds(81, 263, 0.95), 0.2527, 0.3676);
  expect_bounds(clopper_pearson_bounds(15, 148, 0.95), 0.0578, 0.1617);
  expect_bounds(clopper_pearson_bounds(0, 20, 0.95), 0, 0.1684);
  expect_bounds(clopper_pearson_bounds(1, 29, 0.95), 0.0009, 0.1776);
}

TEST(ProportionIntervals, NoHitsByHand) {
  // (1 − p)^n = 0.025, and z²/(n + z²).
  EXPECT_NEAR(clopper_pearson_bounds(0, 100, 0.95)->high, 1 - std::pow(0.025, 0.01), 1e-14);
  EXPECT_NEAR(clopper_pearson_bounds(100, 100, 0.95)->low, std::pow(0.025, 0.01), 1e-14);
  const double z = normal_quantile(0.975);
  EXPECT_NEAR(wilson_bounds(0, 100, 0.95)->high, z * z / (100 + z * z), 1e-15);
  EXPECT_EQ(wilson_bounds(0, 100, 0.95)->low, 0);
  EXPECT_EQ(wilson_bounds(100, 100, 0.95, 0.5)->high, 1);
  EXPECT_EQ(agresti_coull_bounds(0, 100, 0.95)->low, 0);
}

TEST(ProportionIntervals, AgrestiCoullHasWilsonsCentreAndContainsIt) {
  for (const int64_t hits : {5, 17, 50, 95}) {
    const Bounds wilson = *wilson_bounds(hits, 100, 0.9);
    const Bounds wider = *agresti_coull_bounds(hits, 100, 0.9);
    EXPECT_NEAR(wider.low + wider.high, wilson.low + wilson.high, 1e-14);
    EXPECT_LT(wider.low, wilson.low);
  }
}

TEST(ProportionIntervals, MirrorImages) {
  for (const int64_t hits : {0, 1, 30}) {
    EXPECT_NEAR(wilson_bounds(hits, 77, 0.95)->low, 1 - wilson_bounds(77 - hits, 77, 0.95)->high,
                1e-15);
    EXPECT_NEAR(clopper_pearson_bounds(hits, 77, 0.95)->low,
                1 - clopper_pearson_bounds(77 - hits, 77, 0.95)->high, 1e-14);
  }
}

TEST(ProportionIntervals, Refusals) {
  EXPECT_FALSE(wilson_bounds(0, 0, 0.95).ok());
  EXPECT_FALSE(wilson_bounds(3, 2, 0.95).ok());
  EXPECT_FALSE(wilson_bounds(-1, 2, 0.95).ok());
  EXPECT_FALSE(wilson_bounds(1, 2, 0.95, 0.6).ok());
  EXPECT_FALSE(clopper_pearson_bounds(1, 2, 95).ok());
  EXPECT_FALSE(agresti_coull_bounds(1, 2, 0).ok());
}

}  // namespace
}  // namespace topline::statistics
