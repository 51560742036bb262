#include "figure/figure_layout.hpp"

#include <cmath>

#include "figure/canvas.hpp"
#include "figure/kinds.hpp"

namespace topline {

namespace {

double place_kind(Canvas& canvas, const FigureModel& model, const Box& area) {
  switch (model.kind) {
    case FigureKind::bars:
    case FigureKind::segmented_bars:
      return place_bars(canvas, model, area);
    case FigureKind::grouped_bars:
      return place_grouped_bars(canvas, model, area);
    case FigureKind::stacked_bars:
      return place_stacked_bars(canvas, model, area);
    case FigureKind::heat_table:
      return place_heat_table(canvas, model, area);
    case FigureKind::panels:
      return place_panels(canvas, model, area);
    case FigureKind::numbers:
      return place_numbers(canvas, model, area);
  }
  return area.y;
}

double place_title(Canvas& canvas, const FigureModel& model, const Box& area) {
  TextLook look = canvas.bold();
  look.size += 4;
  const TextBlock title = canvas.wrap(model.title, area.width, look);
  canvas.place(title, area.x, area.y);
  return area.y + title.height + 16;
}

double place_notes(Canvas& canvas, const FigureModel& model, const Box& area) {
  double y = area.y + 18;
  for (const std::string& note : model.notes) {
    const TextBlock block = canvas.wrap(note, area.width, canvas.small());
    canvas.place(block, area.x, y);
    y += block.height;
  }
  return y;
}

void mirror(FigureLayout& layout) {
  layout.right_to_left = true;
  for (PlacedShape& shape : layout.shapes)
    shape.box.x = layout.width - shape.box.right();
  for (PlacedText& text : layout.texts)
    text.box.x = layout.width - text.box.right();
}

}  // namespace

FigureLayout figure_layout(const FigureModel& model, FaceSet& faces, const FigureStyle& style) {
  FigureLayout layout;
  layout.width = style.width;
  Canvas canvas(faces, style, layout);
  // A pixel on each side keeps what ink leans out of its advance inside the picture.
  Box area{1, 2, style.width - 2, 0};
  if (style.print_title && !model.title.empty())
    area.y = place_title(canvas, model, area);
  area.y = place_kind(canvas, model, area);
  if (style.print_notes && !model.notes.empty())
    area.y = place_notes(canvas, model, area);
  layout.height = std::ceil(area.y + 2);
  if (model.language.right_to_left())
    mirror(layout);
  return layout;
}

}  // namespace topline
