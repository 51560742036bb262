// A figure or table with its names resolved: what to count, and how to show it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/document.hpp"
#include "study/open_study.hpp"
#include "tabulation/plan.hpp"

namespace topline {

enum class ExhibitKind {
  bars,      // one variable's options
  grouped,   // the options under their groups' headings
  series,    // several bars in each category: the answers of a banner, or several variables
  stacked,   // one bar for each variable, or for each answer of a banner
  segments,  // one share in each answer of a banner
  heat,      // two variables against each other
  panels,    // several small bar charts
  table,     // no picture
};

struct Exhibit {
  const ExhibitText* text = nullptr;
  ExhibitKind kind = ExhibitKind::bars;
  std::vector<VariableId> shown;  // as `show` names them, in that order
  std::vector<TablePlan> plans;   // one for each table to count, never empty
  std::string net;                // segments: name of the row whose share is shown
};

// Faults go to `faults` with their places, and nothing is returned then. `text` must outlive the
// result.
std::optional<Exhibit> resolve_exhibit(const ExhibitText& text, const OpenStudy& study,
                                       Diagnostics& faults);

}  // namespace topline
