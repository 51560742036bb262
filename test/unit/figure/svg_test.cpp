#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>

#include "figure/figure_svg.hpp"
#include "figure/palette.hpp"
#include "samples.hpp"

namespace topline {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string svg_of(const FigureModel& model, double width = 720) {
  FaceSet faces = std::move(FaceSet::open(model.language)).value();
  FigureStyle style;
  style.width = width;
  return to_svg(model, faces, style);
}

TEST(Svg, IsAccessibleAndStandsAlone) {
  const std::string svg = svg_of(samples::bars());
  EXPECT_THAT(svg, HasSubstr("role=\"img\""));
  EXPECT_THAT(svg, HasSubstr("aria-labelledby=\"areas-720-title areas-720-desc\""));
  EXPECT_THAT(svg, HasSubstr("<title id=\"areas-720-title\">Quality assurance and testing lead"));
  EXPECT_THAT(svg, HasSubstr("Software testing: 34%; "));
  EXPECT_THAT(svg, HasSubstr(">Software testing</text>"));
  EXPECT_THAT(svg, HasSubstr("lang=\"en\""));
  EXPECT_THAT(svg, Not(HasSubstr("<script")));
  EXPECT_THAT(svg, Not(HasSubstr("href")));
  EXPECT_THAT(svg, Not(HasSubstr("var(")));  // plain colours in the file itself
  EXPECT_THAT(svg_of(samples::bars(), 360), HasSubstr("id=\"areas-360-title\""));
}

TEST(Svg, SameInputSameBytesAndTwoDecimals) {
  for (const FigureModel& model : samples::all()) {
    const std::string svg = svg_of(model);
    EXPECT_EQ(svg, svg_of(model));
    EXPECT_FALSE(std::regex_search(svg, std::regex("\"-?[0-9]+\\.[0-9]{3,}\"")));
    EXPECT_THAT(svg, Not(HasSubstr("nan")));
    EXPECT_THAT(svg, Not(HasSubstr("\"-0\"")));
  }
}

TEST(Svg, EscapesWhatIsMarkup) {
  FigureModel model = samples::bars();
  model.title = "a < b & \"c\"";
  model.categories[0].label = "<b>&\x01";
  const std::string svg = svg_of(model);
  EXPECT_THAT(svg, HasSubstr("a &lt; b &amp; &quot;c&quot;</title>"));
  EXPECT_THAT(svg, HasSubstr(">&lt;b&gt;&amp;</text>"));
  EXPECT_THAT(svg, Not(HasSubstr("<b>")));
  EXPECT_EQ(svg.find('\x01'), std::string::npos);
}

TEST(Svg, RightToLeftTextStartsAtTheRight) {
  const std::string svg = svg_of(samples::arabic());
  EXPECT_THAT(svg, HasSubstr("direction=\"rtl\""));
  EXPECT_THAT(svg, HasSubstr("<text x=\"719\""));  // the right edge less one pixel
  EXPECT_THAT(svg_of(samples::bars()), HasSubstr("<text x=\"1\""));
}

TEST(Svg, NotesTheCharactersItShows) {
  FaceSet faces = std::move(FaceSet::open(samples::language("ja"))).value();
  (void)to_svg(samples::japanese_bars(), faces);
  std::set<char32_t> characters;
  for (const FaceSet::Used& used : faces.used())
    characters.insert(used.characters.begin(), used.characters.end());
  for (const char32_t c : {U'品', U'質', U'%', U'3'})
    EXPECT_EQ(characters.count(c), 1U);
  EXPECT_EQ(characters.count(U'活'), 0U);  // only in the title, which is not drawn
}

TEST(Svg, TheThemeNamesEveryClass) {
  const std::string css = figure_theme_css("[data-theme=dark]");
  EXPECT_THAT(css, HasSubstr("[data-theme=dark]{"));
  EXPECT_THAT(css, HasSubstr("prefers-color-scheme:dark"));
  const std::regex classes("class=\"(tl-[a-z0-9-]+)\"");
  for (const FigureModel& model : samples::all()) {
    const std::string svg = svg_of(model);
    for (std::sregex_iterator at(svg.begin(), svg.end(), classes), end; at != end; ++at) {
      const std::string name = (*at)[1];
      if (name != "tl-fig") {
        EXPECT_THAT(css, HasSubstr(".tl-fig ." + name + "{"));
      }
    }
  }
}

// WCAG 2: relative luminance and contrast.
double luminance(const std::string& colour) {
  const auto channel = [&](size_t at) {
    const double value = std::stoi(colour.substr(at, 2), nullptr, 16) / 255.0;
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

double contrast(const std::string& a, const std::string& b) {
  const double x = luminance(a) + 0.05;
  const double y = luminance(b) + 0.05;
  return std::max(x, y) / std::min(x, y);
}

TEST(Palette, TextReadsOnEveryFillAndOnThePage) {
  for (const Theme theme : {Theme::light, Theme::dark}) {
    const std::string page = theme == Theme::light ? "#ffffff" : "#14181c";
    for (const Paint& paint : all_paints())
      EXPECT_GE(contrast(fill_colour(paint, theme), colour_on(paint, theme)), 4.5)
          << tone_name(paint) << (theme == Theme::light ? " light" : " dark");
    for (const Tone tone : {Tone::text, Tone::muted, Tone::accent})
      EXPECT_GE(contrast(fill_colour({tone}, theme), page), 4.5);
  }
}

TEST(Palette, NeighboursDifferInGreyPrint) {
  for (const FigureScale scale :
       {FigureScale::nominal, FigureScale::sequential, FigureScale::diverging})
    for (size_t count = 2; count <= 6; ++count) {
      const auto paints = series_paints(std::vector<FigureSeries>(count), scale);
      for (size_t i = 1; i < count; ++i)
        EXPECT_GE(contrast(fill_colour(paints[i - 1], Theme::light),
                           fill_colour(paints[i], Theme::light)),
                  1.15)
            << static_cast<int>(scale) << " " << count << " " << i;
    }
}

TEST(Palette, SequentialIsDarkerWhereStronger) {
  for (size_t count = 2; count <= 9; ++count) {
    const auto paints = series_paints(std::vector<FigureSeries>(count), FigureScale::sequential);
    for (size_t i = 1; i < count; ++i)
      EXPECT_LT(luminance(fill_colour(paints[i - 1], Theme::light)),
                luminance(fill_colour(paints[i], Theme::light)));
  }
}

}  // namespace
}  // namespace topline
