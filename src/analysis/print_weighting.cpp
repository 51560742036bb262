#include "analysis/print_weighting.hpp"

#include "io/csv_write.hpp"
#include "text/number_digits.hpp"
#include "text/terminal_width.hpp"

namespace topline {

namespace {

std::string factor_range(double least, double most) {
  return "factors from " + fixed_digits(least, 3) + " to " + fixed_digits(most, 3);
}

std::string step_text(const StepReport& step) {
  std::string text = step.name;
  if (step.iterations > 1)
    text += ", " + std::to_string(step.iterations) + " rounds";
  text += ", " + factor_range(step.smallest_factor, step.largest_factor) + "\n";
  for (const CategoryFit& fit : step.worst) {
    if (fit.misfit() > 1e-9)
      text += "  missed by most in " + fit.margin + ": " + fit.category + ", " +
              shortest_digits(fit.reached) + " of " + shortest_digits(fit.wanted) + "\n";
  }
  if (step.trimmed.raised + step.trimmed.cut > 0)
    text += "  limits " + fixed_digits(step.trimmed.lower, 3) + " and " +
            fixed_digits(step.trimmed.upper, 3) + ": " + std::to_string(step.trimmed.raised) +
            " weights raised, " + std::to_string(step.trimmed.cut) + " cut\n";
  return text;
}

std::string line(const std::string& label, const std::string& value) {
  return pad_to_width(label, 24) + pad_to_width(value, 14, Align::right) + "\n";
}

}  // namespace

std::string weighting_text(const Weighted& weighted) {
  std::string out;
  for (const StepReport& step : weighted.reports)
    out += step_text(step);
  const WeightDiagnostics& about = weighted.diagnostics;
  out += line("respondents", std::to_string(about.n));
  out += line("sum of weights", fixed_digits(about.sum, 3));
  out += line("smallest", fixed_digits(about.smallest, 4));
  out += line("median", fixed_digits(about.median, 4));
  out += line("largest", fixed_digits(about.largest, 4));
  out += line("largest / smallest", fixed_digits(about.range_ratio, 2));
  out += line("design effect (Kish)", fixed_digits(about.design_effect, 3));
  out += line("effective size", fixed_digits(about.effective_size, 1));
  if (about.zeros > 0)
    out += line("cases of weight 0", std::to_string(about.zeros));
  return out;
}

std::string weights_csv(const Weighted& weighted, const StudySample& sample,
                        const Dataset& dataset) {
  std::string out = "id,weight\n";
  for (size_t k = 0; k < sample.rows.size(); ++k) {
    if (sample.counted[k] != 0)
      out += csv_field(dataset.ids[sample.rows[k]]) + "," + shortest_digits(weighted.weights[k]) +
             "\n";
  }
  return out;
}

}  // namespace topline
