// What estimation may ask of whoever holds the rows of a sample: sums of measures, with or
// without what their variance needs, and distributions. It never sees a row.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "tabulation/tally.hpp"

namespace topline {

// Computes the measures of `count` rows at once. inputs[i][k] is the value of input i in row k;
// out[k * columns + j] receives measure j of row k. It is called for every block of rows, from
// several threads, also for rows outside the domain, whose measures are then ignored; it must
// depend on its arguments alone. Inputs are 0, never NaN, where the row has no value.
using BlockFunction = std::function<void(size_t count, const double* const* inputs, double* out)>;

struct RowPass {
  size_t columns = 0;
  BlockFunction measure;
};

// The distribution of an input over the domain: distinct values, ascending, and the weight of
// the rows that have each; and, of those rows with a weight other than 0, how many they are and
// what the first and the last of them in the data weigh, between which quantiles interpolate.
struct Distribution {
  std::vector<double> value;
  std::vector<double> weight;
  std::vector<double> first;
  std::vector<double> last;
  std::vector<int64_t> rows;
};

// The full sample's own weights.
inline constexpr int full_sample = -1;

// The rows of a sample, its inputs (the variables of interest, by position) and a domain of it.
class SampleRows {
 public:
  SampleRows() = default;
  SampleRows(const SampleRows&) = delete;
  SampleRows& operator=(const SampleRows&) = delete;
  virtual ~SampleRows() = default;

  [[nodiscard]] virtual const DesignFrame& frame() const = 0;
  [[nodiscard]] virtual const DomainSize& size() const = 0;
  [[nodiscard]] virtual size_t inputs() const = 0;

  // Totals of the measures with what their variance needs.
  [[nodiscard]] virtual Tally tally(const RowPass& pass) const = 0;
  // The same for every class of rows by itself: measure j of the rows whose input `code` is c
  // (0, 1, … classes − 1; rows with other codes are left out) has column c · pass.columns + j.
  [[nodiscard]] virtual Tally tally_by_class(const RowPass& pass, size_t code,
                                             size_t classes) const = 0;
  // Totals alone, under the weights of a replicate or of the full sample.
  [[nodiscard]] virtual std::vector<double> totals(const RowPass& pass,
                                                   int replicate = full_sample) const = 0;
  [[nodiscard]] virtual Distribution distribution(size_t input,
                                                  int replicate = full_sample) const = 0;
};

}  // namespace topline
