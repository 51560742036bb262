#include "instrument/routing.hpp"

#include "instrument/evaluate.hpp"

namespace topline {

namespace {

void ask(const Questionnaire& questionnaire, QuestionId id, const CaseView& from, Route& route) {
  const Codebook& codebook = questionnaire.codebook;
  const Question& question = questionnaire[id];
  bool any = false;
  for (size_t i = 0; i < question.variables.size(); ++i) {
    if (question.is_grid() && !holds(question.rows[i].show_if, codebook, from))
      continue;
    any = true;
    route.asked[question.variables[i].index()] = 1;
  }
  if (any)
    route.order.push_back(id);
  for (const Option& option : *question.options) {
    if (!option.specify)
      continue;
    const VariableId text = codebook.find(specify_name(question.name, option));
    if (text.valid())
      route.asked[text.index()] = any ? 1 : 0;
  }
}

}  // namespace

void walk(const Questionnaire& questionnaire, const CaseView& from, Route& route) {
  const Codebook& codebook = questionnaire.codebook;
  route.asked.assign(codebook.size(), 0);
  route.order.clear();
  route.screened_out_by = {};
  for (size_t i = 0; i < codebook.size(); ++i) {
    const VariableRole role = codebook.variables()[i].role;
    if (role == VariableRole::hidden || role == VariableRole::derived)
      route.asked[i] = 1;
  }
  for (const Page& page : questionnaire.pages) {
    if (!holds(page.show_if, codebook, from))
      continue;
    for (QuestionId id : page.questions) {
      const Question& question = questionnaire[id];
      if (!holds(question.show_if, codebook, from))
        continue;
      ask(questionnaire, id, from, route);
      if (!route.screened_out_by.valid() && question.screen_out &&
          holds(*question.screen_out, codebook, from))
        route.screened_out_by = id;
    }
    if (route.screened_out_by.valid())
      return;
  }
}

}  // namespace topline
