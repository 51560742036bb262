#include "statistics/agreement.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <vector>

namespace topline::statistics {
namespace {

using Table = std::vector<double>;

// Cohen (1968), table 1: 200 patients by two psychiatrists.
const Table diagnoses = {88, 14, 18, 10, 40, 10, 2, 6, 12};

TEST(Kappa, PublishedExample) {
  const auto result = kappa(diagnoses, 3, AgreementWeights::none, 0.95);
  EXPECT_NEAR(result->observed, 0.70, 1e-15);
  EXPECT_NEAR(result->expected, 0.41, 1e-15);
  EXPECT_NEAR(result->value, 0.492, 5e-4);
}

TEST(Kappa, StandardErrorIsTheDeltaMethods) {
  // Numerical derivatives of kappa in the shares of the cells; the variance of a function of
  // multinomial shares is (Σ p·d² − (Σ p·d)²)/n.
  const Table counts = {45, 1, 0, 3, 0, 33, 1, 0, 3, 1, 17, 2, 1, 2, 0, 11};
  for (const auto weights :
       {AgreementWeights::none, AgreementWeights::linear, AgreementWeights::quadratic}) {
    double n = 0;
    for (double count : counts)
      n += count;
    double squares = 0;
    double mean = 0;
    for (size_t cell = 0; cell < counts.size(); ++cell) {
      if (counts[cell] == 0)
        continue;
      const double step = 1e-4;
      Table more = counts;
      Table less = counts;
      more[cell] += step;
      less[cell] -= step;
      const double slope =
          n * (kappa(more, 4, weights, 0.95)->value - kappa(less, 4, weights, 0.95)->value) /
          (2 * step);
      squares += counts[cell] / n * slope * slope;
      mean += counts[cell] / n * slope;
    }
    const auto result = kappa(counts, 4, weights, 0.95);
    EXPECT_NEAR(result->standard_error / std::sqrt((squares - mean * mean) / n), 1, 1e-7);
    EXPECT_NEAR(result->interval.high - result->value, 1.959963984540054 * result->standard_error,
                1e-14);
  }
}

TEST(Kappa, WeightsByHand) {
  // Only opposite corners disagree, and fully.
  const Table counts = {2, 0, 2, 0, 2, 0, 2, 0, 2};
  const auto quadratic = kappa(counts, 3, AgreementWeights::quadratic, 0.95);
  // Observed 6/10; shares 0.4, 0.2, 0.4: expected 1 − (2·0.16·1 + 4·0.08·¼).
  EXPECT_NEAR(quadratic->observed, 0.6, 1e-15);
  EXPECT_NEAR(quadratic->expected, 0.6, 1e-15);
  EXPECT_NEAR(quadratic->value, 0, 1e-15);
  // Linear: expected 1 − (2·0.16 + 4·0.08·½) = 0.52.
  EXPECT_NEAR(kappa(counts, 3, AgreementWeights::linear, 0.95)->value, 0.08 / 0.48, 1e-15);
}

TEST(Kappa, WithTwoCodesWeightsDoNotMatter) {
  const Table counts = {20, 5, 10, 15};
  const double plain = kappa(counts, 2, AgreementWeights::none, 0.95)->value;
  EXPECT_NEAR(plain, 0.4, 1e-15);  // (0.7 − 0.5)/0.5
  EXPECT_NEAR(kappa(counts, 2, AgreementWeights::quadratic, 0.95)->value, plain, 1e-15);
  EXPECT_NEAR(kappa(counts, 2, AgreementWeights::linear, 0.95)->value, plain, 1e-15);
}

TEST(Kappa, PerfectAgreement) {
  const auto result = kappa(Table{3, 0, 0, 7}, 2, AgreementWeights::none, 0.95);
  EXPECT_NEAR(result->value, 1, 1e-15);
  EXPECT_NEAR(result->standard_error, 0, 1e-15);
}

TEST(Kappa, Refusals) {
  EXPECT_FALSE(kappa(Table{9, 0, 0, 0}, 2, AgreementWeights::none, 0.95).ok());
  EXPECT_FALSE(kappa(Table{0, 0, 0, 0}, 2, AgreementWeights::none, 0.95).ok());
  EXPECT_FALSE(kappa(Table{1, 2, 3, 4, 5, 6}, 2, AgreementWeights::none, 0.95).ok());
  EXPECT_FALSE(kappa(Table{1, 2, 3, -4}, 2, AgreementWeights::none, 0.95).ok());
  EXPECT_FALSE(kappa(Table{1, 2, 3, 4}, 2, AgreementWeights::none, 0).ok());
}

}  // namespace
}  // namespace topline::statistics
