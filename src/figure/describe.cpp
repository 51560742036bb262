// What a figure shows, in words for those who do not see it.
#include "figure/figure_svg.hpp"
#include "figure/rows.hpp"

namespace topline {

namespace {

void add_part(std::string& text, const std::string& part, const char* separator) {
  if (part.empty())
    return;
  if (!text.empty())
    text += separator;
  text += part;
}

std::string row_in_words(const FigureModel& model, size_t category, size_t series_count) {
  std::string values;
  for (size_t s = 0; s < series_count; ++s) {
    const std::string& label = value_at(model, category, s).label;
    const bool named = s < model.series.size() && !model.series[s].label.empty();
    add_part(values, named ? model.series[s].label + " " + label : label, ", ");
  }
  return model.categories[category].label + ": " + values;
}

}  // namespace

std::string describe_figure(const FigureModel& model) {
  std::string text;
  const size_t series_count = model.series.empty() ? 1 : model.series.size();
  for (size_t c = 0; c < model.categories.size(); ++c)
    add_part(text, row_in_words(model, c, series_count), "; ");
  for (const FigurePanel& panel : model.panels) {
    std::string values;
    for (size_t c = 0; c < panel.categories.size() && c < panel.values.size(); ++c)
      add_part(values, panel.categories[c].label + " " + panel.values[c].label, ", ");
    add_part(text, panel.title + ": " + values, "; ");
  }
  for (const FigureNumber& number : model.numbers)
    add_part(text, number.number + " " + number.caption, "; ");
  return text;
}

}  // namespace topline
