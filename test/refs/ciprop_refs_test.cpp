// Intervals of shares, plain and on replicates.
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

#include "ciprop_answers.hpp"

namespace topline::refs {
namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// The reference reads the bounds of `likelihood` off a spline: they are held against its own way
// of doing so, and ours against them below.
TEST(Refs, IntervalsOfShares) {
  compare("ciprop.csv", [](const Call& call) {
    return contains(call.call, "\"likelihood\"") ? ciprop_fitted_answer(call) : ciprop_answer(call);
  });
}

// How far the library's bounds lie from the reference's where that one stops early.
struct Distance {
  int values = 0;
  double furthest = 0;  // relative
};
Distance distance(const std::string& file, const std::string& method) {
  const Sheet results = read_sheet(folder() / "results" / file);
  const std::vector<double> expected = results.numbers("value");
  Distance distance;
  for (size_t row = 0; row < results.rows(); ++row) {
    const Call call{results.text("design")[row], results.text("call")[row], {}};
    const std::string& stat = results.text("stat")[row];
    if (!contains(call.call, "svyciprop") || !contains(call.call, "\"" + method + "\"") ||
        stat == "estimate")
      continue;
    // Bootstrap weights read as a jackknife's, on purpose: 14 times the standard error, of which
    // the reference's profile has only a point or two on each side.
    if (call.design == "read-as JK1")
      continue;
    const double ours = ciprop_answer(call)->at({"", stat}).value;
    distance.furthest = std::max(distance.furthest, std::abs(ours / expected[row] - 1));
    ++distance.values;
  }
  return distance;
}

TEST(Refs, LikelihoodIntervalsLieNearTheReferencesSpline) {
  if (!present())
    GTEST_SKIP() << "needs shared/refs";
  const Distance plain = distance("ciprop.csv", "likelihood");
  EXPECT_EQ(plain.values, 60);
  EXPECT_LT(plain.furthest, 3e-5);
  const Distance replicated = distance("replicate.csv", "likelihood");
  EXPECT_GT(replicated.values, 0);
  EXPECT_LT(replicated.furthest, 3e-5);
}

// The reference iterates each replicate's log-odds until the deviance changes by less than 1e-8.
TEST(Refs, LogitIntervalsOnReplicatesLieNearTheReferencesIterations) {
  if (!present())
    GTEST_SKIP() << "needs shared/refs";
  const Distance replicated = distance("replicate.csv", "logit");
  EXPECT_GT(replicated.values, 0);
  EXPECT_LT(replicated.furthest, 3e-9);
}

}  // namespace
}  // namespace topline::refs
