// A figure before it is drawn: numbers with their printed labels, what each row and series is,
// and the lines that stand below. Whoever has the tables fills this in; nothing here computes a
// statistic or formats a number.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "text/language.hpp"

namespace topline {

enum class FigureKind {
  bars,            // one series, one horizontal bar for each category
  grouped_bars,    // several series, their bars one below the other in each category
  stacked_bars,    // one bar for each category (a grid's row), one part for each series (option)
  segmented_bars,  // one share in each of several segments, "all" (role total) set apart
  heat_table,      // categories × series as cells, tinted by value; role total for the margins
  panels,          // several small bar charts in a grid: `panels`
  numbers,         // key findings, each a large number with a small picture: `numbers`
};

// What a category (or a series) is, which decides its place and its tone.
enum class FigureRole {
  normal,
  anchored,   // "other", "none of these": after a small gap, in grey
  dont_know,  // set apart at the end, in the lightest grey
  net,        // several options taken together: above its members, label in bold
  total,      // "all", "row total": set apart, not coloured
  middle,     // a scale's neutral point; a diverging bar is centred on it
};

// What the order of the series means, which decides the colours of stacked and grouped bars.
enum class FigureScale {
  nominal,     // no order: accent for the first, greys and tints for the others
  sequential,  // from strongest to weakest: darker is stronger
  diverging,   // from one pole to the other around the middle; the first pole in the accent
};

struct FigureInterval {
  double low = 0;
  double high = 0;
};

struct FigureValue {
  double value = 0;         // unrounded; percent or count, in the unit of the axis; never below 0
  std::string label = {};   // as printed: "41%", "*", "1,204"
  bool small_base = false;  // 30 to 99: drawn hatched
  bool missing = false;     // suppressed or not asked: no bar, only `label` ("–")
  std::optional<FigureInterval> interval = {};
};

struct FigureCategory {
  std::string label = {};
  std::string note = {};   // small, beside or below the label: "n = 72"
  std::string group = {};  // heading above the first category of each run of the same group
  FigureRole role = FigureRole::normal;
  bool emphasized = false;  // when any is, these are in the accent and the others in grey
};

struct FigureSeries {
  std::string label = {};
  std::string note = {};  // "n = 142"
  FigureRole role = FigureRole::normal;
};

// A small bar chart of its own in a figure of kind panels.
struct FigurePanel {
  std::string title = {};
  std::string note = {};  // base of the panel
  std::vector<FigureCategory> categories = {};
  std::vector<FigureValue> values = {};  // one for each category
};

enum class FigurePicture {
  none,
  dots,  // a hundred dots, as many filled as the (first) value says
  bars,  // one thin bar for each value, the first in the accent
};

struct FigureNumber {
  std::string number = {};   // "63%", "7 of 10"
  std::string caption = {};  // what is said of it; wraps
  FigurePicture picture = FigurePicture::dots;
  std::vector<FigureValue> values = {};          // what the picture shows, in percent
  std::vector<std::string> value_captions = {};  // for bars: what each is
};

struct FigureModel {
  std::string id = {};           // letters, digits, - and _; unique in the document
  std::string title = {};        // the finding; always in <title>, drawn only if the style says so
  std::string description = {};  // for <desc>; empty: made from labels and values
  Language language;
  FigureKind kind = FigureKind::bars;
  FigureScale scale = FigureScale::nominal;
  std::vector<FigureCategory> categories = {};
  std::vector<FigureSeries> series = {};              // may be empty where there is one series
  std::vector<std::vector<FigureValue>> values = {};  // [category][series]
  std::vector<FigurePanel> panels = {};
  std::vector<FigureNumber> numbers = {};
  std::string unit = {};                // "percent of all cases", drawn small above a table's cells
  std::optional<double> axis_max = {};  // the value at the full width; default: fits the data, and
                                        // 100 for stacked bars
  std::vector<std::string> notes = {};  // question, base, n; drawn only if the style says so
};

}  // namespace topline
