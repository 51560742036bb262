// The colours of figures: one accent, greys, and the ramps between. They are chosen so that
// neighbours differ in lightness, which survives colour-blindness and a grey printer.
#pragma once

#include <string>
#include <vector>

#include "figure/figure_layout.hpp"
#include "figure/figure_model.hpp"

namespace topline {

inline constexpr int kRampSteps = 9;
inline constexpr int kNominalSteps = 8;

enum class Theme { light, dark };

// The fill of a tone as "#rrggbb".
std::string fill_colour(const Paint& paint, Theme theme);

// The text colour that reads best on that fill.
std::string colour_on(const Paint& paint, Theme theme);

// The name of a tone's class and custom property, without prefix: "accent", "ramp-3".
std::string tone_name(const Paint& paint);

// Every paint that has a colour of its own, for the style sheet.
std::vector<Paint> all_paints();

// The paint of each series as roles and scale want it; don't know, anchored and total have theirs
// whatever the scale is.
std::vector<Paint> series_paints(const std::vector<FigureSeries>& series, FigureScale scale);

// The index in `series` of the neutral middle of a diverging scale, or -1 when the middle lies
// between two options. `first_negative` gets the index of the first series of the second pole.
int middle_series(const std::vector<FigureSeries>& series, size_t& first_negative);

// True for roles that are drawn apart from the scale.
bool off_scale(FigureRole role);

}  // namespace topline
