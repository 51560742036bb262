// One function for each kind of figure. All draw below area.y in the width of `area` and give the
// bottom.
#pragma once

#include <cstddef>

#include "figure/canvas.hpp"
#include "figure/figure_model.hpp"

namespace topline {

double place_bars(Canvas& canvas, const FigureModel& model, const Box& area);
double place_grouped_bars(Canvas& canvas, const FigureModel& model, const Box& area);
double place_stacked_bars(Canvas& canvas, const FigureModel& model, const Box& area);
double place_heat_table(Canvas& canvas, const FigureModel& model, const Box& area);
double place_panels(Canvas& canvas, const FigureModel& model, const Box& area);
double place_numbers(Canvas& canvas, const FigureModel& model, const Box& area);

// Columns for `count` things side by side, each at least `least` wide where there is room.
struct Grid {
  Grid(size_t count, double least, double gap, double total_width) : column_gap(gap) {
    const auto fitting = static_cast<size_t>((total_width + gap) / (least + gap));
    columns = fitting < 1 ? 1 : fitting > count && count > 0 ? count : fitting;
    width = (total_width - static_cast<double>(columns - 1) * gap) / static_cast<double>(columns);
  }

  double column_gap;
  size_t columns = 1;
  double width = 0;  // of a column
};

// Places `count` things in the grid: `place(i, area)` draws the i-th and gives its bottom. Rows
// are as high as their highest.
template <typename Place>
double place_grid(size_t count, const Grid& grid, double row_gap, const Box& area,
                  const Place& place) {
  double top = area.y;
  double bottom = area.y;
  for (size_t i = 0; i < count; ++i) {
    const size_t column = i % grid.columns;
    if (column == 0 && i > 0)
      top = bottom + row_gap;
    const double x = area.x + static_cast<double>(column) * (grid.width + grid.column_gap);
    const double end = place(i, Box{x, top, grid.width, 0});
    bottom = end > bottom ? end : bottom;
  }
  return bottom;
}

}  // namespace topline
