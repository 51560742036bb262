// Regressions.
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

#include "tests_answers.hpp"

namespace topline::refs {
namespace {

bool logistic(const Call& call) {
  return call.call.find("quasibinomial") != std::string::npos;
}

// The reference's logistic fits stop early: they are held against its own way of doing so, and the
// library's against them below.
TEST(Refs, Regressions) {
  compare("glm.csv", [](const Call& call) {
    return logistic(call) ? glm_fitted_answer(call) : glm_answer(call);
  });
}

TEST(Refs, LogisticRegressionsLieNearTheReferencesLastStep) {
  if (!present())
    GTEST_SKIP() << "needs shared/refs";
  const Sheet results = read_sheet(folder() / "results" / "glm.csv");
  const std::vector<double> expected = results.numbers("value");
  int values = 0;
  double coefficients = 0;
  double errors = 0;
  for (size_t row = 0; row < results.rows(); ++row) {
    const Call call{results.text("design")[row], results.text("call")[row], {}};
    const std::string& stat = results.text("stat")[row];
    if (!logistic(call) || (stat != "coef" && stat != "se"))
      continue;
    const double ours = glm_answer(call)->at({results.text("term")[row], stat}).value;
    double& furthest = stat == "se" ? errors : coefficients;
    furthest = std::max(furthest, std::abs(ours / expected[row] - 1));
    ++values;
  }
  EXPECT_EQ(values, 60);
  EXPECT_LT(coefficients, 1e-7);
  EXPECT_LT(errors, 3e-5);
}

}  // namespace
}  // namespace topline::refs
