// Where an interview stands: which questions the routing puts to this respondent, page by page.
#pragma once

#include <optional>
#include <vector>

#include "fieldwork/case_answers.hpp"
#include "instrument/routing.hpp"

namespace topline {

// An interview under way, as expressions see it. Answers to questions that the routing no longer
// leads to count as not asked: whoever goes back and answers otherwise has not answered what
// followed from the earlier answer.
class InterviewView final : public CaseView {
 public:
  // `sent` is by page: 1 where the page was sent. `route` may still be being walked.
  InterviewView(const Codebook& codebook, const CaseAnswers& answers,
                const std::vector<uint8_t>& sent, const Route& route)
      : codebook_(&codebook), answers_(&answers), sent_(&sent), route_(&route) {}

  [[nodiscard]] Answer answer(VariableId variable) const override;
  [[nodiscard]] bool reached(PageId page) const override;
  [[nodiscard]] bool reached_end() const override { return false; }

 private:
  const Codebook* codebook_;
  const CaseAnswers* answers_;
  const std::vector<uint8_t>* sent_;
  const Route* route_;
};

struct PageRoute {
  Route route;                // as walk() leaves it
  std::vector<PageId> pages;  // that this respondent sees, in order, as far as is known
  // The first of them that was not sent; nothing when all were.
  std::optional<PageId> open;

  [[nodiscard]] bool leads_to(PageId page) const;
  // The page before or after `page`; nothing at either end.
  [[nodiscard]] std::optional<PageId> before(PageId page) const;
  [[nodiscard]] std::optional<PageId> after(PageId page) const;
};

// A page without questions is seen for its text where its condition holds; one whose questions are
// all left out by the routing is not. Pages after a screen-out on a page that was sent are not
// reached.
PageRoute find_route(const Questionnaire& questionnaire, const CaseAnswers& answers,
                     const std::vector<uint8_t>& sent);

}  // namespace topline
