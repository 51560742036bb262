#include "figure/rows.hpp"

#include <algorithm>

namespace topline {

namespace {

constexpr double kLabelGap = 12;  // between the label column and the plot

TextLook label_look(const Canvas& canvas, const FigureCategory& category) {
  const bool bold =
      category.role == FigureRole::net || category.role == FigureRole::total || category.emphasized;
  return bold ? canvas.bold() : canvas.body();
}

// Roles of one kind stand together; a change of kind makes a gap.
int kind_of(FigureRole role) {
  switch (role) {
    case FigureRole::anchored:
    case FigureRole::dont_know:
      return 1;
    case FigureRole::total:
      return 2;
    default:
      return 0;
  }
}

double heading(Canvas& canvas, const std::string& text, const Box& area, double y) {
  const TextBlock block = canvas.wrap(text, area.width, canvas.bold());
  canvas.place(block, area.x, y);
  return y + block.height + 6;
}

}  // namespace

RowLabels row_labels(Canvas& canvas, const std::vector<FigureCategory>& categories, double width,
                     double share, bool may_stand_above) {
  RowLabels rows;
  double natural = 0;
  for (const FigureCategory& category : categories)
    natural = std::max({natural, canvas.measure(category.label, label_look(canvas, category)),
                        canvas.measure(category.note, canvas.small())});
  const double most = share * width - kLabelGap;
  rows.above = may_stand_above && width < 480 && natural > most;
  for (const FigureCategory& category : categories) {
    const double limit = rows.above ? width : std::min(natural + 0.01, most);
    rows.labels.push_back(canvas.wrap(category.label, limit, label_look(canvas, category)));
    rows.notes.push_back(canvas.wrap(category.note, limit, canvas.small()));
    if (!rows.above)
      rows.width = std::max({rows.width, rows.labels.back().width, rows.notes.back().width});
  }
  return rows;
}

PlotSpan plot_span(const RowLabels& labels, const Box& area) {
  const double before = labels.above || labels.width == 0 ? 0 : labels.width + kLabelGap;
  return {area.x + before, area.width - before};
}

double place_rows(Canvas& canvas, const std::vector<FigureCategory>& categories,
                  const RowLabels& labels, const Box& area, const RowDrawing& drawing) {
  double y = area.y;
  for (size_t i = 0; i < categories.size(); ++i) {
    const FigureCategory& category = categories[i];
    const bool new_group =
        i == 0 ? !category.group.empty() : category.group != categories[i - 1].group;
    if (i > 0)
      y += drawing.gap;
    if (i > 0 && (new_group || kind_of(category.role) != kind_of(categories[i - 1].role)))
      y += std::max(8.0, 0.8 * drawing.gap);
    if (new_group && !category.group.empty())
      y = heading(canvas, category.group, area, y);

    const double label_height = labels.height(i);
    const double drawn = drawing.height(i);
    const double row = labels.above ? drawn : std::max(label_height, drawn);
    const double label_top = labels.above ? y : y + (row - label_height) / 2;
    canvas.place(labels.labels[i], area.x, label_top);
    canvas.place(labels.notes[i], area.x, label_top + labels.labels[i].height);
    if (labels.above)
      y += label_height + 4;
    const double drawn_top = y + (row - drawn) / 2;
    drawing.draw(i, drawn_top);
    const double foot = drawing.foot ? drawing.foot(i) : 0;
    y = std::max(y + row, drawn_top + drawn + foot);
  }
  return y;
}

const FigureValue& value_at(const FigureModel& model, size_t category, size_t series) {
  static const FigureValue missing{0, "–", false, true, std::nullopt};
  if (category >= model.values.size() || series >= model.values[category].size())
    return missing;
  return model.values[category][series];
}

}  // namespace topline
