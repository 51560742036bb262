// A table of two questions with its cells tinted by their values. Where the columns would be too
// narrow for their heads, the same cells are listed row by row.
#include <algorithm>

#include "figure/kinds.hpp"
#include "figure/palette.hpp"
#include "figure/rows.hpp"

namespace topline {

namespace {

constexpr double kCellHeight = 34;
constexpr double kCellGap = 2;
constexpr double kMarginGap = 8;  // before a margin
constexpr double kCellPadding = 4;
constexpr double kWeakestTint = 0.04;
constexpr double kStrongestTint = 0.5;  // the page's text colour still reads on it

class HeatTable {
 public:
  HeatTable(Canvas& canvas, const FigureModel& model, const Box& area)
      : canvas_(canvas), model_(model), area_(area) {
    for (size_t c = 0; c < model.categories.size(); ++c)
      for (size_t s = 0; s < model.series.size(); ++s)
        if (!margin(c, s) && !value_at(model, c, s).missing)
          largest_ = std::max(largest_, value_at(model, c, s).value);
  }

  double place() {
    const RowLabels labels = row_labels(canvas_, model_.categories, area_.width, 0.34);
    span_ = plot_span(labels, area_);
    find_columns();
    return labels.above || !columns_fit() ? place_list() : place_table(labels);
  }

 private:
  [[nodiscard]] bool margin(size_t category, size_t series) const {
    return model_.categories[category].role == FigureRole::total ||
           model_.series[series].role == FigureRole::total;
  }

  void find_columns() {
    double gaps = 0;
    for (size_t s = 1; s < model_.series.size(); ++s)
      gaps += gap_before(s);
    column_ = (span_.width - gaps) / static_cast<double>(std::max<size_t>(1, model_.series.size()));
  }

  [[nodiscard]] double gap_before(size_t series) const {
    const bool changes = (model_.series[series].role == FigureRole::total) !=
                         (model_.series[series - 1].role == FigureRole::total);
    return changes ? kMarginGap : kCellGap;
  }

  bool columns_fit() {
    double needed = 40;
    for (size_t s = 0; s < model_.series.size(); ++s) {
      needed = std::max(needed, canvas_.widest_piece(model_.series[s].label, head_look(s)));
      for (size_t c = 0; c < model_.categories.size(); ++c)
        needed = std::max(needed, canvas_.measure(value_at(model_, c, s).label, cell_look(c, s)));
    }
    return needed + 2 * kCellPadding <= column_;
  }

  [[nodiscard]] TextLook head_look(size_t series) const {
    TextLook look = canvas_.small(Tone::text);
    look.anchor = PlacedText::Anchor::middle;
    if (model_.series[series].role == FigureRole::total)
      look.weight = Weight::bold;
    return look;
  }

  [[nodiscard]] TextLook cell_look(size_t category, size_t series) const {
    TextLook look = margin(category, series) ? canvas_.bold() : canvas_.body();
    look.anchor = PlacedText::Anchor::middle;
    return look;
  }

  double place_table(const RowLabels& labels) {
    const double top = place_heads(labels.width);
    return place_rows(
        canvas_, model_.categories, labels, {area_.x, top, area_.width, 0},
        {kCellGap, [&](size_t row) { return std::max(kCellHeight, labels.height(row) + 6); },
         [&](size_t row, double y) {
           place_cells(row, y, std::max(kCellHeight, labels.height(row) + 6));
         }});
  }

