// The parts of an expression that look at all cases: share(), n(), median() and their like.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dataset/dataset.hpp"
#include "instrument/evaluate.hpp"

namespace topline {

// Which rows count, one byte a row; empty: all of them.
using RowMask = std::vector<uint8_t>;
// What rows weigh; empty: 1 each. Rows that weigh nothing do not count.
using RowWeights = std::vector<double>;

struct Aggregate {
  Value value;             // a share in percent; unknown when the base is empty
  int64_t base = 0;        // cases that the figure rests on
  int64_t hits = 0;        // of share and cases: those for whom the condition holds
  double base_weight = 0;  // what these weigh
  double hit_weight = 0;
};

// One aggregate node of `expression` over the rows of `dataset` that `mask` allows. Shares, means,
// medians, sums and cases() are weighted; n() counts respondents, whatever they weigh. The median
// is the middle value, or the mean of the two middle ones where the weights on both sides of the
// middle are equal.
Aggregate aggregate(const Expression& expression, int32_t node, const Dataset& dataset,
                    const RowMask& mask, const RowWeights& weights = {});

// `expression` with every aggregate replaced by its value as a constant. An aggregate over an
// empty base becomes unknown, and so does what is computed from it: nothing is returned then.
std::optional<Expression> bind_aggregates(const Expression& expression, const Dataset& dataset,
                                          const RowMask& mask, const RowWeights& weights = {});

}  // namespace topline
