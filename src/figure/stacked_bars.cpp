// One bar for each row of a grid, divided into the options. On a diverging scale the bars are
// centred on the middle; don't know stands apart on the right, on the same scale.
#include <algorithm>
#include <cmath>

#include "figure/kinds.hpp"
#include "figure/legend.hpp"
#include "figure/palette.hpp"
#include "figure/rows.hpp"

namespace topline {

namespace {

constexpr double kThickness = 26;
constexpr double kApart = 16;          // before the bars of don't know
constexpr double kSeparator = 1;       // between segments
constexpr double kInsidePadding = 4;   // a value needs this much on both sides
constexpr double kMostDisplaced = 14;  // a value below its bar stays this near to its segment
constexpr double kBelowGap = 4;        // between values below a bar

struct Segment {
  size_t series = 0;
  double x = 0, width = 0;
  const FigureValue* value = nullptr;
  bool label_inside = false;
  bool label_beside = false;  // right of the last bar of don't know
  bool label_below = false;
  double below_x = 0;  // middle of the label below the bar
};

struct Row {
  std::vector<Segment> segments;
  bool labels_below = false;
  std::string instead;  // what stands where a whole row is missing
};

class StackedBars {
 public:
  StackedBars(Canvas& canvas, const FigureModel& model, const Box& area)
      : canvas_(canvas),
        model_(model),
        area_(area),
        paints_(series_paints(model.series, model.scale)),
        value_look_(canvas.small(Tone::text)),
        below_look_(canvas.small(Tone::muted)) {
    value_look_.anchor = PlacedText::Anchor::middle;
    below_look_.anchor = PlacedText::Anchor::middle;
    below_look_.size -= 1;
    middle_ = middle_series(model.series, first_negative_);
  }

  double place() {
    const double top = place_legend(canvas_, legend(), area_);
    const RowLabels labels = row_labels(canvas_, model_.categories, area_.width, 0.38);
    span_ = plot_span(labels, area_);
    find_scale();
    for (size_t c = 0; c < model_.categories.size(); ++c)
      rows_.push_back(lay_out(c));
    return place_rows(
        canvas_, model_.categories, labels, {area_.x, top, area_.width, 0},
        {12, [](size_t) { return kThickness; }, [&](size_t row, double y) { draw(row, y); },
         [&](size_t row) { return rows_[row].labels_below ? below_height() : 0; }});
  }

 private:
  [[nodiscard]] std::vector<LegendItem> legend() const {
    std::vector<LegendItem> items;
    for (size_t s = 0; s < model_.series.size(); ++s)
      items.push_back({model_.series[s].label, paints_[s]});
    return items;
  }

  [[nodiscard]] bool apart(size_t series) const {
    return model_.series[series].role == FigureRole::dont_know;
  }

  [[nodiscard]] double shown(size_t row, size_t series) const {
    const FigureValue& value = value_at(model_, row, series);
    return value.missing ? 0 : std::max(0.0, value.value);
  }

  // What of a series lies left of the line on which diverging bars are centred.
  [[nodiscard]] double left_share(size_t series) const {
    if (model_.scale != FigureScale::diverging)
      return 0;
    if (static_cast<int>(series) == middle_)
      return 0.5;
    return series < first_negative_ ? 1 : 0;
  }

  // One scale for all rows: the longest part on the left, on the right, and apart must fit.
  void find_scale() {
    double left = 0;
    double right = 0;
    double aside = 0;
    for (size_t row = 0; row < model_.categories.size(); ++row) {
      double row_left = 0;
      double row_right = 0;
      double row_aside = 0;
      for (size_t s = 0; s < model_.series.size(); ++s) {
        const double value = shown(row, s);
        if (apart(s)) {
          row_aside += value;
        } else {
          row_left += value * left_share(s);
          row_right += value * (1 - left_share(s));
        }
      }
      left = std::max(left, row_left);
      right = std::max(right, row_right);
      aside = std::max(aside, row_aside);
    }
    const double gap = aside > 0 ? kApart + widest_apart_label() : 0;
    const double total = std::max(left + right + aside, model_.axis_max.value_or(0));
    pixels_ = total > 0 ? (span_.width - gap) / total : 0;
    centre_ = span_.x + left * pixels_;
    aside_x_ = centre_ + right * pixels_ + kApart;
  }

