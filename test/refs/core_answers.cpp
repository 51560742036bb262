#include "core_answers.hpp"

#include <cmath>
#include <stdexcept>

namespace topline::refs {

Bound bind(const SampleDesign& design, std::vector<std::vector<double>> columns,
           std::vector<uint8_t> domain) {
  Bound bound;
  bound.columns = std::move(columns);
  std::vector<const double*> inputs;
  for (std::vector<double>& column : bound.columns) {
    for (size_t row = 0; row < column.size(); ++row) {
      if (!std::isnan(column[row]))
        continue;
      if (domain.empty())
        domain.assign(design.rows(), 1);
      domain[row] = 0;
      column[row] = 0;
    }
    inputs.push_back(column.data());
  }
  bound.rows = must(column_rows(design, std::move(inputs), std::move(domain)));
  return bound;
}

std::vector<double> indicator(const Factor& factor, size_t level) {
  std::vector<double> values;
  for (int code : factor.code)
    values.push_back(code < 0 ? std::nan("") : code == static_cast<int>(level) ? 1.0 : 0.0);
  return values;
}

std::vector<double> codes_of(const Factor& factor) {
  std::vector<double> values;
  for (int code : factor.code)
    values.push_back(code < 0 ? std::nan("") : code);
  return values;
}

std::vector<uint8_t> rows_with(const Factor& factor, const std::string& level) {
  std::vector<uint8_t> rows;
  for (int code : factor.code)
    rows.push_back(code >= 0 && factor.levels[static_cast<size_t>(code)] == level ? 1 : 0);
  return rows;
}

void add_estimates(Values& values, const std::vector<std::string>& terms,
                   const Estimates& estimates, Kind kind) {
  for (size_t i = 0; i < terms.size(); ++i) {
    const Estimate one = estimates.at(static_cast<Eigen::Index>(i));
    add_estimate(values, terms[i], one.value, one.standard_error, one.degrees_of_freedom, kind);
    for (size_t j = 0; j < terms.size(); ++j)
      values[{terms[i] + "*" + terms[j], "cov"}] = {
          estimates.covariance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)), kind};
  }
}

}  // namespace topline::refs
