#include "statistics/analysis_of_variance.hpp"

#include <gtest/gtest.h>
#include <vector>

#include "statistics/mean_tests.hpp"
#include "statistics/studentized_range.hpp"

namespace topline::statistics {
namespace {

using Groups = std::vector<std::vector<double>>;

// Dobson (1983), An Introduction to Statistical Modelling, table 7.1: dried weight of plants.
const Groups plants = {{4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14},
                       {4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69},
                       {6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26}};

TEST(AnalysisOfVariance, PublishedExample) {
  const auto result = analysis_of_variance(plants);
  EXPECT_NEAR(result->between, 3.76634, 5e-6);
  EXPECT_NEAR(result->within, 10.49209, 5e-6);
  EXPECT_EQ(result->df_between, 2);
  EXPECT_EQ(result->df_within, 27);
  EXPECT_NEAR(result->statistic, 4.846, 5e-4);
  EXPECT_NEAR(result->p, 0.01591, 5e-6);
}

TEST(AnalysisOfVariance, OtherTestsOfTheSamePlants) {
  const auto welch = welch_test(plants);
  EXPECT_NEAR(welch->statistic, 5.181, 5e-4);
  EXPECT_EQ(welch->df_between, 2);
  EXPECT_NEAR(welch->df_within, 17.128, 5e-4);
  EXPECT_NEAR(welch->p, 0.01739, 5e-6);
  const auto bartlett = bartlett_test(plants);
  EXPECT_NEAR(bartlett->statistic, 2.8786, 5e-5);
  EXPECT_EQ(bartlett->df, 2);
  EXPECT_NEAR(bartlett->p, 0.2371, 5e-5);
}

TEST(AnalysisOfVariance, PairsOfPlants) {
  const auto pairs = tukey_differences(plants, 0.95);
  ASSERT_EQ(pairs->size(), 3U);
  EXPECT_EQ((*pairs)[1].first, 0U);
  EXPECT_EQ((*pairs)[1].second, 2U);
  const double expected[][4] = {{-0.371, -1.0622161, 0.3202161, 0.3908711},
                                {0.494, -0.1972161, 1.1852161, 0.1979960},
                                {0.865, 0.1737839, 1.5562161, 0.0120064}};
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR((*pairs)[i].difference, expected[i][0], 1e-14);
    EXPECT_NEAR((*pairs)[i].interval.low, expected[i][1], 1e-6);
    EXPECT_NEAR((*pairs)[i].interval.high, expected[i][2], 1e-6);
    EXPECT_NEAR((*pairs)[i].p, expected[i][3], 5e-7);
  }
}

TEST(AnalysisOfVariance, TwoGroupsAreATTest) {
  const Groups two = {{1, 4, 2, 8}, {5, 7, 1, 9, 9, 13}};
  const auto pooled = two_sample_t_test(two[0], two[1], Variances::equal, 0.95);
  const auto own = two_sample_t_test(two[0], two[1], Variances::own, 0.95);
  EXPECT_NEAR(analysis_of_variance(two)->statistic, pooled->statistic * pooled->statistic, 1e-13);
  EXPECT_NEAR(analysis_of_variance(two)->p, pooled->p, 1e-14);
  EXPECT_NEAR(welch_test(two)->df_within, own->df, 1e-12);
  EXPECT_NEAR(welch_test(two)->p, own->p, 1e-14);
  const PairOfGroups pair = tukey_differences(two, 0.95)->at(0);
  EXPECT_NEAR(pair.p, pooled->p, 1e-13);
  EXPECT_NEAR(pair.interval.low, -pooled->interval.high, 1e-11);
}

TEST(AnalysisOfVariance, GroupsOfOne) {
  // Means 0 and 2 around 2/3: 2·(2/3)² + (4/3)².
  const auto result = analysis_of_variance(Groups{{-1, 1}, {2}});
  EXPECT_NEAR(result->between, 8.0 / 3, 1e-14);
  EXPECT_NEAR(result->within, 2, 1e-15);
  EXPECT_EQ(result->df_within, 1);
  EXPECT_FALSE(welch_test(Groups{{-1, 1}, {2}}).ok());
  EXPECT_FALSE(bartlett_test(Groups{{-1, 1}, {2}}).ok());
}

TEST(AnalysisOfVariance, Refusals) {
  EXPECT_FALSE(analysis_of_variance(Groups{{1, 2}}).ok());
  EXPECT_FALSE(analysis_of_variance(Groups{{1, 1}, {2, 2}}).ok());
  EXPECT_FALSE(analysis_of_variance(Groups{{1}, {2}}).ok());
  EXPECT_FALSE(analysis_of_variance(Groups{{1, 2}, {}}).ok());
  EXPECT_FALSE(welch_test(Groups{{1, 1}, {2, 3}}).ok());
  EXPECT_FALSE(tukey_differences(plants, 95).ok());
}

}  // namespace
}  // namespace topline::statistics
