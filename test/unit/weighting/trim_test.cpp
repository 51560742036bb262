#include "weighting/trim.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

#include "weighting/weight_diagnostics.hpp"

namespace topline {
namespace {

TEST(Trim, SpreadsEvenly) {
  // 14 is cut by 6, 2 for each of the others.
  const Result<TrimmedWeights> trimmed = trim({1, 2, 3, 14}, {0, 8});
  ASSERT_TRUE(trimmed);
  EXPECT_EQ(trimmed->weights, (std::vector<double>{3, 4, 5, 8}));
  EXPECT_EQ(trimmed->report.cut, 1U);
  EXPECT_EQ(trimmed->report.share, 0.25);
}

TEST(Trim, RaisesAndCuts) {
  // 1 is raised by 2, 20 cut by 8: 6 over three others.
  const Result<TrimmedWeights> trimmed = trim({1, 4, 5, 6, 20}, {3, 12});
  ASSERT_TRUE(trimmed);
  EXPECT_EQ(trimmed->weights, (std::vector<double>{3, 6, 7, 8, 12}));
  EXPECT_EQ(trimmed->report.raised, 1U);
}

TEST(Trim, OnceMayPushOthersOver) {
  const Result<TrimmedWeights> trimmed = trim({1, 7, 12}, {0, 8});
  ASSERT_TRUE(trimmed);
  EXPECT_EQ(trimmed->weights, (std::vector<double>{3, 9, 8}));
}

TEST(Trim, StrictGoesOn) {
  // In the end two lie on the limit, and the third takes what is left of 20.
  const Result<TrimmedWeights> trimmed = trim({1, 7, 12}, {0, 8, TrimUnit::weight, true});
  ASSERT_TRUE(trimmed);
  EXPECT_NEAR(trimmed->weights[0], 4, 1e-12);
  EXPECT_LE(trimmed->weights[1], 8);
  EXPECT_LE(trimmed->weights[2], 8);
  EXPECT_NEAR(trimmed->weights[1] + trimmed->weights[2], 16, 1e-12);
}

TEST(Trim, LimitsInMediansAndMeans) {
  // Median 2.5, mean 5.
  EXPECT_EQ(trim({1, 2, 3, 14}, {0, 2, TrimUnit::median})->report.upper, 5);
  EXPECT_EQ(trim({1, 2, 3, 14}, {0, 2, TrimUnit::mean})->report.upper, 10);
}

TEST(Trim, NothingOutside) {
  const Result<TrimmedWeights> trimmed = trim({1, 2, 3}, {1, 3});
  ASSERT_TRUE(trimmed);
  EXPECT_EQ(trimmed->weights, (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(trimmed->report.rounds, 0);
}

TEST(Trim, ZerosStayZero) {
  const Result<TrimmedWeights> trimmed = trim({0, 1, 2, 3, 14}, {2, 8});
  ASSERT_TRUE(trimmed);
  EXPECT_EQ(trimmed->weights[0], 0);
  EXPECT_EQ(std::accumulate(trimmed->weights.begin(), trimmed->weights.end(), 0.0), 20);
}

std::string fault_of(const std::vector<double>& weights, const TrimOptions& options) {
  const Result<TrimmedWeights> trimmed = trim(weights, options);
  return trimmed ? "" : trimmed.fault().message;
}

TEST(Trim, Faults) {
  EXPECT_EQ(fault_of({1, 10}, {3, 5}),
            "no weight lies between 3 and 5 to take on what trimming takes off");
  EXPECT_EQ(fault_of({1, 10}, {6, 8, TrimUnit::weight, true}),
            "weights cannot be kept between 6 and 8: their mean is 5.5");
  EXPECT_EQ(fault_of({1, 10}, {8, 6}), "weights cannot be trimmed to between 8 and 6");
  EXPECT_EQ(fault_of({}, {1, 2}), "the sample is empty");
  EXPECT_EQ(fault_of({1, 1, 1, 1, 5.5}, {5, 6}),
            "trimming to between 5 and 6 leaves negative weights");
}

TEST(WeightDiagnostics, ByHand) {
  // Σw = 4, Σw² = 6.
  const WeightDiagnostics described = describe_weights({1, 0, 2, 1}, {1, 1, 0.5, 1});
  EXPECT_EQ(described.n, 3U);
  EXPECT_EQ(described.zeros, 1U);
  EXPECT_EQ(described.sum, 4);
  EXPECT_EQ(described.smallest, 1);
  EXPECT_EQ(described.largest, 2);
  EXPECT_DOUBLE_EQ(described.mean, 4.0 / 3);
  EXPECT_EQ(described.median, 1);
  EXPECT_EQ(described.range_ratio, 2);
  EXPECT_DOUBLE_EQ(described.design_effect, 3 * 6 / 16.0);
  EXPECT_DOUBLE_EQ(described.effective_size, 16 / 6.0);
  EXPECT_EQ(described.largest_factor, 4);
}

TEST(WeightDiagnostics, EqualWeightsCostNothing) {
  const WeightDiagnostics described = describe_weights(std::vector<double>(1000, 0.1));
  EXPECT_NEAR(described.design_effect, 1, 1e-15);
  EXPECT_NEAR(described.effective_size, 1000, 1e-9);
}

TEST(WeightDiagnostics, Empty) {
  EXPECT_EQ(describe_weights({}).n, 0U);
  EXPECT_EQ(describe_weights({0, 0}).zeros, 2U);
  EXPECT_EQ(median_weight({}), 0);
  EXPECT_EQ(median_weight({4, 1, 0, 3, 2}), 2.5);
}

}  // namespace
}  // namespace topline
