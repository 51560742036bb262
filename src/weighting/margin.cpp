#include "weighting/margin.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <utility>

namespace topline {

namespace {

constexpr double same_total = 1e-9;

double sum_of(const Margin& margin) {
  double sum = 0;
  for (size_t code = 0; code < margin.population.size(); ++code)
    sum += std::isfinite(margin.count(code)) ? margin.count(code) : 0;
  return sum;
}

void check_counts(const Margin& margin, Diagnostics& faults) {
  for (size_t code = 0; code < margin.population.size(); ++code) {
    const double count = margin.count(code);
    if (!std::isfinite(count) || count < 0)
      faults.error({},
                   "the population of " + category_name(margin, code) + " is " + in_words(count),
                   "population counts are finite numbers from 0 on");
  }
  if (!(sum_of(margin) > 0))
    faults.error({}, "the margin " + margin.name + " has no population",
                 "give the count of every category");
}

struct CategoryTotal {
  double weight = 0;
  size_t rows = 0;
};

std::vector<CategoryTotal> totals_of(const std::vector<double>& weights, const Margin& margin,
                                     CategoryTotal& unknown) {
  size_t codes = margin.population.size();
  for (uint32_t code : margin.category) {
    if (code != no_category)
      codes = std::max(codes, size_t{code} + 1);
  }
  std::vector<CategoryTotal> totals(codes);
  for (size_t row = 0; row < weights.size(); ++row) {
    const uint32_t code = margin.category[row];
    CategoryTotal& total = code == no_category ? unknown : totals[code];
    total.weight += weights[row];
    total.rows += weights[row] > 0 ? 1 : 0;
  }
  return totals;
}

std::string respondents(size_t rows) {
  return std::to_string(rows) + (rows == 1 ? " respondent" : " respondents");
}

void check_categories(const std::vector<double>& weights, const Margin& margin,
                      Diagnostics& faults) {
  if (margin.category.size() != weights.size()) {
    faults.error({}, "the margin " + margin.name + " is known for " +
                         std::to_string(margin.category.size()) + " rows of " +
                         std::to_string(weights.size()));
    return;
  }
  CategoryTotal unknown;
  const std::vector<CategoryTotal> totals = totals_of(weights, margin, unknown);
  if (unknown.weight > 0)
    faults.error({},
                 respondents(unknown.rows) + " with a weight have no category of " + margin.name,
                 "give them a category of their own with its population, or leave them out");
  for (size_t code = 0; code < totals.size(); ++code) {
    const bool stated = code < margin.population.size() && margin.population[code].has_value();
    const double population = margin.count(code);
    if (totals[code].weight > 0 && !stated)
      faults.error({},
                   category_name(margin, code) + " has " + respondents(totals[code].rows) +
                       ", and the margin does not state its population",
                   "add its population to the margin, or put it together with another category");
    else if (totals[code].weight > 0 && population == 0)
      faults.error({},
                   category_name(margin, code) + " has " + respondents(totals[code].rows) +
                       " and a population of 0",
                   "correct the population, or leave these respondents out");
    else if (!(totals[code].weight > 0) && population > 0)
      faults.error({},
                   category_name(margin, code) + " has a population of " + in_words(population) +
                       " and no respondents with a weight",
                   "put it together with a category that has respondents");
  }
}

}  // namespace

double CategoryFit::misfit() const {
  const double distance = std::abs(reached - wanted);
  return wanted > 0 ? distance / wanted : distance;
}

Margin scaled_to(Margin margin, double total) {
  const double sum = sum_of(margin);
  if (sum > 0) {
    for (std::optional<double>& count : margin.population) {
      if (count)
        *count = *count / sum * total;
    }
  }
  return margin;
}

void check_weights(const std::vector<double>& weights, Diagnostics& faults) {
  if (weights.empty()) {
    faults.error({}, "the sample is empty", "weights need at least one respondent");
    return;
  }
  size_t bad = 0;
  size_t first = 0;
  bool any = false;
  for (size_t row = 0; row < weights.size(); ++row) {
    if (!(weights[row] >= 0) || std::isinf(weights[row]))
      first = bad++ == 0 ? row : first;
    any = any || weights[row] > 0;
  }
  if (bad > 0)
    faults.error({},
                 "row " + std::to_string(first + 1) + " has a weight of " +
                     in_words(weights[first]) +
                     (bad > 1 ? ", as have " + std::to_string(bad - 1) + " others" : ""),
                 "weights are finite numbers from 0 on");
  else if (!any)
    faults.error({}, "all weights are 0", "at least one respondent needs a weight");
}

void check_margins(const std::vector<double>& weights, const std::vector<Margin>& margins,
                   Diagnostics& faults) {
  Diagnostics of_weights;
  check_weights(weights, of_weights);
  const bool usable = !of_weights.has_errors();
  faults.append(std::move(of_weights));
  if (!usable)
    return;
  check_populations(margins, faults);
  for (const Margin& margin : margins)
    check_categories(weights, margin, faults);
}

void check_populations(const std::vector<Margin>& margins, Diagnostics& faults) {
  for (const Margin& margin : margins)
    check_counts(margin, faults);
  for (size_t m = 1; m < margins.size(); ++m) {
    const double first = sum_of(margins.front());
    const double other = sum_of(margins[m]);
    if (std::abs(first - other) > same_total * std::max(std::abs(first), std::abs(other)))
      faults.error({},
                   "the margins " + margins.front().name + " and " + margins[m].name +
                       " contradict each other: their populations add up to " + in_words(first) +
                       " and " + in_words(other),
                   "all margins count the same population; give shares if only those are known");
  }
}

std::string category_name(const Margin& margin, size_t code) {
  if (code < margin.labels.size() && !margin.labels[code].empty())
    return margin.name + " `" + margin.labels[code] + "`";
  return margin.name + " category " + std::to_string(code + 1);
}

std::string in_words(double value) {
  char text[40];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::general, 10);
  return {text, end.ptr};
}

}  // namespace topline
