// The key to the colours of the series, in lines as long as the figure is wide.
#pragma once

#include <string>
#include <vector>

#include "figure/canvas.hpp"

namespace topline {

struct LegendItem {
  std::string label;
  Paint paint;
};

// Draws the items in their order; gives the bottom with the gap to what follows.
double place_legend(Canvas& canvas, const std::vector<LegendItem>& items, const Box& area);

}  // namespace topline
