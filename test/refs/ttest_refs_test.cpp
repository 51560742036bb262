// Tests of means and ranks.
#include <gtest/gtest.h>

#include "tests_answers.hpp"

namespace topline::refs {
namespace {

TEST(Refs, TestsOfMeansAndRanks) {
  compare("ttest.csv", ttest_answer);
}

}  // namespace
}  // namespace topline::refs
