#include "screening/screen.hpp"

#include <algorithm>

#include "screening/derive.hpp"

namespace topline {

namespace {

// By row: 1 where the rule removes the case, seen alone.
RowMask removed_by(const CaseRule& rule, const Dataset& dataset) {
  RowMask removed(dataset.rows(), 0);
  const std::optional<Expression> condition = bind_aggregates(rule.condition, dataset, {});
  DatasetCase row(dataset);
  for (size_t i = 0; i < dataset.rows(); ++i) {
    row.move_to(i);
    // An aggregate without a value (a median of nothing) decides nothing.
    const bool met = condition && holds(*condition, dataset.codebook(), row);
    removed[i] = condition && met != rule.keep ? 1 : 0;
  }
  return removed;
}

class Screener {
 public:
  explicit Screener(Screened& result) : result_(result) {
    result_.ledger.started = static_cast<int64_t>(result_.dataset.rows());
    result_.verdicts.assign(result_.dataset.rows(), Verdict::partial);
    result_.reasons.assign(result_.dataset.rows(), -1);
    result_.valid.assign(result_.dataset.rows(), 1);
    left_ = result_.ledger.started;
  }

  void step(LedgerStep step, const RowMask& removed, Verdict verdict) {
    const auto position = static_cast<int32_t>(result_.ledger.steps.size());
    for (size_t i = 0; i < removed.size(); ++i) {
      if (removed[i] == 0)
        continue;
      ++step.removed_alone;
      if (result_.valid[i] == 0)
        continue;
      ++step.removed;
      result_.valid[i] = 0;
      result_.verdicts[i] = verdict;
      result_.reasons[i] = position;
    }
    left_ -= step.removed;
    step.left = left_;
    result_.ledger.steps.push_back(step);
  }

 private:
  Screened& result_;
  int64_t left_ = 0;
};

}  // namespace

Screened screen(const Questionnaire& questionnaire, const Processing& processing, Dataset raw) {
  Screened result;
  result.dataset = std::move(raw);
  const StateReport states = derive_states(questionnaire, result.dataset);
  derive_variables(processing, result.dataset);
  const Dataset& dataset = result.dataset;
  result.ledger.answered_though_not_asked = states.answered_though_not_asked;
  Screener screener(result);

  for (size_t i = 0; i < questionnaire.questions.size(); ++i) {
    if (!questionnaire.questions[i].screen_out)
      continue;
    RowMask removed(dataset.rows(), 0);
    for (size_t row = 0; row < dataset.rows(); ++row)
      removed[row] = states.screened_out_by[row] == QuestionId(i) ? 1 : 0;
    LedgerStep step;
    step.screened_out_by = QuestionId(i);
    screener.step(step, removed, Verdict::screened_out);
  }
  for (size_t i = 0; i < processing.rules.size(); ++i) {
    LedgerStep step;
    step.rule = static_cast<int>(i);
    screener.step(step, removed_by(processing.rules[i], dataset), Verdict::dropped);
  }

  DatasetCase row(dataset);
  for (size_t i = 0; i < dataset.rows(); ++i) {
    if (result.valid[i] == 0)
      continue;
    row.move_to(i);
    ++result.ledger.valid;
    const bool complete = processing.complete ? holds(*processing.complete, dataset.codebook(), row)
                                              : row.reached_end();
    if (complete) {
      result.verdicts[i] = Verdict::complete;
      ++result.ledger.complete;
    }
  }
  return result;
}

}  // namespace topline
