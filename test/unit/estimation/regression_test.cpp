#include "estimation/regression.hpp"

#include <cmath>
#include <gtest/gtest.h>

#include "estimation/mean_test.hpp"
#include "estimation/means.hpp"
#include "estimation/regression_effects.hpp"
#include "sample_of_rows.hpp"

namespace topline {
namespace {

Predictor number(std::string name, size_t input) {
  return {std::move(name), input, 0, 0, {}};
}
Predictor factor(std::string name, size_t input, size_t levels, size_t reference = 0) {
  return {std::move(name), input, levels, reference, {}};
}
RegressionModel linear(std::vector<Predictor> predictors) {
  return main_effects(RegressionFamily::linear, 0, "y", std::move(predictors));
}
RegressionModel logistic(std::vector<Predictor> predictors) {
  return main_effects(RegressionFamily::logistic, 0, "y", std::move(predictors));
}
RegressionFit fitted(const SampleRows& rows, const RegressionModel& model) {
  Result<RegressionFit> fit = fit_regression(rows, model);
  EXPECT_TRUE(fit.ok()) << (fit.ok() ? "" : fit.fault().message);
  return fit.ok() ? *fit : RegressionFit{};
}
std::string refusal(const SampleRows& rows, const RegressionModel& model) {
  const Result<RegressionFit> fit = fit_regression(rows, model);
  return fit.ok() ? "" : fit.fault().message;
}

// Slope 1, every residual ±½ (see the trend test): 6/5·Σ (x − x̄)²e²/Sxx².
TEST(Regression, ALineByHand) {
  const SampleOfRows rows({{0, 1, 1, 2, 2, 3}, {1, 1, 2, 2, 3, 3}});
  const RegressionFit fit = fitted(rows, linear({number("x", 1)}));
  EXPECT_EQ(fit.columns[0].name, "(Intercept)");
  EXPECT_EQ(fit.columns[1].name, "x");
  EXPECT_NEAR(fit.coefficients.value(0), -0.5, 1e-14);
  EXPECT_NEAR(fit.coefficients.value(1), 1, 1e-14);
  EXPECT_NEAR(fit.coefficients.covariance(1, 1), 6.0 / 5 / 16, 1e-14);
  EXPECT_EQ(fit.residual_df, 4);
  EXPECT_NEAR(fit.deviance, 6 * 0.25, 1e-14);
  EXPECT_NEAR(fit.explained(), 1 - 1.5 / 5.5, 1e-13);
}

TEST(Regression, ALineFarFromTheOriginLosesNothing) {
  const double far = 1e8;
  const SampleOfRows rows(
      {{0, 1, 1, 2, 2, 3}, {far + 1, far + 1, far + 2, far + 2, far + 3, far + 3}});
  const RegressionFit fit = fitted(rows, linear({number("x", 1)}));
  EXPECT_NEAR(fit.coefficients.value(1), 1, 1e-13);
  EXPECT_NEAR(fit.coefficients.covariance(1, 1), 6.0 / 5 / 16, 1e-13);
}

TEST(Regression, AGroupIsTheTestOfTwoMeans) {
  SampleOfRows rows({{1, 2, 3, 2, 4, 6, 8}, {0, 0, 0, 1, 1, 1, 1}});
  rows.weigh({1, 2, 3, 1, 1, 2, 5});
  const Result<TTest> means = two_group_mean_test(rows, 0, 1);
  ASSERT_TRUE(means.ok());
  const RegressionFit fit = fitted(rows, linear({factor("group", 1, 2)}));
  const Result<TTest> slope = coefficient_test(fit, 1);
  ASSERT_TRUE(slope.ok());
  EXPECT_NEAR(slope->estimate.value, means->estimate.value, 1e-13);
  EXPECT_NEAR(slope->statistic, means->statistic, 1e-12);
  EXPECT_NEAR(slope->p, means->p, 1e-12);
}

TEST(Regression, ATermOfSeveralColumnsIsTheTestOfAllMeans) {
  SampleOfRows rows({{1, 3, 2, 4, 5, 9, 4, 4}, {0, 0, 1, 1, 2, 2, 0, 1}});
  rows.weigh({1, 2, 1, 2, 1, 2, 3, 3});
  const Result<FTest> means = equal_means_test(rows, 0, 1, 3);
  ASSERT_TRUE(means.ok());
  for (const size_t reference : {size_t{0}, size_t{2}}) {
    const RegressionFit fit = fitted(rows, linear({factor("group", 1, 3, reference)}));
    const Result<FTest> term = term_test(fit, 0);
    ASSERT_TRUE(term.ok());
    EXPECT_NEAR(term->statistic, means->statistic, 1e-11);
    EXPECT_EQ(term->numerator_df, 2);
    EXPECT_NEAR(term->p, means->p, 1e-12);
  }
}

// A saturated model: its interaction is the difference of differences of means.
TEST(Regression, InteractionsOfGroups) {
  const std::vector<double> y = {1, 2, 3, 5, 4, 4, 9, 11};
  const SampleOfRows rows({y, {0, 0, 1, 1, 0, 0, 1, 1}, {0, 0, 0, 0, 1, 1, 1, 1}});
  RegressionModel model = linear({factor("a", 1, 2), factor("b", 2, 2)});
  model.terms.push_back({{0, 1}});
  model.predictors[0].level_names = {"no", "yes"};
  const RegressionFit fit = fitted(rows, model);
  ASSERT_EQ(fit.columns.size(), 4u);
  EXPECT_EQ(fit.columns[3].name, "a: yes × b: 1");
  EXPECT_NEAR(fit.coefficients.value(3), (10 - 4) - (4 - 1.5), 1e-13);
}

// Log odds of 2/6 and 5/8 (weighted), with the variances of the shares.
TEST(Regression, ALogisticGroupIsThatOfTheSharesLogOdds) {
  SampleOfRows rows({{1, 0, 0, 1, 0, 1, 1}, {0, 0, 0, 1, 1, 1, 1}});
  rows.weigh({2, 1, 3, 1, 3, 2, 2});
  const RegressionFit fit = fitted(rows, logistic({factor("group", 1, 2)}));
  EXPECT_NEAR(fit.coefficients.value(0), std::log(2.0 / 4), 1e-13);
  EXPECT_NEAR(fit.coefficients.value(1), std::log(5.0 / 3) - std::log(2.0 / 4), 1e-13);
  const Result<Estimates> shares = class_means(rows, 0, 1, 2);
  ASSERT_TRUE(shares.ok());
  const Eigen::Vector2d slope(-1 / (2.0 / 6 * 4 / 6), 1 / (5.0 / 8 * 3 / 8));
  EXPECT_NEAR(fit.coefficients.covariance(1, 1), slope.dot(shares->covariance * slope), 1e-12);
  // −2·Σ w·log likelihood of the shares themselves.
  const double deviance = -2 * (2 * std::log(2.0 / 6) + 4 * std::log(4.0 / 6) +
                                5 * std::log(5.0 / 8) + 3 * std::log(3.0 / 8));
  EXPECT_NEAR(fit.deviance, deviance, 1e-12);
}

// Of a symmetrical sample: y = 1 at x = 3 in 3 of 4, at −3 in 1 of 4; the slope is log(3)/3.
TEST(Regression, ALogisticSlopeByHand) {
  const SampleOfRows rows({{1, 1, 1, 0, 1, 0, 0, 0}, {3, 3, 3, 3, -3, -3, -3, -3}});
  const RegressionFit fit = fitted(rows, logistic({number("x", 1)}));
  EXPECT_NEAR(fit.coefficients.value(0), 0, 1e-13);
  EXPECT_NEAR(fit.coefficients.value(1), std::log(3.0) / 3, 1e-13);
}

// The jackknife of a mean is exact.
TEST(Regression, ReplicatesAreFittedAgain) {
  const std::vector<double> y = {1, 4, 2, 8, 5};
  SampleOfRows rows({y});
  rows.jackknife();
  const RegressionFit mean = fitted(rows, linear({}));
  EXPECT_NEAR(mean.coefficients.value(0), 4, 1e-14);
  EXPECT_NEAR(mean.coefficients.covariance(0, 0), 30.0 / 4 / 5, 1e-13);

  SampleOfRows groups({{1, 0, 0, 1, 0, 1, 1, 0, 1, 0}, {0, 0, 0, 1, 1, 1, 1, 0, 0, 1}});
  groups.jackknife();
  const RegressionFit fit = fitted(groups, logistic({factor("group", 1, 2)}));
  const Result<Estimates> shares = class_means(groups, 0, 1, 2);
  ASSERT_TRUE(shares.ok());
  for (Eigen::Index r = 0; r < 10; ++r) {
    const double odds = std::log(shares->replicates(r, 0) / (1 - shares->replicates(r, 0)));
    EXPECT_NEAR(fit.coefficients.replicates(r, 0), odds, 1e-12);
  }
}

TEST(Regression, RefusalsNameTheTerm) {
  const std::vector<double> y = {1, 4, 2, 8, 5, 7, 3, 3};
  const std::vector<double> x = {1, 2, 3, 4, 5, 6, 7, 9};
  std::vector<double> twice;
  for (const double value : x)
    twice.push_back(2 * value + 1);
  const std::vector<double> same(8, 3);
  const std::vector<double> group = {0, 0, 0, 0, 1, 1, 1, 1};
  const auto names = [](const std::string& message, const std::string& part) {
    return message.find(part) != std::string::npos;
  };
  const SampleOfRows rows({y, x, twice, same, group});
  EXPECT_TRUE(names(refusal(rows, linear({number("x", 1), number("double", 2)})), "`double`"));
  EXPECT_TRUE(names(refusal(rows, linear({number("constant", 3)})), "`constant`"));
  EXPECT_TRUE(names(refusal(rows, linear({factor("group", 4, 3)})), "`group`"));
  EXPECT_TRUE(names(refusal(rows, linear({factor("x", 1, 3)})), "none of its levels"));
  EXPECT_TRUE(names(refusal(rows, linear({number("y", 0)})), "cannot explain itself"));
  EXPECT_TRUE(names(refusal(rows, logistic({number("x", 1)})), "outside of 0 to 1"));
  EXPECT_TRUE(names(refusal(SampleOfRows({same, x}), linear({number("x", 1)})), "same for every"));
  EXPECT_TRUE(names(refusal(SampleOfRows({{1, 2}, {1, 2}}), linear({number("x", 1)})), "2 rows"));
  SampleOfRows pairs({y, x});
  pairs.cluster({0, 0, 0, 0, 1, 1, 1, 1});
  EXPECT_TRUE(names(refusal(pairs, linear({number("x", 1)})), "degrees of freedom"));
  SampleOfRows nobody({y, x});
  nobody.weigh(std::vector<double>(8, 0));
  EXPECT_TRUE(names(refusal(nobody, linear({number("x", 1)})), "nobody"));
}

TEST(Regression, PerfectSeparationIsRefusedByName) {
  const std::vector<double> other = {1, 5, 2, 4, 3, 5, 2, 4};
  // Everybody above 4 has the outcome, nobody else.
  const SampleOfRows complete({{0, 0, 0, 0, 1, 1, 1, 1}, {1, 2, 3, 4, 5, 6, 7, 8}, other});
  const std::string all = refusal(complete, logistic({number("other", 2), number("x", 1)}));
  EXPECT_NE(all.find("`x` separates"), std::string::npos) << all;
  // One level has it throughout, the other now and then.
  const SampleOfRows partly(
      {{0, 1, 0, 1, 1, 1, 1, 1}, {0, 0, 0, 0, 1, 1, 1, 1}, {1, 5, 4, 2, 3, 5, 2, 4}});
  const std::string part = refusal(partly, logistic({number("other", 2), factor("group", 1, 2)}));
  EXPECT_NE(part.find("`group` separates"), std::string::npos) << part;
  // Without row 2 nobody of the first group has it.
  SampleOfRows once({{0, 1, 0, 0, 1, 0, 1, 1}, {0, 0, 0, 0, 1, 1, 1, 1}});
  once.jackknife();
  const std::string replicate = refusal(once, logistic({factor("group", 1, 2)}));
  EXPECT_NE(replicate.find("in replicate 2"), std::string::npos) << replicate;
}

TEST(MarginalEffects, ALinearModelsAreItsCoefficients) {
  const SampleOfRows rows({{0, 1, 1, 2, 2, 4, 3}, {1, 1, 2, 2, 3, 3, 5}, {0, 1, 0, 1, 0, 1, 1}});
  const RegressionFit fit = fitted(rows, linear({number("x", 1), factor("group", 2, 2)}));
  for (const EffectVariance variance : {EffectVariance::coefficients, EffectVariance::sample}) {
    const Result<MarginalEffects> effects = average_marginal_effects(rows, fit, variance);
    ASSERT_TRUE(effects.ok());
    EXPECT_EQ(effects->names, (std::vector<std::string>{"x", "group: 1"}));
    for (Eigen::Index i = 0; i < 2; ++i) {
      EXPECT_NEAR(effects->effects.value(i), fit.coefficients.value(i + 1), 1e-13);
      EXPECT_NEAR(effects->effects.covariance(i, i), fit.coefficients.covariance(i + 1, i + 1),
                  1e-13);
    }
  }
}

// A logistic regression on a group alone: the effect is the difference of the shares.
TEST(MarginalEffects, AGroupsAreThoseOfTheShares) {
  SampleOfRows rows({{1, 0, 0, 1, 0, 1, 1}, {0, 0, 0, 1, 1, 1, 1}});
  rows.weigh({2, 1, 3, 1, 3, 2, 2});
  const RegressionFit fit = fitted(rows, logistic({factor("group", 1, 2)}));
  const Result<TTest> shares = two_group_mean_test(rows, 0, 1);
  ASSERT_TRUE(shares.ok());
  for (const EffectVariance variance : {EffectVariance::coefficients, EffectVariance::sample}) {
    const Result<MarginalEffects> effects = average_marginal_effects(rows, fit, variance);
    ASSERT_TRUE(effects.ok());
    EXPECT_NEAR(effects->effects.value(0), shares->estimate.value, 1e-13);
    EXPECT_NEAR(effects->effects.at(0).standard_error, shares->estimate.standard_error, 1e-12);
    EXPECT_EQ(effects->effects.at(0).degrees_of_freedom, 5);
  }
}

// The slope log(3)/3 times μ(1 − μ) = 3/16 everywhere.
TEST(MarginalEffects, ANumbersByHand) {
  const SampleOfRows rows({{1, 1, 1, 0, 1, 0, 0, 0}, {3, 3, 3, 3, -3, -3, -3, -3}});
  const RegressionFit fit = fitted(rows, logistic({number("x", 1)}));
  const Result<MarginalEffects> effects = average_marginal_effects(rows, fit);
  ASSERT_TRUE(effects.ok());
  EXPECT_NEAR(effects->effects.value(0), std::log(3.0) / 3 * 3 / 16, 1e-13);
}

// By the definition of linearization: what a little more weight on each row does to the effects.
TEST(MarginalEffects, TheSamplesVarianceIsThatOfTheRowsInfluence) {
  const std::vector<std::vector<double>> inputs = {
      {0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1},
      {1, 3, 2, 4, 2, 3, 1, 4, 1, 2, 5, 6, 2, 4, 5, 6},
      {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1}};
  RegressionModel model = logistic({number("x", 1), factor("group", 2, 2)});
  model.terms.push_back({{0, 1}});
  const auto effects_of = [&](const SampleOfRows& rows, EffectVariance variance) {
    Result<MarginalEffects> effects = average_marginal_effects(rows, fitted(rows, model), variance);
    EXPECT_TRUE(effects.ok());
    return effects->effects;
  };
  const SampleOfRows rows(inputs);
  const Estimates effects = effects_of(rows, EffectVariance::sample);
  Eigen::MatrixXd variance = Eigen::MatrixXd::Zero(2, 2);
  for (size_t i = 0; i < 16; ++i) {
    std::vector<double> more(16, 1);
    std::vector<double> less(16, 1);
    more[i] += 1e-4;
    less[i] -= 1e-4;
    const Eigen::VectorXd influence =
        (effects_of(SampleOfRows(inputs).weigh(more), EffectVariance::sample).value -
         effects_of(SampleOfRows(inputs).weigh(less), EffectVariance::sample).value) /
        2e-4;
    variance += 16.0 / 15 * influence * influence.transpose();
  }
  for (Eigen::Index i = 0; i < 2; ++i)
    for (Eigen::Index j = 0; j < 2; ++j)
      EXPECT_NEAR(effects.covariance(i, j), variance(i, j), 1e-6 * variance.norm());
  // With replicates the effects are computed again.
  SampleOfRows again(inputs);
  again.jackknife();
  EXPECT_NEAR(effects_of(again, EffectVariance::sample).value(0), effects.value(0), 1e-12);
}

}  // namespace
}  // namespace topline
