// Quantiles by twelve rules with their intervals, and the distribution function.
#include <algorithm>
#include <cstdlib>
#include <gtest/gtest.h>

#include "quantile_answers.hpp"

namespace topline::refs {
namespace {

// Everything, some of it in the reference's own way: see quantile_quirk_answer.
TEST(Refs, Quantiles) {
  compare("quantile.csv", [](const Call& call) {
    const std::optional<Values> odd = quantile_quirk_answer(call);
    return odd ? odd : quantile_answer(call);
  });
}

// Without: what the library says, for all calls that the reference does not answer oddly.
TEST(Refs, QuantilesOfTheLibrary) {
  compare("quantile.csv",
          [](const Call& call) {
            return quantile_quirk_answer(call) ? std::nullopt : quantile_answer(call);
          },
          {"shahvaish", "score", "~api00"});
}

// The library's score intervals of equal weights end at most one value away from the reference's:
// its root search stops on one or the other side of a step.
TEST(Refs, ScoreIntervalsOfEqualWeights) {
  if (!present())
    GTEST_SKIP() << "needs shared/refs";
  const Sheet results = read_sheet(folder() / "results" / "quantile.csv");
  const std::vector<double> expected = results.numbers("value");
  int compared = 0;
  for (size_t row = 0; row < results.rows(); ++row) {
    const Call call{results.text("design")[row],
                    results.text("call")[row],
                    {{results.text("term")[row], results.text("stat")[row]}}};
    const std::string& stat = results.text("stat")[row];
    if (call.call.find("\"score\", qrule=\"math\"") == std::string::npos ||
        stat.find("ci_") == std::string::npos ||
        (call.design.find("_srs") == std::string::npos &&
         call.design.find("_clus1") == std::string::npos))
      continue;
    const Sample& of = sample(call.design);
    std::vector<double> values = of.data.numbers(of.api ? "api00" : "y");
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    const auto place = [&](double value) {
      return std::lower_bound(values.begin(), values.end(), value) - values.begin();
    };
    const double ours = quantile_answer(call)->at(call.wanted.front()).value;
    EXPECT_LE(std::abs(place(ours) - place(expected[row])), 1)
        << call.design << " " << call.wanted.front().first << " " << stat;
    ++compared;
  }
  EXPECT_EQ(compared, 60);
}

}  // namespace
}  // namespace topline::refs
