// The calls of the reference on means, totals, ratios and domains, answered by our estimates.
#pragma once

#include <memory>

#include "estimation/means.hpp"
#include "refs.hpp"

namespace topline::refs {

// A sample with the inputs that its calls are about, over a domain.
struct Bound {
  std::vector<std::vector<double>> columns;
  std::unique_ptr<SampleRows> rows;
};

// Binds columns (NaN: missing, which leaves the row out of the domain).
Bound bind(const SampleDesign& design, std::vector<std::vector<double>> columns,
           std::vector<uint8_t> domain = {});

// 1 for rows of level `level`, 0 for others.
std::vector<double> indicator(const Factor& factor, size_t level);
std::vector<double> codes_of(const Factor& factor);
std::vector<uint8_t> rows_with(const Factor& factor, const std::string& level);

// Values as the reference names them for one or more terms, with covariances.
void add_estimates(Values& values, const std::vector<std::string>& terms,
                   const Estimates& estimates, Kind kind = Kind::closed);

template <typename T>
T& must(Result<T>& result) {
  if (!result)
    throw std::runtime_error(result.fault().message);
  return *result;
}
template <typename T>
T must(Result<T>&& result) {
  if (!result)
    throw std::runtime_error(result.fault().message);
  return std::move(*result);
}

}  // namespace topline::refs
