// The correlation of two inputs, by hand and against the influence of each row.
#include <cmath>
#include <gtest/gtest.h>
#include <vector>

#include "engine/column_rows.hpp"
#include "estimation/means.hpp"

namespace topline {
namespace {

// x = 1, 2, 3, 4 and y = 2, 1, 4, 3: Σ(x − x̄)(y − ȳ) = 3 and both sums of squares are 5, so that
// r = 3/5. With standardized values a and b a row's influence is ab − r(a² + b²)/2.
TEST(Correlation, ByHand) {
  const std::vector<double> x = {1, 2, 3, 4};
  const std::vector<double> y = {2, 1, 4, 3};
  SampleDesign design;
  design.weights.assign(4, 10);
  const auto rows = column_rows(design, {x.data(), y.data()});
  ASSERT_TRUE(rows.ok());
  const auto r = correlation(**rows, 0, 1);
  ASSERT_TRUE(r.ok());
  EXPECT_NEAR(r->value(0), 0.6, 1e-14);
  double squares = 0;
  for (size_t i = 0; i < 4; ++i) {
    const double a = (x[i] - 2.5) / std::sqrt(1.25);
    const double b = (y[i] - 2.5) / std::sqrt(1.25);
    const double influence = (a * b - 0.6 * (a * a + b * b) / 2) / 4;
    squares += influence * influence;
  }
  EXPECT_NEAR(r->covariance(0, 0), 4.0 / 3 * squares, 1e-14);
}

TEST(Correlation, RefusesWhatDoesNotVary) {
  const std::vector<double> x = {1, 2, 3};
  const std::vector<double> y = {5, 5, 5};
  SampleDesign design;
  design.weights.assign(3, 1);
  const auto rows = column_rows(design, {x.data(), y.data()});
  ASSERT_TRUE(rows.ok());
  EXPECT_FALSE(correlation(**rows, 0, 1).ok());
}

}  // namespace
}  // namespace topline
