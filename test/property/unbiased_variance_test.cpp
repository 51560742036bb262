// Every sample that a design could have drawn from a small population: the estimates' mean is the
// population's total, and the mean of the estimated variances is the estimates' variance. What a
// formula got wrong (a correction, a stage left out) would show here, with no other program's
// numbers to compare.
#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <vector>

#include "engine/column_rows.hpp"
#include "estimation/means.hpp"

namespace topline {
namespace {

using Choice = std::vector<size_t>;

// All ways of choosing `n` of 0 … size − 1.
std::vector<Choice> choices(size_t size, size_t n) {
  std::vector<Choice> all;
  Choice here;
  const std::function<void(size_t)> from = [&](size_t first) {
    if (here.size() == n) {
      all.push_back(here);
      return;
    }
    for (size_t i = first; i < size; ++i) {
      here.push_back(i);
      from(i + 1);
      here.pop_back();
    }
  };
  from(0);
  return all;
}

struct Drawn {
  SampleDesign design;
  std::vector<double> y;
};

struct Moments {
  double samples = 0;
  double estimate = 0;
  double square = 0;
  double variance = 0;

  void add(const Drawn& drawn) {
    const auto rows = column_rows(drawn.design, {drawn.y.data()});
    ASSERT_TRUE(rows.ok());
    const std::vector<size_t> inputs = {0};
    const auto total = totals(**rows, inputs);
    ASSERT_TRUE(total.ok()) << total.fault().message;
    ++samples;
    estimate += total->value(0);
    square += total->value(0) * total->value(0);
    variance += total->covariance(0, 0);
  }
  [[nodiscard]] double mean() const { return estimate / samples; }
  [[nodiscard]] double true_variance() const { return square / samples - mean() * mean(); }
  [[nodiscard]] double mean_variance() const { return variance / samples; }
};

// Lohr, Sampling: Design and Analysis (2nd edition, 2010), examples 2.1 and 2.2: eight units, all
// 70 samples of four; t = 40 and V(t̂) = 54.86.
TEST(UnbiasedVariance, SimpleRandomSamplesOfLohrsEightUnits) {
  const std::vector<double> population = {1, 2, 4, 4, 7, 7, 7, 8};
  Moments moments;
  for (const Choice& choice : choices(8, 4)) {
    Drawn drawn;
    StageRows stage;
    for (size_t unit : choice) {
      drawn.design.weights.push_back(2);
      drawn.y.push_back(population[unit]);
      stage.stratum.push_back(0);
      stage.unit.push_back(static_cast<uint32_t>(unit));
      stage.population.push_back(8);
    }
    drawn.design.stages = {stage};
    moments.add(drawn);
  }
  EXPECT_EQ(moments.samples, 70);
  EXPECT_NEAR(moments.mean(), 40, 1e-12);
  EXPECT_NEAR(moments.true_variance(), 54.86, 0.005);
  EXPECT_NEAR(moments.mean_variance(), moments.true_variance(), 1e-10);
}

// Two strata, drawn from separately: Cochran, Sampling Techniques (3rd edition, 1977), theorem 5.5.
TEST(UnbiasedVariance, StratifiedSamples) {
  const std::vector<std::vector<double>> strata = {{1, 5, 2, 9, 4}, {30, 10, 20, 25}};
  const std::vector<size_t> sizes = {2, 3};
  Moments moments;
  for (const Choice& first : choices(5, 2)) {
    for (const Choice& second : choices(4, 3)) {
      Drawn drawn;
      StageRows stage;
      for (uint32_t h = 0; h < 2; ++h) {
        const Choice& choice = h == 0 ? first : second;
        const auto units = static_cast<double>(strata[h].size());
        for (size_t unit : choice) {
          drawn.design.weights.push_back(units / static_cast<double>(sizes[h]));
          drawn.y.push_back(strata[h][unit]);
          stage.stratum.push_back(h);
          stage.unit.push_back(static_cast<uint32_t>(10 * h + unit));
          stage.population.push_back(units);
        }
      }
      drawn.design.stages = {stage};
      moments.add(drawn);
    }
  }
  EXPECT_NEAR(moments.mean(), 106, 1e-12);
  EXPECT_NEAR(moments.mean_variance(), moments.true_variance(), 1e-10);
}

// Two of three clusters, then two units of each, both without replacement: Cochran 1977, theorem
// 11.2 (equation 11.24 is unbiased for the variance with both stages' corrections).
TEST(UnbiasedVariance, TwoStages) {
  const std::vector<std::vector<double>> clusters = {{1, 2, 6}, {10, 4, 7, 3}, {8, 8.5, 2}};
  Moments moments;
  // Clusters are drawn with equal chances, and units within them; a pair of clusters with more
  // second-stage samples must not count for more, so each outcome is repeated to one number.
  const size_t outcomes = 6 * 3 * 3;
  for (const Choice& pair : choices(3, 2)) {
    const std::vector<Choice> first = choices(clusters[pair[0]].size(), 2);
    const std::vector<Choice> second = choices(clusters[pair[1]].size(), 2);
    const size_t repeats = outcomes / (first.size() * second.size());
    for (const Choice& a : first) {
      for (const Choice& b : second) {
        Drawn drawn;
        StageRows stage;
        StageRows within;
        for (size_t i = 0; i < 2; ++i) {
          const auto size = static_cast<double>(clusters[pair[i]].size());
          for (size_t unit : i == 0 ? a : b) {
            drawn.design.weights.push_back(3.0 / 2 * size / 2);
            drawn.y.push_back(clusters[pair[i]][unit]);
            stage.stratum.push_back(0);
            stage.unit.push_back(static_cast<uint32_t>(pair[i]));
            stage.population.push_back(3);
            within.stratum.push_back(static_cast<uint32_t>(pair[i]));
            within.unit.push_back(static_cast<uint32_t>(10 * pair[i] + unit));
            within.population.push_back(size);
          }
        }
        drawn.design.stages = {stage, within};
        for (size_t i = 0; i < repeats; ++i)
          moments.add(drawn);
      }
    }
  }
  EXPECT_NEAR(moments.mean(), 51.5, 1e-12);
  EXPECT_NEAR(moments.mean_variance(), moments.true_variance(), 1e-10);
}

// Two draws with replacement of three clusters: Särndal, Swensson and Wretman, Model Assisted
// Survey Sampling (1992), result 2.9.1.
TEST(UnbiasedVariance, WithReplacement) {
  const std::vector<std::vector<double>> clusters = {{1, 2, 6}, {10, 4}, {8}};
  Moments moments;
  for (size_t a = 0; a < 3; ++a) {
    for (size_t b = 0; b < 3; ++b) {
      Drawn drawn;
      StageRows stage;
      for (uint32_t draw = 0; draw < 2; ++draw) {
        for (double y : clusters[draw == 0 ? a : b]) {
          drawn.design.weights.push_back(1.5);
          drawn.y.push_back(y);
          stage.stratum.push_back(0);
          stage.unit.push_back(draw);
        }
      }
      drawn.design.stages = {stage};
      moments.add(drawn);
    }
  }
  EXPECT_NEAR(moments.mean(), 31, 1e-12);
  EXPECT_NEAR(moments.mean_variance(), moments.true_variance(), 1e-10);
}

// A domain keeps the whole design: its total is unbiased as well, over all 70 samples.
TEST(UnbiasedVariance, Domains) {
  const std::vector<double> population = {1, 2, 4, 4, 7, 7, 7, 8};
  Moments moments;
  for (const Choice& choice : choices(8, 4)) {
    Drawn drawn;
    StageRows stage;
    std::vector<uint8_t> domain;
    for (size_t unit : choice) {
      drawn.design.weights.push_back(2);
      drawn.y.push_back(population[unit]);
      stage.stratum.push_back(0);
      stage.unit.push_back(static_cast<uint32_t>(unit));
      stage.population.push_back(8);
      domain.push_back(unit % 3 == 0 ? 1 : 0);  // units 1, 4, 7: 12 in all
    }
    drawn.design.stages = {stage};
    const auto rows = column_rows(drawn.design, {drawn.y.data()}, domain);
    ASSERT_TRUE(rows.ok());
    const std::vector<size_t> inputs = {0};
    const auto total = totals(**rows, inputs);
    ASSERT_TRUE(total.ok());
    ++moments.samples;
    moments.estimate += total->value(0);
    moments.square += total->value(0) * total->value(0);
    moments.variance += total->covariance(0, 0);
  }
  EXPECT_NEAR(moments.mean(), 12, 1e-12);
  EXPECT_NEAR(moments.mean_variance(), moments.true_variance(), 1e-10);
}

}  // namespace
}  // namespace topline
