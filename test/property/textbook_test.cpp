// Examples that textbooks work through, with the numbers that they print.
#include <cmath>
#include <gtest/gtest.h>

#include "engine/column_rows.hpp"
#include "estimation/means.hpp"

namespace topline {
namespace {

constexpr size_t first_input = 0;

// Rows of a design of one stage or more, and a measurement.
struct Example {
  SampleDesign design;
  std::vector<double> y;

  [[nodiscard]] Estimates estimate(bool total) const {
    const auto rows = column_rows(design, {y.data()});
    EXPECT_TRUE(rows.ok());
    const std::vector<size_t> inputs = {first_input};
    const Result<Estimates> found = total ? totals(**rows, inputs) : means(**rows, inputs);
    EXPECT_TRUE(found.ok());
    return found.value();
  }
  [[nodiscard]] Estimate total() const { return estimate(true).at(0); }
  [[nodiscard]] Estimate mean() const { return estimate(false).at(0); }
};

// Cochran, Sampling Techniques (3rd edition, 1977), section 2.8: signatures on 50 of 676 sheets of
// a petition. He estimates 19,888 and gives 18,107 and 21,669 as 80 % limits, with the normal
// deviate 1.28.
TEST(Textbook, CochransPetitionSheets) {
  const std::vector<std::pair<int, int>> sheets = {
      {42, 23}, {41, 4}, {36, 1}, {32, 1}, {29, 1}, {27, 2}, {23, 1}, {19, 1}, {16, 2}, {15, 2},
      {14, 1},  {11, 1}, {10, 1}, {9, 1},  {7, 1},  {6, 3},  {5, 2},  {4, 1},  {3, 1}};
  Example example;
  StageRows stage;
  for (const auto& [signatures, count] : sheets) {
    for (int i = 0; i < count; ++i) {
      stage.unit.push_back(static_cast<uint32_t>(example.y.size()));
      example.y.push_back(signatures);
    }
  }
  ASSERT_EQ(example.y.size(), 50U);
  stage.stratum.assign(50, 0);
  stage.population.assign(50, 676);
  example.design.weights.assign(50, 676.0 / 50);
  example.design.stages = {stage};
  const Estimate total = example.total();
  EXPECT_NEAR(total.value, 19888, 0.5);
  EXPECT_NEAR(total.value - 1.28 * total.standard_error, 18107, 1.5);
  EXPECT_NEAR(total.value + 1.28 * total.standard_error, 21669, 1.5);
}

// Lohr, Sampling: Design and Analysis (2nd edition, 2010), example 3.2: acres of farmland in four
// strata of counties. She prints the strata's means and variances, which pairs of counties beside
// the mean have as well: total 909,736,035 with standard error 50,417,248.
TEST(Textbook, LohrsStrataOfCounties) {
  struct Stratum {
    double population;
    int n;  // odd: one county at the mean, the others in pairs
    double mean;
    double variance;
  };
  const std::vector<Stratum> strata = {{1054, 103, 300504.16, 29618183543.0},
                                       {220, 21, 97629.81, 7647472708.0},
                                       {1382, 135, 211315.04, 53587487856.0},
                                       {422, 41, 662295.51, 396185950266.0}};
  Example example;
  StageRows stage;
  for (uint32_t h = 0; h < strata.size(); ++h) {
    const Stratum& stratum = strata[h];
    for (int i = 0; i < stratum.n; ++i) {
      const double beside = i == 0 ? 0 : (i % 2 == 0 ? 1 : -1) * std::sqrt(stratum.variance);
      stage.stratum.push_back(h);
      stage.unit.push_back(static_cast<uint32_t>(example.y.size()));
      stage.population.push_back(stratum.population);
      example.design.weights.push_back(stratum.population / stratum.n);
      example.y.push_back(stratum.mean + beside);
    }
  }
  example.design.stages = {stage};
  const Estimate total = example.total();
  EXPECT_NEAR(total.value, 909736035, 10);  // the printed means are rounded to 0.01
  EXPECT_NEAR(total.standard_error, 50417248, 1);
  EXPECT_EQ(total.degrees_of_freedom, 300 - 4);
}

// The same book, example 5.2: grade point averages in 5 of 100 suites of four students. Total
// 1130.4, mean 2.826 with standard error 0.164; the suites' totals have the variance 2.256.
TEST(Textbook, LohrsSuitesOfStudents) {
  const std::vector<std::vector<double>> suites = {{3.08, 2.60, 3.44, 3.04},
                                                   {2.36, 3.04, 3.28, 2.68},
                                                   {2.00, 2.56, 2.52, 1.88},
                                                   {3.00, 2.88, 3.44, 3.64},
                                                   {2.68, 1.92, 3.28, 3.20}};
  Example example;
  StageRows stage;
  for (uint32_t suite = 0; suite < suites.size(); ++suite) {
    for (double grade : suites[suite]) {
      stage.stratum.push_back(0);
      stage.unit.push_back(suite);
      stage.population.push_back(100);
      example.design.weights.push_back(100.0 / 5);
      example.y.push_back(grade);
    }
  }
  example.design.stages = {stage};
  EXPECT_NEAR(example.total().value, 1130.4, 1e-9);
  EXPECT_NEAR(example.mean().value, 2.826, 1e-12);
  EXPECT_NEAR(example.mean().standard_error, 0.164, 0.0005);
  const double variance_of_totals =
      std::pow(example.total().standard_error / 100, 2) * 5 / (1 - 5.0 / 100);
  EXPECT_NEAR(variance_of_totals, 2.256, 0.0005);
}

// Särndal, Swensson and Wretman, Model Assisted Survey Sampling (1992), result 4.3.1 for simple
// random sampling at both stages, worked by hand: 2 of 5 units, in one 2 of 4 elements (3 and 5),
// in the other 3 of 6 (1, 2 and 6). The units' totals are estimated as 16 and 18, all together as
// 5/2·34 = 85. Between units 5²·(1 − 2/5)/2·2 = 15; within, 5/2·(4²·(1 − 2/4)/2·2 + 6²·(1 −
// 3/6)/3·7) = 125.
TEST(Textbook, TwoStagesOfSarndalSwenssonAndWretman) {
  Example example;
  example.y = {3, 5, 1, 2, 6};
  example.design.weights = {5, 5, 5, 5, 5};
  StageRows units;
  units.stratum = {0, 0, 0, 0, 0};
  units.unit = {0, 0, 1, 1, 1};
  units.population = {5, 5, 5, 5, 5};
  StageRows elements;
  elements.stratum = {0, 0, 1, 1, 1};
  elements.unit = {0, 1, 2, 3, 4};
  elements.population = {4, 4, 6, 6, 6};
  example.design.stages = {units, elements};
  const Estimate total = example.total();
  EXPECT_NEAR(total.value, 85, 1e-12);
  EXPECT_NEAR(total.standard_error * total.standard_error, 140, 1e-10);
}

}  // namespace
}  // namespace topline
