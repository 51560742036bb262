#include "fieldwork/page_route.hpp"

#include <algorithm>

#include "instrument/evaluate.hpp"

namespace topline {

Answer InterviewView::answer(VariableId variable) const {
  const VariableRole role = (*codebook_)[variable].role;
  const bool is_asked = role == VariableRole::question || role == VariableRole::specify;
  if (is_asked && route_->asked[variable.index()] == 0) {
    Answer none;
    none.state = AnswerState::not_asked;
    return none;
  }
  return answers_->view(variable);
}

bool InterviewView::reached(PageId page) const {
  for (size_t i = page.index(); i < sent_->size(); ++i) {
    if ((*sent_)[i] != 0)
      return true;
  }
  return false;
}

bool PageRoute::leads_to(PageId page) const {
  return std::find(pages.begin(), pages.end(), page) != pages.end();
}

std::optional<PageId> PageRoute::before(PageId page) const {
  const auto found = std::find(pages.begin(), pages.end(), page);
  if (found == pages.end() || found == pages.begin())
    return std::nullopt;
  return *(found - 1);
}

std::optional<PageId> PageRoute::after(PageId page) const {
  const auto found = std::upper_bound(pages.begin(), pages.end(), page);
  return found == pages.end() ? std::nullopt : std::optional(*found);
}

PageRoute find_route(const Questionnaire& questionnaire, const CaseAnswers& answers,
                     const std::vector<uint8_t>& sent) {
  PageRoute result;
  const InterviewView view(questionnaire.codebook, answers, sent, result.route);
  walk(questionnaire, view, result.route);
  const Route& route = result.route;
  const size_t last = route.screened_out_by.valid()
                          ? questionnaire[route.screened_out_by].page.index()
                          : questionnaire.pages.size() - 1;
  for (size_t i = 0; i <= last && i < questionnaire.pages.size(); ++i) {
    const Page& page = questionnaire.pages[i];
    const bool any = std::any_of(route.order.begin(), route.order.end(), [&](QuestionId id) {
      return questionnaire[id].page == PageId(i);
    });
    const bool text_alone =
        page.questions.empty() && holds(page.show_if, questionnaire.codebook, view);
    if (!any && !text_alone)
      continue;
    result.pages.emplace_back(i);
    if (!result.open && sent[i] == 0)
      result.open = PageId(i);
  }
  return result;
}

}  // namespace topline
