#include "analysis/test_material.hpp"

#include "engine/column_rows.hpp"
#include "text/number_digits.hpp"

namespace topline {

namespace {

std::string adjustment_name(statistics::Adjustment adjustment) {
  switch (adjustment) {
    case statistics::Adjustment::none:
      return "none";
    case statistics::Adjustment::bonferroni:
      return "Bonferroni";
    case statistics::Adjustment::holm:
      return "Holm";
    case statistics::Adjustment::hochberg:
      return "Hochberg";
    case statistics::Adjustment::benjamini_hochberg:
      return "Benjamini and Hochberg (false discovery rate)";
    case statistics::Adjustment::benjamini_yekutieli:
      return "Benjamini and Yekutieli (false discovery rate)";
  }
  return {};
}

}  // namespace

std::unique_ptr<SampleRows> TestMaterial::rows() const {
  std::vector<const double*> inputs;
  for (const NumberColumn& number : numbers)
    inputs.push_back(number.value.data());
  for (const CodeColumn& code : codes)
    inputs.push_back(code.code.data());
  return column_rows(cases.sample.design, cases.framed, std::move(inputs), domain, cases.threads);
}

std::vector<std::vector<double>> TestMaterial::values_by_group() const {
  std::vector<std::vector<double>> groups(codes.back().classes());
  for (size_t k = 0; k < domain.size(); ++k) {
    if (domain[k] != 0)
      groups[static_cast<size_t>(codes.back().code[k])].push_back(numbers.front().value[k]);
  }
  return groups;
}

std::vector<double> TestMaterial::values(size_t number) const {
  std::vector<double> values;
  for (size_t k = 0; k < domain.size(); ++k) {
    if (domain[k] != 0)
      values.push_back(numbers[number].value[k]);
  }
  return values;
}

ResultTable test_table() {
  return {"test",
          "",
          {{"statistic", "statistic", Quantity::statistic},
           {"degrees_of_freedom", "df", Quantity::freedom},
           {"denominator_degrees_of_freedom", "denominator df", Quantity::freedom},
           {"p", "p", Quantity::probability}},
          {}};
}

void add_test(ResultTable& table, const std::string& label, double statistic,
              std::optional<double> df, std::optional<double> denominator_df, double p) {
  table.lines.push_back({label, label, {statistic, df, denominator_df, p}});
}

Result<ResultTable> difference_table(const std::vector<Difference>& differences,
                                     const TestMaterial& material, double unit) {
  ResultTable table = {"differences",
                       "Differences",
                       {{"difference", "difference"},
                        {"standard_error", "s.e.", Quantity::error},
                        {"low", "low"},
                        {"high", "high"},
                        {"statistic", "statistic", Quantity::statistic},
                        {"degrees_of_freedom", "df", Quantity::freedom},
                        {"p", "p", Quantity::probability}},
                       {}};
  const auto scaled = [&](std::optional<double> value) -> std::optional<double> {
    return value ? std::optional(*value * unit) : std::nullopt;
  };
  std::vector<double> probabilities;
  for (const Difference& one : differences) {
    probabilities.push_back(one.p);
    table.lines.push_back({one.name,
                           one.label,
                           {one.difference * unit, scaled(one.standard_error), scaled(one.low),
                            scaled(one.high), one.statistic, one.df, one.p}});
  }
  if (differences.size() < 2)
    return table;
  const Result<std::vector<double>> adjusted = statistics::adjusted_probabilities(
      probabilities, material.request.words.adjustment.value_or(statistics::Adjustment::holm));
  if (!adjusted)
    return adjusted.fault();
  table.columns.push_back({"adjusted_p", "adjusted p", Quantity::probability});
  for (size_t i = 0; i < table.lines.size(); ++i)
    table.lines[i].values.emplace_back((*adjusted)[i]);
  return table;
}

ResultTable group_table(const TestMaterial& material, const std::vector<double>& estimates,
                        const std::vector<double>& standard_errors) {
  const bool weighted = !material.cases.plain();
  ResultTable table = {material.codes.empty() ? "answers" : "groups",
                       material.codes.empty() ? "" : "Groups",
                       {{"n", "n", Quantity::count}},
                       {}};
  if (weighted)
    table.columns.push_back({"effective_base", "eff. base", Quantity::base});
  table.columns.push_back(
      {material.unit() > 1 ? "share" : "mean", material.unit() > 1 ? "share, %" : "mean"});
  if (!standard_errors.empty())
    table.columns.push_back({"standard_error", "s.e.", Quantity::error});
  const bool grouped = !material.codes.empty();
  for (size_t i = 0; i < estimates.size(); ++i) {
    int64_t n = 0;
    double weight = 0;
    double squares = 0;
    for (size_t k = 0; k < material.domain.size(); ++k) {
      if (material.domain[k] == 0 ||
          (grouped && material.codes.back().code[k] != static_cast<double>(i)))
        continue;
      const double w = material.cases.sample.design.weights[k];
      ++n;
      weight += w;
      squares += w * w;
    }
    ResultLine line;
    line.name = grouped ? material.codes.back().names[i] : material.request.numbers[i].text;
    line.label = grouped ? material.codes.back().texts[i] : material.request.numbers[i].text;
    line.values = {static_cast<double>(n)};
    if (weighted)
      line.values.emplace_back(weight * weight / squares);
    line.values.emplace_back(estimates[i] * material.unit());
    if (!standard_errors.empty())
      line.values.emplace_back(standard_errors[i] * material.unit());
    table.lines.push_back(std::move(line));
  }
  return table;
}

std::vector<double> trend_scores(const TestMaterial& material) {
  const CodeColumn& codes = material.codes.back();
  const Variable& variable = material.cases.screened.dataset.codebook()[codes.variable];
  std::vector<double> values;
  std::vector<double> positions;
  for (int option : codes.options) {
    positions.push_back(static_cast<double>(positions.size() + 1));
    if (variable.kind == VariableKind::single) {
      if (const auto value = (*variable.options)[static_cast<size_t>(option)].value)
        values.push_back(*value);
    }
  }
  return values.size() == codes.classes() ? values : positions;
}

ResultNote trend_note(const TestMaterial& material) {
  std::string text;
  const std::vector<double> scores = trend_scores(material);
  for (size_t i = 0; i < scores.size(); ++i)
    text += (i > 0 ? ", " : "") + material.codes.back().texts[i] + " " + shortest_digits(scores[i]);
  return {"Scores", text};
}

void note_small_cells(double smallest_expected, std::vector<ResultNote>& notes) {
  if (smallest_expected < 5)
    notes.push_back({"Small cells", "the smallest expected count is " +
                                        fixed_digits(smallest_expected, 1) +
                                        ", below 5: the test holds less well"});
}

void note_adjustment(const TestMaterial& material, size_t pairs, std::vector<ResultNote>& notes) {
  if (pairs < 2)
    return;
  const statistics::Adjustment adjustment =
      material.request.words.adjustment.value_or(statistics::Adjustment::holm);
  notes.push_back(
      {"Adjusted p", adjustment_name(adjustment) + ", " + std::to_string(pairs) + " differences"});
}

std::string equality_of(const TestMaterial& material, const std::string& of) {
  return "the " + of + (material.unit() > 1 ? " shares are equal" : " means are equal");
}

std::string value_hypothesis(const TestMaterial& material) {
  const std::string against = shortest_digits(*material.request.words.against);
  return material.unit() > 1 ? "the share is " + against + " %" : "the mean is " + against;
}

}  // namespace topline
