// What the layouts of the kinds draw on: measured text and shapes, in the reading direction from
// left to right. figure_layout() mirrors the result for right-to-left languages.
#pragma once

#include <string>
#include <vector>

#include "figure/figure_layout.hpp"

namespace topline {

struct TextLook {
  double size = 14;
  Weight weight = Weight::regular;
  Paint paint = {};
  PlacedText::Anchor anchor = PlacedText::Anchor::start;
};

// Lines that were broken to a width. Empty text gives a block without lines and height 0.
struct TextBlock {
  std::vector<std::string> lines;
  TextLook look;
  double width = 0;   // of the widest line
  double height = 0;  // with the leading
};

class Canvas {
 public:
  Canvas(FaceSet& faces, const FigureStyle& style, FigureLayout& layout)
      : faces_(faces), style_(style), layout_(layout) {}

  [[nodiscard]] double width() const { return style_.width; }
  // A phone: labels stand above what they name when they are long.
  [[nodiscard]] bool narrow() const { return style_.width < 480; }

  [[nodiscard]] TextLook body() const { return {style_.text_size}; }
  [[nodiscard]] TextLook small(Tone tone = Tone::muted) const {
    return {style_.text_size - 2, Weight::regular, {tone}};
  }
  [[nodiscard]] TextLook bold() const { return {style_.text_size, Weight::bold}; }

  double measure(const std::string& text, const TextLook& look) {
    return faces_.measure(text, look.size, look.weight);
  }

  // Width of the widest piece of `text` that no line break divides.
  double widest_piece(const std::string& text, const TextLook& look);

  TextBlock wrap(const std::string& text, double max_width, const TextLook& look);

  // Places the lines below `top`; `x` is their start, middle or end as the look's anchor says.
  void place(const TextBlock& block, double x, double top, int inside = -1);

  // Places one line whose box is centred on `middle`.
  void line(const std::string& text, double x, double middle, const TextLook& look,
            int inside = -1);

  // Returns the index of the shape, for texts that stand in it.
  int shape(PlacedShape shape);

 private:
  void place_line(const std::string& text, double x, double box_top, const TextLook& look,
                  int inside);

  FaceSet& faces_;
  const FigureStyle& style_;
  FigureLayout& layout_;
};

}  // namespace topline
