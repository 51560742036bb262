// Means, totals, variances, ratios, tables, domains, contrasts and single-unit strata.
#include <cmath>
#include <gtest/gtest.h>

#include "ciprop_answers.hpp"
#include "core_answers.hpp"
#include "quantile_answers.hpp"

namespace topline::refs {
namespace {

using Columns = std::vector<std::vector<double>>;

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// What the calls are about: y, x, group and half, under the names of each data set.
struct Names {
  std::string y, x, group, half, yes;
  std::string interaction;
};
Names names_of(const Sample& sample) {
  if (sample.api)
    return {"api00", "api99", "stype", "sch.wide", "Yes", "interaction(stype, sch.wide)"};
  return {"y", "x", "grp", "half", "yes", "interaction(grp, half)"};
}

std::vector<size_t> upto(size_t count) {
  std::vector<size_t> inputs(count);
  for (size_t i = 0; i < count; ++i)
    inputs[i] = i;
  return inputs;
}

void add_effects(Values& values, const std::vector<std::string>& terms,
                 const Result<Eigen::VectorXd>& effects) {
  if (!effects)
    return;
  for (size_t i = 0; i < terms.size(); ++i)
    values[{terms[i], "deff"}] = {(*effects)(static_cast<Eigen::Index>(i)), Kind::closed};
}

// The levels of a factor, or of two (a.b), as indicator columns with their terms.
Columns level_columns(const Factor& factor, const std::string& prefix,
                      std::vector<std::string>& terms) {
  Columns columns;
  for (size_t level = 0; level < factor.levels.size(); ++level) {
    terms.push_back(prefix + factor.levels[level]);
    columns.push_back(indicator(factor, level));
  }
  return columns;
}

Factor crossed(const Factor& a, const Factor& b) {
  Factor both;
  for (const std::string& y : b.levels) {
    for (const std::string& x : a.levels)
      both.levels.push_back(x + "." + y);
  }
  for (size_t row = 0; row < a.code.size(); ++row)
    both.code.push_back(a.code[row] < 0 || b.code[row] < 0
                            ? -1
                            : b.code[row] * static_cast<int>(a.levels.size()) + a.code[row]);
  return both;
}

Values estimates_of(const SampleDesign& design, Columns columns,
                    const std::vector<std::string>& terms, bool total, bool effects,
                    SimpleSample compared, std::vector<uint8_t> domain = {}) {
  Values values;
  const Bound bound = bind(design, std::move(columns), std::move(domain));
  const std::vector<size_t> inputs = upto(terms.size());
  const Estimates estimates =
      must(total ? totals(*bound.rows, inputs) : means(*bound.rows, inputs));
  add_estimates(values, terms, estimates);
  if (effects)
    add_effects(values, terms,
                total ? design_effects_of_totals(*bound.rows, inputs, estimates, compared)
                      : design_effects_of_means(*bound.rows, inputs, estimates, compared));
  return values;
}

std::optional<Values> mean_total(const Call& call) {
  const Sample& of = sample(call.design);
  const Names names = names_of(of);
  const bool total = contains(call.call, "svytotal");
  const bool effects = contains(call.call, "deff");
  const SimpleSample compared = contains(call.call, "replace") ? SimpleSample::with_replacement
                                                               : SimpleSample::without_replacement;
  auto plain = [&](const std::vector<std::string>& columns) {
    Columns values;
    for (const std::string& column : columns)
      values.push_back(of.data.numbers(column));
    return estimates_of(of.design, std::move(values), columns, total, effects, compared);
  };
  if (contains(call.call, "svyvar")) {
    const Bound bound = bind(of.design, {of.data.numbers(names.y)});
    const Estimates estimates = must(variances(*bound.rows, upto(1)));
    return Values{{{"var", "estimate"}, {estimates.value(0)}},
                  {{"var", "se"}, {estimates.at(0).standard_error}}};
  }
  if (contains(call.call, "y_na")) {
    // The reference takes the degrees of freedom of the whole sample here, although rows without
    // y are left out; for other domains it takes the domain's.
    SampleDesign design = of.design;
    design.degrees_of_freedom = frame_design(of.design)->frame->degrees_of_freedom;
    std::vector<std::string> terms = {"y_na"};
    Columns columns = {of.data.numbers("y_na")};
    if (contains(call.call, "y_na+x")) {
      terms.emplace_back("x");
      columns.push_back(of.data.numbers("x"));
    }
    return estimates_of(design, std::move(columns), terms, total, effects, compared);
  }
  if (contains(call.call, "(~likert)"))
    return plain({"likert"});
  std::vector<std::string> terms;
  if (contains(call.call, "interaction")) {
    Columns columns = level_columns(crossed(of.factor(names.group), of.factor(names.half)),
                                    names.interaction, terms);
    return estimates_of(of.design, std::move(columns), terms, total, false, compared);
  }
  if (contains(call.call, "factor(likert)") || contains(call.call, "(~" + names.group)) {
    const bool likert = contains(call.call, "likert");
    Columns columns = level_columns(of.factor(likert ? "likert" : names.group),
                                    likert ? "factor(likert)" : names.group, terms);
    return estimates_of(of.design, std::move(columns), terms, total, effects, compared);
  }
  return plain({names.y});
}

std::optional<Values> ratio(const Call& call) {
  const Sample& of = sample(call.design);
  const Names names = names_of(of);
  const Bound bound = bind(of.design, {of.data.numbers(names.y), of.data.numbers(names.x)});
  const std::vector<std::pair<size_t, size_t>> pairs = {{0, 1}};
  const Estimates estimates = must(ratios(*bound.rows, pairs));
  Values values;
  add_estimates(values, {"ratio"}, estimates);
  // Against a simple sample: the total of the residuals, over the total of x.
  std::vector<double> residual = bound.columns[0];
  double x_total = 0;
  for (size_t row = 0; row < residual.size(); ++row)
    x_total += of.design.weights[row] * bound.columns[1][row];
  for (size_t row = 0; row < residual.size(); ++row)
    residual[row] = (residual[row] - estimates.value(0) * bound.columns[1][row]) / x_total;
  const Bound residuals = bind(of.design, {residual});
  add_effects(
      values, {"ratio"},
      design_effects_of_totals(*residuals.rows, upto(1), must(totals(*residuals.rows, upto(1))),
                               SimpleSample::without_replacement));
  return values;
}

std::optional<Values> table(const Call& call) {
  const Sample& of = sample(call.design);
  const Names names = names_of(of);
  const Factor rows = of.factor(names.group);
  const Factor columns = of.factor(names.half);
  const Factor both = crossed(rows, columns);
  std::vector<std::string> terms;
  const Bound bound = bind(of.design, level_columns(both, "", terms));
  const Estimates counts = must(totals(*bound.rows, upto(terms.size())));
  const double all = counts.value.sum();
  Values values;
  for (size_t i = 0; i < terms.size(); ++i) {
    const auto at = static_cast<Eigen::Index>(i);
    const double count = counts.value(at);
    values[{terms[i], "weighted_count"}] = {contains(call.call, "Ntotal=1000") ? count / all * 1000
                                                                               : count};
    double row = 0;
    double column = 0;
    for (size_t j = 0; j < terms.size(); ++j) {
      if (j % rows.levels.size() == i % rows.levels.size())
        row += counts.value(static_cast<Eigen::Index>(j));
      if (j / rows.levels.size() == i / rows.levels.size())
        column += counts.value(static_cast<Eigen::Index>(j));
    }
    values[{terms[i], "row_prop"}] = {count / row};
    values[{terms[i], "col_prop"}] = {count / column};
  }
  return values;
}

// svyby(): every level of `by` as a domain of its own.
Values by_domains(const SampleDesign& design, const Columns& columns,
                  const std::vector<std::string>& terms, const Factor& by, bool total,
                  bool effects) {
  Values values;
  for (const std::string& level : by.levels) {
    std::vector<std::string> named;
    for (const std::string& term : terms)
      named.push_back(level + (term.empty() ? "" : ":" + term));
    for (auto& [what, value] :
         estimates_of(design, columns, named, total, effects, SimpleSample::without_replacement,
                      rows_with(by, level)))
      values[what] = value;
  }
  return values;
}

// The shares of `of` in both halves with their covariance: one tally of all cells.
Values shares_by(const SampleDesign& design, const Factor& of, const std::string& prefix,
                 const Factor& by) {
  const size_t levels = of.levels.size();
  std::vector<std::string> terms;
  Columns columns;
  for (size_t b = 0; b < by.levels.size(); ++b) {
    for (size_t level = 0; level < levels; ++level) {
      terms.push_back(by.levels[b] + ":" + prefix + of.levels[level]);
      std::vector<double> cell = indicator(of, level);
      const std::vector<double> half = indicator(by, b);
      for (size_t row = 0; row < cell.size(); ++row)
        cell[row] *= half[row];
      columns.push_back(std::move(cell));
    }
  }
  std::vector<std::pair<size_t, size_t>> pairs;
  for (size_t b = 0; b < by.levels.size(); ++b) {
    columns.push_back(indicator(by, b));
    for (size_t level = 0; level < levels; ++level)
      pairs.emplace_back(b * levels + level, by.levels.size() * levels + b);
  }
  const Bound bound = bind(design, std::move(columns));
  Values values;
  add_estimates(values, terms, must(ratios(*bound.rows, pairs)));
  return values;
}

std::optional<Values> by_domain(const Call& call) {
  const Sample& of = sample(call.design);
  const Names names = names_of(of);
  const Factor group = of.factor(names.group);
  const Factor half = of.factor(names.half);
  const std::vector<double> y = of.data.numbers(names.y);
  const bool total = contains(call.call, "svytotal");
  if (contains(call.call, "svycontrast")) {
    const Bound bound = bind(of.design, {y, codes_of(half)});
    const Estimates both = must(class_means(*bound.rows, 0, 1, 2));
    const bool difference = contains(call.call, "yes-no");
    const Estimates one =
        difference
            ? contrasts(both, Eigen::RowVector2d(-1, 1))
            : transformed(both, {[](const Eigen::VectorXd& m) -> Eigen::VectorXd {
                                   return Eigen::VectorXd::Constant(1, m(1) / m(0));
                                 },
                                 [](const Eigen::VectorXd& m) -> Eigen::MatrixXd {
                                   return Eigen::RowVector2d(-m(1) / (m(0) * m(0)), 1 / m(0));
                                 }});
    const std::string term = difference ? "contrast" : "ratio";
    return Values{{{term, "estimate"}, {one.value(0)}}, {{term, "se"}, {one.at(0).standard_error}}};
  }
  if (contains(call.call, "svyquantile"))
    return quantile_answer(call);
  if (contains(call.call, "svyciprop"))
    return ciprop_answer(call);
  if (contains(call.call, "degf(")) {
    const Bound bound = bind(of.design, {y}, rows_with(half, names.yes));
    return Values{{{"", "degf"}, {bound.rows->size().degrees_of_freedom}}};
  }
  if (contains(call.call, "subset("))
    return estimates_of(of.design, {y}, {names.y}, total, contains(call.call, "deff"),
                        SimpleSample::without_replacement, rows_with(half, names.yes));
  if (contains(call.call, "covmat=TRUE"))
    return shares_by(of.design, group, names.group, half);
  return by_domains(of.design, {y}, {""}, contains(call.call, " + ") ? crossed(group, half) : half,
                    total, false);
}

std::optional<Values> design_facts(const Call& call) {
  const Sample& of = sample(call.design);
  const Bound bound = bind(of.design, {});
  const DomainSize& size = bound.rows->size();
  return Values{
      {{"", "degf"}, {size.degrees_of_freedom}},
      {{"", "n"}, {static_cast<double>(size.n)}},
      {{"", "sumw"}, {size.weight}},
      {{"", "n_eff=sum(w)^2/sum(w^2)"}, {size.effective_base()}},
      {{"", "deff_w=n*sum(w^2)/sum(w)^2"}, {static_cast<double>(size.n) / size.effective_base()}}};
}

std::optional<Values> lonely(const Call& call) {
  const Sample& of = sample(call.design);
  SampleDesign design = of.design;
  const std::map<std::string, SinglePsu> policies = {{"fail", SinglePsu::fail},
                                                     {"remove", SinglePsu::remove},
                                                     {"certainty", SinglePsu::certainty},
                                                     {"adjust", SinglePsu::adjust},
                                                     {"average", SinglePsu::average}};
  const size_t start = call.call.find('=') + 1;
  design.single_psu = policies.at(call.call.substr(start, call.call.find(',') - start));
  design.single_in_domain = contains(call.call, "adjust.domain.lonely=TRUE");
  std::vector<uint8_t> domain;
  const std::vector<double> stratum = of.data.numbers("stratum");
  const std::vector<double> psu = of.data.numbers("psu");
  for (size_t row = 0; row < design.rows(); ++row) {
    if (contains(call.call, "stratum==2"))
      domain.push_back(stratum[row] == 2 || (stratum[row] == 1 && psu[row] == 1) ? 1 : 0);
    else if (contains(call.call, "grp==blue"))
      domain.push_back(
          of.data.text("grp")[row] == "blue" || of.data.text("half")[row] == "yes" ? 1 : 0);
  }
  if (contains(call.call, "degf")) {
    const Bound bound = bind(design, {});
    return Values{{{"", "degf"}, {bound.rows->size().degrees_of_freedom}}};
  }
  return estimates_of(design, {of.data.numbers("y")}, {"y"}, contains(call.call, "svytotal"), false,
                      SimpleSample::without_replacement, domain);
}

TEST(Refs, MeansAndTotals) {
  compare("mean_total.csv", mean_total);
}
TEST(Refs, Ratios) {
  compare("ratio.csv", ratio);
}
TEST(Refs, Tables) {
  compare("table.csv", table);
}
TEST(Refs, Domains) {
  // Under svyby(deff=TRUE) the reference holds the variance of the mean where the design effect
  // should stand (19.8929² = 395.73); the right one is compared with subset() below it.
  compare("by_domain.csv", by_domain,
          {"svyby(~y, ~half, svymean, deff=TRUE)", "svyby(~api00, ~sch.wide, svymean, deff=TRUE)"});
}
TEST(Refs, Designs) {
  compare("design.csv", design_facts);
}
TEST(Refs, SingleUnitStrata) {
  compare("lonely_psu.csv", lonely);
}

}  // namespace
}  // namespace topline::refs
