#include "estimation/design_share_interval.hpp"

#include <Eigen/Core>
#include <cmath>
#include <gtest/gtest.h>

namespace topline {
namespace {

// A share as an estimate: of n rows of weight 1.
Estimates share_of(double p, double variance, int64_t n, double degrees_of_freedom) {
  Estimates shares;
  shares.value = Eigen::VectorXd::Constant(1, p);
  shares.covariance = Eigen::MatrixXd::Constant(1, 1, variance);
  shares.size.n = n;
  shares.size.weight = shares.size.weight_squares = static_cast<double>(n);
  shares.size.degrees_of_freedom = degrees_of_freedom;
  return shares;
}

// hits of n with the variance of a binomial, so that the effective sample size is n.
Estimates binomial(double hits, int64_t n) {
  const double p = hits / static_cast<double>(n);
  return share_of(p, p * (1 - p) / static_cast<double>(n), n, static_cast<double>(n - 1));
}

ShareBounds bounds_of(const Estimates& shares, ShareInterval method, double level = 0.95,
                      Reference reference = Reference::normal, const DesignFrame& frame = {}) {
  const Result<ShareBounds> bounds =
      design_share_interval(shares, 0, frame, method, level, reference);
  EXPECT_TRUE(bounds.ok()) << (bounds.ok() ? "" : bounds.fault().message);
  return bounds.ok() ? *bounds : ShareBounds{-9, -9};
}

// Newcombe (1998, Statistics in Medicine 17, 857-872, table I, methods 3 and 5).
TEST(DesignShareInterval, PublishedExamples) {
  struct Example {
    double hits;
    int64_t n;
    ShareInterval method;
    double low, high;
  };
  for (const Example& example : {Example{81, 263, ShareInterval::wilson, 0.2553, 0.3662},
                                 Example{15, 148, ShareInterval::wilson, 0.0624, 0.1605},
                                 Example{0, 20, ShareInterval::wilson, 0, 0.1611},
                                 Example{1, 29, ShareInterval::wilson, 0.0061, 0.1718},
                                 Example{81, 263, ShareInterval::beta, 0.2527, 0.3676},
                                 Example{15, 148, ShareInterval::beta, 0.0578, 0.1617},
                                 Example{0, 20, ShareInterval::beta, 0, 0.1684},
                                 Example{1, 29, ShareInterval::beta, 0.0009, 0.1776}}) {
    const ShareBounds bounds = bounds_of(binomial(example.hits, example.n), example.method);
    EXPECT_NEAR(bounds.low, example.low, 5.1e-5) << example.hits;
    EXPECT_NEAR(bounds.high, example.high, 5.1e-5) << example.hits;
  }
}

// p = 0.2 with a standard error of 0.04: on log-odds 0.25, on the arcsine 0.05.
TEST(DesignShareInterval, TransformationsByHand) {
  const Estimates shares = share_of(0.2, 0.0016, 400, 30);
  const ShareBounds mean = bounds_of(shares, ShareInterval::mean);
  EXPECT_NEAR(mean.low, 0.2 - 1.959964 * 0.04, 1e-8);
  EXPECT_NEAR(mean.high, 0.2 + 1.959964 * 0.04, 1e-8);
  const ShareBounds logit = bounds_of(shares, ShareInterval::logit);
  EXPECT_NEAR(logit.low, 0.132816, 1e-6);
  EXPECT_NEAR(logit.high, 0.289811, 1e-6);
  const ShareBounds xlogit = bounds_of(shares, ShareInterval::xlogit);
  EXPECT_EQ(xlogit.low, logit.low);
  const ShareBounds asin = bounds_of(shares, ShareInterval::asin);
  EXPECT_NEAR(asin.low, std::pow(std::sin(std::asin(std::sqrt(0.2)) - 0.0979982), 2), 1e-7);
  EXPECT_NEAR(asin.high, std::pow(std::sin(std::asin(std::sqrt(0.2)) + 0.0979982), 2), 1e-7);
}

TEST(DesignShareInterval, StudentsTUsesTheDesignsDegreesOfFreedom) {
  // t with 4 degrees of freedom at 95 %: 2.776445 (any table).
  const ShareBounds mean =
      bounds_of(share_of(0.5, 0.0004, 100, 4), ShareInterval::mean, 0.95, Reference::student);
  EXPECT_NEAR(mean.high, 0.5 + 2.776445 * 0.02, 1e-8);
}

// The definition: the deviance at both bounds is the limit.
TEST(DesignShareInterval, LikelihoodMeetsItsLimitAtBothEnds) {
  for (const double p : {0.003, 0.2, 0.5, 0.97}) {
    const double variance = p * (1 - p) / 150;
    const ShareBounds bounds = bounds_of(share_of(p, variance, 201, 40), ShareInterval::likelihood);
    const double limit = 1.959963984540054 * 1.959963984540054 / 150 * 201 / 200;
    for (const double pi : {bounds.low, bounds.high}) {
      const double deviance = 2 * (p * std::log(p / pi) + (1 - p) * std::log((1 - p) / (1 - pi)));
      EXPECT_NEAR(deviance / limit, 1, 1e-10) << p;
    }
    EXPECT_LT(bounds.low, p);
    EXPECT_GT(bounds.high, p);
  }
}

TEST(DesignShareInterval, MirroredSharesHaveMirroredIntervals) {
  for (const ShareInterval method :
       {ShareInterval::logit, ShareInterval::likelihood, ShareInterval::asin, ShareInterval::beta,
        ShareInterval::mean, ShareInterval::xlogit, ShareInterval::wilson}) {
    const ShareBounds one = bounds_of(share_of(0.07, 0.0009, 300, 20), method);
    const ShareBounds other = bounds_of(share_of(0.93, 0.0009, 300, 20), method);
    EXPECT_NEAR(one.low, 1 - other.high, 1e-12) << method_name(method);
    EXPECT_NEAR(one.high, 1 - other.low, 1e-12) << method_name(method);
  }
}

// Korn and Graubard: few degrees of freedom shrink the effective sample size by the square of
// 1.96…/2.776445, so that the exact interval is that of fewer cases.
TEST(DesignShareInterval, KornAndGraubardTakeFewerCasesForFewDegreesOfFreedom) {
  const double p = 0.3;
  const double n = 101;
  const double t_many = 1.983972;  // t with 100 degrees of freedom, 95 %
  const double t_few = 2.776445;   // with 4
  const double cases = 80 * t_many * t_many / (t_few * t_few);
  const ShareBounds few = bounds_of(share_of(p, p * (1 - p) / 80, static_cast<int64_t>(n), 4),
                                    ShareInterval::beta, 0.95, Reference::student);
  const ShareBounds same =
      bounds_of(share_of(p, p * (1 - p) / cases, static_cast<int64_t>(n), 4), ShareInterval::beta);
  EXPECT_NEAR(few.low, same.low, 1e-6);
  EXPECT_NEAR(few.high, same.high, 1e-6);
}

TEST(DesignShareInterval, ArcsineStaysWithinShares) {
  const ShareBounds bounds = bounds_of(share_of(0.02, 0.0009, 30, 9), ShareInterval::asin);
  EXPECT_EQ(bounds.low, 0);
  EXPECT_GT(bounds.high, 0.02);
}

// Nobody of 20: 1 − 0.025^(1/20) above (Clopper and Pearson).
TEST(DesignShareInterval, SharesOf0And1) {
  Estimates none = share_of(0, 0, 20, 19);
  EXPECT_NEAR(bounds_of(none, ShareInterval::beta).high, 1 - std::pow(0.025, 0.05), 1e-12);
  EXPECT_EQ(bounds_of(none, ShareInterval::beta).low, 0);
  EXPECT_EQ(bounds_of(share_of(1, 0, 20, 19), ShareInterval::wilson).high, 1);
  // Unequal weights leave an effective base of 10.
  none.size.weight_squares = 40;
  EXPECT_NEAR(bounds_of(none, ShareInterval::beta).high, 1 - std::pow(0.025, 0.1), 1e-12);
  for (const ShareInterval method :
       {ShareInterval::logit, ShareInterval::likelihood, ShareInterval::asin, ShareInterval::mean,
        ShareInterval::xlogit})
    EXPECT_FALSE(design_share_interval(none, 0, {}, method, 0.95).ok()) << method_name(method);
}

TEST(DesignShareInterval, WhenEverybodyWasAskedThereIsNoWidth) {
  for (const ShareInterval method :
       {ShareInterval::logit, ShareInterval::likelihood, ShareInterval::asin, ShareInterval::beta,
        ShareInterval::mean, ShareInterval::xlogit, ShareInterval::wilson}) {
    const ShareBounds bounds = bounds_of(share_of(0.25, 0, 400, 399), method);
    EXPECT_EQ(bounds.low, 0.25) << method_name(method);
    EXPECT_EQ(bounds.high, 0.25) << method_name(method);
  }
}

// Replicates of 0.2 and 0.3 around their mean on the log-odds scale, log(1/4) and log(3/7).
TEST(DesignShareInterval, LogitOnReplicatesTakesTheirLogOdds) {
  DesignFrame frame;
  frame.replicates.rscales = {1, 1};
  Estimates shares = share_of(0.25, 0.005, 50, 1);
  shares.replicates = Eigen::MatrixXd(2, 1);
  shares.replicates << 0.2, 0.3;
  const double error = std::log(12.0 / 7) / std::sqrt(2.0);
  const ShareBounds bounds =
      bounds_of(shares, ShareInterval::logit, 0.95, Reference::normal, frame);
  EXPECT_NEAR(std::log(bounds.high / (1 - bounds.high)),
              std::log(1.0 / 3) + 1.959963984540054 * error, 1e-12);
  shares.replicates(0, 0) = 0;
  EXPECT_FALSE(design_share_interval(shares, 0, frame, ShareInterval::logit, 0.95).ok());
  EXPECT_TRUE(design_share_interval(shares, 0, frame, ShareInterval::xlogit, 0.95).ok());
}

TEST(DesignShareInterval, Refusals) {
  const Estimates shares = share_of(0.5, 0.0004, 100, 0);
  EXPECT_FALSE(design_share_interval(shares, 0, {}, ShareInterval::mean, 0.95).ok());
  EXPECT_TRUE(
      design_share_interval(shares, 0, {}, ShareInterval::mean, 0.95, Reference::normal).ok());
  EXPECT_FALSE(design_share_interval(shares, 0, {}, ShareInterval::mean, 95).ok());
  EXPECT_FALSE(design_share_interval(shares, 0, {}, ShareInterval::mean, 0).ok());
  EXPECT_FALSE(
      design_share_interval(share_of(3.2, 0.1, 100, 9), 0, {}, ShareInterval::mean, 0.95).ok());
}

}  // namespace
}  // namespace topline
