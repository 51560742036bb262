#include "estimation/key_drivers.hpp"

#include <cmath>
#include <gtest/gtest.h>

#include "sample_of_rows.hpp"

namespace topline {
namespace {

const std::vector<double> outcome = {3, 5, 4, 8, 7, 9, 6, 2, 5, 8};
const std::vector<double> first = {1, 2, 2, 4, 3, 5, 4, 1, 3, 3};
const std::vector<double> second = {2, 1, 3, 3, 5, 4, 2, 1, 2, 5};
const std::vector<double> third = {1, 0, 0, 1, 0, 1, 1, 0, 0, 0};

double correlation_of(const std::vector<double>& a, const std::vector<double>& b) {
  double ma = 0;
  double mb = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    ma += a[i] / static_cast<double>(a.size());
    mb += b[i] / static_cast<double>(b.size());
  }
  double aa = 0;
  double bb = 0;
  double ab = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    aa += (a[i] - ma) * (a[i] - ma);
    bb += (b[i] - mb) * (b[i] - mb);
    ab += (a[i] - ma) * (b[i] - mb);
  }
  return ab / std::sqrt(aa * bb);
}

RegressionModel model_of(size_t count) {
  std::vector<Predictor> predictors;
  const std::vector<std::string> names = {"price", "service", "range"};
  for (size_t i = 0; i < count; ++i)
    predictors.push_back({names[i], i + 1, 0, 0, {}});
  return main_effects(RegressionFamily::linear, 0, "satisfaction", std::move(predictors));
}

KeyDrivers driven(const SampleRows& rows, const RegressionModel& model) {
  Result<KeyDrivers> drivers = key_drivers(rows, model);
  EXPECT_TRUE(drivers.ok()) << (drivers.ok() ? "" : drivers.fault().message);
  return drivers.ok() ? *drivers : KeyDrivers{};
}

// Two predictors: half of what each explains alone, and half of what it adds to the other.
TEST(KeyDrivers, TwoByHand) {
  const double r1 = correlation_of(outcome, first);
  const double r2 = correlation_of(outcome, second);
  const double r12 = correlation_of(first, second);
  const double both = (r1 * r1 + r2 * r2 - 2 * r1 * r2 * r12) / (1 - r12 * r12);
  const KeyDrivers drivers = driven(SampleOfRows({outcome, first, second}), model_of(2));
  EXPECT_EQ(drivers.terms, (std::vector<std::string>{"price", "service"}));
  EXPECT_NEAR(drivers.r_squared.value(0), both, 1e-13);
  EXPECT_NEAR(drivers.importance.value(0), (r1 * r1 + both - r2 * r2) / 2, 1e-13);
  EXPECT_NEAR(drivers.importance.value(1), (r2 * r2 + both - r1 * r1) / 2, 1e-13);
  EXPECT_NEAR(drivers.share.value.sum(), 1, 1e-13);
  EXPECT_NEAR(drivers.standardized.value(0), (r1 - r2 * r12) / (1 - r12 * r12), 1e-13);
}

TEST(KeyDrivers, UncorrelatedPredictorsHaveTheirSquaredCorrelations) {
  const std::vector<double> y = {1, 2, 4, 9};
  const std::vector<double> a = {-1, 1, -1, 1};
  const std::vector<double> b = {-1, -1, 1, 1};
  const KeyDrivers drivers = driven(SampleOfRows({y, a, b}), model_of(2));
  EXPECT_NEAR(drivers.importance.value(0), std::pow(correlation_of(y, a), 2), 1e-13);
  EXPECT_NEAR(drivers.importance.value(1), std::pow(correlation_of(y, b), 2), 1e-13);
  EXPECT_NEAR(drivers.standardized.value(1), correlation_of(y, b), 1e-13);
}

