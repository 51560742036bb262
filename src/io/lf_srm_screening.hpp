// Rules that end an interview, drop a case, or let an option rule out the others.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "io/lf_srm_criteria.hpp"
#include "io/lf_srm_targets.hpp"

namespace topline::lf_srm {

class Screening {
 public:
  // With filtering criteria, these say who counts: a rule of the instrument that they do not name
  // screens out only if no respondent of the data would fall under it.
  Screening(Draft& draft, const RawTable& raw, const RuleTargets& targets, bool has_criteria,
            ImportLog& log)
      : draft_(draft),
        answers_(raw, draft),
        targets_(targets),
        has_criteria_(has_criteria),
        log_(log) {}

  void screen_out(const Rule& rule, const RuleContext& from);      // "DQ"
  void screen_out_all(const Rule& rule, const RuleContext& from);  // "DQ if Never for all …"
  // `message` is the label in the message beside the rule; it goes before the rule's number.
  void exclusive_code(const Rule& rule, const RuleContext& from, const std::string& message);
  void exclusive_label(const Rule& rule, const RuleContext& from);
  void none_of_the_above(const Rule& rule, const RuleContext& from);
  void criterion(const Criterion& criterion, const CriteriaQuestion& question,
                 const CriteriaOption* option);

  // When all rules are read: what the data add, and the conditions of the questions.
  void finish();

 private:
  // A screen-out: the option in the question, in every row of a grid.
  struct ScreenOut {
    size_t question = 0;
    size_t option = 0;
    bool confirmed = false;  // by the filtering criteria
    Rule rule;
    RuleContext from;
  };

  [[nodiscard]] std::string condition(const ScreenOut& screen_out) const;
  [[nodiscard]] size_t count_under(const ScreenOut& screen_out) const;
  void write_screening();
  void make_exclusive(const RuleTarget& found);
  [[nodiscard]] bool takes_exclusive(const std::optional<RuleTarget>& found) const;
  [[nodiscard]] std::string against(const RuleTarget& found) const;
  void exclusive_by_data();
  [[nodiscard]] std::pair<size_t, size_t> ticked_alone_and_beside(size_t question,
                                                                  size_t option) const;
  void drop(const Rule& rule, const RuleContext& from, const CriteriaQuestion& question,
            const CriteriaOption& option);
  void add_drop(const Rule& rule, const RuleContext& from, const std::string& variable,
                const DraftOption& option);

  Draft& draft_;
  Answers answers_;
  const RuleTargets& targets_;
  bool has_criteria_;
  ImportLog& log_;
  std::vector<ScreenOut> screen_outs_;
};

}  // namespace topline::lf_srm
