#include "analysis/weigh_sample.hpp"

#include <algorithm>

namespace topline {

namespace {

class Weigher {
 public:
  Weigher(const OpenStudy& study, const Dataset& dataset, StudySample& sample, size_t threads,
          Diagnostics& faults)
      : study_(study), dataset_(dataset), sample_(sample), threads_(threads), faults_(faults) {}

  SampleWeighting run() {
    find_sampled();
    const std::vector<double> weights = weights_of_sampled(sample_.design.weights);
    SampleWeighting all;
    all.weights = weights;
    all.stages.push_back(weights);
    std::vector<CalibrationRows> calibrations;
    std::vector<WeightingStep> steps;
    for (const WeightingPlanStep& plan : study_.weighting) {
      const int before = faults_.count(Severity::error);
      WeightingStep step = step_of(plan);
      if (faults_.count(Severity::error) > before)
        return {};
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
      all.stages.push_back(all.weights);
      std::move(done->reports.begin(), done->reports.end(), std::back_inserter(all.reports));
      std::move(done->calibrations.begin(), done->calibrations.end(),
                std::back_inserter(calibrations));
      steps.push_back(std::move(step));
    }
    all.diagnostics = describe_weights(of_counted(all.weights), of_counted(weights));
    for (const StepReport& report : all.reports)
      all.response_classes.insert(all.response_classes.end(), report.classes.begin(),
                                  report.classes.end());
    describe_categories(all);
    hand_over(all, weights, steps, std::move(calibrations));
    return all;
  }

 private:
  // Who has a weight before the first step: the cases that count and, to be adjusted for, those
  // who were sampled and did not respond.
  void find_sampled() {
    sampled_ = sample_.counted;
    if (study_.weighting.empty() || study_.weighting.front().kind != WeightingKind::non_response)
      return;
    const WeightingPlanStep& plan = study_.weighting.front();
    if (!study_.study.sample.design)
      faults_.error(plan.place, "`non_response` needs the sample's design",
                    "declare `sample.design` in study.yaml: its weights are those of everybody "
                    "who was sampled");
    DatasetCase row(dataset_);
    for (size_t k = 0; k < sampled_.size(); ++k) {
      row.move_to(sample_.rows[k]);
      sampled_[k] = sampled_[k] != 0 || holds(plan.sampled, dataset_.codebook(), row);
    }
  }

  [[nodiscard]] std::vector<double> weights_of_sampled(std::vector<double> weights) const {
    for (size_t k = 0; k < weights.size(); ++k)
      weights[k] = sampled_[k] != 0 ? weights[k] : 0;
    return weights;
  }

  [[nodiscard]] std::vector<double> of_counted(const std::vector<double>& weights) const {
    std::vector<double> counted;
    for (size_t k = 0; k < weights.size(); ++k) {
      if (sample_.counted[k] != 0)
        counted.push_back(weights[k]);
    }
    return counted;
  }

  void tell(const WeightingPlanStep& plan, const Diagnostics& found) {
    for (Diagnostic diagnostic : found.all()) {
      diagnostic.place = plan.place;
      faults_.add(std::move(diagnostic));
    }
  }

  // The margins of all steps, before and after.
  void describe_categories(SampleWeighting& all) {
    for (const Margin& margin : margins_) {
      std::vector<WeightedCategory> categories(margin.population.size());
      for (size_t k = 0; k < sample_.rows.size(); ++k) {
        if (sample_.counted[k] == 0)
          continue;
        WeightedCategory& category = categories[margin.category[k]];
        ++category.n;
        category.before += all.stages.front()[k];
        category.after += all.weights[k];
      }
      for (size_t cell = 0; cell < categories.size(); ++cell) {
        WeightedCategory& category = categories[cell];
        category.margin = margin.name;
        category.category = margin.labels[cell];
        category.population = margin.population[cell];
        if (category.n > 0 || category.population)
          all.categories.push_back(std::move(category));
      }
    }
  }

  void hand_over(const SampleWeighting& all, const std::vector<double>& before,
                 const std::vector<WeightingStep>& steps,
                 std::vector<CalibrationRows> calibrations) {
    if (steps.empty())
      return;
    SampleDesign& design = sample_.design;
    sample_.weighted = true;
    if (design.replicates.weights.empty()) {
      design.weights = all.weights;
      design.calibrations = std::move(calibrations);
      return;
    }
    design.weights = before;
    for (std::vector<double>& replicate : design.replicates.weights)
      replicate = weights_of_sampled(std::move(replicate));
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
      case WeightingKind::non_response:
        return NonResponse{classes_of(plan)};
      case WeightingKind::post_stratify:
        return PostStratify{known_margins(plan).front()};
      case WeightingKind::rake:
        return Rake{known_margins(plan), {}};
      case WeightingKind::trim:
        return Trim{plan.trim};
      case WeightingKind::calibrate:
        break;
    }
    Calibrate calibrate;
    calibrate.options = plan.calibrate;
    for (const Margin& margin : known_margins(plan)) {
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
                    "case " + dataset_.ids[sample_.rows[k]] +
                        (sample_.counted[k] != 0 ? " counts" : " was sampled") + " and has no " +
                        dataset_.codebook()[id].name + ", which it is weighted by",
                    "every case needs it: derive a variable that fills the gap, or drop the case "
                    "with its reason");
  }

  // Kept, to tell of them at the end.
  std::vector<Margin> known_margins(const WeightingPlanStep& plan) {
    std::vector<Margin> margins = margins_of(plan);
    margins_.insert(margins_.end(), margins.begin(), margins.end());
    return margins;
  }

  ResponseClasses classes_of(const WeightingPlanStep& plan) {
    Margin classes = std::move(margins_of(plan).front());
    return {classes.name, std::move(classes.category), std::move(classes.labels), sample_.counted};
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
    const std::vector<uint8_t>& needed =
        plan.kind == WeightingKind::non_response ? sampled_ : sample_.counted;
    if (needed[k] == 0)
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
  std::vector<uint8_t> sampled_;  // by row: has a weight before the first step
  std::vector<Margin> margins_;   // of all steps
};

}  // namespace

SampleWeighting weigh_sample(const OpenStudy& study, const Dataset& dataset, StudySample& sample,
                             size_t threads, Diagnostics& faults) {
  return Weigher(study, dataset, sample, threads, faults).run();
}

}  // namespace topline
