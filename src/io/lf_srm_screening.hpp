// Rules that end an interview, drop a case, or let an option rule out the others.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "io/lf_srm_criteria.hpp"
#include "io/lf_srm_targets.hpp"

namespace topline::lf_srm {

class Screening {
 public:
  Screening(Draft& draft, const RawTable& raw, const RuleTargets& targets, ImportLog& log)
      : draft_(draft), answers_(raw, draft), targets_(targets), log_(log) {}

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
  ImportLog& log_;
  std::map<size_t, std::set<size_t>> screen_;  // question -> options
};

}  // namespace topline::lf_srm
