// Reliability of scales and agreement of coders.
#include <cmath>
#include <gtest/gtest.h>

#include "call_text.hpp"
#include "refs.hpp"
#include "statistics/agreement.hpp"
#include "statistics/reliability.hpp"

namespace topline::refs {
namespace {

Values of_items() {
  const Sheet sheet = read_sheet(folder() / "data/syn_items.csv");
  std::vector<std::vector<double>> items;
  for (const std::string& name : sheet.names)
    items.push_back(sheet.numbers(name));
  const Result<statistics::ScaleReliability> found = statistics::scale_reliability(items);
  Values values;
  values[{"", "raw_alpha"}] = {found->scale.alpha, Kind::closed};
  values[{"", "std_alpha"}] = {found->scale.standardized_alpha, Kind::closed};
  values[{"", "average_r"}] = {found->scale.average_correlation, Kind::closed};
  for (size_t i = 0; i < items.size(); ++i) {
    values[{sheet.names[i], "raw_alpha"}] = {found->items[i].alpha_without, Kind::closed};
    values[{sheet.names[i], "r.drop"}] = {found->items[i].correlation_with_rest, Kind::closed};
  }
  return values;
}

// The standard error of weighted kappa as the reference has it, over ours. Where the formula of
// Fleiss, Cohen and Everitt takes, for a code of the second coder, the mean Σ_i w_ij·p_i of its
// agreement with the first one's codes, the reference takes p_j·Σ_i w_ij. Ours is the one that
// follows from the delta method (see agreement_test.cpp).
double weighted_error_of_the_reference(const std::vector<double>& counts,
                                       const statistics::Kappa& kappa) {
  auto weight = [](size_t i, size_t j) {
    const double distance = static_cast<double>(i) - static_cast<double>(j);
    return 1 - distance * distance / 9;
  };
  double n = 0;
  std::vector<double> first(4);
  std::vector<double> second(4);
  for (size_t cell = 0; cell < 16; ++cell)
    n += counts[cell];
  for (size_t cell = 0; cell < 16; ++cell) {
    first[cell / 4] += counts[cell] / n;
    second[cell % 4] += counts[cell] / n;
  }
  std::vector<double> of_first(4);
  std::vector<double> of_second(4);
  for (size_t i = 0; i < 4; ++i) {
    for (size_t j = 0; j < 4; ++j) {
      of_first[i] += weight(i, j) * second[j];
      of_second[j] += weight(i, j) * first[j];  // not first[i]
    }
  }
  double sum = 0;
  for (size_t cell = 0; cell < 16; ++cell) {
    const double off = weight(cell / 4, cell % 4) * (1 - kappa.expected) -
                       (of_first[cell / 4] + of_second[cell % 4]) * (1 - kappa.observed);
    sum += counts[cell] / n * off * off;
  }
  const double mean = kappa.observed * kappa.expected - 2 * kappa.expected + kappa.observed;
  const double left = 1 - kappa.expected;
  return std::sqrt((sum - mean * mean) / n) / (left * left) / kappa.standard_error;
}

Values of_coders() {
  const Sheet sheet = read_sheet(folder() / "data/syn_coders.csv");
  const std::vector<double> first = sheet.numbers("coder1");
  const std::vector<double> second = sheet.numbers("coder2");
  std::vector<double> counts(16);
  for (size_t row = 0; row < first.size(); ++row)
    counts[static_cast<size_t>((first[row] - 1) * 4 + second[row] - 1)] += 1;
  Values values;
  for (const bool weighted : {false, true}) {
    const auto weights =
        weighted ? statistics::AgreementWeights::quadratic : statistics::AgreementWeights::none;
    const Result<statistics::Kappa> kappa = statistics::kappa(counts, 4, weights, 0.95);
    const std::string name = weighted ? "weighted" : "unweighted";
    values[{"", weighted ? "weighted_kappa_quadratic" : "kappa"}] = {kappa->value, Kind::closed};
    const double ratio = weighted ? weighted_error_of_the_reference(counts, *kappa) : 1;
    values[{name, "lower"}] = {kappa->value - ratio * (kappa->value - kappa->interval.low),
                               Kind::closed};
    values[{name, "upper"}] = {kappa->value + ratio * (kappa->interval.high - kappa->value),
                               Kind::closed};
  }
  return values;
}

TEST(Refs, Reliability) {
  compare("reliability.csv", [](const Call& call) -> std::optional<Values> {
    return has(call.call, "psych::alpha") ? of_items() : of_coders();
  });
}

}  // namespace
}  // namespace topline::refs
