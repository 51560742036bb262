// Replicate weights: given ones of every kind, around the full sample and around their mean, and
// with the weighting redone in each replicate.
#include <gtest/gtest.h>

#include "ciprop_answers.hpp"
#include "core_answers.hpp"
#include "quantile_answers.hpp"
#include "tests_answers.hpp"
#include "weighting_answers.hpp"

namespace topline::refs {
namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

Values estimates_of(const SampleDesign& design, std::vector<std::vector<double>> columns,
                    const std::vector<std::string>& terms, bool total,
                    std::vector<uint8_t> domain = {}) {
  const Bound bound = bind(design, std::move(columns), std::move(domain));
  std::vector<size_t> inputs;
  for (size_t i = 0; i < terms.size(); ++i)
    inputs.push_back(i);
  Values values;
  add_estimates(values, terms,
                must(total ? totals(*bound.rows, inputs) : means(*bound.rows, inputs)));
  return values;
}

std::optional<Values> replicate(const Call& call) {
  // Where the reference stops early or rounds, its own steps are done on our shares: see the
  // headers of both.
  if (contains(call.call, "svyquantile")) {
    const std::optional<Values> own_way = quantile_quirk_answer(call);
    return own_way ? own_way : quantile_answer(call);
  }
  if (contains(call.call, "svyciprop")) {
    const std::optional<Values> own_way = ciprop_fitted_answer(call);
    return own_way ? own_way : ciprop_answer(call);
  }
  if (contains(call.call, "svychisq"))
    return chisq_answer(call);
  if (contains(call.call, "svyttest"))
    return ttest_answer(call);
  const Sample& of = sample(call.design, contains(call.call, "mse=TRUE"));
  const std::string y = of.api ? "api00" : "y";
  if (contains(call.call, "on replicates then"))
    return reweighted_answer(call);
  if (contains(call.call, "svymean(~" + y + ")") || contains(call.call, "svytotal(~" + y + ")"))
    return estimates_of(of.design, {of.data.numbers(y)}, {y}, contains(call.call, "svytotal"));
  if (contains(call.call, "svyratio")) {
    const Bound bound =
        bind(of.design, {of.data.numbers(y), of.data.numbers(of.api ? "api99" : "x")});
    const std::vector<std::pair<size_t, size_t>> pairs = {{0, 1}};
    Values values;
    add_estimates(values, {"ratio"}, must(ratios(*bound.rows, pairs)));
    return values;
  }
  if (contains(call.call, "svymean(~grp)")) {
    const Factor factor = of.factor("grp");
    std::vector<std::string> terms;
    std::vector<std::vector<double>> columns;
    for (size_t level = 0; level < factor.levels.size(); ++level) {
      terms.push_back("grp" + factor.levels[level]);
      columns.push_back(indicator(factor, level));
    }
    return estimates_of(of.design, std::move(columns), terms, false);
  }
  if (contains(call.call, "svyby(~y,~half,svymean)")) {
    const Factor half = of.factor("half");
    Values values;
    for (const std::string& level : half.levels)
      values.merge(
          estimates_of(of.design, {of.data.numbers("y")}, {level}, false, rows_with(half, level)));
    return values;
  }
  return std::nullopt;
}

TEST(Refs, Replicates) {
  compare("replicate.csv", replicate);
}

}  // namespace
}  // namespace topline::refs
