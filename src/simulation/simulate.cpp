#include "simulation/simulate.hpp"

#include <algorithm>

#include "base/rounding.hpp"
#include "dataset/aggregate.hpp"
#include "screening/screen.hpp"
#include "simulation/contradictions.hpp"
#include "simulation/dealing.hpp"
#include "simulation/dropped_cases.hpp"
#include "simulation/prior.hpp"

namespace topline {

namespace {

constexpr int most_attempts = 5;  // to find counts, and to deal them out
constexpr int most_rounds = 20;   // of settling what rules with aggregates decide

constexpr int counts = -1, screened = -2;  // what shall become of a case; otherwise a rule

// Hidden dates (when the interview began) follow the order of the cases.
void order_dates(Dataset& raw, const std::vector<uint8_t>& settled) {
  for (size_t i = 0; i < raw.codebook().size(); ++i) {
    const Variable& variable = raw.codebook().variables()[i];
    const VariableId id(i);
    if (variable.role != VariableRole::hidden || variable.kind != VariableKind::date ||
        settled[i] != 0)
      continue;
    std::vector<double> dates;
    for (size_t row = 0; row < raw.rows(); ++row)
      dates.push_back(raw.answer(id, row).number);
    std::sort(dates.begin(), dates.end());
    for (size_t row = 0; row < raw.rows(); ++row)
      raw.set_number(id, row, dates[row]);
  }
}

// All cases of one simulation, and what shall become of each.
class Fieldwork {
 public:
  Fieldwork(const OpenStudy& study, const Targets& targets, const FacetSpace& space,
            const Appeal& appeal, const Phrases& phrases, Random random)
      : study_(study),
        targets_(targets),
        space_(space),
        random_(random),
        nothing_settled_(study.questionnaire.codebook.size(), 0),
        settled_(nothing_settled_),
        planned_(study, appeal, phrases, settled_),
        free_(study, appeal, phrases, nothing_settled_) {
    int64_t total = targets.cases->value;
    for (const auto& [question, number] : targets.screened_out)
      total += number.value;
    for (const CountTarget& number : targets.dropped)
      total += number.value;
    raw_ = Dataset(study.questionnaire.codebook, static_cast<size_t>(total));
    fate_.assign(static_cast<size_t>(total), counts);
    for (size_t i = 0; i < static_cast<size_t>(total); ++i)
      places_.push_back(i);
    random_.shuffle(places_);
    settle_facets();
  }

  // The raw cases; nothing, after a told fault, when the rules could not be satisfied.
  std::optional<Dataset> run(const DealtCases& dealt, Diagnostics& faults) {
    for (const std::vector<int>& values : dealt)
      valid_case(next_place(), values);
    for (const auto& [question, number] : targets_.screened_out) {
      for (int64_t i = 0; i < number.value; ++i)
        screened_out_case(next_place(), question);
    }
    std::vector<DroppedRow> dropped;
    for (size_t rule = 0; rule < targets_.dropped.size(); ++rule) {
      for (int64_t i = 0; i < targets_.dropped[rule].value; ++i)
        dropped.push_back({next_place(), rule});
    }
    for (const DroppedRow& row : dropped)
      fate_[row.row] = static_cast<int>(row.rule);
    // Until there are cases to drop, their rows must not move a median.
    if (!fill(dropped, screen(study_.questionnaire, study_.processing, raw_).dataset, faults))
      return std::nullopt;
    if (!settle_rules(faults))
      return std::nullopt;
    order_dates(raw_, settled_);
    return std::move(raw_);
  }

 private:
  size_t next_place() {
    const size_t place = places_.back();
    places_.pop_back();
    return place;
  }

  void settle_facets() {
    for (const Facet& facet : space_.all()) {
      if (facet.kind == FacetKind::whole)
        settled_[facet.variable.index()] = 1;
      if (facet.kind != FacetKind::mode)
        continue;
      settled_[facet.variable.index()] = 2;
      const OptionList& options = *study_.codebook()[facet.variable].options;
      for (size_t i = 0; i < options.size(); ++i) {
        const auto option = static_cast<int>(i);
        if (!options[i].exclusive && space_.tick(facet.variable, option) < 0)
          planned_.open_ticks[facet.variable].push_back(option);
      }
    }
  }

  void valid_case(size_t row, const std::vector<int>& values) {
    Errand errand;
    for (size_t i = 0; i < values.size(); ++i) {
      const Facet& facet = space_.all()[i];
      const std::vector<int32_t>& alike = facet.values[static_cast<size_t>(values[i])].candidates;
      std::vector<int64_t> weights;
      for (int32_t candidate : alike)
        weights.push_back(facet.candidates[static_cast<size_t>(candidate)].weight);
      const Candidate& chosen =
          facet.candidates[static_cast<size_t>(alike[random_.weighted(weights)])];
      space_.put(raw_, row, static_cast<int>(i), chosen);
      if (facet.kind == FacetKind::path)
        errand.leaves_after = chosen.answer.option;
    }
    // As a file would have it: why a cell is empty is for screening to find out.
    for (size_t i = 0; i < raw_.codebook().size(); ++i) {
      if (raw_.answer(VariableId(i), row).state == AnswerState::not_asked)
        raw_.set_state(VariableId(i), row, AnswerState::skipped);
    }
    planned_.respond(raw_, row, errand, random_);
  }

