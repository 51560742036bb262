#include "analysis/print_estimates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "io/csv_write.hpp"
#include "text/number_digits.hpp"
#include "text/text_columns.hpp"

namespace topline {

namespace {

// Decimals that show three digits of a number's precision, none of them noise.
int decimals_for(const FormulaEstimates& estimates) {
  if (estimates.percent)
    return 1;
  double least = 0;
  for (const GroupEstimate& group : estimates.groups) {
    if (group.estimate && group.bounded && group.estimate->standard_error > 0)
      least = least > 0 ? std::min(least, group.estimate->standard_error)
                        : group.estimate->standard_error;
  }
  if (!(least > 0))
    return 2;
  return std::clamp(2 - static_cast<int>(std::floor(std::log10(least))), 0, 12);
}

std::string option_name(const Codebook& codebook, VariableId id, int option) {
  const Variable& variable = codebook[id];
  if (variable.kind == VariableKind::flag)
    return option == 1 ? "yes" : "no";
  return (*variable.options)[static_cast<size_t>(option)].name;
}

std::string option_text(const Codebook& codebook, VariableId id, int option) {
  const Variable& variable = codebook[id];
  if (variable.kind == VariableKind::flag)
    return (option == 1 ? "" : "not: ") + variable.short_text();
  return (*variable.options)[static_cast<size_t>(option)].text;
}

std::string group_text(const GroupEstimate& group, const EstimateRequest& request,
                       const Codebook& codebook) {
  std::string text;
  for (size_t i = 0; i < request.by.size(); ++i)
    text += (i > 0 ? ", " : "") + option_text(codebook, request.by[i], group.groups[i]);
  return text.empty() ? "All" : text;
}

std::string base_mark(int64_t base, const Study& study) {
  return base < study.suppress_below ? "††" : base < study.mark_below ? "†" : "";
}

std::string known_digits(std::optional<double> value, int decimals) {
  return value ? fixed_digits(*value, decimals) : "–";
}

std::string known_number(std::optional<double> value) {
  return value ? shortest_digits(*value) : "";
}

// Not known where a bound is not.
std::optional<double> standard_error(const GroupEstimate& group) {
  if (!group.low || !group.high)
    return std::nullopt;
  return group.estimate->standard_error;
}

// The cells of one line: estimate, standard error, interval, n, effective base, df.
std::array<std::string, 6> cells_of(const GroupEstimate& group, const FormulaEstimates& estimates,
                                    int decimals, const Study& study) {
  const std::string unit = estimates.percent ? "%" : "";
  std::array<std::string, 6> cells = {"–", "–", "–", std::to_string(group.base), "–", "–"};
  cells[3] += base_mark(group.base, study);
  if (!group.estimate)
    return cells;
  cells[0] = fixed_digits(group.estimate->value, decimals) + unit;
  cells[4] = fixed_digits(group.effective_base, 1);
  if (!estimates.intervals)
    return cells;
  if (group.bounded) {
    cells[1] = known_digits(standard_error(group), decimals + 1);
    cells[2] = known_digits(group.low, decimals) + " to " + known_digits(group.high, decimals);
  }
  cells[5] = std::isfinite(group.estimate->degrees_of_freedom)
                 ? shortest_digits(group.estimate->degrees_of_freedom)
                 : "∞";
  return cells;
}

std::string notes(const FormulaEstimates& estimates, const Study& study) {
  std::string text = "Statistic: " + estimates.statistic + "\n";
  if (estimates.intervals) {
    text += "Interval:  " + estimates.interval + "\n";
    text += "Variance:  " + estimates.method + "\n";
  } else {
    text += "Interval:  none: an opt-in sample without a declared model has no margin of error\n";
  }
  text += "Design:    " + estimates.design + "\n";
  if (estimates.intervals && !estimates.caution.empty())
    text += "Caution:   " + estimates.caution + "\n";
  bool small = false;
  bool marked = false;
  for (const GroupEstimate& group : estimates.groups) {
    small = small || group.base < study.suppress_below;
    marked = marked || (group.base >= study.suppress_below && group.base < study.mark_below);
  }
  if (marked)
    text += "† base below " + std::to_string(study.mark_below) + "\n";
  if (small)
    text +=
        "†† base below " + std::to_string(study.suppress_below) + ": too small to be published\n";
  return text;
}

}  // namespace

std::string estimates_text(const FormulaEstimates& estimates, const EstimateRequest& request,
                           const EstimateTitle& title, const Codebook& codebook, const Study& study,
                           int width) {
  const int decimals = decimals_for(estimates);
  const bool effects =
      estimates.intervals &&
      std::any_of(estimates.groups.begin(), estimates.groups.end(),
                  [](const GroupEstimate& group) { return group.design_effect.has_value(); });
  std::vector<std::vector<std::string>> lines = {{"", "estimate", "s.e.",
                                                  shortest_digits(title.level) + "% interval", "n",
                                                  "eff. base", "df"}};
  for (const GroupEstimate& group : estimates.groups) {
    const std::array<std::string, 6> cells = cells_of(group, estimates, decimals, study);
    std::vector<std::string> line = {group_text(group, request, codebook)};
    line.insert(line.end(), cells.begin(), cells.end());
    if (effects)
      line.push_back(group.design_effect ? fixed_digits(*group.design_effect, 2) : "–");
    lines.push_back(std::move(line));
  }
  if (effects)
    lines.front().emplace_back("deff");
  return title.formula + "\n" + text_columns(lines, width) + notes(estimates, study);
}

std::string estimates_csv(const FormulaEstimates& estimates, const EstimateRequest& request,
                          const Codebook& codebook) {
  std::string out;
  for (VariableId id : request.by)
    out += csv_field(codebook[id].name) + ",";
  out += "estimate,standard_error,low,high,degrees_of_freedom,n,effective_base,design_effect\n";
  for (const GroupEstimate& group : estimates.groups) {
    for (size_t i = 0; i < request.by.size(); ++i)
      out += csv_field(option_name(codebook, request.by[i], group.groups[i])) + ",";
    const bool known = group.estimate.has_value();
    const bool sure = known && estimates.intervals && group.bounded;
    out += (known ? shortest_digits(group.estimate->value) : "") + ",";
    out += sure ? known_number(standard_error(group)) + "," + known_number(group.low) + "," +
                      known_number(group.high) + ","
                : ",,,";
    out += (sure ? shortest_digits(group.estimate->degrees_of_freedom) : "") + ",";
    out += std::to_string(group.base) + "," + (known ? shortest_digits(group.effective_base) : "") +
           "," +
           (sure && group.design_effect ? shortest_digits(*group.design_effect) : std::string()) +
           "\n";
  }
  return out;
}

std::string estimates_json(const FormulaEstimates& estimates, const EstimateRequest& request,
                           const EstimateTitle& title, const Codebook& codebook) {
  using nlohmann::ordered_json;
  ordered_json json;
  json["formula"] = title.formula;
  json["statistic"] = estimates.statistic;
  json["percent"] = estimates.percent;
  json["confidence"] = title.level;
  json["interval"] = estimates.intervals ? ordered_json(estimates.interval) : ordered_json();
  json["variance"] = estimates.intervals ? ordered_json(estimates.method) : ordered_json();
  json["design"] = estimates.design;
  if (estimates.intervals && !estimates.caution.empty())
    json["caution"] = estimates.caution;
  json["estimates"] = ordered_json::array();
  for (const GroupEstimate& group : estimates.groups) {
    ordered_json one;
    for (size_t i = 0; i < request.by.size(); ++i)
      one["groups"][codebook[request.by[i]].name] =
          option_name(codebook, request.by[i], group.groups[i]);
    one["n"] = group.base;
    if (group.estimate) {
      one["effective_base"] = group.effective_base;
      one["estimate"] = group.estimate->value;
    }
    if (group.estimate && estimates.intervals && group.bounded) {
      const auto number = [](std::optional<double> value) {
        return value ? ordered_json(*value) : ordered_json();
      };
      one["standard_error"] = number(standard_error(group));
      one["low"] = number(group.low);
      one["high"] = number(group.high);
      one["degrees_of_freedom"] = group.estimate->degrees_of_freedom;
      if (group.design_effect)
        one["design_effect"] = *group.design_effect;
    }
    json["estimates"].push_back(std::move(one));
  }
  if (estimates.intervals && estimates.covariance.size() > 0) {
    json["covariance"] = ordered_json::array();
    for (Eigen::Index row = 0; row < estimates.covariance.rows(); ++row) {
      ordered_json line = ordered_json::array();
      for (Eigen::Index column = 0; column < estimates.covariance.cols(); ++column)
        line.push_back(estimates.covariance(row, column));
      json["covariance"].push_back(std::move(line));
    }
  }
  return json.dump(2) + "\n";
}

}  // namespace topline
