#include "io/lf_srm_targets.hpp"

#include <algorithm>

namespace topline::lf_srm {
namespace {

bool has_code(const std::string& model_code, int code, const std::string& wanted) {
  return model_code.empty() ? std::to_string(code) == wanted : model_code == wanted;
}

}  // namespace

std::optional<RuleTarget> RuleTargets::find(int number, const std::string& code) const {
  const int question = draft_.find_question(number);
  if (question < 0)
    return std::nullopt;
  const DraftQuestion& q = draft_.questions[static_cast<size_t>(question)];
  RuleTarget found{static_cast<size_t>(question), -1, 0};
  bool known = false;
  for (size_t option = 0; option < q.options.size(); ++option) {
    const DraftOption& o = q.options[option];
    if (q.is_grid() ? comparable(o.text) == "yes" : has_code(o.model_code, o.code, code)) {
      found.option = option;
      known = true;
    }
  }
  for (size_t row = 0; row < q.rows.size(); ++row)
    if (q.rows[row].model_code == code)
      found.row = static_cast<int>(row);
  if (!known || (q.is_grid() && found.row < 0))
    return std::nullopt;
  return found;
}

std::optional<RuleTarget> RuleTargets::beside(const RuleContext& from) const {
  if (from.question < 0 || from.code.empty())
    return std::nullopt;
  return find(draft_.questions[static_cast<size_t>(from.question)].number, from.code);
}

std::optional<Clause> RuleTargets::clause_of(const std::vector<RuleRef>& refs) const {
  Clause clause;
  for (size_t i = 0; i < refs.size(); ++i) {
    const std::optional<RuleTarget> found = find(refs[i].question, refs[i].code);
    if (!found)
      return std::nullopt;
    if (i > 0 && (found->question != clause.question || found->row != clause.row))
      return std::nullopt;
    clause.question = found->question;
    clause.row = found->row;
    clause.options.push_back(found->option);
  }
  std::sort(clause.options.begin(), clause.options.end());
  clause.options.erase(std::unique(clause.options.begin(), clause.options.end()),
                       clause.options.end());
  return clause;
}

Clause RuleTargets::complement(const Clause& clause) const {
  Clause rest = clause;
  rest.options.clear();
  for (size_t i = 0; i < draft_.questions[clause.question].options.size(); ++i)
    if (std::find(clause.options.begin(), clause.options.end(), i) == clause.options.end())
      rest.options.push_back(i);
  return rest;
}

std::optional<size_t> RuleTargets::option_by_label(size_t question, const std::string& label,
                                                   const std::string& code) const {
  const std::vector<DraftOption>& options = draft_.questions[question].options;
  for (size_t i = 0; i < options.size(); ++i)
    if (comparable(options[i].text) == comparable(label))
      return i;
  for (size_t i = 0; i < options.size(); ++i)
    if (!code.empty() && has_code(options[i].model_code, options[i].code, code) &&
        likeness(options[i].text, label) >= 0.5)
      return i;
  return std::nullopt;
}

int RuleTargets::page(const std::string& model_id) const {
  for (size_t i = 0; i < draft_.pages.size(); ++i)
    if (draft_.pages[i].model_id == model_id)
      return static_cast<int>(i);
  return -1;
}

std::string RuleTargets::text(const RuleTarget& target) const {
  return clause_text(draft_, {target.question, target.row, {target.option}, false});
}

std::string RuleTargets::name(int question) const {
  return draft_.questions[static_cast<size_t>(question)].name;
}

void RuleTargets::took(const RuleContext& from, const Rule& rule, const std::string& what) const {
  log_.add(Topic::logic, from.where, "`" + cleaned(rule.words) + "`: " + what);
}

void RuleTargets::unread(const RuleContext& from, const Rule& rule, const std::string& why) const {
  log_.add(Topic::unread, from.where, "`" + cleaned(rule.words) + "`: " + why);
}

}  // namespace topline::lf_srm