  void screened_out_case(size_t row, QuestionId question) {
    fate_[row] = screened;
    Errand errand;
    errand.leaves_after = static_cast<int>(study_.questionnaire.pages.size());
    errand.screened_out_by = question;
    Dataset one(study_.questionnaire.codebook, 1);
    for (int attempt = 0; attempt < 200; ++attempt) {
      one = Dataset(study_.questionnaire.codebook, 1);
      if (free_.respond(one, 0, errand, random_))
        break;
    }
    copy_case(raw_, row, one, 0);
  }

  bool fill(const std::vector<DroppedRow>& rows, const Dataset& reference, Diagnostics& faults) {
    if (rows.empty())
      return true;
    const std::vector<DroppedRow> left =
        fill_dropped(study_, free_, raw_, rows, reference, random_.fork());
    if (left.empty())
      return true;
    const size_t rule = left.front().rule;
    faults.error(targets_.dropped[rule].place,
                 "no respondents were found whom rule " + std::to_string(rule + 1) +
                     " of processing.yaml (" + study_.processing.rules[rule].why +
                     ") is the first to drop",
                 "look whether an earlier rule drops them all");
    return false;
  }

  // Rules with aggregates depend on everybody: cases are given other hidden values until each
  // fares as it shall.
  bool settle_rules(Diagnostics& faults) {
    for (int round = 0; round < most_rounds; ++round) {
      const Screened result = screen(study_.questionnaire, study_.processing, raw_);
      std::vector<DroppedRow> wrong;
      bool any = false;
      for (size_t row = 0; row < raw_.rows(); ++row) {
        const int fate = fate_of(result, row);
        if (fate == fate_[row])
          continue;
        any = true;
        if (fate_[row] >= 0)
          wrong.push_back({row, static_cast<size_t>(fate_[row])});
        else
          take_another_time(row);
      }
      if (!any)
        return true;
      if (!fill(wrong, result.dataset, faults))
        return false;
    }
    return true;  // what is still wrong is found by the check of every target
  }

  static int fate_of(const Screened& result, size_t row) {
    if (result.valid[row] != 0)
      return counts;
    const LedgerStep& step = result.ledger.steps[static_cast<size_t>(result.reasons[row])];
    return step.rule >= 0 ? step.rule : screened;
  }

  void take_another_time(size_t row) {
    for (size_t i = 0; i < raw_.codebook().size(); ++i) {
      const Variable& variable = raw_.codebook().variables()[i];
      if (variable.role != VariableRole::hidden || settled_[i] != 0 || !is_time(variable))
        continue;
      const auto time = static_cast<int64_t>(raw_.answer(VariableId(i), row).number);
      const int64_t other = 1 + time * random_.between(600, 2000) / 1000;
      raw_.set_number(VariableId(i), row, static_cast<double>(other));
    }
  }

