#include "estimation/quantile.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>

namespace topline {
namespace {

// A simple random sample with replacement, or one with replicate weights, of one variable whose
// values ascend and differ.
class DrawnRows final : public SampleRows {
 public:
  explicit DrawnRows(std::vector<double> values)
      : values_(std::move(values)), weights_(values_.size(), 1) {
    FrameStage stage;
    stage.strata.push_back({"all", 0, static_cast<uint32_t>(values_.size())});
    DesignFrame frame;
    frame.stages.push_back(std::move(stage));
    frame.every_row_is_a_unit = true;
    frame.degrees_of_freedom = static_cast<double>(values_.size()) - 1;
    use(frame);
  }
  DrawnRows(std::vector<double> values, std::vector<std::vector<double>> replicates,
            ReplicateScales scales, double degrees_of_freedom)
      : values_(std::move(values)),
        weights_(values_.size(), 1),
        replicates_(std::move(replicates)) {
    DesignFrame frame;
    frame.replicates = std::move(scales);
    frame.degrees_of_freedom = degrees_of_freedom;
    use(frame);
  }

  [[nodiscard]] const DesignFrame& frame() const override { return *frame_; }
  [[nodiscard]] const DomainSize& size() const override { return size_; }
  [[nodiscard]] size_t inputs() const override { return 1; }

  [[nodiscard]] Tally tally(const RowPass& pass) const override {
    ++passes;
    Tally tally;
    tally.frame = frame_;
    tally.columns = pass.columns;
    tally.size = size_;
    tally.totals = totals(pass, full_sample);
    if (frame_->replicated()) {
      for (size_t r = 0; r < replicates_.size(); ++r) {
        const std::vector<double> sums = totals(pass, static_cast<int>(r));
        tally.replicate_totals.insert(tally.replicate_totals.end(), sums.begin(), sums.end());
      }
      return tally;
    }
    StratumMoments moments;
    moments.first = tally.totals;
    moments.second.resize(pass.columns * pass.columns);
    moments.present = size_.n;
    const std::vector<double> measures = measured(pass);
    for (size_t row = 0; row < values_.size(); ++row) {
      for (size_t i = 0; i < pass.columns; ++i) {
        for (size_t j = 0; j < pass.columns; ++j)
          moments.second[i * pass.columns + j] +=
              measures[row * pass.columns + i] * measures[row * pass.columns + j];
      }
    }
    tally.moments.push_back(std::move(moments));
    return tally;
  }
  [[nodiscard]] Tally tally_by_class(const RowPass&, size_t, size_t) const override { return {}; }

  [[nodiscard]] std::vector<double> totals(const RowPass& pass, int replicate) const override {
    const std::vector<double> measures = measured(pass);
    std::vector<double> sums(pass.columns);
    for (size_t row = 0; row < values_.size(); ++row) {
      for (size_t column = 0; column < pass.columns; ++column)
        sums[column] += weights(replicate)[row] * measures[row * pass.columns + column];
    }
    return sums;
  }
  [[nodiscard]] Distribution distribution(size_t, int replicate) const override {
    Distribution distribution;
    distribution.value = values_;
    distribution.weight = distribution.first = distribution.last = weights(replicate);
    for (double weight : distribution.weight)
      distribution.rows.push_back(weight == 0 ? 0 : 1);
    return distribution;
  }

  mutable int passes = 0;

 private:
  void use(const DesignFrame& frame) {
    frame_ = std::make_shared<const DesignFrame>(frame);
    size_.n = static_cast<int64_t>(values_.size());
    size_.weight = size_.weight_squares = static_cast<double>(values_.size());
    size_.degrees_of_freedom = frame.degrees_of_freedom;
  }
  [[nodiscard]] const std::vector<double>& weights(int replicate) const {
    return replicate == full_sample ? weights_ : replicates_[static_cast<size_t>(replicate)];
  }
  [[nodiscard]] std::vector<double> measured(const RowPass& pass) const {
    std::vector<double> measures(values_.size() * pass.columns);
    const double* input = values_.data();
    pass.measure(values_.size(), &input, measures.data());
    return measures;
  }

