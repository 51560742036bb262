// Tests of independence and of given shares.
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

#include "tests_answers.hpp"

namespace topline::refs {
namespace {

bool linear_combination(const std::string& call) {
  return call.find("lincom") != std::string::npos;
}

// The reference's probabilities of "lincom" for designs are those of an algorithm that was asked
// for 1e-7 (Davies 1980, Applied Statistics 29, 323-333): they are held against ours below.
TEST(Refs, TestsOfTables) {
  compare("chisq.csv",
          [](const Call& call) {
            std::optional<Values> values = chisq_answer(call);
            if (values && linear_combination(call.call))
              values->erase({"", "p.value"});
            return values;
          },
          {"lincom"});
}

TEST(Refs, LinearCombinationsLieWithinTheReferencesAccuracy) {
  if (!present())
    GTEST_SKIP() << "needs shared/refs";
  const Sheet results = read_sheet(folder() / "results" / "chisq.csv");
  const std::vector<double> expected = results.numbers("value");
  int values = 0;
  double furthest = 0;
  for (size_t row = 0; row < results.rows(); ++row) {
    const Call call{results.text("design")[row], results.text("call")[row], {}};
    if (!linear_combination(call.call) || results.text("stat")[row] != "p.value")
      continue;
    furthest =
        std::max(furthest, std::abs(chisq_answer(call)->at({"", "p.value"}).value - expected[row]));
    ++values;
  }
  EXPECT_EQ(values, 15);
  EXPECT_LT(furthest, 1e-7);
}

}  // namespace
}  // namespace topline::refs
