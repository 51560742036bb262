#include "weighting/steps.hpp"

#include <cmath>
#include <gtest/gtest.h>

#include "margins.hpp"

namespace topline {
namespace {

const Margin sex{"sex", {0, 0, 1, 1}, {"m", "f"}, {40, 60}};
const Margin age{"age", {0, 1, 0, 1}, {"-49", "50+"}, {70, 30}};

TEST(NonResponse, ByHand) {
  // Class 1 weighs 6, of which 2 responded: times 3. Class 2: 5 of 5.
  const ResponseClasses classes{"region", {0, 0, 1, 0}, {"north", "south"}, {1, 0, 1, 0}};
  const Result<NonResponseWeights> adjusted = adjust_for_non_response({2, 1, 5, 3}, classes);
  ASSERT_TRUE(adjusted);
  EXPECT_EQ(adjusted->weights, (std::vector<double>{6, 0, 5, 0}));
  EXPECT_EQ(adjusted->classes[0].name, "region `north`");
  EXPECT_DOUBLE_EQ(adjusted->classes[0].response_rate, 1.0 / 3);
  EXPECT_EQ(adjusted->largest_factor, 3);
}

TEST(NonResponse, Faults) {
  ResponseClasses classes{"region", {0, 1}, {}, {1, 0}};
  EXPECT_EQ(adjust_for_non_response({1, 1}, classes).fault().message,
            "region category 2 has 1 sampled cases and no respondents");
  EXPECT_TRUE(adjust_for_non_response({1, 0}, classes));
  classes.category[1] = no_category;
  EXPECT_EQ(adjust_for_non_response({1, 1}, classes).fault().message,
            "row 2 has a weight and no class of region");
  EXPECT_EQ(adjust_for_non_response({1}, classes).fault().message,
            "the classes of region are not known for all rows");
}

TEST(Steps, OneAfterAnother) {
  const ResponseClasses all{"all", {0, 0, 0, 0}, {}, {1, 1, 1, 0}};
  const Margin known{"sex", {0, 0, 1, no_category}, {}, {40, 60}};
  const Result<Weighted> weighted =
      apply_steps({NonResponse{all}, PostStratify{known}, Trim{{0, 55}}}, {1, 1, 1, 1});
  ASSERT_TRUE(weighted) << weighted.fault().message;
  // 4/3 each, then 20, 20, 60, then 5 of the last over the first two.
  EXPECT_NEAR(weighted->weights[0], 22.5, 1e-12);
  EXPECT_NEAR(weighted->weights[2], 55, 1e-12);
  EXPECT_EQ(weighted->weights[3], 0);
  ASSERT_EQ(weighted->reports.size(), 3U);
  EXPECT_EQ(weighted->reports[0].name, "adjusted for non-response within all");
  EXPECT_EQ(weighted->reports[1].name, "post-stratified to sex");
  EXPECT_NEAR(weighted->reports[1].largest_factor, 45, 1e-12);
  EXPECT_EQ(weighted->reports[2].trimmed.cut, 1U);
  EXPECT_NEAR(weighted->diagnostics.trimmed, 1.0 / 3, 1e-15);
  EXPECT_NEAR(weighted->diagnostics.largest_factor, 55, 1e-12);
  // Only post-stratification has calibration rows: with the weights that it started from.
  ASSERT_EQ(weighted->calibrations.size(), 1U);
  EXPECT_NEAR(weighted->calibrations[0].regression_weights[0], 4.0 / 3, 1e-15);
  EXPECT_EQ(weighted->calibrations[0].regression_weights[3], 0);
  EXPECT_EQ(weighted->calibrations[0].margins[0], (std::vector<uint32_t>{0, 0, 1, 2}));
}

TEST(Steps, CalibrationRows) {
  const std::vector<double> before = {1, 2, 0, 4};
  Rake step{{sex, age}, {}};
  std::vector<CalibrationRows> rows = calibration_rows(step, before);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].name, "raked to sex, age");
  EXPECT_EQ(rows[0].margins, (std::vector<std::vector<uint32_t>>{sex.category, age.category}));
  EXPECT_EQ(rows[0].regression_weights, before);
  step.options.residuals = RakeResiduals::unweighted;
  EXPECT_EQ(calibration_rows(step, before)[0].regression_weights,
            (std::vector<double>{1, 1, 0, 1}));
  rows = calibration_rows(Calibrate{"", {{"x", {1, 2, std::nan(""), 4}, 5}}, {}}, before);
  EXPECT_EQ(rows[0].name, "calibrated (linear) to x");
  EXPECT_EQ(rows[0].auxiliaries, (std::vector<std::vector<double>>{{1, 2, 0, 4}}));
  EXPECT_TRUE(calibration_rows(Trim{}, before).empty());
}

