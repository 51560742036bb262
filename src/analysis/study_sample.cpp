#include "analysis/study_sample.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "design/given_replicates.hpp"
#include "design/make_replicates.hpp"
#include "text/number_digits.hpp"

namespace topline {

namespace {

constexpr size_t most_told = 5;

// What a case has in a variable, as a name of a stratum or unit; nothing where it has no answer.
std::optional<std::string> group_name(const Dataset& dataset, VariableId id, size_t row) {
  const Answer answer = dataset.answer(id, row);
  if (answer.state != AnswerState::answered)
    return std::nullopt;
  const Variable& variable = dataset.codebook()[id];
  switch (variable.kind) {
    case VariableKind::number:
      return shortest_digits(answer.number);
    case VariableKind::text:
      return std::string(answer.text);
    case VariableKind::flag:
      return std::string(answer.option > 0 ? "yes" : "no");
    default:
      break;
  }
  if (answer.option < 0)
    return std::nullopt;
  return (*variable.options)[static_cast<size_t>(answer.option)].name;
}

std::optional<double> number_of(const Dataset& dataset, VariableId id, size_t row) {
  const Answer answer = dataset.answer(id, row);
  if (answer.state != AnswerState::answered)
    return std::nullopt;
  return answer.number;
}

class SampleBuilder {
 public:
  SampleBuilder(const OpenStudy& study, const Screened& screened, Diagnostics& faults)
      : study_(study), dataset_(screened.dataset), valid_(screened.valid), faults_(faults) {}

  StudySample run() {
    if (!study_.study.sample.design) {
      // A single respondent has no variance, but an answer.
      sample_.design.single_psu = SinglePsu::certainty;
      for (size_t row = 0; row < dataset_.rows(); ++row) {
        if (valid_[row] != 0)
          add(row, 1);
      }
      return std::move(sample_);
    }
    const DesignEntry& entry = *study_.study.sample.design;
    sample_.weighted = study_.design.weight.valid();
    sample_.design.single_psu = static_cast<SinglePsu>(entry.single_unit);
    sample_.design.single_in_domain = entry.single_in_domains;
    sample_.design.degrees_of_freedom = entry.degrees_of_freedom.value_or(0);
    keep_rows_with_design();
    for (const StageVariables& stage : study_.design.stages)
      add_stage(stage);
    if (entry.replicates)
      add_replicates(*entry.replicates);
    if (entry.make_replicates && told_ == 0)
      make_replicates_of(*entry.make_replicates);
    tell_the_rest();
    return std::move(sample_);
  }

 private:
  void add(size_t row, double weight) {
    sample_.rows.push_back(static_cast<uint32_t>(row));
    sample_.counted.push_back(valid_[row]);
    sample_.design.weights.push_back(weight);
  }

  // The first variable of the design that the case lacks; invalid where it has them all.
  [[nodiscard]] VariableId lacking(size_t row) const {
    auto lacks = [&](VariableId id) { return id.valid() && !group_name(dataset_, id, row); };
    if (lacks(study_.design.weight))
      return study_.design.weight;
    for (const StageVariables& stage : study_.design.stages) {
      for (VariableId id : stage.strata) {
        if (lacks(id))
          return id;
      }
      if (lacks(stage.units))
        return stage.units;
      if (lacks(stage.population))
        return stage.population;
    }
    for (VariableId id : study_.design.replicates) {
      if (lacks(id))
        return id;
    }
    return {};
  }

  void fault(size_t row, const std::string& what, const std::string& hint) {
    if (++told_ <= most_told)
      faults_.error(study_.study.place_of("sample"), "case " + dataset_.ids[row] + " " + what,
                    hint);
  }

  void tell_the_rest() {
    if (told_ > most_told)
      faults_.error(study_.study.place_of("sample"), "and " + std::to_string(told_ - most_told) +
                                                         " more cases with faults like these");
  }

  void keep_rows_with_design() {
    for (size_t row = 0; row < dataset_.rows(); ++row) {
      const VariableId missing = lacking(row);
      if (missing.valid()) {
        if (valid_[row] != 0)
          fault(row,
                "counts and has no " + dataset_.codebook()[missing].name +
                    ", which the sample design needs",
                "every case that counts needs its stratum, unit and weight");
        continue;
      }
      double weight = 1;
      if (study_.design.weight.valid())
        weight = *number_of(dataset_, study_.design.weight, row);
      if (weight < 0) {
        fault(row, "has the weight " + shortest_digits(weight), "a weight is 0 or more");
        continue;
      }
      add(row, weight);
    }
  }

  void add_stage(const StageVariables& variables) {
    StageRows stage;
    // Strata and units are numbered anew within each unit of the stage before.
    const std::vector<uint32_t>* above =
        sample_.design.stages.empty() ? nullptr : &sample_.design.stages.back().unit;
    std::map<std::pair<uint32_t, std::string>, uint32_t> strata;
    std::map<std::pair<uint32_t, std::string>, uint32_t> units;
    for (size_t k = 0; k < sample_.rows.size(); ++k) {
      const size_t row = sample_.rows[k];
      std::string name;
      for (VariableId id : variables.strata)
        name += (name.empty() ? "" : " × ") + *group_name(dataset_, id, row);
      const uint32_t parent = above != nullptr ? (*above)[k] : 0;
      const auto [at, added] =
          strata.emplace(std::pair(parent, name), static_cast<uint32_t>(strata.size()));
      if (added)
        stage.stratum_names.push_back(name.empty() ? "of the whole sample" : name);
      stage.stratum.push_back(at->second);
      if (!variables.units.valid()) {
        stage.unit.push_back(static_cast<uint32_t>(k));
      } else {
        const std::pair key(at->second, *group_name(dataset_, variables.units, row));
        stage.unit.push_back(units.emplace(key, static_cast<uint32_t>(units.size())).first->second);
      }
      if (variables.population.valid())
        stage.population.push_back(*number_of(dataset_, variables.population, row));
    }
    sample_.design.stages.push_back(std::move(stage));
  }

