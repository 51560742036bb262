// Key findings: a large number, a small picture of it, and what it says.
#include <algorithm>

#include "base/rounding.hpp"
#include "figure/bar_chart.hpp"
#include "figure/kinds.hpp"

namespace topline {

namespace {

constexpr int kDotsInARow = 10;
constexpr double kDot = 6;
constexpr double kDotPitch = 8;
constexpr double kDotsWidth = kDotPitch * (kDotsInARow - 1) + kDot;
constexpr double kNumberSize = 48;
constexpr double kLeastNumberSize = 22;

// A hundred dots, filled row by row from the upper left.
void place_dots(Canvas& canvas, double percent, double x, double top) {
  const int filled = static_cast<int>(round_half_up(std::clamp(percent, 0.0, 100.0)));
  for (int i = 0; i < kDotsInARow * kDotsInARow; ++i) {
    const int row = i / kDotsInARow;
    const double dot_x = x + (i % kDotsInARow) * kDotPitch;
    const double dot_y = top + row * kDotPitch;
    canvas.shape({ShapeKind::dot,
                  {dot_x, dot_y, kDot, kDot},
                  {i < filled ? Tone::accent : Tone::track},
                  false,
                  ""});
  }
}

double place_small_bars(Canvas& canvas, const FigureNumber& number, const Box& area) {
  std::vector<FigureCategory> categories;
  BarChart chart;
  for (size_t i = 0; i < number.values.size(); ++i) {
    FigureCategory category;
    if (i < number.value_captions.size())
      category.label = number.value_captions[i];
    categories.push_back(category);
    chart.values.push_back({&number.values[i]});
    chart.paints.push_back({{i == 0 ? Tone::accent : Tone::quiet}});
  }
  chart.categories = &categories;
  chart.axis_max = largest_value(chart.values, 0);
  chart.thickness = 12;
  chart.row_gap = 4;
  chart.label_share = 0.5;
  chart.value_look = canvas.small(Tone::text);
  return place_bar_chart(canvas, chart, area);
}

bool has_dots(const FigureNumber& number) {
  return number.picture == FigurePicture::dots && !number.values.empty();
}

// `least_head` is the least height of the number's line, the same for all, so that they stand in
// line.
double place_number(Canvas& canvas, const FigureNumber& number, double least_head,
                    const Box& cell) {
  const bool dots = has_dots(number);
  const double room = dots ? cell.width - kDotsWidth - 16 : cell.width;
  TextLook look{kNumberSize, Weight::bold, {Tone::accent}};
  const double natural = canvas.measure(number.number, look);
  if (natural > room)
    look.size = std::max(kLeastNumberSize, kNumberSize * room / natural);
  const TextBlock large = canvas.wrap(number.number, room + 0.01, look);
  const double head = std::max(large.height, least_head);
  canvas.place(large, cell.x, cell.y + (head - large.height) / 2);
  if (dots)
    place_dots(canvas, number.values.front().value, cell.right() - kDotsWidth,
               cell.y + (head - kDotsWidth) / 2);
  double y = cell.y + head + 8;
  if (number.picture == FigurePicture::bars && !number.values.empty())
    y = place_small_bars(canvas, number, {cell.x, y, cell.width, 0}) + 10;
  const TextBlock caption = canvas.wrap(number.caption, cell.width, canvas.body());
  canvas.place(caption, cell.x, y);
  return y + caption.height;
}

}  // namespace

double place_numbers(Canvas& canvas, const FigureModel& model, const Box& area) {
  const Grid grid(model.numbers.size(), 200, 40, area.width);
  const bool any_dots = std::any_of(model.numbers.begin(), model.numbers.end(), has_dots);
  const double head = any_dots && grid.columns > 1 ? kDotsWidth : 0;
  return place_grid(model.numbers.size(), grid, 36, area, [&](size_t i, const Box& cell) {
    // A hairline above each number ties it to its caption.
    canvas.shape({ShapeKind::rule, {cell.x, cell.y, cell.width, 1}, {Tone::rule}, false, ""});
    return place_number(canvas, model.numbers[i], has_dots(model.numbers[i]) ? kDotsWidth : head,
                        {cell.x, cell.y + 14, cell.width, 0});
  });
}

}  // namespace topline
