#include "estimation/rank_test.hpp"

#include <algorithm>
#include <string>

#include "statistics/distributions.hpp"

namespace topline {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

double score_of(double place, RankScores scores) {
  switch (scores) {
    case RankScores::wilcoxon:
      return place;
    case RankScores::van_der_waerden:
      return statistics::normal_quantile(place);
    case RankScores::median:
      return place > 0.5 ? 1 : 0;
  }
  return 0;
}

std::string test_name(RankScores scores, bool two_groups) {
  switch (scores) {
    case RankScores::wilcoxon:
      return two_groups ? "Wilcoxon's rank test" : "Kruskal and Wallis's rank test";
    case RankScores::van_der_waerden:
      return "van der Waerden's test";
    case RankScores::median:
      return "median test";
  }
  return {};
}

// Class means of the scores. They vary by their influence under the full sample's means and sums
// of weights.
Result<Estimates> class_scores(const SampleRows& rows, size_t input, size_t code, size_t classes,
                               const ValueScores& scores) {
  const auto count = static_cast<Index>(classes);
  VectorXd weight = VectorXd::Ones(count);
  VectorXd mean = VectorXd::Zero(count);
  // (score − mean)/weight and 1, in the column pair of the row's class.
  const RowPass pass{
      2, [&](size_t block, const double* const* in, double* out) {
        for (size_t k = 0; k < block; ++k) {
          const auto found =
              std::lower_bound(scores.value.begin(), scores.value.end(), in[input][k]);
          const double here = in[code][k];
          const bool known =
              found != scores.value.end() && here >= 0 && here < static_cast<double>(classes);
          const Index c = known ? static_cast<Index>(here) : 0;
          out[2 * k] =
              known ? (scores.score[static_cast<size_t>(found - scores.value.begin())] - mean(c)) /
                          weight(c)
                    : 0;
          out[2 * k + 1] = 1;
        }
      }};
  const std::vector<double> sums = rows.tally_by_class(pass, code, classes).totals;
  for (Index c = 0; c < count; ++c) {
    weight(c) = sums[static_cast<size_t>(2 * c + 1)];
    if (!(weight(c) > 0))
      return fault_in("", "nobody is in group " + std::to_string(c + 1) + " of this test");
    mean(c) = sums[static_cast<size_t>(2 * c)] / weight(c);
  }
  MatrixXd first = MatrixXd::Zero(count, 2 * count);
  for (Index c = 0; c < count; ++c)
    first(c, 2 * c) = 1;
  return estimate(rows.tally_by_class(pass, code, classes),
                  {[&](const VectorXd& t) -> VectorXd { return mean + first * t; },
                   [&](const VectorXd&) -> MatrixXd { return first; }});
}

double freedom_left(const Estimates& of_classes) {
  return of_classes.size.degrees_of_freedom + 1 - static_cast<double>(of_classes.value.size());
}

}  // namespace

Result<ValueScores> rank_scores(const SampleRows& rows, size_t input, RankScores scores) {
  Distribution distribution = rows.distribution(input);
  double all = 0;
  for (const double weight : distribution.weight)
    all += weight;
  if (!(all > 0))
    return fault_in("", "nobody is in the base of this rank test");
  ValueScores result;
  double below = 0;
  for (size_t i = 0; i < distribution.value.size(); ++i) {
    const double weight = distribution.weight[i];
    if (weight == 0)
      continue;  // ranks of 0 and 1 would have no normal score
    result.value.push_back(distribution.value[i]);
    result.score.push_back(score_of((below + weight / 2) / all, scores));
    below += weight;
  }
  return result;
}

Result<TTest> rank_test(const SampleRows& rows, size_t input, size_t code,
                        const ValueScores& scores) {
  const Result<Estimates> of_classes = class_scores(rows, input, code, 2, scores);
  if (!of_classes)
    return of_classes.fault();
  const MatrixXd difference = Eigen::RowVector2d(-1, 1);
  Result<TTest> test = t_test(contrasts(*of_classes, difference), 0, 0, freedom_left(*of_classes));
  if (test)
    test->method = "rank test, " + of_classes->method;
  return test;
}

Result<TTest> rank_test(const SampleRows& rows, size_t input, size_t code, RankScores scores) {
  const Result<ValueScores> ranks = rank_scores(rows, input, scores);
  if (!ranks)
    return ranks.fault();
  Result<TTest> test = rank_test(rows, input, code, *ranks);
  if (test)
    test->method = test_name(scores, true) + ", " + test->estimate.method;
  return test;
}

Result<FTest> rank_test_of_classes(const SampleRows& rows, size_t input, size_t code,
                                   size_t classes, const ValueScores& scores) {
  const Result<Estimates> of_classes = class_scores(rows, input, code, classes, scores);
  if (!of_classes)
    return of_classes.fault();
  return equality_test(*of_classes, freedom_left(*of_classes));
}

Result<FTest> rank_test_of_classes(const SampleRows& rows, size_t input, size_t code,
                                   size_t classes, RankScores scores) {
  const Result<ValueScores> ranks = rank_scores(rows, input, scores);
  if (!ranks)
    return ranks.fault();
  Result<FTest> test = rank_test_of_classes(rows, input, code, classes, *ranks);
  if (test)
    test->method = test_name(scores, classes == 2) + ", " + variance_method(rows.frame());
  return test;
}

}  // namespace topline
