#include "analysis/weigh_sample.hpp"

#include <algorithm>

namespace topline {

namespace {

class Weigher {
 public:
  Weigher(const OpenStudy& study, const Dataset& dataset, StudySample& sample, size_t threads,
          Diagnostics& faults)
      : study_(study), dataset_(dataset), sample_(sample), threads_(threads), faults_(faults) {}

  Weighted run() {
    std::vector<double> weights = sample_.design.weights;
    for (size_t k = 0; k < weights.size(); ++k)
      weights[k] = sample_.counted[k] != 0 ? weights[k] : 0;
    Weighted all;
    all.weights = weights;
    const std::vector<double> before = weights;
    std::vector<WeightingStep> steps;
    for (const WeightingPlanStep& plan : study_.weighting) {
      WeightingStep step = step_of(plan);
      Diagnostics found;
      check_step(all.weights, step, found);
      if (found.has_errors()) {
        tell(plan, found);
        return {};
      }
      Result<Weighted> done = apply_steps({step}, std::move(all.weights), threads_);
      if (!done) {
        Diagnostics one;
        one.add(done.fault());
        tell(plan, one);
        return {};
      }
      all.weights = std::move(done->weights);
      std::move(done->reports.begin(), done->reports.end(), std::back_inserter(all.reports));
      std::move(done->calibrations.begin(), done->calibrations.end(),
                std::back_inserter(all.calibrations));
      steps.push_back(std::move(step));
    }
    all.diagnostics = describe_weights(all.weights, before);
    hand_over(all, weights, steps);
    return all;
  }

 private:
  void tell(const WeightingPlanStep& plan, const Diagnostics& found) {
    for (Diagnostic diagnostic : found.all()) {
      diagnostic.place = plan.place;
      faults_.add(std::move(diagnostic));
    }
  }

  void hand_over(const Weighted& all, const std::vector<double>& before,
                 const std::vector<WeightingStep>& steps) {
    if (steps.empty())
      return;
    SampleDesign& design = sample_.design;
    sample_.weighted = true;
    if (design.replicates.weights.empty()) {
      design.weights = all.weights;
      design.calibrations = all.calibrations;
      return;
    }
    design.weights = before;
    for (std::vector<double>& replicate : design.replicates.weights) {
      for (size_t k = 0; k < replicate.size(); ++k)
        replicate[k] = sample_.counted[k] != 0 ? replicate[k] : 0;
    }
    Result<SampleDesign> reweighted = reweight_replicates(design, steps, threads_);
    if (reweighted) {
      design = std::move(*reweighted);
      return;
    }
    Diagnostics one;
    one.add(reweighted.fault());
    tell(study_.weighting.front(), one);
  }

  WeightingStep step_of(const WeightingPlanStep& plan) {
    switch (plan.kind) {
      case WeightingKind::post_stratify:
        return PostStratify{margins_of(plan).front()};
      case WeightingKind::rake:
        return Rake{margins_of(plan), {}};
      case WeightingKind::trim:
        return Trim{plan.trim};
      case WeightingKind::calibrate:
        break;
    }
    Calibrate calibrate;
    calibrate.options = plan.calibrate;
    for (const Margin& margin : margins_of(plan)) {
      calibrate.name += (calibrate.name.empty() ? "" : ", ") + margin.name;
      for (Auxiliary& auxiliary : indicators(margin))
        calibrate.auxiliaries.push_back(std::move(auxiliary));
    }
    for (const auto& [id, total] : plan.totals) {
      const std::string& name = dataset_.codebook()[id].name;
      calibrate.name += (calibrate.name.empty() ? "" : ", ") + name;
      calibrate.auxiliaries.push_back({name, numbers(plan, id), total});
    }
    return calibrate;
  }

  std::vector<double> numbers(const WeightingPlanStep& plan, VariableId id) {
    std::vector<double> values(sample_.rows.size());
    for (size_t k = 0; k < values.size(); ++k) {
      if (sample_.counted[k] == 0)
        continue;
      const Answer answer = dataset_.answer(id, sample_.rows[k]);
      if (answer.answered())
        values[k] = answer.number;
      else
        lacks(plan, id, k);
    }
    return values;
  }

  void lacks(const WeightingPlanStep& plan, VariableId id, size_t k) {
    if (lacking_++ == 0)
      faults_.error(plan.place,
                    "case " + dataset_.ids[sample_.rows[k]] + " counts and has no " +
                        dataset_.codebook()[id].name + ", which it is weighted by",
                    "every case needs it: derive a variable that fills the gap, or drop the case "
                    "with its reason");
  }

  std::vector<Margin> margins_of(const WeightingPlanStep& plan) {
    std::vector<Margin> margins;
    for (const MarginPlan& written : plan.margins) {
      Margin margin;
      for (VariableId id : written.variables)
        margin.name += (margin.name.empty() ? "" : " × ") + dataset_.codebook()[id].name;
      margin.population = written.counts;
      for (size_t cell = 0; cell < written.counts.size(); ++cell)
        margin.labels.push_back(cell_label(written, dataset_.codebook(), cell));
      for (size_t k = 0; k < sample_.rows.size(); ++k)
        margin.category.push_back(category(plan, written, k));
      margins.push_back(plan.population ? scaled_to(std::move(margin), *plan.population)
                                        : std::move(margin));
    }
    return margins;
  }

  uint32_t category(const WeightingPlanStep& plan, const MarginPlan& written, size_t k) {
    if (sample_.counted[k] == 0)
      return no_category;
    uint32_t cell = 0;
    for (VariableId id : written.variables) {
      const Variable& variable = dataset_.codebook()[id];
      const Answer answer = dataset_.answer(id, sample_.rows[k]);
      if (!answer.answered() || answer.option < 0) {
        lacks(plan, id, k);
        return no_category;
      }
      const int options = variable.kind == VariableKind::flag ? 2 : variable.option_count();
      cell = cell * static_cast<uint32_t>(options) + static_cast<uint32_t>(answer.option);
    }
    return cell;
  }

  const OpenStudy& study_;
  const Dataset& dataset_;
  StudySample& sample_;
  const size_t threads_;
  Diagnostics& faults_;
  int64_t lacking_ = 0;
};

}  // namespace

Weighted weigh_sample(const OpenStudy& study, const Dataset& dataset, StudySample& sample,
                      size_t threads, Diagnostics& faults) {
  return Weigher(study, dataset, sample, threads, faults).run();
}

}  // namespace topline
