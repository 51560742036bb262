#include "figure/legend.hpp"

#include <algorithm>

namespace topline {

double place_legend(Canvas& canvas, const std::vector<LegendItem>& items, const Box& area) {
  static constexpr double kSwatch = 12;
  static constexpr double kSwatchGap = 6;
  static constexpr double kItemGap = 16;
  static constexpr double kLineGap = 4;
  if (items.empty())
    return area.y;
  const TextLook look = canvas.small(Tone::text);
  double x = area.x;
  double y = area.y;
  double line_height = 0;
  for (const LegendItem& item : items) {
    const TextBlock label = canvas.wrap(item.label, area.width - kSwatch - kSwatchGap, look);
    const double width = kSwatch + kSwatchGap + label.width;
    if (x > area.x && x + width > area.right() + 0.01) {
      x = area.x;
      y += line_height + kLineGap;
      line_height = 0;
    }
    const double first_line =
        label.height / static_cast<double>(std::max<size_t>(1, label.lines.size()));
    canvas.shape({ShapeKind::swatch,
                  {x, y + (first_line - kSwatch) / 2, kSwatch, kSwatch},
                  item.paint,
                  false,
                  ""});
    canvas.place(label, x + kSwatch + kSwatchGap, y);
    x += width + kItemGap;
    line_height = std::max(line_height, label.height);
  }
  return y + line_height + 14;
}

}  // namespace topline
