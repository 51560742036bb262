// The style sheet of the report: screen from phone to desktop, light and dark, and print.
#pragma once

#include <string>

#include "text/language.hpp"

namespace topline {

// `family` is the value of font-family; `footer` stands at the foot of every printed page.
std::string report_css(const Language& language, const std::string& family,
                       const std::string& footer);

// From this width of the page on, figures are shown in their wide drawing.
constexpr int kWideFigureFrom = 760;  // px
constexpr int kWideFigure = 720;
constexpr int kNarrowFigure = 340;

}  // namespace topline