  void add_replicates(const ReplicatesEntry& entry) {
    static constexpr std::array types = {ReplicateType::jk1,
                                         ReplicateType::jkn,
                                         ReplicateType::brr,
                                         ReplicateType::fay,
                                         ReplicateType::bootstrap,
                                         ReplicateType::acs,
                                         ReplicateType::successive_difference,
                                         ReplicateType::other};
    GivenReplicates given;
    given.type = types.at(static_cast<size_t>(std::max(0, entry.type)));
    given.scale = entry.scale;
    given.rho = entry.rho;
    given.rscales = entry.rscales;
    if (entry.around_full_sample)
      given.mse = true;
    given.degrees_of_freedom = sample_.design.degrees_of_freedom;
    std::vector<std::vector<double>> columns;
    for (VariableId id : study_.design.replicates) {
      given.names.push_back(dataset_.codebook()[id].name);
      std::vector<double> column;
      for (uint32_t row : sample_.rows)
        column.push_back(number_of(dataset_, id, row).value_or(0));
      columns.push_back(std::move(column));
    }
    Result<ReplicateRows> replicates =
        given_replicates(sample_.design.weights, std::move(columns), given);
    if (replicates) {
      sample_.design.replicates = std::move(*replicates);
      return;
    }
    Diagnostic fault = replicates.fault();
    fault.place = entry.place;
    faults_.add(std::move(fault));
  }

  void make_replicates_of(const MakeReplicatesEntry& entry) {
    static constexpr std::array types = {
        ReplicateType::jk1,     ReplicateType::jkn,       ReplicateType::brr,
        ReplicateType::fay,     ReplicateType::bootstrap, ReplicateType::subbootstrap,
        ReplicateType::preston, ReplicateType::acs,       ReplicateType::successive_difference};
    ReplicatePlan plan;
    plan.type = types.at(static_cast<size_t>(std::max(0, entry.type)));
    plan.replicates = static_cast<size_t>(entry.count);
    plan.rho = entry.rho;
    plan.seed = static_cast<uint64_t>(entry.seed);
    plan.mse = entry.around_full_sample;
    Result<ReplicateRows> replicates = make_replicates(sample_.design, plan);
    if (replicates) {
      sample_.design.replicates = std::move(*replicates);
      return;
    }
    Diagnostic fault = replicates.fault();
    fault.place = entry.place;
    faults_.add(std::move(fault));
  }

  const OpenStudy& study_;
  const Dataset& dataset_;
  const RowMask& valid_;
  Diagnostics& faults_;
  StudySample sample_;
  size_t told_ = 0;
};

std::string counted(size_t number, PluralMessageId what, const Messages& messages) {
  return messages.format(what, number, {{"n", std::to_string(number)}});
}

std::string stage_in_words(const FrameStage& stage, const Messages& messages) {
  uint64_t units = 0;
  bool corrected = true;
  for (const FrameStratum& stratum : stage.strata) {
    units += stratum.units;
    corrected = corrected && stratum.population < std::numeric_limits<double>::infinity();
  }
  return messages.format(
      corrected ? tr("{units} in {strata}, with finite population correction")
                : tr("{units} in {strata}, with replacement"),
      {{"units", counted(units, tr("{n} unit", "{n} units"), messages)},
       {"strata", counted(stage.strata.size(), tr("{n} stratum", "{n} strata"), messages)}});
}

}  // namespace

StudySample study_sample(const OpenStudy& study, const Screened& screened, Diagnostics& faults) {
  return SampleBuilder(study, screened, faults).run();
}

std::string design_in_words(const SampleDesign& design, const DesignFrame& frame,
                            const Messages& messages) {
  if (design.weights.empty())
    return messages.text(tr("nobody is in the sample"));
  std::string words;
  if (frame.replicated())
    words = counted(frame.replicates.rscales.size(),
                    tr("{n} replicate weight", "{n} replicate weights"), messages);
  else if (design.stages.empty())
    words = messages.text(tr("every respondent drawn alone, with replacement"));
  else
    words = stage_in_words(frame.stages.front(), messages);
  for (size_t s = 1; s < frame.stages.size() && !frame.replicated(); ++s)
    words =
        messages.format(tr("{stage}; then {next}"),
                        {{"stage", words}, {"next", stage_in_words(frame.stages[s], messages)}});
  const auto [least, most] = std::minmax_element(design.weights.begin(), design.weights.end());
  const std::string weights = *least == *most
                                  ? messages.text(tr("equal weights"))
                                  : messages.format(tr("weights from {least} to {most}"),
                                                    {{"least", significant_digits(*least, 4)},
                                                     {"most", significant_digits(*most, 4)}});
  return messages.format(tr("{design}; {weights}"), {{"design", words}, {"weights", weights}});
}

}  // namespace topline
