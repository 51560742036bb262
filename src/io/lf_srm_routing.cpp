#include "io/lf_srm_routing.hpp"

#include <algorithm>
#include <set>

namespace topline::lf_srm {
namespace {

// A rule is contradicted when more than one in ten of the cases concerned answered all the same.
constexpr size_t kContradicted = 10;
// Where a condition would lose more than one in fifty answers because the deciding question was
// not answered, it is taken to let those cases through.
constexpr size_t kLost = 50;

const char* const kNotInData =
    "it names responses that the data do not have, or of several questions";

}  // namespace

bool Routing::Evidence::contradicts() const {
  return unexpected * kContradicted > answered;
}

std::string Routing::Evidence::stray() const {
  if (unexpected == 0)
    return {};
  return "; " + std::to_string(unexpected) + " of " + std::to_string(answered) +
         " answers are there all the same";
}

bool Routing::any_answered(size_t row, const std::vector<size_t>& questions) const {
  return std::any_of(questions.begin(), questions.end(),
                     [&](size_t question) { return answers_.answered(row, question); });
}

Routing::Evidence Routing::evidence(const Clause& clause,
                                    const std::vector<size_t>& questions) const {
  Evidence found;
  for (size_t row = 0; row < answers_.cases(); ++row) {
    if (!any_answered(row, questions))
      continue;
    ++found.answered;
    found.unexpected += answers_.holds(row, clause) ? 0 : 1;
  }
  return found;
}

// Whether those without an answer to the deciding question see the questions, too.
void Routing::decide_unanswered(Clause& clause, const std::vector<size_t>& questions) const {
  size_t answered = 0;
  size_t lost = 0;
  for (size_t row = 0; row < answers_.cases(); ++row) {
    if (!any_answered(row, questions))
      continue;
    ++answered;
    lost += answers_.answered(row, clause.question, clause.row) ? 0 : 1;
  }
  clause.or_unanswered = lost * kLost > answered;
}

void Routing::overruled(const RuleContext& from, const Rule& rule, const std::string& what,
                        const Evidence& against) {
  targets_.unread(from, rule,
                  "not followed for " + what + ": " + std::to_string(against.unexpected) +
                      " of the " + std::to_string(against.answered) +
                      " respondents who answered it would not have been asked");
}

// --- questions ---

void Routing::show_if(const Rule& rule, const RuleContext& from) {
  const std::optional<Clause> clause = targets_.clause_of(rule.refs);
  if (!clause)
    targets_.unread(from, rule, kNotInData);
  else if (from.page >= 0)
    show_page(rule, from, *clause);
  else if (from.question >= 0)
    show_question(rule, from, static_cast<size_t>(from.question), *clause);
  else
    targets_.unread(from, rule, "the question beside it has no column in the raw data");
}

void Routing::hide_if(const Rule& rule, const RuleContext& from) {
  if (from.page < 0) {
    const std::optional<Clause> clause = targets_.clause_of(rule.refs);
    if (!clause)
      targets_.unread(from, rule, kNotInData);
    else if (from.question < 0)
      targets_.unread(from, rule, "the question beside it has no column in the raw data");
    else
      show_question(rule, from, static_cast<size_t>(from.question), targets_.complement(*clause));
    return;
  }
  for (const RuleRef& ref : rule.refs) {
    if (const std::optional<RuleTarget> found = targets_.find(ref.question, ref.code))
      hide(rule, from, static_cast<size_t>(from.page), *found);
    else
      targets_.unread(from, rule,
                      std::to_string(ref.question) + "." + ref.code + " is not in the data");
  }
}

void Routing::implication(const Rule& rule, const RuleContext& from) {
  const std::optional<Clause> clause = targets_.clause_of(rule.refs);
  if (!clause)
    targets_.unread(from, rule, kNotInData);
  else
    show_questions(rule, from,
                   rule.kind == Rule::Kind::hide_unless ? *clause : targets_.complement(*clause));
}

void Routing::questions_beside(const Rule& rule, const RuleContext& from) {
  const std::optional<RuleTarget> beside = targets_.beside(from);
  if (!beside) {
    targets_.unread(from, rule, "it stands beside no response of the data");
    return;
  }
  const Clause chosen{beside->question, beside->row, {beside->option}, false};
  show_questions(rule, from,
                 rule.kind == Rule::Kind::show_questions ? chosen : targets_.complement(chosen));
}

void Routing::show_questions(const Rule& rule, const RuleContext& from, const Clause& clause) {
  for (const int number : rule.questions) {
    const int question = draft_.find_question(number);
    if (question < 0)
      targets_.unread(from, rule, "Q" + std::to_string(number) + " has no column in the raw data");
    else
      show_question(rule, from, static_cast<size_t>(question), clause);
  }
}

void Routing::show_question(const Rule& rule, const RuleContext& from, size_t question,
                            Clause clause) {
  DraftQuestion& q = draft_.questions[question];
  if (clause.question >= question) {
    targets_.unread(from, rule,
                    "it looks at " + draft_.questions[clause.question].name +
                        ", which does not stand before " + q.name);
    return;
  }
  decide_unanswered(clause, {question});
  const Evidence found = evidence(clause, {question});
  const std::vector<Clause> of_page = conditions(q.page);
  const bool known = std::find(q.show.begin(), q.show.end(), clause) != q.show.end() ||
                     std::find(of_page.begin(), of_page.end(), clause) != of_page.end();
  if (!known && found.contradicts()) {
    overruled(from, rule, q.name, found);
    return;
  }
  if (!known)
    q.show.push_back(clause);
  targets_.took(from, rule,
                q.name + " is shown if `" + clause_text(draft_, clause) + "`" +
                    (known ? ", as another rule says" : "") + found.stray());
}

// --- pages ---

void Routing::pages_beside(const Rule& rule, const RuleContext& from) {
  const std::optional<RuleTarget> beside = targets_.beside(from);
  if (!beside) {
    targets_.unread(from, rule, "it stands beside no response of the data");
    return;
  }
  for (const std::string& id : rule.pages) {
    const int page = targets_.page(id);
    if (page < 0)
      targets_.unread(from, rule, "there is no page " + id + " with questions in the data");
    else
      hide(rule, from, static_cast<size_t>(page), *beside);
  }
}

void Routing::hide(const Rule& rule, const RuleContext& from, size_t page,
                   const RuleTarget& target) {
  const std::vector<size_t>& questions = draft_.pages[page].questions;
  if (questions.empty() || target.question >= questions.front())
    targets_.unread(from, rule,
                    "page `" + draft_.pages[page].name + "` does not come after " +
                        draft_.questions[target.question].name);
  else
    hide_[page].push_back({target, from.where, rule.words});
}

// Whether respondents who gave the answer answered the page all the same.
Routing::Evidence Routing::against(size_t page, const HideReason& reason) const {
  const RuleTarget& target = reason.target;
  Evidence found;
  for (size_t row = 0; row < answers_.cases(); ++row) {
    if (!answers_.chose(row, target.question, target.row, target.option))
      continue;
    ++found.answered;
    found.unexpected += any_answered(row, draft_.pages[page].questions) ? 1 : 0;
  }
  return found;
}

bool Routing::can_hide(size_t page, const HideReason& reason) const {
  return !against(page, reason).contradicts();
}

// What the reasons to hide a page, read so far, make of it: one condition for each question that
// decides.
std::vector<Clause> Routing::conditions(size_t page) const {
  std::vector<Clause> clauses;
  const auto reasons = hide_.find(page);
  if (reasons == hide_.end())
    return clauses;
  std::map<std::pair<size_t, int>, std::set<size_t>> hidden;
  for (const HideReason& reason : reasons->second)
    if (can_hide(page, reason))
      hidden[{reason.target.question, reason.target.row}].insert(reason.target.option);
  for (const auto& [subject, options] : hidden) {
    Clause clause = targets_.complement(
        {subject.first, subject.second, {options.begin(), options.end()}, false});
    decide_unanswered(clause, draft_.pages[page].questions);
    clauses.push_back(std::move(clause));
  }
  return clauses;
}

void Routing::finish() {
  for (const auto& [page, reasons] : hide_) {
    for (const HideReason& reason : reasons)
      if (!can_hide(page, reason))
        tell_contradicted(page, reason);
    for (const Clause& clause : conditions(page)) {
      if (clause.options.empty()) {
        log_.add(Topic::unread, "page `" + draft_.pages[page].name + "`",
                 "the rules would hide it for every answer to " +
                     draft_.questions[clause.question].name + "; they were not followed");
        continue;
      }
      draft_.pages[page].show.push_back(clause);
      tell_condition(page, clause);
    }
  }
}

void Routing::tell_contradicted(size_t page, const HideReason& reason) {
  const Evidence found = against(page, reason);
  log_.add(Topic::unread, reason.where,
           "`" + cleaned(reason.words) + "`: page `" + draft_.pages[page].name + "` (" +
               draft_.pages[page].model_id + ") is not hidden for `" +
               targets_.text(reason.target) + "`, because " + std::to_string(found.unexpected) +
               " of the " + std::to_string(found.answered) +
               " respondents who said so answered it");
}

void Routing::tell_condition(size_t page, const Clause& clause) {
  std::vector<std::string> sources;
  for (const HideReason& reason : hide_[page]) {
    const bool same = reason.target.question == clause.question && reason.target.row == clause.row;
    const std::string source = "`" + cleaned(reason.words) + "` (" + reason.where + ")";
    if (same && can_hide(page, reason) &&
        std::find(sources.begin(), sources.end(), source) == sources.end())
      sources.push_back(source);
  }
  log_.add(Topic::logic, "page `" + draft_.pages[page].name + "`",
           joined(sources, ", ") + ": shown if `" + clause_text(draft_, clause) + "`" +
               evidence(clause, draft_.pages[page].questions).stray());
}

void Routing::show_page(const Rule& rule, const RuleContext& from, Clause clause) {
  const size_t page = static_cast<size_t>(from.page);
  const std::vector<size_t> questions = draft_.pages[page].questions;
  if (questions.empty() || clause.question >= questions.front()) {
    targets_.unread(from, rule, "the page does not come after the question that it looks at");
    return;
  }
  decide_unanswered(clause, questions);
  std::vector<size_t> apart;
  if (evidence(clause, questions).contradicts())
    for (const size_t question : questions)
      if (evidence(clause, {question}).contradicts())
        apart.push_back(question);
  if (apart.size() * 2 > questions.size()) {
    overruled(from, rule, "page `" + draft_.pages[page].name + "`", evidence(clause, questions));
    return;
  }
  for (const size_t question : apart)
    overruled(from, rule, draft_.questions[question].name, evidence(clause, {question}));
  for (const size_t shown : cut_page(page, apart)) {
    DraftPage& part = draft_.pages[shown];
    Clause condition = clause;
    decide_unanswered(condition, part.questions);
    part.show.push_back(condition);
    targets_.took(from, rule,
                  "page `" + part.name + "` is shown if `" + clause_text(draft_, condition) + "`" +
                      evidence(condition, part.questions).stray());
  }
}

std::vector<size_t> Routing::cut_page(size_t page, const std::vector<size_t>& apart) {
  if (apart.empty())
    return {page};
  const auto stands_apart = [&](size_t question) {
    return std::find(apart.begin(), apart.end(), question) != apart.end();
  };
  // The first part keeps name, title and text.
  const std::vector<size_t> questions = draft_.pages[page].questions;
  std::vector<DraftPage> parts{draft_.pages[page]};
  parts.front().questions.clear();
  bool before = stands_apart(questions.front());
  for (const size_t question : questions) {
    if (stands_apart(question) != before) {
      parts.emplace_back();
      parts.back().name = "from_" + lower(draft_.questions[question].name);
      parts.back().show = parts.front().show;
    }
    before = stands_apart(question);
    parts.back().questions.push_back(question);
  }
  const auto at = draft_.pages.begin() + static_cast<std::ptrdiff_t>(page);
  draft_.pages.insert(draft_.pages.erase(at), parts.begin(), parts.end());
  std::vector<size_t> others;
  for (size_t i = 0; i < draft_.pages.size(); ++i) {
    for (const size_t question : draft_.pages[i].questions)
      draft_.questions[question].page = i;
    const bool is_part = i >= page && i < page + parts.size();
    if (is_part && !stands_apart(draft_.pages[i].questions.front()))
      others.push_back(i);
  }
  // Reasons to hide pages behind this one move with them.
  std::map<size_t, std::vector<HideReason>> moved;
  for (auto& [index, reasons] : hide_)
    moved[index > page ? index + parts.size() - 1 : index] = std::move(reasons);
  hide_ = std::move(moved);
  return others;
}

}  // namespace topline::lf_srm
