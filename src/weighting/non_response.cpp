#include "weighting/non_response.hpp"

#include <algorithm>
#include <cstddef>

#include "weighting/margin.hpp"

namespace topline {

namespace {

struct ClassTotal {
  size_t rows = 0;
  double weight = 0;
  double responding = 0;
};

Result<std::vector<ClassTotal>> totals_of(const std::vector<double>& weights,
                                          const ResponseClasses& classes) {
  if (classes.category.size() != weights.size() || classes.responded.size() != weights.size())
    return fault_in("", "the classes of " + classes.name + " are not known for all rows");
  std::vector<ClassTotal> totals;
  for (size_t row = 0; row < weights.size(); ++row) {
    if (!(weights[row] > 0))
      continue;
    const uint32_t code = classes.category[row];
    if (code == no_category)
      return fault_in(
          "", "row " + std::to_string(row + 1) + " has a weight and no class of " + classes.name,
          "give it a class of its own, or leave it out");
    if (code >= totals.size())
      totals.resize(size_t{code} + 1);
    ClassTotal& total = totals[code];
    ++total.rows;
    total.weight += weights[row];
    total.responding += classes.responded[row] != 0 ? weights[row] : 0;
  }
  return totals;
}

}  // namespace

Result<NonResponseWeights> adjust_for_non_response(const std::vector<double>& weights,
                                                   const ResponseClasses& classes) {
  Diagnostics faults;
  check_weights(weights, faults);
  if (faults.has_errors())
    return faults.all().front();
  const Result<std::vector<ClassTotal>> totals = totals_of(weights, classes);
  if (!totals)
    return totals.fault();
  const Margin named{classes.name, {}, classes.labels, {}};
  NonResponseWeights result;
  std::vector<double> factors(totals->size());
  for (size_t code = 0; code < factors.size(); ++code) {
    const ClassTotal& total = totals.value()[code];
    if (total.rows == 0)
      continue;
    if (!(total.responding > 0))
      return fault_in("",
                      category_name(named, code) + " has " + std::to_string(total.rows) +
                          " sampled cases and no respondents",
                      "put it together with a class that has respondents");
    factors[code] = total.weight / total.responding;
    result.classes.push_back(
        {category_name(named, code), total.weight, total.responding / total.weight, factors[code]});
    result.largest_factor = std::max(result.largest_factor, factors[code]);
  }
  result.weights.resize(weights.size());
  for (size_t row = 0; row < weights.size(); ++row) {
    if (weights[row] > 0 && classes.responded[row] != 0)
      result.weights[row] = weights[row] * factors[classes.category[row]];
  }
  return result;
}

}  // namespace topline
