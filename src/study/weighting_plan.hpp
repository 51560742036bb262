// The weighting that processing.yaml asks for: its names looked up, its margins read.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "instrument/expression.hpp"
#include "instrument/variable.hpp"
#include "weighting/calibrate.hpp"
#include "weighting/trim.hpp"

namespace topline {

// Population counts by the options of one variable, or of several that are crossed.
struct MarginPlan {
  std::vector<VariableId> variables;
  // By crossed option (the first variable's changes slowest); none where it is not stated.
  std::vector<std::optional<double>> counts;
  Place place;
};

enum class WeightingKind { non_response, post_stratify, rake, calibrate, trim };

struct WeightingPlanStep {
  WeightingKind kind = WeightingKind::rake;
  std::vector<MarginPlan> margins;    // non_response: one without counts, the classes
  std::optional<Expression> sampled;  // non_response: the cases that were to respond; none: all
  std::optional<double> population;   // margins are scaled to it
  std::vector<std::pair<VariableId, double>> totals;  // calibrate: of numbers
  CalibrateOptions calibrate;
  TrimOptions trim;
  Place place;
};

// Reads a file of the study's folder, by its path there.
using FileReader = std::function<Result<std::string>(const std::string& file)>;

// The steps of `weighting:` in processing.yaml, in order. Faults go to `faults`: unknown
// variables and options, conditions that make no sense, counts that are negative, margins that say
// nothing, files that cannot be read or whose columns are not those of the margin.
std::vector<WeightingPlanStep> load_weighting(const std::string& text, const std::string& file,
                                              const Codebook& codebook, const FileReader& read,
                                              Diagnostics& faults);

// The crossed option's name for messages: "18-34, male".
std::string cell_label(const MarginPlan& margin, const Codebook& codebook, size_t cell);

}  // namespace topline