// The mean over the six orders in which three can enter, R² of pairs by the formula above.
TEST(KeyDrivers, ThreeOverAllOrders) {
  const std::vector<std::vector<double>> x = {first, second, third};
  const auto alone = [&](size_t i) { return std::pow(correlation_of(outcome, x[i]), 2); };
  const auto pair = [&](size_t i, size_t j) {
    const double ri = correlation_of(outcome, x[i]);
    const double rj = correlation_of(outcome, x[j]);
    const double r = correlation_of(x[i], x[j]);
    return (ri * ri + rj * rj - 2 * ri * rj * r) / (1 - r * r);
  };
  const KeyDrivers drivers = driven(SampleOfRows({outcome, first, second, third}), model_of(3));
  const double all = drivers.r_squared.value(0);
  EXPECT_NEAR(drivers.importance.value.sum(), all, 1e-13);
  for (size_t i = 0; i < 3; ++i) {
    const size_t j = (i + 1) % 3;
    const size_t k = (i + 2) % 3;
    const double expected = (2 * alone(i) + (pair(i, j) - alone(j)) + (pair(i, k) - alone(k)) +
                             2 * (all - pair(j, k))) /
                            6;
    EXPECT_NEAR(drivers.importance.value(static_cast<Eigen::Index>(i)), expected, 1e-13);
  }
}

// By the definition of linearization: what a little more weight on each row does.
TEST(KeyDrivers, TheVarianceIsThatOfTheRowsInfluence) {
  const std::vector<std::vector<double>> inputs = {outcome, first, second, third};
  const auto all_of = [&](std::vector<double> weights) {
    SampleOfRows rows(inputs);
    rows.weigh(std::move(weights));
    const KeyDrivers drivers = driven(rows, model_of(3));
    Eigen::VectorXd values(9);
    values << drivers.importance.value, drivers.share.value, drivers.standardized.value;
    return values;
  };
  Eigen::VectorXd variance = Eigen::VectorXd::Zero(9);
  for (size_t i = 0; i < 10; ++i) {
    std::vector<double> more(10, 1);
    std::vector<double> less(10, 1);
    more[i] += 1e-4;
    less[i] -= 1e-4;
    const Eigen::VectorXd influence = (all_of(more) - all_of(less)) / 2e-4;
    variance += 10.0 / 9 * influence.cwiseAbs2();
  }
  const KeyDrivers drivers = driven(SampleOfRows(inputs), model_of(3));
  for (Eigen::Index i = 0; i < 3; ++i) {
    EXPECT_NEAR(drivers.importance.covariance(i, i), variance(i), 1e-6 * variance(i));
    EXPECT_NEAR(drivers.share.covariance(i, i), variance(3 + i), 1e-6 * variance(3 + i));
    EXPECT_NEAR(drivers.standardized.covariance(i, i), variance(6 + i), 1e-6 * variance(6 + i));
  }
}

// Columns of a categorical predictor are one term.
TEST(KeyDrivers, CategoriesEnterTogether) {
  const SampleOfRows rows({outcome, first, third});
  RegressionModel two = model_of(2);
  two.predictors[1].levels = 2;
  const KeyDrivers grouped = driven(rows, two);
  const KeyDrivers numeric = driven(rows, model_of(2));
  EXPECT_NEAR(grouped.importance.value(1), numeric.importance.value(1), 1e-13);
  EXPECT_EQ(grouped.columns[1], "service: 1");
}

TEST(KeyDrivers, OtherModelsAreRefused) {
  const SampleOfRows rows({outcome, first, second});
  RegressionModel logistic = model_of(2);
  logistic.family = RegressionFamily::logistic;
  EXPECT_FALSE(key_drivers(rows, logistic).ok());
  RegressionModel none = model_of(0);
  EXPECT_FALSE(key_drivers(rows, none).ok());
  const SampleOfRows same({outcome, first, first});
  const Result<KeyDrivers> drivers = key_drivers(same, model_of(2));
  ASSERT_FALSE(drivers.ok());
  EXPECT_NE(drivers.fault().message.find("`service`"), std::string::npos);
}

}  // namespace
}  // namespace topline
