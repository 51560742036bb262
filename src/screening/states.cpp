#include "screening/states.hpp"

#include "instrument/routing.hpp"

namespace topline {

namespace {

bool has_answer(const Dataset& dataset, VariableId id, size_t row) {
  return gives_answer(dataset.column(id).state[row]);
}

bool has_answer(const Question& question, const Dataset& dataset, size_t row) {
  for (VariableId id : question.variables) {
    if (has_answer(dataset, id, row))
      return true;
  }
  return false;
}

// The hidden numeric variable that says who reached the end, if the study has one.
VariableId finished_variable(const Codebook& codebook) {
  const VariableId id = codebook.find("finished");
  return id.valid() && codebook[id].role == VariableRole::hidden &&
                 codebook[id].kind == VariableKind::number
             ? id
             : VariableId();
}

class Deriver {
 public:
  Deriver(const Questionnaire& questionnaire, Dataset& dataset, StateReport& report)
      : questionnaire_(questionnaire),
        dataset_(dataset),
        report_(report),
        finished_(finished_variable(questionnaire.codebook)),
        specify_texts_(questionnaire.questions.size()) {
    for (size_t i = 0; i < questionnaire.codebook.size(); ++i) {
      const Variable& variable = questionnaire.codebook.variables()[i];
      if (variable.role == VariableRole::specify)
        specify_texts_[variable.question.index()].emplace_back(i);
    }
  }

  void row(size_t row, DatasetCase& view) {
    view.move_to(row);
    // What reached() says may matter to the routing, and the routing to what reached() says of
    // the end: pages first, then the walk, then the end.
    const int32_t last_question = last_answered(row);
    dataset_.last_page[row] =
        last_question < 0
            ? -1
            : static_cast<int32_t>(
                  questionnaire_.questions[static_cast<size_t>(last_question)].page.index());
    walk(questionnaire_, view, route_);
    report_.screened_out_by[row] = route_.screened_out_by;
    const bool at_end = !route_.screened_out_by.valid() && reached_end(row, last_question);
    dataset_.at_end[row] = at_end ? 1 : 0;
    for (size_t i = 0; i < questionnaire_.questions.size(); ++i) {
      const bool not_reached = !at_end && static_cast<int32_t>(i) > last_question;
      question(QuestionId(i), row, not_reached);
    }
  }

 private:
  [[nodiscard]] int32_t last_answered(size_t row) const {
    for (size_t i = questionnaire_.questions.size(); i-- > 0;) {
      if (has_answer(questionnaire_.questions[i], dataset_, row))
        return static_cast<int32_t>(i);
    }
    return -1;
  }

  [[nodiscard]] bool reached_end(size_t row, int32_t last_question) const {
    if (finished_.valid() && dataset_.column(finished_).state[row] == AnswerState::answered)
      return dataset_.column(finished_).number[row] != 0;
    if (route_.order.empty() || last_question < 0)
      return false;
    const PageId last_asked = questionnaire_[route_.order.back()].page;
    return questionnaire_.questions[static_cast<size_t>(last_question)].page >= last_asked;
  }

  void question(QuestionId id, size_t row, bool not_reached) {
    bool counted = false;
    auto settle = [&](VariableId variable) {
      AnswerState& state = dataset_.column(variable).state[row];
      const bool asked = route_.asked[variable.index()] != 0;
      if (state == AnswerState::skipped) {
        if (!asked)
          state = AnswerState::not_asked;
        else if (not_reached)
          state = AnswerState::not_reached;
      } else if (!asked && !counted && has_answer(dataset_, variable, row)) {
        ++report_.answered_though_not_asked[id.index()];
        counted = true;
      }
    };
    for (VariableId variable : questionnaire_[id].variables)
      settle(variable);
    for (VariableId variable : specify_texts_[id.index()])
      settle(variable);
  }

  const Questionnaire& questionnaire_;
  Dataset& dataset_;
  StateReport& report_;
  const VariableId finished_;
  std::vector<std::vector<VariableId>> specify_texts_;
  Route route_;
};

}  // namespace

StateReport derive_states(const Questionnaire& questionnaire, Dataset& dataset) {
  StateReport report;
  report.answered_though_not_asked.assign(questionnaire.questions.size(), 0);
  report.screened_out_by.resize(dataset.rows());
  Deriver deriver(questionnaire, dataset, report);
  DatasetCase view(dataset);
  for (size_t row = 0; row < dataset.rows(); ++row)
    deriver.row(row, view);
  return report;
}

}  // namespace topline
