// What the references of rules ("6.3", "C7") name in the draft, and what is said of rules in the
// account of the import.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/lf_srm_draft.hpp"
#include "io/lf_srm_log.hpp"
#include "io/lf_srm_rules.hpp"

namespace topline::lf_srm {

// Where a rule stands.
struct RuleContext {
  std::string where;
  int page = -1;      // in the draft, of a rule beside a page
  int question = -1;  // of a rule beside a question or one of its responses
  std::string code;   // of the response, as rules write it
};

// A response: an option; of a grid, a row and the option "yes".
struct RuleTarget {
  size_t question = 0;
  int row = -1;
  size_t option = 0;
};

class RuleTargets {
 public:
  RuleTargets(const Draft& draft, ImportLog& log) : draft_(draft), log_(log) {}

  [[nodiscard]] std::optional<RuleTarget> find(int number, const std::string& code) const;
  // The response beside which a rule stands.
  [[nodiscard]] std::optional<RuleTarget> beside(const RuleContext& from) const;
  // The options of one question that references name; nothing if one is unknown, or they belong
  // to different questions or rows.
  [[nodiscard]] std::optional<Clause> clause_of(const std::vector<RuleRef>& refs) const;
  // The same question with all its other options.
  [[nodiscard]] Clause complement(const Clause& clause) const;
  // The option of a question that has this label, or else this number and a similar label.
  [[nodiscard]] std::optional<size_t> option_by_label(size_t question, const std::string& label,
                                                      const std::string& code) const;
  [[nodiscard]] int page(const std::string& model_id) const;       // -1 if there is none
  [[nodiscard]] std::string text(const RuleTarget& target) const;  // `Q6 == formal`
  [[nodiscard]] std::string name(int question) const;

  // What became of a rule, for the account.
  void took(const RuleContext& from, const Rule& rule, const std::string& what) const;
  void unread(const RuleContext& from, const Rule& rule, const std::string& why) const;

 private:
  const Draft& draft_;
  ImportLog& log_;
};

}  // namespace topline::lf_srm
