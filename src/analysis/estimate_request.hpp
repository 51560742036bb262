// What is to be estimated, as it is asked for: `share(Q17 == open) by Q3`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "estimation/design_share_interval.hpp"
#include "estimation/quantile.hpp"
#include "instrument/expression.hpp"
#include "instrument/variable.hpp"

namespace topline {

enum class EstimateKind {
  formula,      // of shares, means and totals
  quantile,     // median(x), or quantile(x, 0.9)
  variance,     // variance(x)
  correlation,  // correlation(x, y)
};

// Intervals of the share of a sample in which every respondent is a unit by itself.
enum class SimpleInterval { wilson, clopper_pearson, agresti_coull };

struct EstimateRequest {
  EstimateKind kind = EstimateKind::formula;
  Expression formula;                 // of kind formula
  std::vector<Expression> arguments;  // of the other kinds: numbers
  std::optional<Expression> among;    // of the other kinds: only those for whom it holds
  double probability = 0.5;           // of a quantile
  std::vector<VariableId> by;         // whose answers make the groups
  std::optional<Expression> where;    // restricts the domain

  // Of shares; none: what is usual for the sample. One of a kind that the sample does not have is
  // refused.
  std::optional<ShareInterval> interval;          // under a design
  std::optional<SimpleInterval> simple_interval;  // without
  std::optional<QuantileRule> rule;  // none: school, half way between two middle values
  QuantileInterval quantile_interval = QuantileInterval::mean;
  Reference reference = Reference::student;  // of all intervals but the simple ones of shares
};

// Faults of the text go to `faults`, placed in "formula" and "--where": unknown names, aggregates
// that are no estimates (n, smallest, largest), medians inside a larger formula, functions without
// a derivative (min, max, abs, round), probabilities outside of 0 and 1.
std::optional<EstimateRequest> parse_estimate(const std::string& text, const std::string& where,
                                              const Codebook& codebook, Diagnostics& faults);

}  // namespace topline
