#include "statistics/agreement.hpp"

#include <cmath>
#include <vector>

#include "statistics/checks.hpp"
#include "statistics/distributions.hpp"

namespace topline::statistics {

namespace {

double agreement(size_t i, size_t j, size_t codes, AgreementWeights weights) {
  const double distance =
      std::abs(static_cast<double>(i) - static_cast<double>(j)) / (static_cast<double>(codes) - 1);
  switch (weights) {
    case AgreementWeights::none:
      return i == j ? 1 : 0;
    case AgreementWeights::linear:
      return 1 - distance;
    case AgreementWeights::quadratic:
      return 1 - distance * distance;
  }
  return 0;
}

}  // namespace

Result<Kappa> kappa(std::span<const double> counts, size_t codes, AgreementWeights weights,
                    double level) {
  if (const auto fault = level_fault(level))
    return *fault;
  if (const auto fault = table_fault(counts, codes, "kappa"))
    return *fault;
  if (counts.size() != codes * codes)
    return fault_in("", "kappa needs as many rows as columns");
  double n = 0;
  for (double count : counts)
    n += count;
  if (n == 0)
    return fault_in("", "kappa needs cases");
  std::vector<double> first(codes);
  std::vector<double> second(codes);
  for (size_t i = 0; i < codes; ++i) {
    for (size_t j = 0; j < codes; ++j) {
      first[i] += counts[i * codes + j] / n;
      second[j] += counts[i * codes + j] / n;
    }
  }
  Kappa result;
  // What each code of the one coder agrees by on average with the codes of the other.
  std::vector<double> of_first(codes);
  std::vector<double> of_second(codes);
  for (size_t i = 0; i < codes; ++i) {
    for (size_t j = 0; j < codes; ++j) {
      const double weight = agreement(i, j, codes, weights);
      of_first[i] += second[j] * weight;
      of_second[j] += first[i] * weight;
      result.observed += weight * counts[i * codes + j] / n;
      result.expected += weight * first[i] * second[j];
    }
  }
  const double left = 1 - result.expected;
  if (!(left > 1e-15))
    return fault_in("", "kappa needs codes that differ",
                    "both coders gave all cases one and the same code");
  result.value = (result.observed - result.expected) / left;
  // The standard error by the deviations that add up to 0, cell by cell.
  double squares = 0;
  const double mean = result.value - result.expected * (1 - result.value);
  for (size_t i = 0; i < codes; ++i) {
    for (size_t j = 0; j < codes; ++j) {
      const double cell =
          agreement(i, j, codes, weights) - (of_first[i] + of_second[j]) * (1 - result.value);
      squares += counts[i * codes + j] / n * (cell - mean) * (cell - mean);
    }
  }
  result.standard_error = std::sqrt(squares / n) / left;
  const double width = normal_quantile(0.5 + level / 2) * result.standard_error;
  result.interval = {result.value - width, result.value + width};
  return result;
}

}  // namespace topline::statistics
