#include "report/weighting_figure.hpp"

#include <algorithm>
#include <array>

#include "base/rounding.hpp"
#include "text/number_format.hpp"

namespace topline {

namespace {

// Lower bounds of the classes, by the mean weight; each reaches to the next one's.
constexpr std::array bounds = {0.0, 0.2, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 5.0};

using Counts = std::array<int64_t, bounds.size()>;

Counts counts_of(const std::vector<double>& weights, double mean) {
  Counts counts{};
  for (double weight : weights) {
    if (weight > 0)
      ++counts[static_cast<size_t>(std::upper_bound(bounds.begin(), bounds.end(), weight / mean) -
                                   bounds.begin() - 1)];
  }
  return counts;
}

// Classes that somebody is in at any stage: [first, last).
struct UsedClasses {
  size_t first = 0;
  size_t last = bounds.size();
};

UsedClasses used_classes(const SampleWeighting& weighting) {
  Counts all{};
  for (const std::vector<double>& weights : weighting.stages) {
    const Counts counts = counts_of(weights, describe_weights(weights).mean);
    for (size_t i = 0; i < all.size(); ++i)
      all[i] += counts[i];
  }
  UsedClasses used;
  while (used.first + 1 < used.last && all[used.first] == 0)
    ++used.first;
  while (used.last > used.first + 1 && all[used.last - 1] == 0)
    --used.last;
  return used;
}

FigurePanel panel_of(const std::vector<double>& weights, std::string title, const UsedClasses& used,
                     const Messages& messages, const NumberFormat& numbers) {
  const WeightDiagnostics about = describe_weights(weights);
  const Counts counts = counts_of(weights, about.mean);
  FigurePanel panel;
  panel.title = std::move(title);
  panel.note =
      messages.format(tr("n = {n}, design effect {effect}"),
                      {{"n", numbers.count(static_cast<int64_t>(about.n))},
                       {"effect", numbers.decimal(round_half_up(about.design_effect, 2), 2)}});
  for (size_t i = used.first; i < used.last; ++i) {
    const auto written = [&](double bound) { return numbers.decimal(bound, 2); };
    FigureCategory category;
    category.label = i + 1 < bounds.size() ? written(bounds[i]) + "–" + written(bounds[i + 1])
                                           : messages.format(tr("{number} and more"),
                                                             {{"number", written(bounds[i])}});
    panel.categories.push_back(std::move(category));
    FigureValue value;
    value.value = static_cast<double>(counts[i]);
    value.label = numbers.count(counts[i]);
    panel.values.push_back(std::move(value));
  }
  return panel;
}

}  // namespace

FigureModel weighting_figure(const SampleWeighting& weighting, const Messages& messages) {
  const NumberFormat numbers(messages.language());
  FigureModel figure;
  figure.id = "weights";
  figure.title = messages.text(tr("Respondents by weight, relative to the mean weight"));
  figure.language = messages.language();
  figure.kind = FigureKind::panels;
  const UsedClasses used = used_classes(weighting);
  for (size_t stage = 0; stage < weighting.stages.size(); ++stage)
    figure.panels.push_back(panel_of(
        weighting.stages[stage],
        stage == 0 ? messages.text(tr("Before weighting")) : weighting.reports[stage - 1].name,
        used, messages, numbers));
  return figure;
}

}  // namespace topline
