#include "weighting/rake.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

#include "margins.hpp"

namespace topline {
namespace {

// The example of Kalton and Flores-Cervantes (2003, Weighting methods, J. Off. Stat. 19, 81-97),
// table 1: 1000 respondents by A (4 rows) and B (3 columns), and the population's 1500.
const std::vector<std::vector<double>> respondents = {
    {20, 40, 40}, {50, 140, 310}, {100, 50, 50}, {30, 100, 70}};
const std::vector<std::optional<double>> population_a = {175, 550, 430, 345};
const std::vector<std::optional<double>> population_b = {365, 415, 720};

// Each cell as one row that weighs as many as respond in it.
struct CellSample {
  std::vector<double> weights;
  Margin a{"A", {}, {}, population_a};
  Margin b{"B", {}, {}, population_b};
};

CellSample cell_sample() {
  CellSample sample;
  for (uint32_t row = 0; row < 4; ++row) {
    for (uint32_t column = 0; column < 3; ++column) {
      sample.weights.push_back(respondents[row][column]);
      sample.a.category.push_back(row);
      sample.b.category.push_back(column);
    }
  }
  return sample;
}

TEST(Rake, PublishedExample) {
  const CellSample sample = cell_sample();
  const Result<RakedWeights> raked = rake(sample.weights, {sample.a, sample.b});
  ASSERT_TRUE(raked) << raked.fault().message;
  // Their table 2, part B, to the two decimals printed.
  const std::vector<double> published = {1.81, 1.45, 2.02, 1.08, 0.87, 1.21,
                                         2.20, 1.76, 2.45, 1.83, 1.47, 2.04};
  for (size_t cell = 0; cell < published.size(); ++cell)
    EXPECT_NEAR(raked->weights[cell] / sample.weights[cell], published[cell], 0.0051) << cell;
  EXPECT_TRUE(raked->report.converged);
  for (const CategoryFit& fit : raked->report.worst)
    EXPECT_LE(fit.misfit(), 1e-12) << fit.category;
}

TEST(Rake, FactorsAreProducts) {
  // Raked weights are those before times a factor of the row and one of the column: the odds
  // ratios of the cells stay (Deming and Stephan 1940).
  const CellSample sample = cell_sample();
  const std::vector<double> w = rake(sample.weights, {sample.a, sample.b})->weights;
  EXPECT_NEAR(w[0] * w[4] / (w[1] * w[3]), 20.0 * 140 / (40.0 * 50), 1e-12);
  EXPECT_NEAR(w[7] * w[11] / (w[8] * w[10]), 50.0 * 70 / (50.0 * 100), 1e-12);
}

TEST(Rake, RowsOfACellShareItsFactor) {
  // 1000 rows of weight 1 instead of 12 of many.
  const CellSample cells = cell_sample();
  CellSample sample;
  for (size_t cell = 0; cell < cells.weights.size(); ++cell) {
    for (int i = 0; i < static_cast<int>(cells.weights[cell]); ++i) {
      sample.weights.push_back(1);
      sample.a.category.push_back(cells.a.category[cell]);
      sample.b.category.push_back(cells.b.category[cell]);
    }
  }
  const std::vector<double> raked = rake(sample.weights, {sample.a, sample.b})->weights;
  const std::vector<double> expected = rake(cells.weights, {cells.a, cells.b})->weights;
  EXPECT_NEAR(raked.front(), expected.front() / 20, 1e-12);
  EXPECT_NEAR(raked.back(), expected.back() / 70, 1e-12);
}

TEST(Rake, PostStratificationIsOneDivision) {
  // Cells of weight 4 and 6 for populations of 10 and 30: factors 2.5 and 5.
  const Result<RakedWeights> weighted =
      post_stratify({1, 3, 2, 4}, {"sex", {0, 0, 1, 1}, {"m", "f"}, {10, 30}});
  ASSERT_TRUE(weighted);
  EXPECT_EQ(weighted->weights, (std::vector<double>{2.5, 7.5, 10, 20}));
  EXPECT_EQ(weighted->report.smallest_factor, 2.5);
  EXPECT_EQ(weighted->report.largest_factor, 5);
  EXPECT_EQ(weighted->report.sweeps, 1);
}

TEST(Rake, PublishedCellWeights) {
  // Table 2, part A: cell weighting, here post-stratification to two of the cells' rows.
  const Result<RakedWeights> weighted =
      post_stratify({20, 40, 40}, {"B", {0, 1, 2}, {}, {80, 40, 55}});
  ASSERT_TRUE(weighted);
  EXPECT_DOUBLE_EQ(weighted->weights[0] / 20, 4);
  EXPECT_DOUBLE_EQ(weighted->weights[1] / 40, 1);
  EXPECT_DOUBLE_EQ(weighted->weights[2] / 40, 1.375);
}

TEST(Rake, OneSweepByHand) {
  // Weights 1 in a 2 x 2 table with rows to 6 and 2, then columns to 3 and 5. Rows: 3 3 / 1 1.
  // Columns weigh 4 and 4: times 3/4 and 5/4.
  RakeOptions once;
  once.most_sweeps = 1;
  const std::vector<Margin> margins = {{"r", {0, 0, 1, 1}, {}, {6, 2}},
                                       {"c", {0, 1, 0, 1}, {}, {3, 5}}};
  const Result<RakedWeights> raked = rake({1, 1, 1, 1}, margins, once);
  ASSERT_TRUE(raked);
  EXPECT_EQ(raked->weights, (std::vector<double>{2.25, 3.75, 0.75, 1.25}));
}

TEST(Rake, StopsWhereRDoes) {
  // A table that takes many sweeps: cells far from independence.
  const std::vector<Margin> margins = {{"r", {0, 0, 1, 1}, {}, {50, 50}},
                                       {"c", {0, 1, 0, 1}, {}, {80, 20}}};
  const std::vector<double> weights = {90, 1, 1, 8};
  RakeOptions options;
  options.stop = RakeStop::cells_settled;
  options.tolerance = 1;
  options.most_sweeps = 10;
  options.accept_unconverged = true;
  const Result<RakedWeights> early = rake(weights, margins, options);
  ASSERT_TRUE(early);
  const Result<RakedWeights> late = rake(weights, margins);
  ASSERT_TRUE(late);
  EXPECT_LT(early->report.sweeps, late->report.sweeps);
  EXPECT_GT(early->report.worst[0].misfit(), 1e-12);  // the margin before the last is off
  EXPECT_LE(early->report.worst[1].misfit(), 1e-15);  // the last one is met
  EXPECT_EQ(early->report.last_factors.size(), 2U);
}

TEST(Rake, RowsOfWeightZeroNeedNoCategory) {
  const Result<RakedWeights> raked = rake({1, 0, 3}, {{"sex", {0, no_category, 1}, {}, {10, 20}}});
  ASSERT_TRUE(raked);
  EXPECT_EQ(raked->weights, (std::vector<double>{10, 0, 20}));
}

TEST(Rake, UnstatedCategoriesWithoutRespondents) {
  const Result<RakedWeights> raked =
      rake({1, 3}, {{"sex", {0, 2}, {"m", "x", "f"}, {10, std::nullopt, 20}}});
  ASSERT_TRUE(raked) << raked.fault().message;
  EXPECT_EQ(raked->weights, (std::vector<double>{10, 20}));
}

TEST(Rake, SameBytesForAnyNumberOfThreads) {
  const Population people = population(300000);
  const std::vector<double> one = rake(people.weights, people.margins, {}, 1)->weights;
  for (size_t threads : {2U, 3U, 7U})
    EXPECT_EQ(rake(people.weights, people.margins, {}, threads)->weights, one) << threads;
}

TEST(Rake, ManyPossibleCells) {
  // 4 margins of 200 categories each: 1.6 billion possible cells, numbered as they occur.
  const size_t rows = 5000;
  std::vector<Margin> margins;
  for (uint32_t m = 0; m < 4; ++m) {
    Margin margin{"m" + std::to_string(m), {}, {}, std::vector<std::optional<double>>(200, 50)};
    for (size_t row = 0; row < rows; ++row)
      margin.category.push_back(static_cast<uint32_t>((row * (2 * m + 1) + row / 200 * m) % 200));
    margins.push_back(std::move(margin));
  }
  std::vector<double> weights(rows, 2);
  weights[7] = 0;
  margins[2].category[7] = no_category;
  const Result<RakedWeights> raked = rake(weights, margins);
  ASSERT_TRUE(raked) << raked.fault().message;
  std::vector<double> totals(200);
  for (size_t row = 0; row < rows; ++row) {
    if (weights[row] > 0)
      totals[margins[2].category[row]] += raked->weights[row];
  }
  for (double total : totals)
    EXPECT_NEAR(total, 50, 1e-9);
  EXPECT_EQ(raked->weights[7], 0);
}

// ---- faults

std::string fault_of(const std::vector<double>& weights, const std::vector<Margin>& margins) {
  const Result<RakedWeights> raked = rake(weights, margins);
  return raked ? "" : raked.fault().message;
}

TEST(Rake, ContradictingTotals) {
  EXPECT_EQ(fault_of({1, 1}, {{"sex", {0, 1}, {}, {40, 60}}, {"age", {0, 1}, {}, {50, 51}}}),
            "the margins sex and age contradict each other: their populations add up to 100 and "
            "101");
}

TEST(Rake, SharesCanBeScaled) {
  const Margin shares{"age", {0, 1}, {}, {0.25, 0.75}};
  EXPECT_EQ(fault_of({1, 1}, {{"sex", {0, 1}, {}, {25, 75}}, scaled_to(shares, 100)}), "");
}

TEST(Rake, CategoryThatTheMarginMisses) {
  EXPECT_EQ(fault_of({1, 1, 1, 1}, {{"sex", {0, 1, 2, 2}, {"m", "f", "x"}, {40, 60}}}),
            "sex `x` has 2 respondents, and the margin does not state its population");
  EXPECT_EQ(fault_of({1, 1, 1}, {{"sex", {0, 1, 1}, {"m", "f"}, {40, std::nullopt}}}),
            "sex `f` has 2 respondents, and the margin does not state its population");
  EXPECT_EQ(fault_of({1, 1}, {{"sex", {0, no_category}, {}, {40}}}),
            "1 respondent with a weight have no category of sex");
}

TEST(Rake, CategoryWithoutRespondents) {
  EXPECT_EQ(fault_of({1, 0}, {{"年齢", {0, 1}, {"男", "女"}, {40, 60}}}),
            "年齢 `女` has a population of 60 and no respondents with a weight");
}

TEST(Rake, CategoryWithoutPopulation) {
  EXPECT_EQ(fault_of({1, 1}, {{"sex", {0, 1}, {}, {40, 0}}}),
            "sex category 2 has 1 respondent and a population of 0");
}

TEST(Rake, BadPopulations) {
  EXPECT_EQ(fault_of({1, 1}, {{"sex", {0, 1}, {"m", "f"}, {40, -3}}}),
            "the population of sex `f` is -3");
  EXPECT_EQ(fault_of({1, 1}, {{"sex", {0, 1}, {"m", "f"}, {INFINITY, 3}}}),
            "the population of sex `m` is inf");
  EXPECT_EQ(fault_of({1, 1}, {{"sex", {0, 1}, {}, {}}}), "the margin sex has no population");
}

TEST(Rake, BadWeights) {
  const std::vector<Margin> sex = {{"sex", {0, 1}, {}, {40, 60}}};
  EXPECT_EQ(fault_of({1, -1}, sex), "row 2 has a weight of -1");
  EXPECT_EQ(fault_of({NAN, INFINITY}, sex), "row 1 has a weight of nan, as have 1 others");
  EXPECT_EQ(fault_of({0, 0}, sex), "all weights are 0");
  EXPECT_EQ(fault_of({}, {{"sex", {}, {}, {40, 60}}}), "the sample is empty");
  EXPECT_EQ(fault_of({1, 1, 1}, sex), "the margin sex is known for 2 rows of 3");
  EXPECT_EQ(fault_of({1}, {}), "there is no margin to rake to");
}

TEST(Rake, AllFaultsAtOnce) {
  Diagnostics faults;
  check_margins({1, 1}, {{"sex", {0, 1}, {}, {40, -60}}, {"age", {0, 2}, {}, {10, 20}}}, faults);
  EXPECT_EQ(faults.all().size(), 5U);  // -60, totals, sex 2 unmet, age 3 unstated, age 2 empty
}

TEST(Rake, CellsThatNeverOccurTogether) {
  // Only the diagonal has respondents, and the margins want different things of it.
  const Result<RakedWeights> raked =
      rake({1, 1}, {{"r", {0, 1}, {}, {40, 60}}, {"c", {0, 1}, {}, {50, 50}}});
  ASSERT_FALSE(raked);
  EXPECT_EQ(raked.fault().message,
            "raking did not converge in 2000 sweeps: r category 1 weighs 50 for a population of "
            "40");
}

}  // namespace
}  // namespace topline
