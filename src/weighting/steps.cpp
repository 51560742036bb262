#include "weighting/steps.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace topline {

namespace {

template <typename... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};
template <typename... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

template <typename T>
std::string listed(const std::vector<T>& named) {
  std::string text;
  for (const T& one : named)
    text += (text.empty() ? "" : ", ") + one.name;
  return text;
}

const char* word_for(Distance distance) {
  switch (distance) {
    case Distance::linear:
      return "linear";
    case Distance::raking:
      return "raking";
    case Distance::logit:
      break;
  }
  return "logit";
}

// A step with what of it does not depend on the weights, to be done many times.
class PreparedStep {
 public:
  static Result<PreparedStep> of(const WeightingStep& step, size_t threads) {
    PreparedStep prepared(step);
    if (const auto* rake = std::get_if<Rake>(&step))
      prepared.margins_ = &rake->margins;
    if (const auto* strata = std::get_if<PostStratify>(&step)) {
      prepared.single_margin_ = std::make_shared<const std::vector<Margin>>(1, strata->margin);
      prepared.margins_ = prepared.single_margin_.get();
    }
    if (prepared.margins_ == nullptr)
      return prepared;
    if (prepared.margins_->empty())
      return fault_in("", "there is no margin to rake to");
    Result<JointCells> cells = JointCells::of(*prepared.margins_, threads);
    if (!cells)
      return cells.fault();
    prepared.cells_ = std::make_shared<const JointCells>(std::move(*cells));
    return prepared;
  }

  Result<StepReport> apply_to(std::vector<double>& weights, size_t threads) const {
    Result<StepReport> report = std::visit(
        Overloaded{
            [&](const PostStratify&) { return meet_margins(weights, single_margin(), threads); },
            [&](const Rake& rake) { return meet_margins(weights, rake.options, threads); },
            [&](const Calibrate& step) { return calibrated(step, weights, threads); },
            [&](const Trim& step) { return trimmed(step, weights); },
            [&](const NonResponse& step) { return responding(step, weights); },
        },
        *step_);
    if (report)
      report->name = name_of(*step_);
    return report;
  }

 private:
  explicit PreparedStep(const WeightingStep& step) : step_(&step) {}

  Result<StepReport> meet_margins(std::vector<double>& weights, const RakeOptions& options,
                                  size_t threads) const {
    Result<RakeReport> raked = rake_in_place(weights, *margins_, *cells_, options, threads);
    if (!raked)
      return raked.fault();
    StepReport report;
    report.iterations = raked->sweeps;
    report.converged = raked->converged;
    report.worst = std::move(raked->worst);
    report.smallest_factor = raked->smallest_factor;
    report.largest_factor = raked->largest_factor;
    return report;
  }

  static Result<StepReport> calibrated(const Calibrate& step, std::vector<double>& weights,
                                       size_t threads) {
    Result<CalibratedWeights> done = calibrate(weights, step.auxiliaries, step.options, threads);
    if (!done)
      return done.fault();
    weights = std::move(done->weights);
    StepReport report;
    report.iterations = done->report.steps;
    report.fits = std::move(done->report.fits);
    report.smallest_factor = done->report.smallest_factor;
    report.largest_factor = done->report.largest_factor;
    return report;
  }

  static Result<StepReport> trimmed(const Trim& step, std::vector<double>& weights) {
    Result<TrimmedWeights> done = trim(weights, step.options);
    if (!done)
      return done.fault();
    StepReport report;
    report.iterations = done->report.rounds;
    report.trimmed = done->report;
    note_factors(report, weights, done->weights);
    weights = std::move(done->weights);
    return report;
  }

  static Result<StepReport> responding(const NonResponse& step, std::vector<double>& weights) {
    Result<NonResponseWeights> done = adjust_for_non_response(weights, step.classes);
    if (!done)
      return done.fault();
    StepReport report;
    report.classes = std::move(done->classes);
    note_factors(report, weights, done->weights);
    weights = std::move(done->weights);
    return report;
  }

  static void note_factors(StepReport& report, const std::vector<double>& before,
                           const std::vector<double>& after) {
    bool first = true;
    for (size_t row = 0; row < before.size(); ++row) {
      if (!(before[row] > 0 && after[row] > 0))
        continue;
      const double factor = after[row] / before[row];
      report.smallest_factor = first ? factor : std::min(report.smallest_factor, factor);
      report.largest_factor = first ? factor : std::max(report.largest_factor, factor);
      first = false;
    }
  }

  const WeightingStep* step_;
  std::shared_ptr<const std::vector<Margin>> single_margin_;
  const std::vector<Margin>* margins_ = nullptr;
  std::shared_ptr<const JointCells> cells_;
};

Result<std::vector<PreparedStep>> prepare(const std::vector<WeightingStep>& steps, size_t threads) {
  std::vector<PreparedStep> prepared;
  for (const WeightingStep& step : steps) {
    Result<PreparedStep> one = PreparedStep::of(step, threads);
    if (!one)
      return one.fault();
    prepared.push_back(std::move(*one));
  }
  return prepared;
}

std::optional<Diagnostic> run(const std::vector<PreparedStep>& steps, std::vector<double>& weights,
                              size_t threads) {
  for (const PreparedStep& step : steps) {
    const Result<StepReport> report = step.apply_to(weights, threads);
    if (!report)
      return report.fault();
  }
  return std::nullopt;
}

// Codes of a margin by row; rows outside its categories share one code of their own, so that
// codes stay dense.
std::vector<uint32_t> dense_codes(const Margin& margin) {
  std::vector<uint32_t> codes = margin.category;
  const auto outside = static_cast<uint32_t>(margin.population.size());
  for (uint32_t& code : codes)
    code = std::min(code, outside);
  return codes;
}