  // Room for the values of don't know, which stand right of their bars.
  double widest_apart_label() {
    double widest = 0;
    for (size_t row = 0; row < model_.categories.size(); ++row)
      for (size_t s = 0; s < model_.series.size(); ++s)
        if (apart(s))
          widest = std::max(widest, canvas_.measure(value_at(model_, row, s).label, value_look_));
    return widest + kInsidePadding;
  }

  [[nodiscard]] bool last_apart(size_t series) const {
    for (size_t s = series + 1; s < model_.series.size(); ++s)
      if (apart(s))
        return false;
    return apart(series);
  }

  Row lay_out(size_t row_index) {
    Row row;
    double left = 0;
    for (size_t s = 0; s < model_.series.size(); ++s)
      left += apart(s) ? 0 : shown(row_index, s) * left_share(s);
    double x = centre_ - left * pixels_;
    double aside_x = aside_x_;
    bool any_value = false;
    for (size_t s = 0; s < model_.series.size(); ++s) {
      const FigureValue& value = value_at(model_, row_index, s);
      any_value = any_value || !value.missing;
      const double width = shown(row_index, s) * pixels_;
      double& from = apart(s) ? aside_x : x;
      if (width > 0)
        row.segments.push_back({s, from, width, &value});
      from += width;
    }
    if (!any_value && !model_.series.empty())
      row.instead = value_at(model_, row_index, 0).label;
    place_labels(row);
    return row;
  }

  // Inside where the value fits; else below its segment, moved a little where two would touch;
  // else only in the hint (and in the data that go with the figure).
  void place_labels(Row& row) {
    double free_from = span_.x;
    for (Segment& segment : row.segments) {
      const std::string& label = segment.value->label;
      if (last_apart(segment.series)) {
        segment.label_beside = true;
        continue;
      }
      const double inside = canvas_.measure(label, value_look_) + 2 * kInsidePadding + kSeparator;
      if (inside <= segment.width) {
        segment.label_inside = true;
        continue;
      }
      const double half = canvas_.measure(label, below_look_) / 2;
      const double wanted = segment.x + segment.width / 2;
      const double last = span_.x + span_.width - half;
      const double middle = std::min(std::max(wanted, free_from + half), last);
      if (middle - half < free_from || std::fabs(middle - wanted) > kMostDisplaced)
        continue;
      segment.label_below = true;
      segment.below_x = middle;
      free_from = middle + half + kBelowGap;
      row.labels_below = true;
    }
  }

  [[nodiscard]] double below_height() const { return 1.3 * below_look_.size; }

  void draw(size_t row_index, double top) {
    const Row& row = rows_[row_index];
    const double middle = top + kThickness / 2;
    if (!row.instead.empty())
      canvas_.line(row.instead, span_.x, middle, canvas_.small());
    for (const Segment& segment : row.segments) {
      const std::string hint = model_.categories[row_index].label + ", " +
                               model_.series[segment.series].label + ": " + segment.value->label;
      const double width =
          segment.width > 3 * kSeparator ? segment.width - kSeparator : segment.width;
      const int shape = canvas_.shape({ShapeKind::bar,
                                       {segment.x, top, width, kThickness},
                                       paints_[segment.series],
                                       segment.value->small_base && !segment.label_inside,
                                       hint});
      if (segment.label_inside)
        canvas_.line(segment.value->label, segment.x + width / 2, middle, value_look_, shape);
      if (segment.label_beside) {
        TextLook look = value_look_;
        look.anchor = PlacedText::Anchor::start;
        canvas_.line(segment.value->label, segment.x + segment.width + kInsidePadding, middle,
                     look);
      }
      if (segment.label_below)
        canvas_.line(segment.value->label, segment.below_x, top + kThickness + below_height() / 2,
                     below_look_);
    }
  }

  Canvas& canvas_;
  const FigureModel& model_;
  Box area_;
  std::vector<Paint> paints_;
  TextLook value_look_;
  TextLook below_look_;
  int middle_ = -1;
  size_t first_negative_ = 0;
  PlotSpan span_;
  double pixels_ = 0;   // for one unit of value
  double centre_ = 0;   // where the bars are centred, or begin
  double aside_x_ = 0;  // where the bars of don't know begin
  std::vector<Row> rows_;
};

}  // namespace

double place_stacked_bars(Canvas& canvas, const FigureModel& model, const Box& area) {
  return StackedBars(canvas, model, area).place();
}

}  // namespace topline
