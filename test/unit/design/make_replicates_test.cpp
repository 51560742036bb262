#include "design/make_replicates.hpp"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>

namespace topline {
namespace {

using testing::DoubleEq;
using testing::DoubleNear;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

// One row for each unit: strata by row, and populations by stratum (0: with replacement).
SampleDesign of_strata(const std::vector<uint32_t>& strata,
                       const std::vector<double>& populations = {}) {
  SampleDesign design;
  StageRows stage;
  for (uint32_t row = 0; row < strata.size(); ++row) {
    design.weights.push_back(10.0 + 3 * (row % 4));
    stage.stratum.push_back(strata[row]);
    stage.unit.push_back(row);
    if (!populations.empty())
      stage.population.push_back(populations[strata[row]]);
  }
  stage.stratum_names = {"north", "south", "east", "west", "centre"};
  design.stages = {stage};
  return design;
}

ReplicatePlan of_type(ReplicateType type, size_t replicates = 0) {
  ReplicatePlan plan;
  plan.type = type;
  plan.replicates = replicates;
  return plan;
}

ReplicateRows made(const SampleDesign& design, const ReplicatePlan& plan) {
  Result<ReplicateRows> rows = make_replicates(design, plan);
  EXPECT_TRUE(rows.ok()) << (rows.ok() ? "" : rows.fault().message);
  return rows.ok() ? std::move(*rows) : ReplicateRows{};
}

std::string fault(const SampleDesign& design, const ReplicatePlan& plan) {
  const Result<ReplicateRows> rows = make_replicates(design, plan);
  return rows.ok() ? "" : rows.fault().message;
}

double total(const std::vector<double>& weights, const std::vector<double>& y) {
  return std::inner_product(weights.begin(), weights.end(), y.begin(), 0.0);
}

// Around the full sample's total.
double variance_of_total(const SampleDesign& design, const ReplicateRows& rows,
                         const std::vector<double>& y) {
  const double full = total(design.weights, y);
  double sum = 0;
  for (size_t replicate = 0; replicate < rows.weights.size(); ++replicate) {
    const double deviation = total(rows.weights[replicate], y) - full;
    sum += rows.scales.rscales[replicate] * deviation * deviation;
  }
  return rows.scales.scale * sum;
}

const std::vector<double> values = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3};

// What one stratum of rows first … first + n − 1 adds: (1 − f)·n/(n − 1)·Σ (w·y − mean)².
double stratum_variance(const SampleDesign& design, size_t first, size_t n, double fraction = 0) {
  double mean = 0;
  for (size_t row = first; row < first + n; ++row)
    mean += design.weights[row] * values[row] / static_cast<double>(n);
  double squares = 0;
  for (size_t row = first; row < first + n; ++row)
    squares += std::pow(design.weights[row] * values[row] - mean, 2);
  const auto units = static_cast<double>(n);
  return (1 - fraction) * units / (units - 1) * squares;
}

TEST(JackknifeReplicates, LeaveOneOutByHand) {
  const SampleDesign design = of_strata({0, 0, 0});  // weights 10, 13, 16
  const ReplicateRows rows = made(design, of_type(ReplicateType::jk1));
  ASSERT_EQ(rows.weights.size(), 3U);
  EXPECT_THAT(rows.weights[0], ElementsAre(0, DoubleEq(19.5), DoubleEq(24)));
  EXPECT_THAT(rows.weights[1], ElementsAre(DoubleEq(15), 0, DoubleEq(24)));
  EXPECT_DOUBLE_EQ(rows.scales.scale, 2.0 / 3);
  EXPECT_THAT(rows.scales.rscales, Each(1));
  EXPECT_EQ(rows.degrees_of_freedom, 2);
  EXPECT_EQ(rows.scales.type, ReplicateType::jk1);
  // Without stages every row is a unit.
  SampleDesign plain = design;
  plain.stages.clear();
  EXPECT_EQ(made(plain, of_type(ReplicateType::jk1)).weights, rows.weights);
}

TEST(JackknifeReplicates, UnitsOfSeveralRows) {
  SampleDesign design = of_strata({0, 0, 0, 0});
  design.stages[0].unit = {7, 9, 7, 9};
  const ReplicateRows rows = made(design, of_type(ReplicateType::jk1));
  ASSERT_EQ(rows.weights.size(), 2U);
  EXPECT_THAT(rows.weights[0], ElementsAre(0, 26, 0, 38));
}

// A total has the variance of linearization exactly, corrections included.
TEST(JackknifeReplicates, TotalsAsByLinearization) {
  const SampleDesign one = of_strata({0, 0, 0, 0, 0, 0, 0}, {28});
  EXPECT_NEAR(variance_of_total(one, made(one, of_type(ReplicateType::jk1)), values),
              stratum_variance(one, 0, 7, 0.25), 1e-9);
  const SampleDesign design =
      of_strata({0, 0, 0, 1, 1, 1, 1, 1, 2, 2}, {6, 50, std::numeric_limits<double>::infinity()});
  const double expected = stratum_variance(design, 0, 3, 0.5) +
                          stratum_variance(design, 3, 5, 0.1) + stratum_variance(design, 8, 2);
  const ReplicateRows rows = made(design, of_type(ReplicateType::jkn));
  EXPECT_NEAR(variance_of_total(design, rows, values), expected, 1e-9);
  EXPECT_EQ(rows.weights.size(), 10U);
  EXPECT_DOUBLE_EQ(rows.scales.rscales[0], 0.5 * 2 / 3);
  EXPECT_DOUBLE_EQ(rows.scales.rscales[9], 0.5);
  EXPECT_EQ(rows.scales.scale, 1);
  EXPECT_EQ(rows.degrees_of_freedom, 7);
  ReplicatePlan plan = of_type(ReplicateType::jkn);
  plan.corrections = Corrections::none;
  EXPECT_NEAR(variance_of_total(design, made(design, plan), values),
              stratum_variance(design, 0, 3) + stratum_variance(design, 3, 5) +
                  stratum_variance(design, 8, 2),
              1e-9);
}

TEST(JackknifeReplicates, StrataThatAreWhollySampledDoNotVary) {
  const SampleDesign design = of_strata({0, 0, 0, 1, 1, 2}, {3, 8, 1});
  const ReplicateRows rows = made(design, of_type(ReplicateType::jkn));
  EXPECT_EQ(rows.weights.size(), 2U);
  EXPECT_NEAR(variance_of_total(design, rows, values), stratum_variance(design, 3, 2, 0.25), 1e-9);
  EXPECT_THAT(fault(of_strata({0, 0, 1}, {2, 1}), of_type(ReplicateType::jkn)),
              HasSubstr("whole population"));
}

TEST(JackknifeReplicates, SingleUnits) {
  SampleDesign design = of_strata({0, 0, 0, 1, 2, 2});
  EXPECT_THAT(fault(design, of_type(ReplicateType::jkn)), HasSubstr("stratum south has a single"));
  design.single_psu = SinglePsu::remove;
  const double others = stratum_variance(design, 0, 3) + stratum_variance(design, 4, 2);
  ReplicateRows rows = made(design, of_type(ReplicateType::jkn));
  EXPECT_EQ(rows.weights.size(), 5U);
  EXPECT_NEAR(variance_of_total(design, rows, values), others, 1e-9);
  EXPECT_EQ(rows.degrees_of_freedom, 3);
  design.single_psu = SinglePsu::certainty;
  EXPECT_NEAR(variance_of_total(design, made(design, of_type(ReplicateType::jkn)), values), others,
              1e-9);
  design.single_psu = SinglePsu::average;
  EXPECT_NEAR(variance_of_total(design, made(design, of_type(ReplicateType::jkn)), values),
              others * 1.5, 1e-9);
  design.single_psu = SinglePsu::adjust;
  rows = made(design, of_type(ReplicateType::jkn));
  const double mean = total(design.weights, {3, 1, 4, 1, 5, 9}) / 6;
  EXPECT_NEAR(variance_of_total(design, rows, {3, 1, 4, 1, 5, 9}),
              others + std::pow(design.weights[3] * 1 - mean, 2), 1e-9);
  EXPECT_EQ(rows.degrees_of_freedom, 4);
  EXPECT_THAT(fault(design, of_type(ReplicateType::subbootstrap)),
              HasSubstr("only the stratified"));
  design = of_strata({0, 1, 2});
  design.single_psu = SinglePsu::remove;
  EXPECT_THAT(fault(design, of_type(ReplicateType::jkn)), HasSubstr("no stratum has two units"));
}

TEST(JackknifeReplicates, OneStratumIsAskedForByJk1) {
  EXPECT_THAT(fault(of_strata({0, 0, 1, 1}), of_type(ReplicateType::jk1)),
              HasSubstr("and this one has 2"));
}

TEST(HalfSamples, ThreePairsNeedFourReplicates) {
  const SampleDesign design = of_strata({0, 0, 1, 1, 2, 2});
  const ReplicateRows rows = made(design, of_type(ReplicateType::brr));
  ASSERT_EQ(rows.weights.size(), 4U);
  EXPECT_DOUBLE_EQ(rows.scales.scale, 0.25);
  for (const std::vector<double>& weights : rows.weights) {
    for (size_t row = 0; row < 6; row += 2) {
      const bool first = weights[row] > 0;
      EXPECT_DOUBLE_EQ(weights[row], first ? 2 * design.weights[row] : 0);
      EXPECT_DOUBLE_EQ(weights[row + 1], first ? 0 : 2 * design.weights[row + 1]);
    }
  }
  // Full balance: each unit counts in half of the replicates, so that their mean is the total.
  double sum = 0;
  for (const std::vector<double>& weights : rows.weights)
    sum += total(weights, {3, 1, 4, 1, 5, 9});
  EXPECT_NEAR(sum / 4, total(design.weights, {3, 1, 4, 1, 5, 9}), 1e-12);
}

// Var = Σ (w₁y₁ − w₂y₂)², whatever rho is.
TEST(HalfSamples, TotalsAsByLinearization) {
  SampleDesign design = of_strata({0, 0, 1, 1, 2, 2, 3, 3, 4, 4});
  double expected = 0;
  for (size_t row = 0; row < 10; row += 2)
    expected += stratum_variance(design, row, 2);
  const ReplicateRows brr = made(design, of_type(ReplicateType::brr));
  EXPECT_EQ(brr.weights.size(), 8U);
  EXPECT_NEAR(variance_of_total(design, brr, values), expected, 1e-9);
  EXPECT_EQ(brr.degrees_of_freedom, 5);
  for (double rho : {0.0, 0.3, 0.5, 0.9}) {
    ReplicatePlan plan = of_type(ReplicateType::fay, 20);
    plan.rho = rho;
    const ReplicateRows fay = made(design, plan);
    EXPECT_EQ(fay.weights.size(), 20U);
    EXPECT_DOUBLE_EQ(fay.scales.scale, 1 / (20 * (1 - rho) * (1 - rho)));
    EXPECT_NEAR(variance_of_total(design, fay, values), expected, 1e-9);
  }
  EXPECT_EQ(made(design, of_type(ReplicateType::brr, 80)).weights.size(), 80U);
}

TEST(HalfSamples, RefusesWhatIsNotPaired) {
  const SampleDesign design = of_strata({0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 3});
  EXPECT_THAT(fault(design, of_type(ReplicateType::brr)), HasSubstr("in strata south and west"));
  SampleDesign single = of_strata({0, 0, 1, 2});
  EXPECT_THAT(fault(single, of_type(ReplicateType::brr)), HasSubstr("strata south and east have"));
  single.single_psu = SinglePsu::remove;
  EXPECT_NEAR(variance_of_total(single, made(single, of_type(ReplicateType::brr)), values),
              stratum_variance(single, 0, 2), 1e-9);
  const SampleDesign corrected = of_strata({0, 0, 1, 1}, {9, 9});
  EXPECT_THAT(fault(corrected, of_type(ReplicateType::brr)), HasSubstr("finite population"));
  ReplicatePlan plan = of_type(ReplicateType::brr);
  plan.corrections = Corrections::none;
  EXPECT_NEAR(variance_of_total(corrected, made(corrected, plan), values),
              stratum_variance(corrected, 0, 2) + stratum_variance(corrected, 2, 2), 1e-9);
  plan = of_type(ReplicateType::fay);
  plan.rho = 1;
  EXPECT_THAT(fault(of_strata({0, 0}), plan), HasSubstr("below 1"));
}

// The squares of many replicates come near the variance of linearization: with R replicates the
// relative standard deviation of a variance is about √(2/R).
void expect_near_linearization(const SampleDesign& design, const ReplicateRows& rows,
                               double expected) {
  const auto replicates = static_cast<double>(rows.weights.size());
  EXPECT_NEAR(variance_of_total(design, rows, values) / expected, 1, 5 * std::sqrt(2 / replicates));
}

TEST(Bootstrap, RaoAndWuDrawOneLess) {
  const SampleDesign design = of_strata({0, 0, 0, 0, 1, 1});
  const ReplicateRows rows = made(design, of_type(ReplicateType::subbootstrap, 50));
  EXPECT_DOUBLE_EQ(rows.scales.scale, 1.0 / 49);
  for (const std::vector<double>& weights : rows.weights) {
    double times = 0;
    for (size_t row = 0; row < 4; ++row) {
      const double count = weights[row] / design.weights[row] * 3 / 4;
      EXPECT_NEAR(count, std::round(count), 1e-12);
      times += count;
    }
    EXPECT_NEAR(times, 3, 1e-12);
    EXPECT_NEAR(weights[4] / design.weights[4] + weights[5] / design.weights[5], 2, 1e-12);
  }
  EXPECT_EQ(rows.degrees_of_freedom, 4);
}

TEST(Bootstrap, ComesNearLinearization) {
  const SampleDesign plain = of_strata({0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2});
  const double expected =
      stratum_variance(plain, 0, 5) + stratum_variance(plain, 5, 4) + stratum_variance(plain, 9, 3);
  const SampleDesign corrected = of_strata({0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2}, {10, 16, 4});
  const double less = stratum_variance(corrected, 0, 5, 0.5) +
                      stratum_variance(corrected, 5, 4, 0.25) +
                      stratum_variance(corrected, 9, 3, 0.75);
  for (ReplicateType type : {ReplicateType::subbootstrap, ReplicateType::preston}) {
    expect_near_linearization(plain, made(plain, of_type(type, 2000)), expected);
    expect_near_linearization(corrected, made(corrected, of_type(type, 2000)), less);
  }
  const SampleDesign even = of_strata({0, 0, 0, 0, 1, 1, 1, 1});
  const ReplicateRows canty = made(even, of_type(ReplicateType::bootstrap, 2000));
  EXPECT_DOUBLE_EQ(canty.scales.scale, 4.0 / 3 / 1999);
  expect_near_linearization(even, canty,
                            stratum_variance(even, 0, 4) + stratum_variance(even, 4, 4));
  const SampleDesign half = of_strata({0, 0, 0, 0, 1, 1, 1, 1}, {8, 8});
  for (const std::vector<double>& weights :
       made(half, of_type(ReplicateType::bootstrap, 20)).weights) {
    for (size_t row = 0; row < 8; ++row)  // each unit stands twice in the population drawn from
      EXPECT_LE(weights[row], 2 * half.weights[row]);
    EXPECT_NEAR((weights[0] / 10 + weights[1] / 13 + weights[2] / 16 + weights[3] / 19), 4, 1e-12);
  }
}

TEST(Bootstrap, SameSeedSameWeights) {
  const SampleDesign design = of_strata({0, 0, 0, 0, 1, 1, 1});
  for (ReplicateType type :
       {ReplicateType::bootstrap, ReplicateType::subbootstrap, ReplicateType::preston}) {
    ReplicatePlan plan = of_type(type, 10);
    const ReplicateRows ten = made(design, plan);
    EXPECT_EQ(made(design, plan).weights, ten.weights);
    plan.replicates = 20;
    const ReplicateRows twenty = made(design, plan);
    EXPECT_EQ(twenty.weights[9], ten.weights[9]);
    plan.seed = 2;
    EXPECT_NE(made(design, plan).weights, twenty.weights);
    plan.replicates = 0;
    EXPECT_EQ(made(design, plan).weights.size(), 200U);
  }
}

// Five units of the first stage out of ten, two rows out of four in each.
SampleDesign two_stages() {
  SampleDesign design;
  StageRows first;
  StageRows second;
  for (uint32_t row = 0; row < 10; ++row) {
    design.weights.push_back(4);
    first.stratum.push_back(0);
    first.unit.push_back(row / 2);
    first.population.push_back(10);
    second.stratum.push_back(row / 2);
    second.unit.push_back(row);
    second.population.push_back(4);
  }
  design.stages = {first, second};
  return design;
}

TEST(Bootstrap, PrestonShowsBothStages) {
  const SampleDesign design = two_stages();
  const ReplicateRows rows = made(design, of_type(ReplicateType::preston, 4000));
  EXPECT_DOUBLE_EQ(rows.scales.rscales.front(), 1.0 / 3999);
  EXPECT_EQ(rows.scales.scale, 1);
  EXPECT_EQ(rows.degrees_of_freedom, 4);
  // (1 − f₁)·n/(n − 1)·Σ (t − t̄)² + f₁·Σ (1 − f₂)·m/(m − 1)·Σ (y − ȳ)², times weights.
  double mean = 0;
  for (size_t row = 0; row < 10; ++row)
    mean += 4 * values[row] / 5;
  double between = 0;
  double within = 0;
  for (size_t row = 0; row < 10; row += 2) {
    between += std::pow(4 * (values[row] + values[row + 1]) - mean, 2);
    within += 16 * std::pow(values[row] - values[row + 1], 2);
  }
  const double expected = 0.5 * 5 / 4 * between + 0.5 * 0.5 * within;
  expect_near_linearization(design, rows, expected);
  EXPECT_THAT(fault(design, of_type(ReplicateType::jk1)), HasSubstr("later stages"));
  ReplicatePlan plan = of_type(ReplicateType::jk1);
  plan.corrections = Corrections::first_stage;
  EXPECT_NEAR(variance_of_total(design, made(design, plan), values), 0.5 * 5 / 4 * between, 1e-9);
  plan.corrections = Corrections::none;
  EXPECT_NEAR(variance_of_total(design, made(design, plan), values), 5.0 / 4 * between, 1e-9);
}

// Units that are all in the sample are all kept: only the second stage varies.
TEST(Bootstrap, PrestonKeepsCertainUnits) {
  SampleDesign design = two_stages();
  design.stages[0].population.assign(10, 5);
  const ReplicateRows rows = made(design, of_type(ReplicateType::preston, 4000));
  double within = 0;
  for (size_t row = 0; row < 10; row += 2)
    within += 16 * std::pow(values[row] - values[row + 1], 2);
  expect_near_linearization(design, rows, 0.5 * within);
  for (const std::vector<double>& weights : rows.weights)
    EXPECT_NEAR(weights[0] + weights[1], 8, 1e-12);
}

// v = ½·[Σ (z_k − z_(k−1))² + (z_n − z_1)²] (Ash 2014, the estimator that SDR is equal to).
double circular_differences(const std::vector<double>& z) {
  double sum = std::pow(z.back() - z.front(), 2);
  for (size_t k = 1; k < z.size(); ++k)
    sum += std::pow(z[k] - z[k - 1], 2);
  return sum / 2;
}

std::vector<double> weighted(const SampleDesign& design, size_t first, size_t n) {
  std::vector<double> z;
  for (size_t row = first; row < first + n; ++row)
    z.push_back(design.weights[row] * values[row]);
  return z;
}

TEST(SuccessiveDifferences, CircularDifferencesOfTotals) {
  const SampleDesign design = of_strata({0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  const ReplicateRows rows = made(design, of_type(ReplicateType::successive_difference, 12));
  ASSERT_EQ(rows.weights.size(), 12U);
  EXPECT_DOUBLE_EQ(rows.scales.scale, 4.0 / 12);
  EXPECT_FALSE(rows.scales.mse);
  EXPECT_NEAR(variance_of_total(design, rows, values),
              circular_differences(weighted(design, 0, 10)), 1e-9);
  // Factors are 1 and 1 ± 1/√2: 1, 0.3 and 1.7 in Fay and Train's rounding.
  for (const std::vector<double>& weights : rows.weights) {
    for (size_t row = 0; row < 10; ++row) {
      const double moved = std::abs(weights[row] / design.weights[row] - 1);
      EXPECT_TRUE(moved < 1e-12 || std::abs(moved - std::sqrt(0.5)) < 1e-12);
    }
  }
  EXPECT_EQ(made(design, of_type(ReplicateType::successive_difference)).weights.size(), 80U);
  EXPECT_TRUE(made(design, of_type(ReplicateType::acs)).scales.mse);
}

TEST(SuccessiveDifferences, WithinStrataAndWithCorrections) {
  const SampleDesign design =
      of_strata({0, 0, 0, 0, 1, 1, 1, 2, 2}, {8, std::numeric_limits<double>::infinity(), 20});
  EXPECT_NEAR(variance_of_total(design, made(design, of_type(ReplicateType::acs)), values),
              0.5 * circular_differences(weighted(design, 0, 4)) +
                  circular_differences(weighted(design, 4, 3)) +
                  0.9 * circular_differences(weighted(design, 7, 2)),
              1e-9);
}

// Neighbours are those of the file, not of the units' codes.
TEST(SuccessiveDifferences, FollowTheOrderOfTheRows) {
  SampleDesign design = of_strata({0, 0, 0, 0, 0});
  design.stages[0].unit = {4, 2, 0, 1, 3};
  EXPECT_NEAR(variance_of_total(design, made(design, of_type(ReplicateType::acs)), values),
              circular_differences(weighted(design, 0, 5)), 1e-9);
}

// More units than rows of the matrix: rows come up again with other neighbours, none beside
// itself, and the variance keeps its size.
TEST(SuccessiveDifferences, ManyUnits) {
  SampleDesign design;
  std::vector<double> y;
  for (size_t row = 0; row < 3000; ++row) {
    design.weights.push_back(2);
    y.push_back(std::sin(static_cast<double>(row * row)));
  }
  const ReplicateRows rows = made(design, of_type(ReplicateType::successive_difference));
  ASSERT_EQ(rows.weights.size(), 80U);
  for (size_t row = 0; row < 3000; ++row) {
    bool moved = false;
    for (const std::vector<double>& weights : rows.weights)
      moved = moved || weights[row] != 2;
    EXPECT_TRUE(moved) << row;
  }
  std::vector<double> z = y;
  for (double& one : z)
    one *= 2;
  EXPECT_NEAR(variance_of_total(design, rows, y) / circular_differences(z), 1,
              5 * std::sqrt(2.0 / 79));
}

TEST(MakeReplicates, TheOrderOfRowsMakesNoDifference) {
  const SampleDesign design = of_strata({0, 0, 0, 1, 1, 1, 2, 2, 2});
  const std::vector<size_t> order = {4, 8, 0, 2, 6, 1, 7, 3, 5};
  SampleDesign moved = design;
  for (size_t row = 0; row < order.size(); ++row) {
    moved.weights[row] = design.weights[order[row]];
    moved.stages[0].stratum[row] = design.stages[0].stratum[order[row]];
    moved.stages[0].unit[row] = design.stages[0].unit[order[row]];
  }
  for (ReplicateType type : {ReplicateType::jkn, ReplicateType::bootstrap,
                             ReplicateType::subbootstrap, ReplicateType::preston}) {
    const ReplicateRows one = made(design, of_type(type, type == ReplicateType::jkn ? 0U : 12U));
    const ReplicateRows other = made(moved, of_type(type, type == ReplicateType::jkn ? 0U : 12U));
    for (size_t replicate = 0; replicate < one.weights.size(); ++replicate) {
      for (size_t row = 0; row < order.size(); ++row)
        EXPECT_EQ(other.weights[replicate][row], one.weights[replicate][order[row]]);
    }
  }
}

TEST(MakeReplicates, RefusesWhatMakesNoSense) {
  SampleDesign design = of_strata({0, 0, 0});
  EXPECT_THAT(fault(design, of_type(ReplicateType::other)), HasSubstr("can be read and not made"));
  EXPECT_THAT(fault(design, of_type(ReplicateType::bootstrap, 1)), HasSubstr("one replicate"));
  EXPECT_THAT(fault(design, of_type(ReplicateType::bootstrap, size_t{1} << 40U)),
              HasSubstr("too many"));
  EXPECT_THAT(fault(SampleDesign{}, of_type(ReplicateType::jkn)), HasSubstr("no variance"));
  SampleDesign raked = design;
  raked.calibrations.push_back({"raked to age", {}, {}, {}});
  EXPECT_THAT(fault(raked, of_type(ReplicateType::jkn)), HasSubstr("raked to age"));
  SampleDesign replicated = design;
  replicated.replicates = made(design, of_type(ReplicateType::jkn));
  EXPECT_THAT(fault(replicated, of_type(ReplicateType::jkn)), HasSubstr("already"));
}

TEST(NamesInWords, ListsAtMostTen) {
  EXPECT_EQ(names_in_words({"a"}), "a");
  EXPECT_EQ(names_in_words({"a", "b"}), "a and b");
  EXPECT_EQ(names_in_words({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(names_in_words({"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}),
            "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more");
}

}  // namespace
}  // namespace topline