  // The heads stand on one line at their feet; the unit stands above the row labels.
  double place_heads(double label_width) {
    std::vector<TextBlock> heads;
    std::vector<TextBlock> notes;
    double height = 0;
    for (size_t s = 0; s < model_.series.size(); ++s) {
      const double inner = column_ - 2 * kCellPadding;
      heads.push_back(canvas_.wrap(model_.series[s].label, inner + 0.01, head_look(s)));
      TextLook note = canvas_.small();
      note.anchor = PlacedText::Anchor::middle;
      notes.push_back(canvas_.wrap(model_.series[s].note, inner, note));
      height = std::max(height, heads[s].height + notes[s].height);
    }
    const TextBlock unit =
        label_width > 0 ? canvas_.wrap(model_.unit, label_width, canvas_.small()) : TextBlock();
    height = std::max(height, unit.height);
    canvas_.place(unit, area_.x, area_.y + height - unit.height);
    double x = span_.x;
    for (size_t s = 0; s < heads.size(); ++s) {
      if (s > 0)
        x += column_ + gap_before(s);
      const double foot = area_.y + height;
      canvas_.place(heads[s], x + column_ / 2, foot - notes[s].height - heads[s].height);
      canvas_.place(notes[s], x + column_ / 2, foot - notes[s].height);
    }
    return area_.y + height + 6;
  }

  void place_cells(size_t row, double top, double height) {
    double x = span_.x;
    for (size_t s = 0; s < model_.series.size(); ++s) {
      if (s > 0)
        x += column_ + gap_before(s);
      place_cell(row, s, {x, top, column_, height});
    }
  }

  void place_cell(size_t row, size_t series, const Box& box) {
    const FigureValue& value = value_at(model_, row, series);
    TextLook look = cell_look(row, series);
    int shape = -1;
    if (value.missing) {
      look.paint = {Tone::muted};
    } else if (!margin(row, series)) {
      const double share = largest_ > 0 ? std::clamp(value.value / largest_, 0.0, 1.0) : 0;
      const Paint tint{Tone::tint, 0, kWeakestTint + (kStrongestTint - kWeakestTint) * share};
      shape = canvas_.shape(
          {ShapeKind::cell, box, tint, false,
           model_.categories[row].label + ", " + model_.series[series].label + ": " + value.label});
    }
    canvas_.line(value.label, box.x + box.width / 2, box.y + box.height / 2, look, shape);
  }

  // A heading for each row, and below it a line with its cell for each column.
  double place_list() {
    const TextBlock unit = canvas_.wrap(model_.unit, area_.width, canvas_.small());
    canvas_.place(unit, area_.x, area_.y);
    double y = area_.y + unit.height + (unit.height > 0 ? 8 : 0);
    double cell = 56;
    for (size_t c = 0; c < model_.categories.size(); ++c)
      for (size_t s = 0; s < model_.series.size(); ++s)
        cell = std::max(cell, canvas_.measure(value_at(model_, c, s).label, cell_look(c, s)) +
                                  2 * kCellPadding);
    cell = std::min(cell, area_.width / 2);
    for (size_t c = 0; c < model_.categories.size(); ++c) {
      const TextBlock heading =
          canvas_.wrap(model_.categories[c].label, area_.width, canvas_.bold());
      const TextBlock note = canvas_.wrap(model_.categories[c].note, area_.width, canvas_.small());
      y += c > 0 ? 14 : 0;
      canvas_.place(heading, area_.x, y);
      canvas_.place(note, area_.x, y + heading.height);
      y += heading.height + note.height + 4;
      for (size_t s = 0; s < model_.series.size(); ++s)
        y = place_list_line(c, s, cell, y);
    }
    return y - kCellGap;
  }

  double place_list_line(size_t category, size_t series, double cell, double y) {
    TextLook look = canvas_.small(Tone::text);
    if (model_.series[series].role == FigureRole::total)
      look.weight = Weight::bold;
    const TextBlock label =
        canvas_.wrap(model_.series[series].label, area_.width - cell - 12, look);
    const double height = std::max(26.0, label.height + 4);
    canvas_.place(label, area_.x, y + (height - label.height) / 2);
    place_cell(category, series, {area_.right() - cell, y, cell, height});
    return y + height + kCellGap;
  }

  Canvas& canvas_;
  const FigureModel& model_;
  Box area_;
  PlotSpan span_;
  double column_ = 0;   // width of a column
  double largest_ = 0;  // value with the strongest tint
};

}  // namespace

double place_heat_table(Canvas& canvas, const FigureModel& model, const Box& area) {
  return HeatTable(canvas, model, area).place();
}

}  // namespace topline
