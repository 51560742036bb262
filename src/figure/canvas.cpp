#include "figure/canvas.hpp"

#include <algorithm>

#include "text/line_break.hpp"

namespace topline {

namespace {

constexpr double kLeading = 1.3;     // line height in em
constexpr double kBoxHeight = 1.25;  // 0.95 em above the baseline and 0.3 em below

}  // namespace

double Canvas::widest_piece(const std::string& text, const TextLook& look) {
  double widest = 0;
  size_t start = 0;
  for (const size_t end : line_break_offsets(text, faces_.language())) {
    std::string piece = text.substr(start, end - start);
    while (!piece.empty() && (piece.back() == ' ' || piece.back() == '\n'))
      piece.pop_back();
    widest = std::max(widest, measure(piece, look));
    start = end;
  }
  return widest;
}

TextBlock Canvas::wrap(const std::string& text, double max_width, const TextLook& look) {
  TextBlock block;
  block.look = look;
  if (text.empty())
    return block;
  block.lines = faces_.break_lines(text, max_width, look.size, look.weight);
  for (const std::string& line : block.lines)
    block.width = std::max(block.width, measure(line, look));
  block.height = static_cast<double>(block.lines.size()) * kLeading * look.size;
  return block;
}

void Canvas::place(const TextBlock& block, double x, double top, int inside) {
  const double half_lead = (kLeading - kBoxHeight) / 2 * block.look.size;
  for (size_t i = 0; i < block.lines.size(); ++i)
    place_line(block.lines[i], x,
               top + static_cast<double>(i) * kLeading * block.look.size + half_lead, block.look,
               inside);
}

void Canvas::line(const std::string& text, double x, double middle, const TextLook& look,
                  int inside) {
  place_line(text, x, middle - kBoxHeight / 2 * look.size, look, inside);
}

int Canvas::shape(PlacedShape shape) {
  layout_.shapes.push_back(std::move(shape));
  return static_cast<int>(layout_.shapes.size()) - 1;
}

void Canvas::place_line(const std::string& text, double x, double box_top, const TextLook& look,
                        int inside) {
  if (text.empty())
    return;
  const double width = measure(text, look);
  const double before = look.anchor == PlacedText::Anchor::start    ? 0
                        : look.anchor == PlacedText::Anchor::middle ? width / 2
                                                                    : width;
  layout_.texts.push_back({text,
                           {x - before, box_top, width, kBoxHeight * look.size},
                           look.size,
                           look.weight,
                           look.paint,
                           look.anchor,
                           inside});
}

}  // namespace topline
