// Rank tests under a sample design (Lumley and Scott 2013, Biometrika 100, 831-842): a value's rank
// is its place in the population's estimated distribution, and groups are compared by the means of
// scores of these ranks.
#pragma once

#include <cstddef>
#include <vector>

#include "base/result.hpp"
#include "estimation/hypothesis_test.hpp"
#include "tabulation/sample_rows.hpp"

namespace topline {

// Scores of u, the share of the population below a value plus half of the share that has it.
enum class RankScores {
  wilcoxon,         // u: Wilcoxon, Mann and Whitney; with three groups or more Kruskal and Wallis
  van_der_waerden,  // the normal quantile of u
  median,           // 1 where u > 1/2: Mood's median test
};

// A score for each distinct value of an input, ascending.
struct ValueScores {
  std::vector<double> value;
  std::vector<double> score;
};

// The scores of `input` over the domain, under the full sample's weights. Refused for an empty
// domain.
Result<ValueScores> rank_scores(const SampleRows& rows, size_t input, RankScores scores);

// The mean score of class 1 less that of class 0, referred to Student's t with the design's
// degrees of freedom less 1. Scores count as known: what their estimation adds vanishes where the
// distributions are equal. Replicates vary by the weights of the scores' influence, under the full
// sample's ranks and group sizes, as in R's svyranktest. Every value of the domain must be among
// those of `scores`. Refused where a group is empty and where the scores do not vary.
// R averages ranks of equal values by rows, not by weight: with unequal weights its result depends
// on the order of the rows, and differs from this one by a little.
Result<TTest> rank_test(const SampleRows& rows, size_t input, size_t code,
                        const ValueScores& scores);
Result<TTest> rank_test(const SampleRows& rows, size_t input, size_t code, RankScores scores);

// That all of `classes` classes have the same mean score: Wald's F with K − 1 and the design's
// degrees of freedom less K − 1. With two classes it is the square of the above.
Result<FTest> rank_test_of_classes(const SampleRows& rows, size_t input, size_t code,
                                   size_t classes, const ValueScores& scores);
Result<FTest> rank_test_of_classes(const SampleRows& rows, size_t input, size_t code,
                                   size_t classes, RankScores scores);

}  // namespace topline