std::vector<double> one_where_positive(std::vector<double> weights) {
  for (double& weight : weights)
    weight = weight > 0 ? 1 : 0;
  return weights;
}

// Rows of weight 0 need no value of an auxiliary; 0 keeps sums over all rows numbers.
std::vector<double> zero_where_zero(const std::vector<double>& weights,
                                    std::vector<double> values) {
  for (size_t row = 0; row < values.size() && row < weights.size(); ++row)
    values[row] = weights[row] > 0 ? values[row] : 0;
  return values;
}

std::string described(const std::string& design, const std::vector<WeightingStep>& steps) {
  std::string name = design;
  for (const WeightingStep& step : steps)
    name += (name.empty() ? "" : ", ") + name_of(step);
  return name;
}

}  // namespace

std::string name_of(const WeightingStep& step) {
  return std::visit(
      Overloaded{
          [](const PostStratify& of) { return "post-stratified to " + of.margin.name; },
          [](const Rake& of) { return "raked to " + listed(of.margins); },
          [](const Calibrate& of) {
            return std::string("calibrated (") + word_for(of.options.distance) + ") to " +
                   (of.name.empty() ? listed(of.auxiliaries) : of.name);
          },
          [](const Trim&) { return std::string("trimmed"); },
          [](const NonResponse& of) {
            return "adjusted for non-response within " + of.classes.name;
          },
      },
      step);
}

void check_step(const std::vector<double>& weights, const WeightingStep& step,
                Diagnostics& faults) {
  if (const auto* rake = std::get_if<Rake>(&step)) {
    check_margins(weights, rake->margins, faults);
  } else if (const auto* strata = std::get_if<PostStratify>(&step)) {
    check_margins(weights, {strata->margin}, faults);
  } else {
    const Result<Weighted> tried = apply_steps({step}, weights);
    if (!tried)
      faults.add(tried.fault());
  }
}

std::vector<CalibrationRows> calibration_rows(const WeightingStep& step,
                                              const std::vector<double>& before) {
  CalibrationRows rows;
  rows.name = name_of(step);
  rows.regression_weights = before;
  if (const auto* strata = std::get_if<PostStratify>(&step)) {
    rows.margins = {dense_codes(strata->margin)};
  } else if (const auto* rake = std::get_if<Rake>(&step)) {
    for (const Margin& margin : rake->margins)
      rows.margins.push_back(dense_codes(margin));
    if (rake->options.residuals == RakeResiduals::unweighted)
      rows.regression_weights = one_where_positive(before);
  } else if (const auto* calibrate = std::get_if<Calibrate>(&step)) {
    for (const Auxiliary& auxiliary : calibrate->auxiliaries)
      rows.auxiliaries.push_back(zero_where_zero(before, auxiliary.values));
  } else {
    return {};
  }
  return {std::move(rows)};
}

Result<Weighted> apply_steps(const std::vector<WeightingStep>& steps, std::vector<double> weights,
                             size_t threads) {
  const std::vector<double> first = weights;
  Weighted weighted;
  weighted.weights = std::move(weights);
  double trimmed = 0;
  for (const WeightingStep& step : steps) {
    const Result<PreparedStep> prepared = PreparedStep::of(step, threads);
    if (!prepared)
      return prepared.fault();
    std::vector<CalibrationRows> rows = calibration_rows(step, weighted.weights);
    Result<StepReport> report = prepared->apply_to(weighted.weights, threads);
    if (!report)
      return report.fault();
    trimmed = std::max(trimmed, report->trimmed.share);
    weighted.reports.push_back(std::move(*report));
    for (CalibrationRows& one : rows)
      weighted.calibrations.push_back(std::move(one));
  }
  weighted.diagnostics = describe_weights(weighted.weights, first);
  weighted.diagnostics.trimmed = trimmed;
  return weighted;
}

Result<SampleDesign> reweight_replicates(SampleDesign design,
                                         const std::vector<WeightingStep>& steps, size_t threads) {
  if (design.replicates.weights.empty())
    return fault_in("", "the design has no replicate weights to do the weighting in");
  const Result<std::vector<PreparedStep>> prepared = prepare(steps, threads);
  if (!prepared)
    return prepared.fault();
  if (const std::optional<Diagnostic> fault = run(*prepared, design.weights, threads))
    return *fault;
  std::vector<std::vector<double>>& replicates = design.replicates.weights;
  std::vector<std::optional<Diagnostic>> faults(replicates.size());
  in_parallel(replicates.size(), threads,
              [&](size_t r) { faults[r] = run(*prepared, replicates[r], 1); });
  for (size_t r = 0; r < faults.size(); ++r) {
    if (faults[r])
      return fault_in("", "replicate " + std::to_string(r + 1) + ": " + faults[r]->message,
                      faults[r]->hint);
  }
  design.calibrations.clear();
  design.name = described(design.name, steps);
  return design;
}

Result<SampleDesign> reweight(SampleDesign design, const std::vector<WeightingStep>& steps,
                              size_t threads) {
  if (!design.replicates.weights.empty())
    return reweight_replicates(std::move(design), steps, threads);
  Result<Weighted> weighted = apply_steps(steps, std::move(design.weights), threads);
  if (!weighted)
    return weighted.fault();
  design.weights = std::move(weighted->weights);
  for (CalibrationRows& rows : weighted->calibrations)
    design.calibrations.push_back(std::move(rows));
  return design;
}

}  // namespace topline
