#include "statistics/quantile_rules.hpp"

#include <gtest/gtest.h>

namespace topline {
namespace {

// Values that one row each has.
WeightedQuantiles single_rows(std::vector<double> values, std::vector<double> weights) {
  OrderedValues ordered;
  ordered.value = std::move(values);
  ordered.rows = static_cast<int64_t>(weights.size());
  ordered.weight = ordered.first = ordered.last = std::move(weights);
  return WeightedQuantiles(std::move(ordered));
}

// Hyndman and Fan (1996, table 1) by hand: 10, 20, 30, 40 with p = 0.6 stand at np = 2.4,
// np + 1/2 = 2.9, (n + 1)p = 3, (n − 1)p + 1 = 2.8, (n + 1/3)p + 1/3 = 2.9333, (n + 1/4)p + 3/8
// = 2.925.
TEST(QuantileRules, EqualWeightsGiveTheTypesOfHyndmanAndFan) {
  for (const double weight : {1.0, 30.97}) {
    const WeightedQuantiles four = single_rows({10, 20, 30, 40}, std::vector<double>(4, weight));
    EXPECT_EQ(four.at(0.6, QuantileRule::hf1), 30);
    EXPECT_EQ(four.at(0.6, QuantileRule::hf2), 30);
    EXPECT_NEAR(four.at(0.6, QuantileRule::hf4), 24, 1e-12);
    EXPECT_NEAR(four.at(0.6, QuantileRule::hf5), 29, 1e-12);
    EXPECT_NEAR(four.at(0.6, QuantileRule::hf6), 30, 1e-12);
    EXPECT_NEAR(four.at(0.6, QuantileRule::hf7), 28, 1e-12);
    EXPECT_NEAR(four.at(0.6, QuantileRule::hf8), 20 + 28.0 / 3, 1e-12);
    EXPECT_NEAR(four.at(0.6, QuantileRule::hf9), 29.25, 1e-12);
  }
}

TEST(QuantileRules, WhereASumOfWeightsMeetsTheProbability) {
  const WeightedQuantiles four = single_rows({10, 20, 30, 40}, {1, 1, 1, 1});
  EXPECT_EQ(four.at(0.5, QuantileRule::math), 20);
  EXPECT_EQ(four.at(0.5, QuantileRule::school), 25);
  EXPECT_EQ(four.at(0.5, QuantileRule::hf3), 20);   // the second, an even place
  EXPECT_EQ(four.at(0.25, QuantileRule::hf3), 20);  // the first is odd: the next
  EXPECT_EQ(four.at(1, QuantileRule::school), 40);  // there is no next
}

// Values 1, 2, 3 with weights 1, 2, 1: C = 1, 3, 4.
TEST(QuantileRules, Weights) {
  const WeightedQuantiles three = single_rows({1, 2, 3}, {1, 2, 1});
  EXPECT_EQ(three.at(0.25, QuantileRule::math), 1);
  EXPECT_EQ(three.at(0.26, QuantileRule::math), 2);
  EXPECT_EQ(three.at(0.75, QuantileRule::school), 2.5);
  EXPECT_NEAR(three.at(0.5, QuantileRule::hf4), 1.5, 1e-12);         // between 1/4 and 3/4
  EXPECT_NEAR(three.at(0.6875, QuantileRule::hf5), 2.5, 1e-12);      // between 1/2 and 7/8
  EXPECT_NEAR(three.at(0.4, QuantileRule::hf6), 1.5, 1e-12);         // between 1/5 and 3/5
  EXPECT_NEAR(three.at(2.0 / 3, QuantileRule::hf7), 2.5, 1e-12);     // between 1/3 and 1
  EXPECT_NEAR(three.at(9.0 / 13, QuantileRule::hf8), 2.5, 1e-12);    // between 7/13 and 11/13
  EXPECT_NEAR(three.at(11.75 / 17, QuantileRule::hf9), 2.5, 1e-12);  // between 9/17 and 14.5/17
}

// (3(C − w/2)/4 + 1/2)/4 is 0.21875, 0.5 and 0.78125 there.
TEST(QuantileRules, ShahAndVaish) {
  const WeightedQuantiles three = single_rows({1, 2, 3}, {1, 2, 1});
  EXPECT_EQ(three.at(0.1, QuantileRule::shahvaish), 1);
  EXPECT_EQ(three.at(0.49, QuantileRule::shahvaish), 1);
  EXPECT_EQ(three.at(0.5, QuantileRule::shahvaish), 2);
  EXPECT_EQ(three.at(0.78, QuantileRule::shahvaish), 2);
  EXPECT_EQ(three.at(0.99, QuantileRule::shahvaish), 3);
}

TEST(QuantileRules, BelowTheFirstAndAboveTheLastPointValuesAreConstant) {
  const WeightedQuantiles three = single_rows({1, 2, 3}, {1, 2, 1});
  for (const QuantileRule rule :
       {QuantileRule::math, QuantileRule::school, QuantileRule::shahvaish, QuantileRule::hf1,
        QuantileRule::hf2, QuantileRule::hf3, QuantileRule::hf4, QuantileRule::hf5,
        QuantileRule::hf6, QuantileRule::hf7, QuantileRule::hf8, QuantileRule::hf9}) {
    EXPECT_EQ(three.at(0, rule), 1) << rule_name(rule);
    EXPECT_EQ(three.at(1, rule), 3) << rule_name(rule);
    EXPECT_EQ(single_rows({7}, {3}).at(0.5, rule), 7) << rule_name(rule);
  }
}

TEST(QuantileRules, TheUnitOfTheWeightsDoesNotMatter) {
  const std::vector<double> weights = {1, 4, 2, 3, 5, 1, 1};
  std::vector<double> scaled;
  for (double weight : weights)
    scaled.push_back(weight * 4096);
  const WeightedQuantiles one = single_rows({1, 2, 4, 8, 16, 32, 64}, weights);
  const WeightedQuantiles other = single_rows({1, 2, 4, 8, 16, 32, 64}, scaled);
  for (const QuantileRule rule : {QuantileRule::math, QuantileRule::shahvaish, QuantileRule::hf4,
                                  QuantileRule::hf6, QuantileRule::hf7, QuantileRule::hf9}) {
    for (int percent = 1; percent < 100; ++percent)
      EXPECT_EQ(one.at(percent / 100.0, rule), other.at(percent / 100.0, rule)) << rule_name(rule);
  }
}

// One row of 1, three of 2: by rows, type 7 with p = 1/6 is half way from the first row to the
// second, and from the second row on all is 2.
TEST(QuantileRules, RowsOfOneValueAreFlat) {
  OrderedValues ordered;
  ordered.value = {1, 2};
  ordered.weight = {1, 3};
  ordered.first = ordered.last = {1, 1};
  ordered.rows = 4;
  const WeightedQuantiles ties(std::move(ordered));
  EXPECT_NEAR(ties.at(1.0 / 6, QuantileRule::hf7), 1.5, 1e-12);
  EXPECT_EQ(ties.at(1.0 / 3, QuantileRule::hf7), 2);
  EXPECT_EQ(ties.at(0.9, QuantileRule::hf7), 2);
  EXPECT_NEAR(ties.at(0.25, QuantileRule::hf5), 1.5, 1e-12);  // between 1/8 and 3/8
}

// In doubles 0.1 + 0.1 + 0.1 is more than 0.3.
TEST(QuantileRules, RoundingOfSumsDoesNotDecide) {
  const WeightedQuantiles ten =
      single_rows({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, std::vector<double>(10, 0.1));
  for (int place = 1; place < 10; ++place) {
    EXPECT_EQ(ten.at(place / 10.0, QuantileRule::math), place);
    EXPECT_EQ(ten.at(place / 10.0, QuantileRule::school), place + 0.5);
    EXPECT_EQ(ten.at(place / 10.0, QuantileRule::hf3), place % 2 == 0 ? place : place + 1);
    EXPECT_EQ(ten.at(place / 10.0, QuantileRule::hf4), place);
  }
}

TEST(QuantileRules, SharesAndPositions) {
  const WeightedQuantiles three = single_rows({1, 2, 3}, {1, 2, 1});
  EXPECT_EQ(three.share_up_to(0), 0.25);
  EXPECT_EQ(three.share_up_to(2), 1);
  EXPECT_EQ(three.position(0.25), 0U);
  EXPECT_EQ(three.position(0.3), 1U);
  EXPECT_EQ(three.position(1), 2U);
}

}  // namespace
}  // namespace topline