SampleDesign jackknife(size_t rows) {
  const Population people = population(rows);
  SampleDesign design;
  design.name = "jackknife";
  design.weights = people.weights;
  for (size_t r = 0; r < 10; ++r) {
    std::vector<double> replicate = people.weights;
    for (size_t row = 0; row < rows; ++row)
      replicate[row] *= row % 10 == r ? 0 : 10.0 / 9;
    design.replicates.weights.push_back(std::move(replicate));
  }
  design.replicates.scales.rscales.assign(10, 0.9);
  design.calibrations.push_back({"left over", {}, {}, {}});
  return design;
}

TEST(Steps, RedoneInEveryReplicate) {
  const SampleDesign before = jackknife(3000);
  const std::vector<WeightingStep> steps = {Rake{population(3000).margins, {}},
                                            Trim{{0, 4, TrimUnit::median}}};
  const Result<SampleDesign> after = reweight_replicates(before, steps);
  ASSERT_TRUE(after) << after.fault().message;
  EXPECT_TRUE(after->calibrations.empty());
  EXPECT_EQ(after->name, "jackknife, raked to sex, age, region, trimmed");
  EXPECT_EQ(after->weights, apply_steps(steps, before.weights)->weights);
  for (size_t r = 0; r < 10; ++r) {
    EXPECT_EQ(after->replicates.weights[r],
              apply_steps(steps, before.replicates.weights[r])->weights);
    EXPECT_EQ(after->replicates.weights[r][r], 0);
  }
  EXPECT_EQ(reweight_replicates(before, steps, 3)->replicates.weights, after->replicates.weights);
  EXPECT_EQ(reweight(before, steps)->replicates.weights, after->replicates.weights);
}

TEST(Steps, ReplicateThatLostACategory) {
  SampleDesign design;
  design.weights = {1, 1, 1, 1};
  design.replicates.weights = {{1, 1, 1, 1}, {2, 2, 0, 0}};
  const Result<SampleDesign> after = reweight_replicates(design, {PostStratify{sex}});
  ASSERT_FALSE(after);
  EXPECT_EQ(after.fault().message,
            "replicate 2: sex `f` has a population of 60 and no respondents with a weight");
  design.replicates.weights.clear();
  EXPECT_FALSE(reweight_replicates(design, {PostStratify{sex}}));
}

TEST(Steps, WithoutReplicatesCalibrationsAreKept) {
  SampleDesign design;
  design.weights = {1, 1, 1, 1};
  const Result<SampleDesign> after = reweight(design, {Rake{{sex, age}, {}}});
  ASSERT_TRUE(after);
  ASSERT_EQ(after->calibrations.size(), 1U);
  EXPECT_NEAR(after->weights[0], 28, 1e-12);  // independent cells: 40 · 70 / 100
}

TEST(Steps, Checks) {
  Diagnostics faults;
  check_step({1, 1, 1, 1}, Rake{{sex, age}, {}}, faults);
  check_step({1, 1, 1, 1}, PostStratify{sex}, faults);
  check_step({1, 1, 1, 1}, Trim{{0, 2}}, faults);
  EXPECT_TRUE(faults.empty());
  check_step({1, 1, 1, 1}, Trim{{3, 2}}, faults);
  check_step({0, 0, 1, 1}, PostStratify{sex}, faults);
  EXPECT_EQ(faults.all().size(), 2U);
  EXPECT_FALSE(apply_steps({Rake{}}, {1}));
}

}  // namespace
}  // namespace topline
