// Quantiles of weighted values, by twelve rules: what a quantile is where the distribution function
// jumps over a probability or meets it exactly.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace topline {

// The values of a variable in the order of their rows' values, equal ones taken together, under
// one set of weights.
struct OrderedValues {
  std::vector<double> value;   // ascending, distinct
  std::vector<double> weight;  // of all rows that have the value, above 0
  // Of the first and of the last of these rows, in the order of the file. The rules that
  // interpolate do so between neighbouring rows, so that a value that many rows share is flat.
  std::vector<double> first;
  std::vector<double> last;
  int64_t rows = 0;  // with a weight above 0
};

// W is the sum of all weights, C the sum of the weights up to a row, w the weight of the row, w_n
// that of the last row. hf1 to hf9 are the types of Hyndman and Fan (1996, The American
// Statistician 50, 361-365) for weights, as the R package survey has extended them since 4.1;
// with equal weights hf1, hf2 and hf4 to hf9 are the types 1, 2 and 4 to 9 of R's quantile().
enum class QuantileRule {
  math,       // the smallest value with C ≥ p·W; the same as hf1
  school,     // as math, but half way to the next value where C = p·W exactly; the same as hf2
  shahvaish,  // the largest value with (n·(C − w/2)/W + 1/2)/(n + 1) ≤ p, n rows (Shah and Vaish
              // 2006, Proc. Survey Research Methods Section, Am. Stat. Assoc.)
  hf1,
  hf2,
  hf3,  // as math, but the next value where C = p·W exactly after an odd number of distinct values
  // Linear between the points (p_k, x_k) of neighbouring rows, constant outside of them:
  hf4,  // p_k = C/W
  hf5,  // p_k = (C − w/2)/W
  hf6,  // p_k = C/(W + w_n)
  hf7,  // p_k = (C − w)/(W − w_n)
  hf8,  // p_k = (C − w/3)/(W + w_n/3)
  hf9,  // p_k = (C − 3w/8)/(W + w_n/4)
};

// "hf7", "math" …
std::string rule_name(QuantileRule rule);

// The distribution function of weighted values, and its inverses. Sums are computed once.
class WeightedQuantiles {
 public:
  // `values` holds at least one value.
  explicit WeightedQuantiles(OrderedValues values);

  // The quantile of probability p, 0 ≤ p ≤ 1. A sum of weights counts as equal to p·W where they
  // differ by less than 1e-13·W: with equal weights of 0.1, the rounding of their sum must not
  // decide between two values.
  [[nodiscard]] double at(double probability, QuantileRule rule) const;

  // The share of weights at or below the value number `index`, 1 for the last.
  [[nodiscard]] double share_up_to(size_t index) const;
  // The position of the smallest value whose share reaches p: the rule `math`.
  [[nodiscard]] size_t position(double probability) const;
  [[nodiscard]] const std::vector<double>& values() const { return of_.value; }

 private:
  [[nodiscard]] double before(size_t index) const { return index == 0 ? 0 : up_to_[index - 1]; }
  [[nodiscard]] double stepped(double probability, QuantileRule rule) const;
  [[nodiscard]] double shah_vaish(double probability) const;
  [[nodiscard]] double interpolated(double probability, double own, double last) const;

  OrderedValues of_;
  std::vector<double> up_to_;  // C of the last row of each value
};

// The value below which and above which half of the weights lie, by the rule `school`. `values` and
// their `weights`, above 0, have one length, at least 1; they come in any order.
double weighted_median(const std::vector<double>& values, const std::vector<double>& weights);

}  // namespace topline
