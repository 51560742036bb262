#include "design/given_replicates.hpp"

#include <algorithm>
#include <cmath>

#include "design/weight_rank.hpp"

namespace topline {

namespace {

std::string name_of(const GivenReplicates& given, size_t column) {
  return column < given.names.size() ? "replicate weight `" + given.names[column] + "`"
                                     : "replicate weight " + std::to_string(column + 1);
}

Result<Done> check_columns(const std::vector<double>& weights,
                           const std::vector<std::vector<double>>& columns,
                           const GivenReplicates& given) {
  if (columns.size() < 2)
    return fault_in("", columns.empty() ? "there are no replicate weights"
                                        : "one replicate weight shows no variance");
  const bool negative_allowed = given.negative_allowed || given.type == ReplicateType::acs;
  for (size_t column = 0; column < columns.size(); ++column) {
    if (columns[column].size() != weights.size())
      return fault_in("", name_of(given, column) + " has " +
                              std::to_string(columns[column].size()) + " rows, the sample " +
                              std::to_string(weights.size()));
    for (size_t row = 0; row < weights.size(); ++row) {
      const double weight = columns[column][row];
      if (std::isfinite(weight) && (weight >= 0 || negative_allowed))
        continue;
      return fault_in(
          "",
          name_of(given, column) + (std::isfinite(weight) ? " is negative" : " is not a number") +
              " in row " + std::to_string(row + 1),
          std::isfinite(weight) ? "allow negative weights if the data's documentation tells of them"
                                : "every row of the sample needs all replicate weights");
    }
  }
  return Done{};
}

// Whether the columns are what they are declared to be, as far as their size tells.
Result<Done> check_size(const std::vector<double>& weights,
                        const std::vector<std::vector<double>>& columns,
                        const GivenReplicates& given) {
  double expected = 0;
  for (double weight : weights)
    expected += given.factors ? 1 : weight;
  double found = 0;
  for (const std::vector<double>& column : columns) {
    for (double weight : column)
      found += weight;
  }
  found /= static_cast<double>(columns.size());
  if (!(expected > 0))
    return fault_in("", "the sampling weights add up to nothing");
  if (found >= expected / 5 && found <= expected * 5)
    return Done{};
  if (given.factors)
    return fault_in("", "the replicate weights do not look like factors: their mean is far from 1",
                    "declare them as analysis weights if they contain the sampling weight");
  return fault_in(
      "",
      "the replicate weights do not look like analysis weights: they add up to far "
      "less or more than the sampling weights",
      "declare them as factors if they are yet to be multiplied by the sampling weight");
}

Result<Done> check_constants(size_t replicates, const GivenReplicates& given) {
  if (given.type == ReplicateType::fay && !given.rho)
    return fault_in("", "replicate weights of type Fay need rho",
                    "it stands in the data's documentation, 0.3 or 0.5 being common");
  if (given.type != ReplicateType::fay && given.rho)
    return fault_in("", "rho is for replicate weights of type Fay");
  if (given.rho && !(*given.rho >= 0 && *given.rho < 1))
    return fault_in("", "Fay's rho must be at least 0 and below 1");
  if (given.type == ReplicateType::jkn && given.rscales.empty())
    return fault_in("", "replicate weights of type JKn need rscales",
                    "for each replicate (n − 1)/n, n the number of units in the stratum that lost "
                    "one; 0.5 for pairs");
  if (given.type == ReplicateType::other && (!given.scale || given.rscales.empty()))
    return fault_in("", "replicate weights of type other need a scale and rscales",
                    "Var = scale · Σ rscale · (replicate − centre)²");
  if (given.scale && !(std::isfinite(*given.scale) && *given.scale > 0))
    return fault_in("", "the scale of the replicates must be above 0");
  const std::vector<double>& rscales = given.rscales;
  if (rscales.size() > 1 && rscales.size() != replicates)
    return fault_in("", "there are " + std::to_string(rscales.size()) + " rscales for " +
                            std::to_string(replicates) + " replicate weights");
  if (!std::all_of(rscales.begin(), rscales.end(),
                   [](double one) { return std::isfinite(one) && one >= 0; }) ||
      (!rscales.empty() && *std::max_element(rscales.begin(), rscales.end()) == 0))
    return fault_in("", "the rscales of the replicates must not be negative, nor all 0");
  return Done{};
}

double scale_of(ReplicateType type, double replicates, double rho) {
  switch (type) {
    case ReplicateType::jk1:
      return (replicates - 1) / replicates;
    case ReplicateType::brr:
      return 1 / replicates;
    case ReplicateType::fay:
      return 1 / (replicates * (1 - rho) * (1 - rho));
    case ReplicateType::bootstrap:
    case ReplicateType::subbootstrap:
    case ReplicateType::preston:
      return 1 / (replicates - 1);
    case ReplicateType::acs:
    case ReplicateType::successive_difference:
      return 4 / replicates;
    case ReplicateType::jkn:
    case ReplicateType::other:
      break;
  }
  return 1;
}

}  // namespace

Result<ReplicateRows> given_replicates(const std::vector<double>& weights,
                                       std::vector<std::vector<double>> columns,
                                       const GivenReplicates& given) {
  if (const Result<Done> checked = check_columns(weights, columns, given); !checked)
    return checked.fault();
  if (const Result<Done> checked = check_constants(columns.size(), given); !checked)
    return checked.fault();
  if (const Result<Done> checked = check_size(weights, columns, given); !checked)
    return checked.fault();
  ReplicateRows rows;
  rows.scales.type = given.type;
  rows.scales.scale = given.scale.value_or(
      scale_of(given.type, static_cast<double>(columns.size()), given.rho.value_or(0)));
  rows.scales.rscales = given.rscales;
  if (given.rscales.size() != columns.size())
    rows.scales.rscales.assign(columns.size(), given.rscales.empty() ? 1 : given.rscales.front());
  rows.scales.mse = given.mse.value_or(given.type == ReplicateType::acs);
  rows.weights = std::move(columns);
  if (given.factors) {
    for (std::vector<double>& column : rows.weights) {
      for (size_t row = 0; row < column.size(); ++row)
        column[row] *= weights[row];
    }
  }
  rows.degrees_of_freedom = given.degrees_of_freedom > 0
                                ? given.degrees_of_freedom
                                : replicate_degrees_of_freedom(rows.weights);
  return rows;
}

}  // namespace topline
