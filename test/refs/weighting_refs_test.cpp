// Post-stratification, raking, calibration and trimming: the weights themselves, what they cost,
// the estimates with them and their variance, and the weighting redone in every replicate.
#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>

#include "core_answers.hpp"
#include "weighting/steps.hpp"
#include "weighting_answers.hpp"

namespace topline::refs {
namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// ---- populations

// Counts of the population by the levels of a factor.
std::map<std::string, double> counts_of(const std::string& variable, bool api) {
  std::map<std::string, double> counts;
  if (api) {
    const Sheet population = read_sheet(folder() / "data/apipop_subset.csv");
    for (const std::string& level : population.text(variable))
      counts[level] += 1;
    return counts;
  }
  const std::map<std::string, std::string> files = {
      {"grp", "pop_g.csv"}, {"age", "pop_age.csv"}, {"half", "pop_h.csv"}};
  const Sheet sheet = read_sheet(folder() / "data" / files.at(variable));
  const std::vector<double> numbers = sheet.numbers("Freq");
  for (size_t row = 0; row < sheet.rows(); ++row)
    counts[sheet.text(variable)[row]] = numbers[row];
  return counts;
}

Margin margin_of(const Sample& of, const std::string& variable) {
  const Factor factor = of.factor(variable);
  Margin margin;
  margin.name = variable;
  margin.labels = factor.levels;
  for (int code : factor.code)
    margin.category.push_back(static_cast<uint32_t>(code));
  const std::map<std::string, double> counts = counts_of(variable, of.api);
  for (const std::string& level : factor.levels)
    margin.population.push_back(counts.at(level));
  return margin;
}

// The cells of grp and age, crossed.
Margin crossed_margin(const Sample& of) {
  const Margin grp = margin_of(of, "grp");
  const Margin age = margin_of(of, "age");
  const auto groups = static_cast<uint32_t>(grp.labels.size());
  Margin crossed;
  crossed.name = "grp and age";
  for (size_t row = 0; row < grp.category.size(); ++row)
    crossed.category.push_back(age.category[row] * groups + grp.category[row]);
  crossed.population.resize(grp.labels.size() * age.labels.size());
  const Sheet sheet = read_sheet(folder() / "data/pop_g_age.csv");
  const std::vector<double> numbers = sheet.numbers("Freq");
  auto at = [](const std::vector<std::string>& labels, const std::string& label) {
    return static_cast<size_t>(std::find(labels.begin(), labels.end(), label) - labels.begin());
  };
  for (size_t row = 0; row < sheet.rows(); ++row)
    crossed.population[at(age.labels, sheet.text("age")[row]) * groups +
                       at(grp.labels, sheet.text("grp")[row])] = numbers[row];
  return crossed;
}

Auxiliary constant(size_t rows, double total) {
  return {"number of units", std::vector<double>(rows, 1), total};
}

// A constant, and for each factor all levels but the first.
std::vector<Auxiliary> model_matrix(const Sample& of, const std::vector<std::string>& factors) {
  double total = 0;
  for (const auto& [level, count] : counts_of(factors.front(), of.api))
    total += count;
  std::vector<Auxiliary> auxiliaries = {constant(of.design.rows(), total)};
  for (const std::string& factor : factors) {
    for (Auxiliary& one : indicators(margin_of(of, factor), 0))
      auxiliaries.push_back(std::move(one));
  }
  return auxiliaries;
}

double sum_of(const std::vector<double>& values) {
  double sum = 0;
  for (double value : values)
    sum += value;
  return sum;
}

// ---- steps

struct Weighting {
  std::vector<WeightingStep> steps;
  Kind kind = Kind::closed;
};

std::vector<Margin> margins_of(const Sample& of, const std::vector<std::string>& variables) {
  std::vector<Margin> margins;
  for (const std::string& variable : variables)
    margins.push_back(margin_of(of, variable));
  return margins;
}

// Raking as R's rake() has it: unweighted residuals.
Rake raked(std::vector<Margin> margins) {
  RakeOptions options;
  options.residuals = RakeResiduals::unweighted;
  return {std::move(margins), options};
}

// R's default control: at most 10 sweeps, until no joint cell moves by 1.
Rake raked_by_default(const Sample& of) {
  Rake step = raked(margins_of(of, {"grp", "age"}));
  step.options.most_sweeps = 10;
  step.options.tolerance = 1;
  step.options.stop = RakeStop::cells_settled;
  step.options.accept_unconverged = true;
  return step;
}

std::optional<WeightBounds> bounds_in(const std::string& call) {
  const size_t at = call.find("bounds=c(");
  if (at == std::string::npos)
    return std::nullopt;
  const size_t comma = call.find(',', at);
  return WeightBounds{std::stod(call.substr(at + 9)), std::stod(call.substr(comma + 1))};
}

std::optional<Weighting> weighting_of(const Sample& of, const std::string& call) {
  if (contains(call, "rake(...) then trimWeights")) {
    const bool strict = contains(call, "strict=TRUE");
    return Weighting{{raked(margins_of(of, {"grp", "age", "half"})),
                      Trim{{1.0 / 3, 3, TrimUnit::median, strict}}},
                     Kind::iterative};
  }
  if (contains(call, "rake(~stype,~sch.wide"))
    return Weighting{{raked(margins_of(of, {"stype", "sch.wide"}))}, Kind::iterative};
  if (contains(call, "rake(~grp,~age,~half"))
    return Weighting{{raked(margins_of(of, {"grp", "age", "half"}))}, Kind::iterative};
  if (contains(call, "rake(~grp,~age; default control)"))
    return Weighting{{raked_by_default(of)}, Kind::iterative};
  if (contains(call, "postStratify(~grp+age)"))
    return Weighting{{PostStratify{crossed_margin(of)}}, Kind::closed};
  if (contains(call, "postStratify(~grp)"))
    return Weighting{{PostStratify{margin_of(of, "grp")}}, Kind::closed};
  if (contains(call, "postStratify(~stype)"))
    return Weighting{{PostStratify{margin_of(of, "stype")}}, Kind::closed};
  Calibrate step;
  if (contains(call, "calibrate(~grp+age+half")) {
    step.auxiliaries = model_matrix(of, {"grp", "age", "half"});
  } else if (contains(call, "calibrate(~x, linear)")) {
    step.auxiliaries = {constant(of.design.rows(), 5000), {"x", of.data.numbers("x"), 43000}};
  } else if (contains(call, "calibrate(~stype+api99, linear)")) {
    step.auxiliaries = model_matrix(of, {"stype"});
    step.auxiliaries.push_back(
        {"api99", of.data.numbers("api99"),
         sum_of(read_sheet(folder() / "data/apipop_subset.csv").numbers("api99"))});
  } else {
    return std::nullopt;
  }
  step.options.distance = contains(call, "raking)") ? Distance::raking
                          : contains(call, "logit") ? Distance::logit
                                                    : Distance::linear;
  step.options.bounds = bounds_in(call).value_or(WeightBounds{});
  const bool closed = step.options.distance == Distance::linear && step.options.bounds.unbounded();
  return Weighting{{step}, closed ? Kind::closed : Kind::iterative};
}

// R takes residuals of raking that stopped early by 10 sweeps, in which each margin has the
// weights that its own adjustment left in the last sweep. Each step of those is a regression on
// the margin's cells times r, the ratio of those weights to the final ones, weighted by 1/r².
std::vector<CalibrationRows> residuals_of_stopped_raking(const Rake& step,
                                                         const RakeReport& report) {
  const size_t rows = step.margins.front().category.size();
  std::vector<CalibrationRows> sweep;
  for (size_t m = 0; m < step.margins.size(); ++m) {
    CalibrationRows one;
    one.name = step.margins[m].name;
    one.auxiliaries.assign(step.margins[m].population.size(), std::vector<double>(rows));
    for (size_t row = 0; row < rows; ++row) {
      double ratio = 1;
      for (size_t later = m + 1; later < step.margins.size(); ++later)
        ratio /= report.last_factors[later][step.margins[later].category[row]];
      one.auxiliaries[step.margins[m].category[row]][row] = ratio;
      one.regression_weights.push_back(1 / (ratio * ratio));
    }
    sweep.push_back(std::move(one));
  }
  std::vector<CalibrationRows> all;
  for (int i = 0; i < 10; ++i)
    all.insert(all.end(), sweep.begin(), sweep.end());
  return all;
}

SampleDesign weighted_design(const Sample& of, const Weighting& weighting,
                             const std::string& call) {
  SampleDesign design = must(reweight(of.design, weighting.steps));
  if (contains(call, "default control")) {
    const Rake& step = std::get<Rake>(weighting.steps.front());
    const RakedWeights again = must(rake(of.design.weights, step.margins, step.options));
    design.calibrations = residuals_of_stopped_raking(step, again.report);
  }
  return design;
}

// ---- answers

Values estimates_of(const SampleDesign& design, std::vector<std::vector<double>> columns,
                    const std::vector<std::string>& terms, bool total, Kind kind,
                    std::vector<uint8_t> domain = {}) {
  const Bound bound = bind(design, std::move(columns), std::move(domain));
  std::vector<size_t> inputs(terms.size());
  for (size_t i = 0; i < inputs.size(); ++i)
    inputs[i] = i;
  Values values;
  add_estimates(values, terms,
                must(total ? totals(*bound.rows, inputs) : means(*bound.rows, inputs)), kind);
  return values;
}

Values estimates_in(const std::string& call, const Sample& of, const SampleDesign& design,
                    Kind kind) {
  const std::string then = call.substr(call.rfind("then "));
  if (contains(then, "svyby(~y,~half")) {
    const Factor half = of.factor("half");
    Values values;
    for (const std::string& level : half.levels)
      values.merge(estimates_of(design, {of.data.numbers("y")}, {level}, false, kind,
                                rows_with(half, level)));
    return values;
  }
  if (contains(then, "factor(z)")) {
    const Factor z = of.factor("z");
    return estimates_of(design, {indicator(z, 0), indicator(z, 1)}, {"factor(z)0", "factor(z)1"},
                        false, kind);
  }
  const std::string column = contains(then, "api00")    ? "api00"
                             : contains(then, "enroll") ? "enroll"
                                                        : "y";
  return estimates_of(design, {of.data.numbers(column)}, {column}, contains(then, "svytotal"),
                      kind);
}

std::optional<Values> weighting_answer(const Call& call) {
  const Sample& of = sample(call.design);
  const std::optional<Weighting> weighting = weighting_of(of, call.call);
  if (!weighting)
    return std::nullopt;
  const SampleDesign design = weighted_design(of, *weighting, call.call);
  if (!contains(call.call, "->"))
    return estimates_in(call.call, of, design, weighting->kind);
  const WeightDiagnostics described = describe_weights(design.weights);
  return Values{{{"", "sumw"}, {described.sum, weighting->kind}},
                {{"", "minw"}, {described.smallest, weighting->kind}},
                {{"", "maxw"}, {described.largest, weighting->kind}},
                {{"", "n_eff"}, {described.effective_size, weighting->kind}},
                {{"", "deff_w"}, {described.design_effect, weighting->kind}}};
}

TEST(Refs, Weighting) {
  compare("weighting.csv", weighting_answer);
}

// Every row's weight, against results/weights.
TEST(Refs, CaseWeights) {
  if (!present())
    GTEST_SKIP() << "needs shared/refs";
  const Sheet results = read_sheet(folder() / "results/weighting.csv");
  std::map<std::string, std::string> design_of;
  for (size_t row = 0; row < results.rows(); ++row) {
    if (contains(results.text("call")[row], "->"))
      design_of[results.text("call")[row]] = results.text("design")[row];
  }
  size_t compared = 0;
  for (const auto& [call, design] : design_of) {
    const Sample& of = sample(design);
    const std::optional<Weighting> weighting = weighting_of(of, call);
    ASSERT_TRUE(weighting) << call;
    const Result<Weighted> weighted = apply_steps(weighting->steps, of.design.weights);
    ASSERT_TRUE(weighted) << call << ": " << weighted.fault().message;
    const std::vector<double> expected =
        read_sheet(folder() / "results" / call.substr(call.rfind("weights/"))).numbers("w");
    ASSERT_EQ(expected.size(), weighted->weights.size());
    const double tolerance = weighting->kind == Kind::closed ? 1e-12 : 1e-9;
    double largest = 0;
    for (size_t row = 0; row < expected.size(); ++row) {
      largest = std::max(largest, std::abs(weighted->weights[row] / expected[row] - 1));
      ++compared;
    }
    EXPECT_LE(largest, tolerance) << call;
  }
  std::cout << "refs: " << compared << " case weights compared\n";
  EXPECT_GT(compared, 5000);
}

// The rank of the replicate weights, as R's qr() finds it with a tolerance of 1e-5.
double rank_of(const std::vector<std::vector<double>>& replicates) {
  Eigen::MatrixXd weights(static_cast<Eigen::Index>(replicates.front().size()),
                          static_cast<Eigen::Index>(replicates.size()));
  for (Eigen::Index r = 0; r < weights.cols(); ++r) {
    for (Eigen::Index row = 0; row < weights.rows(); ++row)
      weights(row, r) = replicates[static_cast<size_t>(r)][static_cast<size_t>(row)];
  }
  Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(weights);
  qr.setThreshold(1e-5);
  return static_cast<double>(qr.rank());
}

// R's rake() does as many sweeps in every replicate as the full sample needs, until its joint
// cells move by less than 1e-13 of its weight; replicates that need more are left a little off.
void sweep_as_the_full_sample(const SampleDesign& design, Rake& step) {
  RakeOptions full = step.options;
  full.stop = RakeStop::cells_settled;
  full.tolerance = 1e-13 * sum_of(design.weights);
  const RakedWeights raked = must(rake(design.weights, step.margins, full));
  step.options.most_sweeps = raked.report.sweeps;
  step.options.tolerance = 0;
  step.options.accept_unconverged = true;
}

}  // namespace

// The reference counts degrees of freedom anew: the rank
// of the adjusted weights, less 1.
std::optional<Values> reweighted_answer(const Call& call) {
  if (!contains(call.call, "on replicates then"))
    return std::nullopt;
  const Sample& of = sample(call.design, contains(call.call, "mse=TRUE"));
  std::optional<Weighting> weighting = weighting_of(of, call.call);
  if (!weighting)
    return std::nullopt;
  if (Rake* step = std::get_if<Rake>(&weighting->steps.front()))
    sweep_as_the_full_sample(of.design, *step);
  SampleDesign design = must(reweight_replicates(of.design, weighting->steps));
  design.replicates.degrees_of_freedom = rank_of(design.replicates.weights) - 1;
  return estimates_in(call.call, of, design, weighting->kind);
}

}  // namespace topline::refs
