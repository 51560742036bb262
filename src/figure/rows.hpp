// The rows of a figure: labels beside or above what is drawn for each category, headings of
// groups, and the gaps that set don't know, "other" and totals apart.
#pragma once

#include <functional>
#include <vector>

#include "figure/canvas.hpp"
#include "figure/figure_model.hpp"

namespace topline {

struct RowLabels {
  bool above = false;  // else beside
  double width = 0;    // of the column, without its gap; 0 when above
  std::vector<TextBlock> labels;
  std::vector<TextBlock> notes;

  [[nodiscard]] double height(size_t row) const { return labels[row].height + notes[row].height; }
};

// Breaks the labels to a column of at most `share` of `width`. Where `may_stand_above`, a narrow
// figure puts them above when they do not fit a column of that share in one line each.
RowLabels row_labels(Canvas& canvas, const std::vector<FigureCategory>& categories, double width,
                     double share, bool may_stand_above = true);

// Where the drawn part of the rows begins and how wide it is.
struct PlotSpan {
  double x = 0;
  double width = 0;
};
PlotSpan plot_span(const RowLabels& labels, const Box& area);

struct RowDrawing {
  double gap = 10;                           // between rows
  std::function<double(size_t)> height;      // of what is drawn for a row, beside its label
  std::function<void(size_t, double)> draw;  // the row, and the top of its drawn part
  std::function<double(size_t)> foot = {};   // of what hangs below the drawn part; may be absent
};

// Places all rows below area.y; gives the bottom of the last.
double place_rows(Canvas& canvas, const std::vector<FigureCategory>& categories,
                  const RowLabels& labels, const Box& area, const RowDrawing& drawing);

// The value of a category and series, or a missing one where the model has none.
const FigureValue& value_at(const FigureModel& model, size_t category, size_t series);

}  // namespace topline
