// Figures as SVG: selectable text, colours through CSS custom properties, no script, nothing
// fetched from outside.
#pragma once

#include <string>

#include "figure/figure_layout.hpp"
#include "figure/figure_model.hpp"
#include "text/face_set.hpp"

namespace topline {

// The figure as an <svg> element with role="img", <title> and <desc> (ids `<id>-<width>-title`,
// `<id>-<width>-desc`). The characters that it shows are noted in `faces` for the font subset.
// Coordinates have at most two decimals; the same input gives the same bytes. It can stand in an
// HTML page or alone in a file.
std::string to_svg(const FigureModel& model, FaceSet& faces, const FigureStyle& style = {});

// The custom properties that figures use, with their values on white and on a dark page, for the
// style sheet of a report. `dark_selector` is the selector under which the dark values hold in
// addition to the reader's system setting, or empty.
std::string figure_theme_css(const std::string& dark_selector = {});

// What the figure shows in words: each label with its values. Used for <desc>.
std::string describe_figure(const FigureModel& model);

}  // namespace topline
