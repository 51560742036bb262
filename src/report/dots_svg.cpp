#include <algorithm>

#include "report/block_html.hpp"

namespace topline {

namespace {

constexpr int64_t kStep = 10;  // from dot to dot

// Lines of no length with round ends are dots.
std::string dots(int64_t from, int64_t to, int columns, int64_t rows, const std::string& colour) {
  if (from >= to)
    return {};
  std::string path;
  for (int64_t i = from; i < to; ++i) {
    const int64_t x = (i % columns) * kStep + kStep / 2;
    const int64_t y = (rows - 1 - i / columns) * kStep + kStep / 2;
    path += "M" + std::to_string(x) + " " + std::to_string(y) + "h0";
  }
  return "<path d=\"" + path + "\" stroke=\"" + colour + "\"/>";
}

}  // namespace

std::string dots_svg(int64_t filled, int64_t total, int columns, const std::string& filled_colour,
                     const std::string& rest_colour) {
  const int64_t rows = std::max<int64_t>(1, (total + columns - 1) / columns);
  return "<svg viewBox=\"0 0 " + std::to_string(columns * kStep) + " " +
         std::to_string(rows * kStep) +
         "\" aria-hidden=\"true\" focusable=\"false\" fill=\"none\" stroke-width=\"7\" "
         "stroke-linecap=\"round\">" +
         dots(filled, total, columns, rows, rest_colour) +
         dots(0, filled, columns, rows, filled_colour) + "</svg>";
}

}  // namespace topline
