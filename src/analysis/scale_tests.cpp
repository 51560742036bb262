// How far items measure one thing, and how far two coders agree.
#include <algorithm>

#include "analysis/test_material.hpp"
#include "statistics/reliability.hpp"

namespace topline {

namespace {

Result<TestFindings> alpha(const TestMaterial& material) {
  std::vector<std::vector<double>> items;
  for (size_t i = 0; i < material.numbers.size(); ++i)
    items.push_back(material.values(i));
  const Result<statistics::ScaleReliability> result = statistics::scale_reliability(items);
  if (!result)
    return result.fault();
  const statistics::Reliability& scale = result->scale;
  TestFindings findings;
  findings.tables.push_back({"scale",
                             "Scale",
                             {{"n", "n", Quantity::count},
                              {"alpha", "alpha", Quantity::statistic},
                              {"standardized_alpha", "standardized", Quantity::statistic},
                              {"average_correlation", "average r", Quantity::statistic}},
                             {{"scale",
                               std::to_string(items.size()) + " items",
                               {static_cast<double>(items.front().size()), scale.alpha,
                                scale.standardized_alpha, scale.average_correlation}}}});
  ResultTable table = {"items",
                       "Without the item",
                       {{"alpha", "alpha", Quantity::statistic},
                        {"standardized_alpha", "standardized", Quantity::statistic},
                        {"average_correlation", "average r", Quantity::statistic},
                        {"correlation_with_rest", "r with the rest", Quantity::statistic}},
                       {}};
  for (size_t i = 0; i < result->items.size(); ++i) {
    const statistics::ItemReliability& item = result->items[i];
    const std::string& name = material.request.numbers[i].text;
    table.lines.push_back({name,
                           name,
                           {item.alpha_without, item.standardized_alpha_without,
                            item.average_correlation_without, item.correlation_with_rest}});
  }
  if (!table.lines.empty())
    findings.tables.push_back(std::move(table));
  findings.method = "Cronbach's alpha";
  if (material.cases.sample.weighted)
    findings.notes.push_back({"Weights", "none: of the answers as they came"});
  return findings;
}

// The position of a coder's code among those that either of them gave.
std::vector<int> codes_of_both(const TestMaterial& material) {
  std::vector<int> codes;
  for (const CodeColumn& column : material.codes)
    codes.insert(codes.end(), column.options.begin(), column.options.end());
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

// Two variables whose codes mean the same.
bool same_codes(const Variable& first, const Variable& second) {
  if (first.kind == VariableKind::flag || second.kind == VariableKind::flag)
    return first.kind == second.kind;
  return std::equal(first.options->begin(), first.options->end(), second.options->begin(),
                    second.options->end(),
                    [](const Option& a, const Option& b) { return a.name == b.name; });
}

Result<TestFindings> kappa(const TestMaterial& material) {
  const Codebook& codebook = material.cases.screened.dataset.codebook();
  const Variable& first = codebook[material.codes[0].variable];
  const Variable& second = codebook[material.codes[1].variable];
  if (!same_codes(first, second))
    return fault_in("", first.name + " and " + second.name + " do not have the same options",
                    "let both coders choose among the same options, in the same order");
  const std::vector<int> codes = codes_of_both(material);
  const auto position = [&](const CodeColumn& column, size_t k) {
    const int option = column.options[static_cast<size_t>(column.code[k])];
    return static_cast<size_t>(std::lower_bound(codes.begin(), codes.end(), option) -
                               codes.begin());
  };
  std::vector<double> counts(codes.size() * codes.size());
  double n = 0;
  for (size_t k = 0; k < material.domain.size(); ++k) {
    if (material.domain[k] == 0)
      continue;
    ++counts[position(material.codes[0], k) * codes.size() + position(material.codes[1], k)];
    ++n;
  }
  const auto weights = material.request.words.weights.value_or(statistics::AgreementWeights::none);
  const Result<statistics::Kappa> result =
      statistics::kappa(counts, codes.size(), weights, material.level);
  if (!result)
    return result.fault();
  TestFindings findings;
  ResultTable table = {
      "kappa",
      "",
      {{"n", "n", Quantity::count},
       {"kappa", "kappa", Quantity::statistic},
       {"observed", "observed", Quantity::statistic},
       {"expected", "by chance", Quantity::statistic}},
      {{"kappa", "agreement", {n, result->value, result->observed, result->expected}}}};
  // The standard error is that of a simple sample.
  if (material.cases.plain() && material.margin_of_error) {
    for (const auto& [name, head, value] :
         {std::tuple{"standard_error", "s.e.", result->standard_error},
          std::tuple{"low", "low", result->interval.low},
          std::tuple{"high", "high", result->interval.high}}) {
      table.columns.push_back({name, head, Quantity::statistic});
      table.lines.front().values.emplace_back(value);
    }
  } else if (material.cases.plain()) {
    findings.notes.push_back({"Precision", "none: an opt-in sample without a declared model"});
  } else {
    findings.notes.push_back({"Precision",
                              "none under a sample design or with weights; the "
                              "agreement is that of the answers as they came"});
  }
  findings.tables.push_back(std::move(table));
  findings.method = weights == statistics::AgreementWeights::none     ? "Cohen's kappa"
                    : weights == statistics::AgreementWeights::linear ? "kappa, linear weights"
                                                                      : "kappa, quadratic weights";
  return findings;
}

}  // namespace

Result<TestFindings> scale_test(const TestMaterial& material) {
  return material.request.words.kind == TestKind::alpha ? alpha(material) : kappa(material);
}

}  // namespace topline
