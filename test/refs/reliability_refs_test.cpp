// Reliability of scales and agreement of coders.
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
    values[{name, "lower"}] = {kappa->interval.low, Kind::closed};
    values[{name, "upper"}] = {kappa->interval.high, Kind::closed};
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