  const OpenStudy& study_;
  const Targets& targets_;
  const FacetSpace& space_;
  Random random_;
  const std::vector<uint8_t> nothing_settled_;
  std::vector<uint8_t> settled_;  // by variable: 0 no, 1 yes, 2 all but some ticks
  Interview planned_;             // of cases that count
  Interview free_;                // of all others
  Dataset raw_;
  std::vector<int> fate_;  // by row: `counts`, `screened`, or the rule that drops it
  std::vector<size_t> places_;
};

// Counts everything anew, by the way that any data takes. Targets that are not met are faults.
bool check(const OpenStudy& study, const Targets& targets, Simulated& result, Diagnostics& faults) {
  const Screened seen = screen(study.questionnaire, study.processing, result.raw);
  result.started = seen.ledger.started;
  result.valid = seen.ledger.valid;
  result.complete = seen.ledger.complete;
  bool good = true;
  auto expect = [&](const CountTarget& wanted, int64_t got, const std::string& what) {
    if (wanted.value == got)
      return;
    good = false;
    faults.error(wanted.place, "no respondents were found that give " + what + " = " +
                                   std::to_string(wanted.value) + "; the nearest give " +
                                   std::to_string(got));
  };
  expect(*targets.cases, result.valid, "valid cases");
  for (const LedgerStep& step : seen.ledger.steps) {
    if (step.screened_out_by.valid()) {
      const auto wanted = targets.screened_out.find(step.screened_out_by);
      if (wanted != targets.screened_out.end())
        expect(wanted->second, step.removed,
               "screened out by " + study.questionnaire[step.screened_out_by].name);
    } else if (const auto rule = static_cast<size_t>(step.rule); rule < targets.dropped.size()) {
      expect(targets.dropped[rule], step.removed,
             "dropped by rule " + std::to_string(step.rule + 1));
    }
  }
  for (size_t i = 0; i < targets.all.size(); ++i) {
    const Target& target = targets.all[i];
    const Expression whole = as_aggregate(target);
    const Aggregate got =
        aggregate(whole, static_cast<int32_t>(whole.nodes.size()) - 1, seen.dataset, seen.valid);
    result.met.push_back({i, got.hits, got.base});
    int64_t value = target.kind == TargetKind::known ? got.base : got.hits;
    if (target.kind == TargetKind::share)
      value = got.base > 0 ? percent_rounded(got.hits, got.base, target.decimals) : -1;
    expect({target.value, target.place}, value, target.text);
  }
  return good;
}

}  // namespace

std::optional<Simulated> simulate(const OpenStudy& study, const Targets& targets, uint64_t seed,
                                  Diagnostics& faults) {
  if (!targets.cases) {
    faults.error({"targets.yaml", 0, 0, 0}, "`cases` is missing",
                 "it says how many valid cases to invent: `cases: 300`");
    return std::nullopt;
  }
  Random random(seed);
  const Appeal appeal(study, targets, random.fork());
  const Phrases phrases(study, targets);
  const CandidateList candidates(study, appeal, phrases);
  const FacetSpace space(study, targets, candidates, random.fork());
  const auto before = faults.count(Severity::error);
  const CaseModel model = make_model(study, targets, space, faults);
  if (faults.count(Severity::error) != before)
    return std::nullopt;
  const std::optional<CountPlan> plan =
      CountPlan::make(study, targets, space, model, targets.cases->value, faults);
  if (!plan)
    return std::nullopt;

  Diagnostics last;
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    const std::optional<CellCounts> cells =
        plan->solve(expected_counts(*plan, targets, space, random.fork()));
    if (!cells && attempt == 0 && explain_contradictions(targets, space, model, *plan, faults))
      return std::nullopt;
    if (!cells)
      continue;
    const DealtCases dealt = deal(study, space, *plan, *cells, random.fork());
    last = Diagnostics();
    Simulated result;
    Fieldwork fieldwork(study, targets, space, appeal, phrases, random.fork());
    std::optional<Dataset> raw = fieldwork.run(dealt, last);
    if (!raw)
      continue;
    result.raw = std::move(*raw);
    if (check(study, targets, result, last))
      return result;
  }
  if (last.empty())
    last.error(targets.cases->place,
               "the targets could be neither met nor refuted in reasonable time",
               "give fewer targets, or targets about fewer questions at once");
  faults.append(std::move(last));
  return std::nullopt;
}

Simulated simulate_freely(const OpenStudy& study, const Targets& targets, int64_t cases,
                          uint64_t seed) {
  Random random(seed);
  const Appeal appeal(study, targets, random.fork());
  const Phrases phrases(study, targets);
  const std::vector<uint8_t> nothing_settled(study.questionnaire.codebook.size(), 0);
  Interview interview(study, appeal, phrases, nothing_settled);
  const auto pages = static_cast<int64_t>(study.questionnaire.pages.size());
  Simulated result;
  result.raw = Dataset(study.questionnaire.codebook, static_cast<size_t>(cases));
  std::vector<size_t> rows;
  for (size_t row = 0; row < result.raw.rows(); ++row)
    rows.push_back(row);
  // Most of those whom a rule would drop are asked anew: in the field they are few.
  constexpr int passes = 3;
  for (int pass = 0; pass < passes && !rows.empty(); ++pass) {
    for (size_t row : rows) {
      Errand errand;
      errand.may_be_screened_out = true;
      errand.leaves_after = static_cast<int>(
          pages > 0 && random.per_mille(80) ? random.between(-1, pages - 1) : pages);
      if (pass == 0) {
        interview.respond(result.raw, row, errand, random);
        continue;
      }
      Dataset anew(study.questionnaire.codebook, 1);
      interview.respond(anew, 0, errand, random);
      copy_case(result.raw, row, anew, 0);
    }
    const Screened seen = screen(study.questionnaire, study.processing, result.raw);
    rows.clear();
    for (size_t row = 0; row < result.raw.rows(); ++row) {
      if (seen.verdicts[row] == Verdict::dropped && random.per_mille(800))
        rows.push_back(row);
    }
    result.started = seen.ledger.started;
    result.valid = seen.ledger.valid;
    result.complete = seen.ledger.complete;
  }
  order_dates(result.raw, nothing_settled);
  return result;
}

}  // namespace topline
