#include "figure/bar_chart.hpp"

#include <algorithm>

#include "figure/rows.hpp"

namespace topline {

namespace {

constexpr double kValueGap = 6;    // between a bar's end and its value
constexpr double kSeriesGap = 2;   // between bars of one category
constexpr double kLeastPlot = 24;  // bars keep this much however long the values' labels are

Paint category_paint(const FigureCategory& category, bool any_emphasized) {
  switch (category.role) {
    case FigureRole::anchored:
      return {Tone::quiet};
    case FigureRole::dont_know:
      return {Tone::faint};
    case FigureRole::total:
      return {Tone::strong};
    case FigureRole::net:
      return {Tone::ramp, 0};
    default:
      return {any_emphasized && !category.emphasized ? Tone::quiet : Tone::accent};
  }
}

class BarDrawer {
 public:
  BarDrawer(Canvas& canvas, const BarChart& chart, const RowLabels& labels, const PlotSpan& span)
      : canvas_(canvas), chart_(chart), left_(span.x), labels_(labels) {
    const double value_width = std::max(chart.least_value_width, widest_value(canvas, chart));
    length_ = std::max(kLeastPlot, span.width - value_width - kValueGap);
  }

  [[nodiscard]] double height(size_t row) const {
    const auto count = static_cast<double>(std::max<size_t>(1, chart_.values[row].size()));
    return count * chart_.thickness + (count - 1) * kSeriesGap;
  }

  void draw(size_t row, double top) {
    draw_foot(row, top);
    for (size_t i = 0; i < chart_.values[row].size(); ++i) {
      draw_bar(row, i, top);
      top += chart_.thickness + kSeriesGap;
    }
  }

 private:
  // A hairline at the foot of the bars; it joins that of the next row, gaps interrupt it.
  void draw_foot(size_t row, double top) {
    double above = 0;
    double below = 0;
    if (!labels_.above) {
      const double beside = std::max(0.0, (labels_.height(row) - height(row)) / 2);
      above = beside + (row > 0 ? chart_.row_gap / 2 : 0);
      below = beside + (row + 1 < chart_.values.size() ? chart_.row_gap / 2 : 0);
    }
    canvas_.shape({ShapeKind::rule,
                   {left_ - 1, top - above, 1, above + height(row) + below},
                   {Tone::rule},
                   false,
                   ""});
  }

  [[nodiscard]] double scaled(double value) const {
    return std::clamp(value / chart_.axis_max, 0.0, 1.0) * length_;
  }

  void draw_bar(size_t row, size_t series, double top) {
    const FigureValue& value = *chart_.values[row][series];
    const double middle = top + chart_.thickness / 2;
    double end = left_;
    if (!value.missing && value.value > 0) {
      // A value above 0 stays visible, however small.
      const double length = std::max(1.0, scaled(value.value));
      end += length;
      std::string hint = (*chart_.categories)[row].label;
      if (series < chart_.series.size() && !chart_.series[series].empty())
        hint += ", " + chart_.series[series];
      canvas_.shape({ShapeKind::bar,
                     {left_, top, length, chart_.thickness},
                     chart_.paints[row][series],
                     value.small_base,
                     hint + ": " + value.label});
    }
    if (value.interval && !value.missing) {
      const double low = left_ + scaled(value.interval->low);
      const double high = left_ + scaled(value.interval->high);
      canvas_.shape({ShapeKind::whisker,
                     {low, middle - 0.75, std::max(0.0, high - low), 1.5},
                     {Tone::text},
                     false,
                     ""});
      end = std::max(end, high);
    }
    TextLook look = chart_.value_look;
    if (value.missing)
      look.paint = {Tone::muted};
    canvas_.line(value.label, end + kValueGap, middle, look);
  }

  Canvas& canvas_;
  const BarChart& chart_;
  double left_;
  const RowLabels& labels_;
  double length_ = 0;
};

}  // namespace

double largest_value(const std::vector<std::vector<const FigureValue*>>& values, double at_least) {
  double largest = at_least;
  for (const auto& row : values)
    for (const FigureValue* value : row) {
      if (value->missing)
        continue;
      largest = std::max(largest, value->value);
      if (value->interval)
        largest = std::max(largest, value->interval->high);
    }
  return largest > 0 ? largest : 1;
}

std::vector<std::vector<Paint>> category_paints(const std::vector<FigureCategory>& categories) {
  const bool any_emphasized =
      std::any_of(categories.begin(), categories.end(),
                  [](const FigureCategory& category) { return category.emphasized; });
  std::vector<std::vector<Paint>> paints;
  paints.reserve(categories.size());
  for (const FigureCategory& category : categories)
    paints.push_back({category_paint(category, any_emphasized)});
  return paints;
}

double widest_value(Canvas& canvas, const BarChart& chart) {
  double widest = 0;
  for (const auto& row : chart.values)
    for (const FigureValue* value : row)
      widest = std::max(widest, canvas.measure(value->label, chart.value_look));
  return widest;
}

double place_bar_chart(Canvas& canvas, const BarChart& chart, const Box& area) {
  RowLabels labels = row_labels(canvas, *chart.categories, area.width, chart.label_share,
                                chart.labels_may_stand_above);
  if (!labels.above)
    labels.width = std::max(labels.width, chart.least_label_width);
  BarDrawer drawer(canvas, chart, labels, plot_span(labels, area));
  return place_rows(canvas, *chart.categories, labels, area,
                    {chart.row_gap, [&](size_t row) { return drawer.height(row); },
                     [&](size_t row, double top) { drawer.draw(row, top); }});
}

}  // namespace topline
