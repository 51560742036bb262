// What must hold in every figure: texts overlap neither each other nor bars they do not stand in,
// and everything lies inside the picture.
#pragma once

#include <string>
#include <vector>

#include "figure/figure_layout.hpp"

namespace topline {

inline bool overlap(const Box& a, const Box& b) {
  static constexpr double kTouch = 0.01;
  return a.x + kTouch < b.right() && b.x + kTouch < a.right() && a.y + kTouch < b.bottom() &&
         b.y + kTouch < a.bottom();
}

inline bool contains(const Box& outer, const Box& inner) {
  static constexpr double kTouch = 0.01;
  return inner.x >= outer.x - kTouch && inner.right() <= outer.right() + kTouch &&
         inner.y >= outer.y - kTouch && inner.bottom() <= outer.bottom() + kTouch;
}

inline std::string shown(const Box& box) {
  return "[" + std::to_string(box.x) + "–" + std::to_string(box.right()) + " × " +
         std::to_string(box.y) + "–" + std::to_string(box.bottom()) + "]";
}

// One sentence for each fault.
inline std::vector<std::string> layout_faults(const FigureLayout& layout) {
  std::vector<std::string> faults;
  const Box page{0, 0, layout.width, layout.height};
  for (const PlacedShape& shape : layout.shapes)
    if (!contains(page, shape.box))
      faults.push_back("a shape leaves the picture: " + shape.hint + shown(shape.box));
  for (size_t i = 0; i < layout.texts.size(); ++i) {
    const PlacedText& text = layout.texts[i];
    if (!contains(page, text.box))
      faults.push_back("a text leaves the picture: " + text.text + shown(text.box));
    for (size_t j = i + 1; j < layout.texts.size(); ++j)
      if (overlap(text.box, layout.texts[j].box))
        faults.push_back("texts overlap: " + text.text + shown(text.box) + " and " +
                         layout.texts[j].text + shown(layout.texts[j].box));
    for (size_t s = 0; s < layout.shapes.size(); ++s) {
      const PlacedShape& shape = layout.shapes[s];
      if (text.inside == static_cast<int>(s)) {
        if (!contains(shape.box, text.box))
          faults.push_back("a text leaves its bar: " + text.text + shown(text.box));
      } else if (overlap(text.box, shape.box)) {
        faults.push_back("a text lies across a shape: " + text.text + shown(text.box) + " and " +
                         shape.hint + shown(shape.box));
      }
    }
  }
  return faults;
}

}  // namespace topline
