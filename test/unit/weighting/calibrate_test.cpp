#include "weighting/calibrate.hpp"

#include <cmath>
#include <gtest/gtest.h>

#include "margins.hpp"
#include "weighting/rake.hpp"

namespace topline {
namespace {

CalibrateOptions with(Distance distance, WeightBounds bounds = {}) {
  CalibrateOptions options;
  options.distance = distance;
  options.bounds = bounds;
  return options;
}

double total_of(const std::vector<double>& weights, const Auxiliary& auxiliary) {
  double total = 0;
  for (size_t row = 0; row < weights.size(); ++row)
    total += weights[row] * auxiliary.values[row];
  return total;
}

TEST(Calibrate, PublishedRegressionWeights) {
  // Kalton and Flores-Cervantes (2003, J. Off. Stat. 19), table 2, part D: generalized regression
  // with A and B as scores 1 to 4 and 1 to 3, their table 1 (see rake_test.cpp).
  const double respondents[4][3] = {{20, 40, 40}, {50, 140, 310}, {100, 50, 50}, {30, 100, 70}};
  const double people[4][3] = {{80, 40, 55}, {60, 150, 340}, {170, 60, 200}, {55, 165, 125}};
  std::vector<double> weights;
  std::vector<Auxiliary> auxiliaries = {{"n", {}, 0}, {"A", {}, 0}, {"B", {}, 0}};
  for (int a = 0; a < 4; ++a) {
    for (int b = 0; b < 3; ++b) {
      weights.push_back(respondents[a][b]);
      const double scores[] = {1, a + 1.0, b + 1.0};
      for (size_t i = 0; i < 3; ++i) {
        auxiliaries[i].values.push_back(scores[i]);
        auxiliaries[i].total += people[a][b] * scores[i];
      }
    }
  }
  const Result<CalibratedWeights> calibrated = calibrate(weights, auxiliaries);
  ASSERT_TRUE(calibrated) << calibrated.fault().message;
  const std::vector<double> published = {1.21, 1.17, 1.14, 1.43, 1.40, 1.36,
                                         1.66, 1.62, 1.59, 1.88, 1.85, 1.81};
  for (size_t cell = 0; cell < published.size(); ++cell)
    EXPECT_NEAR(calibrated->factors[cell], published[cell], 0.0051) << cell;
}

TEST(Calibrate, LinearByHand) {
  // F = 1 + λx on x = 0, 1, 2, 3: Σx = 6 and Σx² = 14, so a total of 9.5 needs λ = 3.5 / 14.
  const Result<CalibratedWeights> calibrated = calibrate({1, 1, 1, 1}, {{"x", {0, 1, 2, 3}, 9.5}});
  ASSERT_TRUE(calibrated);
  const std::vector<double> expected = {1, 1.25, 1.5, 1.75};
  for (size_t row = 0; row < expected.size(); ++row)
    EXPECT_NEAR(calibrated->factors[row], expected[row], 1e-14);
  EXPECT_NEAR(calibrated->report.largest_factor, 1.75, 1e-14);
  EXPECT_NEAR(calibrated->report.fits[0].reached, 9.5, 1e-13);
}

TEST(Calibrate, BoundedLinearByHand) {
  // A total of 8.5 without bounds needs 1 + 3λ > 1.5 for x = 3. Held at 1.5, it adds 4.5, and
  // (1 + λ) + 2 (1 + 2λ) = 4 gives λ = 0.2.
  const Result<CalibratedWeights> calibrated =
      calibrate({1, 1, 1, 1}, {{"x", {0, 1, 2, 3}, 8.5}}, with(Distance::linear, {0.5, 1.5}));
  ASSERT_TRUE(calibrated) << calibrated.fault().message;
  const std::vector<double> expected = {1, 1.2, 1.4, 1.5};
  for (size_t row = 0; row < expected.size(); ++row)
    EXPECT_NEAR(calibrated->factors[row], expected[row], 1e-12);
}

TEST(Calibrate, BoundsThatDoNotBindChangeNothing) {
  const std::vector<Auxiliary> x = {{"x", {0, 1, 2, 3}, 7}};
  const std::vector<double> free = calibrate({1, 2, 1, 2}, x)->weights;
  const std::vector<double> bounded =
      calibrate({1, 2, 1, 2}, x, with(Distance::linear, {0.01, 100}))->weights;
  for (size_t row = 0; row < free.size(); ++row)
    EXPECT_NEAR(bounded[row], free[row], 1e-12);
}

TEST(Calibrate, ExponentialByHand) {
  // exp(λ·1) alone makes the total: 3 = 1.5 exp λ.
  const Result<CalibratedWeights> calibrated =
      calibrate({1, 1.5}, {{"x", {0, 1}, 3}}, with(Distance::raking));
  ASSERT_TRUE(calibrated);
  EXPECT_NEAR(calibrated->factors[0], 1, 1e-14);
  EXPECT_NEAR(calibrated->factors[1], 2, 1e-12);
}

TEST(Calibrate, ExponentialOnMarginsIsRaking) {
  const Population people = population(2000);
  std::vector<Auxiliary> auxiliaries;
  for (const Margin& margin : people.margins) {
    // Complete margins depend on each other; that is allowed.
    for (Auxiliary& one : indicators(margin))
      auxiliaries.push_back(std::move(one));
  }
  const Result<CalibratedWeights> calibrated =
      calibrate(people.weights, auxiliaries, with(Distance::raking));
  ASSERT_TRUE(calibrated) << calibrated.fault().message;
  const std::vector<double> raked = rake(people.weights, people.margins)->weights;
  for (size_t row = 0; row < raked.size(); ++row)
    ASSERT_NEAR(calibrated->weights[row], raked[row], 1e-9 * raked[row]);
}

TEST(Calibrate, EveryDistanceMeetsTotalsWithinBounds) {
  const Population people = population(2000);
  std::vector<Auxiliary> auxiliaries = indicators(people.margins[0]);
  for (Auxiliary& one : indicators(people.margins[1], 0))
    auxiliaries.push_back(std::move(one));
  // The bounds are on new / old weight: start from weights of about the right size.
  std::vector<double> weights = people.weights;
  for (double& weight : weights)
    weight *= 100000.0 / 3000;
  const WeightBounds bounds{0.01, 4};
  for (Distance distance : {Distance::linear, Distance::raking, Distance::logit}) {
    const Result<CalibratedWeights> calibrated =
        calibrate(weights, auxiliaries, with(distance, bounds));
    ASSERT_TRUE(calibrated) << calibrated.fault().message;
    for (const Auxiliary& auxiliary : auxiliaries)
      EXPECT_NEAR(total_of(calibrated->weights, auxiliary), auxiliary.total,
                  1e-10 * auxiliary.total);
    EXPECT_GE(calibrated->report.smallest_factor, bounds.lower);
    EXPECT_LE(calibrated->report.largest_factor, bounds.upper);
  }
}

TEST(Calibrate, SameBytesForAnyNumberOfThreads) {
  const Population people = population(200000);
  const std::vector<Auxiliary> auxiliaries = indicators(people.margins[1]);
  const std::vector<double> one =
      calibrate(people.weights, auxiliaries, with(Distance::raking), 1)->weights;
  EXPECT_EQ(calibrate(people.weights, auxiliaries, with(Distance::raking), 3)->weights, one);
}

TEST(Calibrate, RowsOfWeightZeroStay) {
  const Result<CalibratedWeights> calibrated =
      calibrate({0, 2}, {{"x", {std::nan(""), 1}, 6}}, with(Distance::linear));
  ASSERT_TRUE(calibrated) << calibrated.fault().message;
  EXPECT_EQ(calibrated->weights[0], 0);
  EXPECT_NEAR(calibrated->weights[1], 6, 1e-14);
}

// ---- faults

std::string fault_of(const std::vector<double>& weights, const std::vector<Auxiliary>& auxiliaries,
                     const CalibrateOptions& options = {}) {
  const Result<CalibratedWeights> calibrated = calibrate(weights, auxiliaries, options);
  return calibrated ? "" : calibrated.fault().message;
}

TEST(Calibrate, OutOfReachWithinBounds) {
  EXPECT_EQ(
      fault_of({1, 1, 1, 1}, {{"income", {0, 1, 2, 3}, 9.5}}, with(Distance::linear, {0.5, 1.5})),
      "the calibration cannot be met within its bounds: the total of income comes no nearer "
      "than 9 to 9.5, missing it by 0.5");
}

TEST(Calibrate, TotalsThatBoundsForbidTogether) {
  // Each is in reach alone: 2 of 2 rows at x, but then y, the same rows, follows.
  for (Distance distance : {Distance::linear, Distance::logit, Distance::raking}) {
    const std::string fault = fault_of({1, 1, 1}, {{"x", {1, 1, 0}, 2.8}, {"y", {1, 1, 1}, 2.4}},
                                       with(distance, {0.5, 1.5}));
    EXPECT_TRUE(fault.find("cannot be met within its bounds: the total of") != std::string::npos)
        << fault;
  }
}

TEST(Calibrate, ContradictingTotals) {
  const std::string fault = fault_of({1, 1}, {{"x", {1, 1}, 4}, {"twice x", {2, 2}, 9}});
  EXPECT_TRUE(fault.find("the calibration cannot be met: the total of") == 0) << fault;
}

TEST(Calibrate, AuxiliaryThatNoRespondentHas) {
  EXPECT_EQ(fault_of({1, 1}, {{"x", {0, 0}, 0}}), "");
  EXPECT_EQ(
      fault_of({1, 1}, {{"x", {0, 0}, 5}}),
      "the calibration cannot be met: the total of x reaches 0 instead of 5, missing it by 5");
}

TEST(Calibrate, TotalsThatPositiveWeightsCannotMeet) {
  EXPECT_NE(fault_of({1, 1}, {{"x", {1, 2}, -4}}, with(Distance::raking)), "");
}

TEST(Calibrate, BadArguments) {
  EXPECT_EQ(fault_of({}, {{"x", {}, 1}}), "the sample is empty");
  EXPECT_EQ(fault_of({0}, {{"x", {1}, 1}}), "all weights are 0");
  EXPECT_EQ(fault_of({1}, {}), "there is no auxiliary to calibrate to");
  EXPECT_EQ(fault_of({1, 1}, {{"x", {1}, 1}}), "the auxiliary x has 1 rows, the weights 2");
  EXPECT_EQ(fault_of({1}, {{"x", {std::nan("")}, 1}}),
            "the auxiliary x has no finite value in row 1");
  EXPECT_EQ(fault_of({1}, {{"x", {1}, INFINITY}}),
            "the population total of x is not a finite number");
  EXPECT_EQ(fault_of({1}, {{"x", {1}, 2}}, with(Distance::logit, {0.5, INFINITY})),
            "the bounds 0.5 and inf do not hold 1 between them, both finite");
  EXPECT_EQ(fault_of({1}, {{"x", {1}, 2}}, with(Distance::linear, {1.5, 3})),
            "the bounds 1.5 and 3 do not hold 1 between them");
}

// ---- distances

TEST(Distance, IntegralSlopeAndBounds) {
  const WeightBounds bounds{0.4, 2.6};
  for (Distance distance : {Distance::linear, Distance::raking, Distance::logit}) {
    const DistancePoint at_0 = distance_at(distance, bounds, 0);
    EXPECT_NEAR(at_0.factor, 1, 1e-15);
    EXPECT_NEAR(at_0.slope, 1, 1e-15);
    EXPECT_NEAR(at_0.integral, 0, 1e-15);
    EXPECT_NEAR(distance_at(distance, bounds, 1e6).factor, 2.6, 1e-12);
    EXPECT_NEAR(distance_at(distance, bounds, -1e6).factor, 0.4, 1e-12);
    const double h = 1e-5;
    for (double u : {-3.0, -0.5, -0.1, 0.2, 0.9, 2.0, 5.0}) {
      const DistancePoint at = distance_at(distance, bounds, u);
      const DistancePoint below = distance_at(distance, bounds, u - h);
      const DistancePoint above = distance_at(distance, bounds, u + h);
      EXPECT_NEAR((above.integral - below.integral) / (2 * h), at.factor, 1e-9) << u;
      EXPECT_NEAR((above.factor - below.factor) / (2 * h), at.slope, 1e-8) << u;
    }
  }
}

}  // namespace
}  // namespace topline
