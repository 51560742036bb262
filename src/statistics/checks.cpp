#include "statistics/checks.hpp"

#include <algorithm>
#include <cmath>

#include "base/result.hpp"

namespace topline::statistics {

std::optional<Diagnostic> level_fault(double level) {
  if (level > 0 && level < 1)
    return std::nullopt;
  return fault_in("", "a level of confidence lies between 0 and 1", "95 % is 0.95");
}

std::optional<Diagnostic> share_fault(int64_t hits, int64_t n) {
  if (n > 0 && hits >= 0 && hits <= n)
    return std::nullopt;
  return fault_in("", n > 0 ? "a share needs a number of hits from 0 to the number of cases"
                            : "there is no share of no cases");
}

std::optional<Diagnostic> sample_fault(std::span<const double> values, size_t fewest,
                                       const std::string& what) {
  if (values.size() < fewest)
    return fault_in("", what + " needs at least " + std::to_string(fewest) + " values, not " +
                            std::to_string(values.size()));
  if (!std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); }))
    return fault_in("", what + " needs finite values", "leave out the cases without a value");
  return std::nullopt;
}

std::optional<Diagnostic> groups_fault(std::span<const std::vector<double>> groups, size_t fewest,
                                       const std::string& what) {
  if (groups.size() < 2)
    return fault_in("", what + " needs at least two groups");
  for (const std::vector<double>& group : groups) {
    if (auto fault = sample_fault(group, fewest, what + ", in each group,"))
      return fault;
  }
  return std::nullopt;
}

std::optional<Diagnostic> pairs_fault(std::span<const double> x, std::span<const double> y,
                                      size_t fewest, const std::string& what) {
  if (x.size() != y.size())
    return fault_in("", what + " needs pairs: as many values of the one as of the other");
  if (auto fault = sample_fault(x, fewest, what))
    return fault;
  return sample_fault(y, fewest, what);
}

std::optional<Diagnostic> table_fault(std::span<const double> counts, size_t columns,
                                      const std::string& what) {
  if (columns < 2 || counts.size() < 2 * columns || counts.size() % columns != 0)
    return fault_in("", what + " needs a table of at least two rows and two columns");
  if (!std::all_of(counts.begin(), counts.end(),
                   [](double count) { return std::isfinite(count) && count >= 0; }))
    return fault_in("", what + " needs counts of 0 or more");
  return std::nullopt;
}

}  // namespace topline::statistics
