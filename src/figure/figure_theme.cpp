// The style sheet that lets a report switch the colours of its figures. The SVG itself carries
// plain colours as attributes, which every program understands; these rules stand above them.
#include "figure/figure_svg.hpp"
#include "figure/palette.hpp"

namespace topline {

namespace {

std::string properties(Theme theme) {
  std::string css;
  for (const Paint& paint : all_paints()) {
    const std::string name = tone_name(paint);
    css += "--tl-" + name + ":" + fill_colour(paint, theme) + ";";
    css += "--tl-on-" + name + ":" + colour_on(paint, theme) + ";";
  }
  return css + "--tl-page:" + (theme == Theme::light ? "#ffffff" : "#14181c");
}

}  // namespace

std::string figure_theme_css(const std::string& dark_selector) {
  std::string css = ":root{" + properties(Theme::light) + "}\n";
  css += "@media screen and (prefers-color-scheme:dark){:root{" + properties(Theme::dark) + "}}\n";
  if (!dark_selector.empty())
    css += dark_selector + "{" + properties(Theme::dark) + "}\n";
  for (const Paint& paint : all_paints()) {
    const std::string name = tone_name(paint);
    for (const std::string& on : {std::string(), std::string("on-")}) {
      css.append(".tl-fig .tl-").append(on).append(name);
      css.append("{fill:var(--tl-").append(on).append(name).append(")}\n");
    }
  }
  css += ".tl-fig .tl-faint[stroke]{stroke:var(--tl-quiet)}\n";
  css += ".tl-fig .tl-hatch{stroke:var(--tl-page)}.tl-fig .tl-halo{stroke:var(--tl-page)}\n";
  css += ".tl-fig{font-variant-numeric:tabular-nums}\n";
  return css;
}

}  // namespace topline