  std::vector<double> values_;
  std::vector<double> weights_;
  std::vector<std::vector<double>> replicates_;
  std::shared_ptr<const DesignFrame> frame_;
  DomainSize size_;
};

DrawnRows numbers_up_to(int last) {
  std::vector<double> values(static_cast<size_t>(last));
  std::iota(values.begin(), values.end(), 1.0);
  return DrawnRows(std::move(values));
}

QuantileEstimate one_of(const SampleRows& rows, double probability,
                        const QuantileOptions& options = {}) {
  const std::vector<double> probabilities = {probability};
  const Result<std::vector<QuantileEstimate>> estimates =
      quantiles(rows, 0, probabilities, options);
  EXPECT_TRUE(estimates.ok()) << (estimates.ok() ? "" : estimates.fault().message);
  return estimates.ok() ? estimates->front() : QuantileEstimate{};
}

// Of 1 … 100 the median is 50. The share up to it is 0.5 ∓ t·sqrt(0.25/99), with t = 1.984217 for
// 99 degrees of freedom 0.400289 to 0.599711: the 41st and the 60th value.
TEST(Quantile, WoodruffIntervalByHand) {
  const QuantileEstimate median = one_of(numbers_up_to(100), 0.5);
  EXPECT_EQ(median.value, 50);
  EXPECT_EQ(median.low, 41);
  EXPECT_EQ(median.high, 60);
  ASSERT_TRUE(median.standard_error.has_value());
  EXPECT_NEAR(*median.standard_error, 19 / (2 * 1.984217), 1e-6);
  EXPECT_EQ(median.caution, "");
}

TEST(Quantile, TheRuleCarriesTheIntervalBack) {
  QuantileOptions options;
  options.rule = QuantileRule::hf4;  // x = 100·p here
  const QuantileEstimate median = one_of(numbers_up_to(100), 0.5, options);
  EXPECT_NEAR(median.value, 50, 1e-12);
  ASSERT_TRUE(median.low && median.high);
  EXPECT_NEAR(*median.low, 40.0289, 1e-4);
  EXPECT_NEAR(*median.high, 59.9711, 1e-4);
}

// (0.5 − k/100)/sqrt(k(100 − k)/10⁴/99) is 2.031 for k = 40, 1.821 for 41, −1.821 for 59 and
// −2.031 for 60.
TEST(Quantile, ScoreIntervalByHand) {
  const DrawnRows rows = numbers_up_to(100);
  QuantileOptions options;
  options.interval = QuantileInterval::score;
  const QuantileEstimate median = one_of(rows, 0.5, options);
  EXPECT_EQ(median.low, 41);
  EXPECT_EQ(median.high, 60);
  EXPECT_LE(rows.passes, 8);  // halving, not one pass for each value
  // Near the ends the interval closes at the sample's own ends.
  const QuantileEstimate lowest = one_of(rows, 0.005, options);
  EXPECT_EQ(lowest.low, 1);
  const QuantileEstimate highest = one_of(rows, 0.995, options);
  EXPECT_EQ(highest.high, 100);
}

TEST(Quantile, BoundsBeyondTheSampleAreMissing) {
  // The share up to 99 is 0.99 ∓ 0.0198: 0.9702 to more than 1.
  const QuantileEstimate high = one_of(numbers_up_to(100), 0.99);
  EXPECT_EQ(high.value, 99);
  EXPECT_EQ(high.low, 98);
  EXPECT_FALSE(high.high.has_value());
  EXPECT_FALSE(high.standard_error.has_value());
  // 0.01 ∓ 0.0198.
  const QuantileEstimate low = one_of(numbers_up_to(100), 0.01);
  EXPECT_FALSE(low.low.has_value());
  EXPECT_EQ(low.high, 3);
}

// At the largest value the share is 1: only the exact interval says something, from 0.025^(1/100)
// = 0.9638 on.
TEST(Quantile, TheLargestValue) {
  const QuantileEstimate plain = one_of(numbers_up_to(100), 0.999);
  EXPECT_EQ(plain.value, 100);
  EXPECT_FALSE(plain.low.has_value());
  EXPECT_FALSE(plain.high.has_value());
  QuantileOptions options;
  options.interval = QuantileInterval::beta;
  options.reference = Reference::normal;
  const QuantileEstimate exact = one_of(numbers_up_to(100), 0.999, options);
  EXPECT_EQ(exact.low, 97);
  EXPECT_FALSE(exact.high.has_value());
}

// Medians of the replicates: 1 and 3, around 2; 0.5·(1 + 1) = 1. t with 1 degree of freedom is
// 12.7062.
TEST(Quantile, ReplicatesQuantiles) {
  ReplicateScales scales;
  scales.type = ReplicateType::brr;
  scales.scale = 0.5;
  scales.rscales = {1, 1};
  QuantileOptions options;
  options.interval = QuantileInterval::replicates;
  const std::vector<std::vector<double>> weights = {{2, 2, 0, 0}, {0, 0, 2, 2}};
  const QuantileEstimate median = one_of(DrawnRows({1, 2, 3, 4}, weights, scales, 1), 0.5, options);
  EXPECT_EQ(median.value, 2);
  ASSERT_TRUE(median.standard_error && median.low && median.high);
  EXPECT_NEAR(*median.standard_error, 1, 1e-12);
  EXPECT_NEAR(*median.high, 2 + 12.7062, 1e-4);
  EXPECT_EQ(median.caution, "");
  scales.type = ReplicateType::jk1;
  EXPECT_NE(one_of(DrawnRows({1, 2, 3, 4}, weights, scales, 1), 0.5, options).caution, "");
  const DrawnRows empty({1, 2, 3, 4}, {{2, 2, 0, 0}, {0, 0, 0, 0}}, scales, 1);
  const std::vector<double> half = {0.5};
  EXPECT_FALSE(quantiles(empty, 0, half, options).ok());
  EXPECT_FALSE(quantiles(empty, 0, half).ok());
}

TEST(Quantile, SharesUpToThresholds) {
  const std::vector<double> thresholds = {0, 25, 25.5, 100};
  const Result<Estimates> shares = shares_up_to(numbers_up_to(100), 0, thresholds);
  ASSERT_TRUE(shares.ok());
  EXPECT_EQ(shares->value(0), 0);
  EXPECT_NEAR(shares->value(1), 0.25, 1e-15);
  EXPECT_NEAR(shares->value(2), 0.25, 1e-15);
  EXPECT_EQ(shares->value(3), 1);
  // p(1 − p)/(n − 1), drawn with replacement.
  EXPECT_NEAR(shares->covariance(1, 1), 0.25 * 0.75 / 99, 1e-15);
  EXPECT_NEAR(shares->covariance(1, 2), 0.25 * 0.75 / 99, 1e-15);
}

TEST(Quantile, Refusals) {
  const DrawnRows rows = numbers_up_to(10);
  for (const double probability : {0.0, 1.0, -0.1, 50.0}) {
    const std::vector<double> probabilities = {probability};
    EXPECT_FALSE(quantiles(rows, 0, probabilities).ok()) << probability;
    EXPECT_FALSE(plain_quantiles(rows, 0, probabilities, QuantileRule::math).ok()) << probability;
  }
  const std::vector<double> half = {0.5};
  QuantileOptions options;
  options.interval = QuantileInterval::replicates;
  EXPECT_FALSE(quantiles(rows, 0, half, options).ok());
  options.interval = QuantileInterval::mean;
  options.level = 95;
  EXPECT_FALSE(quantiles(rows, 0, half, options).ok());
  EXPECT_FALSE(quantiles(DrawnRows({}), 0, half).ok());
  EXPECT_FALSE(plain_quantiles(DrawnRows({}), 0, half, QuantileRule::hf7).ok());
  EXPECT_FALSE(shares_up_to(DrawnRows({}), 0, half).ok());
  // One row: a median, but no variance.
  EXPECT_FALSE(quantiles(DrawnRows({7}), 0, half).ok());
  EXPECT_EQ(plain_quantiles(DrawnRows({7}), 0, half, QuantileRule::hf7)->front(), 7);
}

}  // namespace
}  // namespace topline
