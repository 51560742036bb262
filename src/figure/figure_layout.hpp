// A figure with every box in its place, before it is written as SVG. Tests look at this.
#pragma once

#include <string>
#include <vector>

#include "figure/figure_model.hpp"
#include "text/face_set.hpp"

namespace topline {

struct FigureStyle {
  double width = 720;        // px; from 320 on. Below 480 labels stand above their bars
  bool print_title = false;  // draw the title into the picture (for a file that stands alone)
  bool print_notes = false;  // draw the notes below it
  double text_size = 14;     // px of labels and values; notes are smaller
};

struct Box {
  double x = 0, y = 0, width = 0, height = 0;  // x, y: the upper left corner; px

  [[nodiscard]] double right() const { return x + width; }
  [[nodiscard]] double bottom() const { return y + height; }
};

// Which colour a shape or text has. The numbers of the ramp and of the nominal palette come from
// `PaintedWith::step`.
enum class Tone {
  text,     // labels and values
  muted,    // notes, axis words
  accent,   // the leading series
  quiet,    // bars that are not emphasized, "other"
  faint,    // don't know
  rule,     // hairlines
  strong,   // totals
  ramp,     // step of the sequential ramp, 0 = strongest
  counter,  // step of the grey ramp for the other pole of a diverging scale, 0 = strongest
  nominal,  // step of the palette for unordered series
  tint,     // a heat table's cell: accent with `opacity`
  track,    // the unfilled rest of a picture
};

struct Paint {
  Tone tone = Tone::text;
  int step = 0;
  double opacity = 1;
};

enum class ShapeKind { bar, cell, swatch, dot, rule, whisker };

struct PlacedShape {
  ShapeKind kind = ShapeKind::bar;
  Box box;
  Paint paint;
  bool hatched = false;  // a small base
  std::string hint;      // "Open source: 41%", shown by pointing and read by assistive software
};

struct PlacedText {
  std::string text;
  Box box;  // what the line may ink: 0.95 em above the baseline, 0.3 em below
  double size = 14;
  Weight weight = Weight::regular;
  Paint paint;
  enum class Anchor { start, middle, end } anchor = Anchor::start;
  int inside = -1;  // the shape it stands in, or -1; then its colour is the one readable there
};

struct FigureLayout {
  double width = 0, height = 0;
  bool right_to_left = false;  // boxes are already mirrored
  std::vector<PlacedShape> shapes;
  std::vector<PlacedText> texts;
};

// Places everything of `model`. Rows or values that the model lacks are taken as missing. All
// texts lie inside the width; texts overlap neither each other nor a bar they do not stand in.
FigureLayout figure_layout(const FigureModel& model, FaceSet& faces, const FigureStyle& style = {});

}  // namespace topline
