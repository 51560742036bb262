// Ranks of values, those that are equal sharing the mean of theirs.
#pragma once

#include <span>
#include <vector>

namespace topline::statistics {

struct Ranks {
  std::vector<double> rank;  // by value, from 1
  std::vector<double> ties;  // how many values are equal, of each value that more than one has

  // Σ t³ − t over the ties: what the variances of rank statistics are reduced by.
  [[nodiscard]] double tie_sum() const;
};

Ranks ranks_of(std::span<const double> values);

}  // namespace topline::statistics
