#include "analysis/print_weighting.hpp"

#include <cmath>

#include "io/csv_write.hpp"
#include "text/number_digits.hpp"

namespace topline {

namespace {

// Weights before the first step and after each one.
ResultTable stage_table(const SampleWeighting& weighting) {
  ResultTable table = {"weights",
                       "Weights",
                       {{"n", "n", Quantity::count},
                        {"sum", "sum", Quantity::freedom},
                        {"smallest", "smallest", Quantity::statistic},
                        {"median", "median", Quantity::statistic},
                        {"largest", "largest", Quantity::statistic},
                        {"coefficient_of_variation", "CV", Quantity::statistic},
                        {"design_effect", "deff", Quantity::statistic},
                        {"effective_size", "eff. size", Quantity::base}},
                       {}};
  for (size_t stage = 0; stage < weighting.stages.size(); ++stage) {
    const WeightDiagnostics about = describe_weights(weighting.stages[stage]);
    table.lines.push_back(
        {stage == 0 ? "before" : "step " + std::to_string(stage),
         stage == 0 ? "before" : weighting.reports[stage - 1].name,
         {static_cast<double>(about.n), about.sum, about.smallest, about.median, about.largest,
          // The design effect is 1 + CV² (Kish 1992).
          std::sqrt(std::max(0.0, about.design_effect - 1)), about.design_effect,
          about.effective_size}});
  }
  return table;
}

// The categories from `begin` to `end`, which are those of one margin.
ResultTable margin_table(const std::vector<WeightedCategory>& categories, size_t begin,
                         size_t end) {
  double before = 0;
  double after = 0;
  double population = 0;
  for (size_t i = begin; i < end; ++i) {
    before += categories[i].before;
    after += categories[i].after;
    population += categories[i].population.value_or(0);
  }
  ResultTable table = {categories[begin].margin,
                       categories[begin].margin,
                       {{"n", "n", Quantity::count},
                        {"before", "before, %", Quantity::base},
                        {"population", "population, %", Quantity::base},
                        {"after", "after, %", Quantity::base},
                        {"population_total", "population", Quantity::freedom},
                        {"after_total", "after", Quantity::freedom}},
                       {}};
  const auto percent = [](std::optional<double> part, double whole) {
    return part && whole > 0 ? std::optional(100 * *part / whole) : std::nullopt;
  };
  for (size_t i = begin; i < end; ++i) {
    const WeightedCategory& one = categories[i];
    table.lines.push_back({one.category,
                           one.category,
                           {static_cast<double>(one.n), percent(one.before, before),
                            percent(one.population, population), percent(one.after, after),
                            one.population, one.after}});
  }
  return table;
}

ResultTable class_table(const std::vector<ClassFactor>& classes) {
  ResultTable table = {"response",
                       "Response",
                       {{"weight", "weight of all", Quantity::freedom},
                        {"response_rate", "responded, %", Quantity::base},
                        {"factor", "factor", Quantity::statistic}},
                       {}};
  for (const ClassFactor& one : classes)
    table.lines.push_back({one.name, one.name, {one.weight, 100 * one.response_rate, one.factor}});
  return table;
}

std::string step_text(const StepReport& step) {
  std::string text = step.name;
  if (step.iterations > 1)
    text += ", " + std::to_string(step.iterations) + " rounds";
  text += ", factors from " + fixed_digits(step.smallest_factor, 3) + " to " +
          fixed_digits(step.largest_factor, 3);
  for (const CategoryFit& fit : step.worst) {
    if (fit.misfit() > 1e-9)
      text += "; missed by most in " + fit.margin + ": " + fit.category + ", " +
              shortest_digits(fit.reached) + " of " + shortest_digits(fit.wanted);
  }
  if (step.trimmed.raised + step.trimmed.cut > 0)
    text += "; limits " + fixed_digits(step.trimmed.lower, 3) + " and " +
            fixed_digits(step.trimmed.upper, 3) + ": " + std::to_string(step.trimmed.raised) +
            " weights raised, " + std::to_string(step.trimmed.cut) + " cut";
  return text;
}

}  // namespace

ResultTables weighting_results(const SampleWeighting& weighting) {
  ResultTables results;
  results.title = weighting.reports.empty()
                      ? "no `weighting` in processing.yaml: the weights are as they came"
                      : "weighting";
  results.tables.push_back(stage_table(weighting));
  if (!weighting.response_classes.empty())
    results.tables.push_back(class_table(weighting.response_classes));
  for (size_t begin = 0; begin < weighting.categories.size();) {
    size_t end = begin;
    while (end < weighting.categories.size() &&
           weighting.categories[end].margin == weighting.categories[begin].margin)
      ++end;
    results.tables.push_back(margin_table(weighting.categories, begin, end));
    begin = end;
  }
  for (size_t i = 0; i < weighting.reports.size(); ++i)
    results.notes.push_back({"Step " + std::to_string(i + 1), step_text(weighting.reports[i])});
  results.notes.push_back({"deff",
                           "1 + CV² of the weights, what unequal weights add to variances "
                           "at most (Kish)"});
  return results;
}

std::string weights_csv(const SampleWeighting& weighting, const StudySample& sample,
                        const Dataset& dataset) {
  std::string out = "id,weight\n";
  for (size_t k = 0; k < sample.rows.size(); ++k) {
    if (sample.counted[k] != 0)
      out += csv_field(dataset.ids[sample.rows[k]]) + "," + shortest_digits(weighting.weights[k]) +
             "\n";
  }
  return out;
}

}  // namespace topline
