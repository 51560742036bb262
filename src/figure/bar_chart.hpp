// Horizontal bars: one for each category, or one below the other for several series.
#pragma once

#include <vector>

#include "figure/canvas.hpp"
#include "figure/figure_model.hpp"

namespace topline {

struct BarChart {
  const std::vector<FigureCategory>* categories = nullptr;
  std::vector<std::vector<const FigureValue*>> values;  // [category][series]
  std::vector<std::string> series;                      // names for hints; may be empty
  std::vector<std::vector<Paint>> paints;               // [category][series]
  double axis_max = 1;                                  // value at the full length; > 0
  double thickness = 20;
  double row_gap = 10;
  double label_share = 0.42;
  bool labels_may_stand_above = true;
  double least_label_width = 0;  // so that the bars of several charts begin at the same place
  double least_value_width = 0;  // and have the same scale
  TextLook value_look;
};

// The largest value or upper end of an interval, at least `at_least`; 1 when everything is 0.
double largest_value(const std::vector<std::vector<const FigureValue*>>& values, double at_least);

// The paint of each category's bar when there is one series: accent, or quiet beside emphasized
// ones; roles have their own.
std::vector<std::vector<Paint>> category_paints(const std::vector<FigureCategory>& categories);

// The width of the widest value's label.
double widest_value(Canvas& canvas, const BarChart& chart);

// Draws into `area` (its height does not matter); gives the bottom.
double place_bar_chart(Canvas& canvas, const BarChart& chart, const Box& area);

}  // namespace topline
