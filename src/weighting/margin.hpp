// Known counts of a population by the categories of one variable (or of several, crossed), and
// which category each row of the sample is in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"

namespace topline {

// A row whose category is not known. Only rows of weight 0 may be so.
inline constexpr uint32_t no_category = std::numeric_limits<uint32_t>::max();

struct Margin {
  std::string name;                 // of the variable, for messages
  std::vector<uint32_t> category;   // by row: code from 0
  std::vector<std::string> labels;  // by code, for messages; may be shorter or empty
  // By code; what has no value here, or lies beyond the end, the margin does not state.
  std::vector<std::optional<double>> population;

  // A category's population; 0 where it is not stated.
  [[nodiscard]] double count(size_t code) const {
    return code < population.size() ? population[code].value_or(0) : 0;
  }
};

// How one category's total stands to its population.
struct CategoryFit {
  std::string margin;
  std::string category;
  double reached = 0;
  double wanted = 0;

  // |reached − wanted| / wanted, and |reached| where nothing is wanted.
  [[nodiscard]] double misfit() const;
};

// The margin with its counts made to add up to `total`: for margins given as shares. It must
// have a positive sum; without one it is left as it is.
Margin scaled_to(Margin margin, double total);

// Finds everything that keeps the weights from being adjusted to the margins, in the order of
// the margins: no rows or weights; weights or counts that are negative or not finite; columns of
// other lengths; categories with weight that a margin does not state or gives a count of 0;
// categories with a count and no weight; margins whose totals differ by more than 1e-9 of them.
void check_margins(const std::vector<double>& weights, const std::vector<Margin>& margins,
                   Diagnostics& faults);

// The part of it that can be said without rows: counts and totals.
void check_populations(const std::vector<Margin>& margins, Diagnostics& faults);

// Finds weights that are negative or not finite, or none above 0.
void check_weights(const std::vector<double>& weights, Diagnostics& faults);

// "age `18-34`", or "age category 1" where the category has no label.
std::string category_name(const Margin& margin, size_t code);

// A number for messages: as short as 10 significant digits allow.
std::string in_words(double value);

}  // namespace topline
