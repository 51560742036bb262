// Rules that show and hide questions and pages, as conditions of the draft. A rule that the
// answers contradict is not followed.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "io/lf_srm_targets.hpp"

namespace topline::lf_srm {

class Routing {
 public:
  Routing(Draft& draft, const RawTable& raw, const RuleTargets& targets, ImportLog& log)
      : draft_(draft), answers_(raw, draft), targets_(targets), log_(log) {}

  void show_if(const Rule& rule, const RuleContext& from);
  void hide_if(const Rule& rule, const RuleContext& from);
  void implication(const Rule& rule, const RuleContext& from);       // "Q43 != C1 => HIDE Q52"
  void questions_beside(const Rule& rule, const RuleContext& from);  // "Show Q7" by a response
  void pages_beside(const Rule& rule, const RuleContext& from);      // "Hide Pages 8, 9"
  // The page of `from` is shown where the clause holds; where the data agree only for some of
  // its questions, these get the page to themselves.
  void show_page(const Rule& rule, const RuleContext& from, Clause clause);

  // When all rules are read: the conditions of pages that rules hide.
  void finish();

 private:
  // One reason to hide a page: an option of a question.
  struct HideReason {
    RuleTarget target;
    std::string where;
    std::string words;
  };
  // How the answers stand to a condition.
  struct Evidence {
    size_t answered = 0;    // cases with an answer to one of the questions
    size_t unexpected = 0;  // of those, cases for whom the condition fails
    [[nodiscard]] bool contradicts() const;
    [[nodiscard]] std::string stray() const;  // for the account; empty when all agree
  };

  [[nodiscard]] bool any_answered(size_t row, const std::vector<size_t>& questions) const;
  [[nodiscard]] Evidence evidence(const Clause& clause, const std::vector<size_t>& questions) const;
  void decide_unanswered(Clause& clause, const std::vector<size_t>& questions) const;
  void show_question(const Rule& rule, const RuleContext& from, size_t question, Clause clause);
  void show_questions(const Rule& rule, const RuleContext& from, const Clause& clause);
  void overruled(const RuleContext& from, const Rule& rule, const std::string& what,
                 const Evidence& against);
  void hide(const Rule& rule, const RuleContext& from, size_t page, const RuleTarget& target);
  [[nodiscard]] Evidence against(size_t page, const HideReason& reason) const;
  [[nodiscard]] bool can_hide(size_t page, const HideReason& reason) const;
  [[nodiscard]] std::vector<Clause> conditions(size_t page) const;
  void tell_contradicted(size_t page, const HideReason& reason);
  void tell_condition(size_t page, const Clause& clause);
  // Cuts the page so that `apart` (some of its questions) stand on pages of their own; gives the
  // pages with the others.
  std::vector<size_t> cut_page(size_t page, const std::vector<size_t>& apart);

  Draft& draft_;
  Answers answers_;
  const RuleTargets& targets_;
  ImportLog& log_;
  std::map<size_t, std::vector<HideReason>> hide_;  // page -> reasons
};

}  // namespace topline::lf_srm
