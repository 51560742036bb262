// What a set of weights costs and how extreme it is.
#pragma once

#include <cstddef>
#include <vector>

namespace topline {

// Over rows with a weight above 0.
struct WeightDiagnostics {
  size_t n = 0;
  size_t zeros = 0;  // rows of weight 0
  double sum = 0;
  double smallest = 0;
  double largest = 0;
  double mean = 0;
  double median = 0;          // the mean of the middle two where n is even
  double range_ratio = 0;     // largest / smallest
  double design_effect = 0;   // 1 + L = n Σw² / (Σw)²
  double effective_size = 0;  // (Σw)² / Σw²
  double trimmed = 0;         // share of the n weights that trimming cut
  double largest_factor = 0;  // of any row, new weight / weight before; 0 where not known
};

// Describes `weights`; factors against `before`, of the same length, where it is given. 1 + L is
// one plus the relative variance of the weights (Kish 1965, Survey Sampling, section 11.7; Kish
// 1992, J. Off. Stat. 8, 183-200): the variance that unequal weights add at most where they have
// nothing to do with what is measured. All 0 where there is no weight.
WeightDiagnostics describe_weights(const std::vector<double>& weights,
                                   const std::vector<double>& before = {});

// The median of the weights above 0; 0 where there is none.
double median_weight(const std::vector<double>& weights);

}  // namespace topline
