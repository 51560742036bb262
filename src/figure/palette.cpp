#include "figure/palette.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace topline {

namespace {

struct Pair {
  const char* light;
  const char* dark;
};

constexpr Pair kText = {"#1d2329", "#e8ebee"};
constexpr Pair kMuted = {"#5b6570", "#a7b0b9"};
constexpr Pair kAccent = {"#0b5f94", "#58a9dc"};
constexpr Pair kQuiet = {"#a3adb7", "#69747e"};
constexpr Pair kFaint = {"#eff2f4", "#2a3138"};
constexpr Pair kRule = {"#c3cbd2", "#4a545d"};
constexpr Pair kStrong = {"#4b5560", "#b3bcc5"};
constexpr Pair kTrack = {"#e3e8ec", "#323a42"};

// On a white page the strongest step is the darkest, on a dark page the brightest.
constexpr std::array<Pair, kRampSteps> kRamp = {{{"#0a4770", "#9ad2f5"},
                                                 {"#0b5f94", "#7cc0ea"},
                                                 {"#2b78ab", "#58a9dc"},
                                                 {"#4f91bd", "#4793c4"},
                                                 {"#74aacd", "#36749f"},
                                                 {"#95c0dc", "#306993"},
                                                 {"#b2d2e7", "#28577a"},
                                                 {"#cce2f0", "#224763"},
                                                 {"#e0eef7", "#1e3a50"}}};
constexpr std::array<Pair, kRampSteps> kCounter = {{{"#414a54", "#d4dae0"},
                                                    {"#59636e", "#b9c2ca"},
                                                    {"#67727d", "#a0aab3"},
                                                    {"#8b96a0", "#88939d"},
                                                    {"#a3adb7", "#68737d"},
                                                    {"#b9c2ca", "#5e6872"},
                                                    {"#ccd3da", "#4d565f"},
                                                    {"#dce1e6", "#3e474f"},
                                                    {"#e8ecef", "#333b43"}}};
// The accent for the first, greys for the others; neighbours differ in lightness.
constexpr std::array<Pair, kNominalSteps> kNominal = {{{"#0b5f94", "#58a9dc"},
                                                       {"#8c97a1", "#8d98a3"},
                                                       {"#cdd4da", "#4d565f"},
                                                       {"#74aacd", "#36749f"},
                                                       {"#414a54", "#d4dae0"},
                                                       {"#e3e8ec", "#3e474f"},
                                                       {"#4f91bd", "#9ad2f5"},
                                                       {"#a3adb7", "#68737d"}}};

Pair colours(const Paint& paint) {
  const auto step = [&](int steps) {
    return static_cast<size_t>(std::clamp(paint.step, 0, steps - 1));
  };
  switch (paint.tone) {
    case Tone::text:
      return kText;
    case Tone::muted:
      return kMuted;
    case Tone::accent:
    case Tone::tint:
      return kAccent;
    case Tone::quiet:
      return kQuiet;
    case Tone::faint:
      return kFaint;
    case Tone::rule:
      return kRule;
    case Tone::strong:
      return kStrong;
    case Tone::track:
      return kTrack;
    case Tone::ramp:
      return kRamp[step(kRampSteps)];
    case Tone::counter:
      return kCounter[step(kRampSteps)];
    case Tone::nominal:
      return kNominal[step(kNominalSteps)];
  }
  return kText;
}

// Relative luminance as WCAG 2 defines it.
double luminance(const std::string& colour) {
  const auto channel = [&](size_t at) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    const double value = (digit(colour[at]) * 16 + digit(colour[at + 1])) / 255.0;
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

double contrast(const std::string& a, const std::string& b) {
  const double x = luminance(a) + 0.05;
  const double y = luminance(b) + 0.05;
  return std::max(x, y) / std::min(x, y);
}

// Step `index` of `count` steps that are spread evenly from `strongest` to `weakest`.
int spread(size_t index, size_t count, int strongest, int weakest) {
  if (count <= 1)
    return strongest;
  return static_cast<int>(
      std::lround(strongest + (weakest - strongest) * static_cast<double>(index) /
                                  static_cast<double>(count - 1)));
}

// Short scales keep away from the ends of the ramp, which are nearly black and nearly white.
int sequential_step(size_t index, size_t count) {
  const int last = kRampSteps - 1;
  if (count <= 4)
    return spread(index, count, 1, count == 2 ? 5 : last - 1);
  return spread(index, count, 0, last);
}

}  // namespace

std::string fill_colour(const Paint& paint, Theme theme) {
  const Pair pair = colours(paint);
  return theme == Theme::light ? pair.light : pair.dark;
}

std::string colour_on(const Paint& paint, Theme theme) {
  // A tinted cell is never more than half accent, and the page's own text reads on it.
  if (paint.tone == Tone::tint)
    return fill_colour({Tone::text}, theme);
  const std::string fill = fill_colour(paint, theme);
  const std::string dark = kText.light;
  return contrast(fill, "#ffffff") >= contrast(fill, dark) ? "#ffffff" : dark;
}

std::string tone_name(const Paint& paint) {
  const auto stepped = [&](const char* name) {
    return std::string(name) + "-" + std::to_string(paint.step);
  };
  switch (paint.tone) {
    case Tone::text:
      return "text";
    case Tone::muted:
      return "muted";
    case Tone::accent:
    case Tone::tint:
      return "accent";
    case Tone::quiet:
      return "quiet";
    case Tone::faint:
      return "faint";
    case Tone::rule:
      return "rule";
    case Tone::strong:
      return "strong";
    case Tone::track:
      return "track";
    case Tone::ramp:
      return stepped("ramp");
    case Tone::counter:
      return stepped("counter");
    case Tone::nominal:
      return stepped("nominal");
  }
  return "text";
}

std::vector<Paint> all_paints() {
  std::vector<Paint> paints;
  for (const Tone tone : {Tone::text, Tone::muted, Tone::accent, Tone::quiet, Tone::faint,
                          Tone::rule, Tone::strong, Tone::track})
    paints.push_back({tone});
  for (int step = 0; step < kRampSteps; ++step) {
    paints.push_back({Tone::ramp, step});
    paints.push_back({Tone::counter, step});
  }
  for (int step = 0; step < kNominalSteps; ++step)
    paints.push_back({Tone::nominal, step});
  return paints;
}

bool off_scale(FigureRole role) {
  return role == FigureRole::dont_know || role == FigureRole::anchored || role == FigureRole::total;
}

int middle_series(const std::vector<FigureSeries>& series, size_t& first_negative) {
  std::vector<size_t> scale;
  int middle = -1;
  for (size_t i = 0; i < series.size(); ++i) {
    if (off_scale(series[i].role))
      continue;
    if (series[i].role == FigureRole::middle)
      middle = static_cast<int>(i);
    scale.push_back(i);
  }
  if (middle < 0 && scale.size() % 2 == 1)
    middle = static_cast<int>(scale[scale.size() / 2]);
  first_negative = middle >= 0     ? static_cast<size_t>(middle) + 1
                   : scale.empty() ? 0
                                   : scale[scale.size() / 2];
  return middle;
}

std::vector<Paint> series_paints(const std::vector<FigureSeries>& series, FigureScale scale) {
  std::vector<Paint> paints(series.size());
  size_t first_negative = 0;
  const int middle = middle_series(series, first_negative);
  size_t on_scale = 0;
  size_t positives = 0;
  size_t negatives = 0;
  for (size_t i = 0; i < series.size(); ++i) {
    if (off_scale(series[i].role))
      continue;
    ++on_scale;
    if (static_cast<int>(i) != middle)
      ++(i < first_negative ? positives : negatives);
  }
  size_t seen = 0;
  size_t seen_negatives = 0;
  for (size_t i = 0; i < series.size(); ++i) {
    const FigureRole role = series[i].role;
    if (role == FigureRole::dont_know) {
      paints[i] = {Tone::faint};
    } else if (role == FigureRole::anchored) {
      paints[i] = {Tone::quiet};
    } else if (role == FigureRole::total) {
      paints[i] = {Tone::strong};
    } else if (scale == FigureScale::nominal) {
      paints[i] = {Tone::nominal, static_cast<int>(seen++ % kNominalSteps)};
    } else if (scale == FigureScale::sequential) {
      paints[i] = {Tone::ramp, sequential_step(seen++, on_scale)};
    } else if (static_cast<int>(i) == middle) {
      paints[i] = {Tone::track};
    } else if (i < first_negative) {
      paints[i] = {Tone::ramp, spread(seen++, positives, 1, 5)};
    } else {
      // Where no middle parts the poles, the second is lighter, so that they differ in grey print.
      const int lighter = middle < 0 ? 2 : 0;
      const size_t from_strongest = negatives - 1 - seen_negatives++;
      paints[i] = {Tone::counter, spread(from_strongest, negatives, 1 + lighter, 5 + lighter)};
    }
  }
  return paints;
}

}  // namespace topline
