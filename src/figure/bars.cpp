// Figures made of plain bars: one series, several series, segments, and panels of them.
#include <algorithm>

#include "figure/bar_chart.hpp"
#include "figure/kinds.hpp"
#include "figure/legend.hpp"
#include "figure/palette.hpp"
#include "figure/rows.hpp"

namespace topline {

namespace {

std::vector<std::vector<const FigureValue*>> values_of(const FigureModel& model, size_t series) {
  std::vector<std::vector<const FigureValue*>> values(model.categories.size());
  for (size_t c = 0; c < model.categories.size(); ++c)
    for (size_t s = 0; s < series; ++s)
      values[c].push_back(&value_at(model, c, s));
  return values;
}

std::vector<LegendItem> legend_of(const FigureModel& model, const std::vector<Paint>& paints) {
  std::vector<LegendItem> items;
  for (size_t s = 0; s < model.series.size(); ++s) {
    const FigureSeries& series = model.series[s];
    const std::string note = series.note.empty() ? "" : " (" + series.note + ")";
    items.push_back({series.label + note, paints[s]});
  }
  return items;
}

}  // namespace

double place_bars(Canvas& canvas, const FigureModel& model, const Box& area) {
  BarChart chart;
  chart.categories = &model.categories;
  chart.values = values_of(model, 1);
  chart.paints = category_paints(model.categories);
  chart.axis_max = largest_value(chart.values, model.axis_max.value_or(0));
  chart.value_look = canvas.body();
  if (canvas.narrow())
    chart.thickness = 16;
  return place_bar_chart(canvas, chart, area);
}

double place_grouped_bars(Canvas& canvas, const FigureModel& model, const Box& area) {
  const std::vector<Paint> paints = series_paints(model.series, model.scale);
  const double top = place_legend(canvas, legend_of(model, paints), area);
  BarChart chart;
  chart.categories = &model.categories;
  chart.values = values_of(model, model.series.size());
  for (const FigureSeries& series : model.series)
    chart.series.push_back(series.label);
  chart.paints.assign(model.categories.size(), paints);
  chart.axis_max = largest_value(chart.values, model.axis_max.value_or(0));
  chart.thickness = 16;
  chart.row_gap = 16;
  chart.value_look = canvas.small(Tone::text);
  return place_bar_chart(canvas, chart, {area.x, top, area.width, 0});
}

namespace {

BarChart panel_chart(Canvas& canvas, const FigurePanel& panel) {
  static const FigureValue missing{0, "–", false, true, std::nullopt};
  BarChart chart;
  chart.categories = &panel.categories;
  for (size_t c = 0; c < panel.categories.size(); ++c)
    chart.values.push_back({c < panel.values.size() ? &panel.values[c] : &missing});
  chart.paints = category_paints(panel.categories);
  chart.thickness = 14;
  chart.row_gap = 6;
  chart.label_share = 0.5;
  chart.labels_may_stand_above = false;
  chart.value_look = canvas.small(Tone::text);
  return chart;
}

// One scale for all panels, so that lengths compare across them: the same value at the full
// length, the same room for labels and values.
void share_scale(Canvas& canvas, std::vector<BarChart>& charts, double axis_max, double width) {
  double label_width = 0;
  double value_width = 0;
  for (const BarChart& chart : charts) {
    axis_max = std::max(axis_max, largest_value(chart.values, 0));
    value_width = std::max(value_width, widest_value(canvas, chart));
    label_width = std::max(
        label_width, row_labels(canvas, *chart.categories, width, chart.label_share, false).width);
  }
  for (BarChart& chart : charts) {
    chart.axis_max = axis_max;
    chart.least_label_width = label_width;
    chart.least_value_width = value_width;
  }
}

}  // namespace

double place_panels(Canvas& canvas, const FigureModel& model, const Box& area) {
  const Grid grid(model.panels.size(), 280, 40, area.width);
  std::vector<BarChart> charts;
  for (const FigurePanel& panel : model.panels)
    charts.push_back(panel_chart(canvas, panel));
  share_scale(canvas, charts, model.axis_max.value_or(0), grid.width);
  return place_grid(charts.size(), grid, 32, area, [&](size_t i, const Box& cell) {
    const TextBlock title = canvas.wrap(model.panels[i].title, cell.width, canvas.bold());
    const TextBlock note = canvas.wrap(model.panels[i].note, cell.width, canvas.small());
    canvas.place(title, cell.x, cell.y);
    canvas.place(note, cell.x, cell.y + title.height);
    return place_bar_chart(canvas, charts[i],
                           {cell.x, cell.y + title.height + note.height + 8, cell.width, 0});
  });
}

}  // namespace topline
