#include "io/lf_srm_screening.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace topline::lf_srm {

void Screening::screen_out(const Rule& rule, const RuleContext& from) {
  const std::optional<RuleTarget> found = targets_.beside(from);
  if (!found || found->row >= 0) {
    targets_.unread(from, rule, "it names no option of a question in the data");
    return;
  }
  screen_outs_.push_back({found->question, found->option, false, rule, from});
}

void Screening::screen_out_all(const Rule& rule, const RuleContext& from) {
  if (from.question >= 0) {
    const size_t question = static_cast<size_t>(from.question);
    const DraftQuestion& q = draft_.questions[question];
    for (size_t option = 0; q.is_grid() && option < q.options.size(); ++option) {
      if (comparable(q.options[option].text) != comparable(rule.label))
        continue;
      screen_outs_.push_back({question, option, false, rule, from});
      return;
    }
  }
  targets_.unread(from, rule, "no grid with this answer stands beside it");
}

// --- options that rule out others ---

bool Screening::takes_exclusive(const std::optional<RuleTarget>& found) const {
  return found && found->row < 0 && draft_.questions[found->question].takes_several();
}

void Screening::make_exclusive(const RuleTarget& found) {
  draft_.questions[found.question].options[found.option].exclusive = true;
}

// How many cases ticked it beside another option all the same.
std::string Screening::against(const RuleTarget& found) const {
  size_t count = 0;
  for (size_t row = 0; row < answers_.cases(); ++row) {
    const bool ticked = answers_.chose(row, found.question, -1, found.option);
    count += ticked && answers_.ticks(row, found.question) > 1 ? 1 : 0;
  }
  return count == 0 ? "" : "; " + std::to_string(count) + " respondents ticked it beside others";
}

void Screening::none_of_the_above(const Rule& rule, const RuleContext& from) {
  const std::optional<RuleTarget> found = targets_.beside(from);
  if (!takes_exclusive(found)) {
    targets_.unread(from, rule, "it names no option of a multiple question in the data");
    return;
  }
  make_exclusive(*found);
  targets_.took(from, rule,
                "`" + targets_.text(*found) + "` rules out every other option (none of the above)" +
                    against(*found));
}

void Screening::exclusive_code(const Rule& rule, const RuleContext& from,
                               const std::string& message) {
  const RuleRef& ref = rule.refs.front();
  std::optional<RuleTarget> found = targets_.find(ref.question, ref.code);
  const int question = draft_.find_question(ref.question);
  if (question >= 0 && !message.empty()) {
    const size_t index = static_cast<size_t>(question);
    const std::optional<size_t> meant = targets_.option_by_label(index, message, {});
    if (meant && found && found->option != *meant)
      log_.add(Topic::differs, from.where,
               "`" + cleaned(rule.words) + "` names response " + ref.code + ", \"" +
                   draft_.questions[index].options[found->option].text +
                   "\", but its message speaks of \"" + message + "\"; the message was followed");
    if (meant)
      found = RuleTarget{index, -1, *meant};
  }
  if (!takes_exclusive(found)) {
    targets_.unread(from, rule, "it names no option of a multiple question in the data");
    return;
  }
  make_exclusive(*found);
  targets_.took(from, rule,
                "`" + targets_.text(*found) + "` rules out every other option" + against(*found));
}

void Screening::exclusive_label(const Rule& rule, const RuleContext& from) {
  std::optional<RuleTarget> found;
  if (from.question >= 0) {
    const size_t question = static_cast<size_t>(from.question);
    if (const auto option = targets_.option_by_label(question, rule.label, {}))
      found = RuleTarget{question, -1, *option};
  }
  if (!takes_exclusive(found)) {
    targets_.unread(from, rule, "no option of this label stands in a multiple question");
    return;
  }
  const bool known = draft_.questions[found->question].options[found->option].exclusive;
  make_exclusive(*found);
  const std::string name = "`" + targets_.text(*found) + "`";
  targets_.took(from, rule,
                known ? "the message for " + name + "; the form says this in its own words"
                      : name + " rules out every other option" + against(*found));
}

// "Don't know" and "none" that nobody ticked beside another option.
void Screening::exclusive_by_data() {
  for (size_t question = 0; question < draft_.questions.size(); ++question) {
    const DraftQuestion& q = draft_.questions[question];
    for (size_t option = 0; q.takes_several() && option < q.options.size(); ++option) {
      const DraftOption& o = q.options[option];
      const bool missing = o.missing != MissingReason::none;
      if (o.exclusive || !(missing || is_none(o.text) || o.code == 0))
        continue;
      const auto [alone, beside] = ticked_alone_and_beside(question, option);
      if (beside > 0 || (alone == 0 && !missing))
        continue;
      make_exclusive({question, -1, option});
      log_.add(Topic::decided, q.name,
               "\"" + o.text + "\" rules out every other option: nobody who ticked it (" +
                   std::to_string(alone) + ") ticked anything else");
    }
  }
}

// In a grid, each row is a question of its own.
std::pair<size_t, size_t> Screening::ticked_alone_and_beside(size_t question, size_t option) const {
  const DraftQuestion& q = draft_.questions[question];
  const int first = q.is_grid() ? 0 : -1;
  const int last = q.is_grid() ? static_cast<int>(q.rows.size()) - 1 : -1;
  size_t alone = 0;
  size_t beside = 0;
  for (int grid_row = first; grid_row <= last; ++grid_row)
    for (size_t row = 0; row < answers_.cases(); ++row)
      if (answers_.chose(row, question, grid_row, option))
        ++(answers_.ticks(row, question, grid_row) > 1 ? beside : alone);
  return {alone, beside};
}

void Screening::finish() {
  exclusive_by_data();
  write_screening();
}

std::string Screening::condition(const ScreenOut& screen_out) const {
  const DraftQuestion& q = draft_.questions[screen_out.question];
  if (!q.is_grid())
    return targets_.text({screen_out.question, -1, screen_out.option});
  std::vector<std::string> parts;
  for (const DraftRow& row : q.rows)
    parts.push_back(q.name + "." + row.name + " == " + q.options[screen_out.option].name);
  return joined(parts, " and ");
}

size_t Screening::count_under(const ScreenOut& screen_out) const {
  const DraftQuestion& q = draft_.questions[screen_out.question];
  size_t count = 0;
  for (size_t row = 0; row < answers_.cases(); ++row) {
    bool under = q.is_grid() || answers_.chose(row, screen_out.question, -1, screen_out.option);
    for (size_t i = 0; under && i < q.rows.size(); ++i)
      under = answers_.chose(row, screen_out.question, static_cast<int>(i), screen_out.option);
    count += under ? 1 : 0;
  }
  return count;
}

void Screening::write_screening() {
  std::map<size_t, std::set<size_t>> options;  // by question, of those that are no grids
  for (const ScreenOut& found : screen_outs_) {
    DraftQuestion& q = draft_.questions[found.question];
    const std::string text = condition(found);
    const bool confirmed =
        std::any_of(screen_outs_.begin(), screen_outs_.end(), [&](const ScreenOut& other) {
          return other.confirmed && other.question == found.question &&
                 other.option == found.option;
        });
    const size_t count = count_under(found);
    if (has_criteria_ && !confirmed && count > 0) {
      targets_.unread(found.from, found.rule,
                      std::to_string(count) +
                          " respondents of the data answered so, and the filtering criteria, which "
                          "say who counts, do not name it: it screens nobody out here. It would be "
                          "`screen_out: " +
                          text + "` of " + q.name);
      continue;
    }
    if (q.is_grid())
      q.screen_out.push_back(text);
    else
      options[found.question].insert(found.option);
    targets_.took(found.from, found.rule, "`" + text + "` screens out");
  }
  for (const auto& [question, chosen] : options) {
    DraftQuestion& q = draft_.questions[question];
    const Clause clause{question, -1, {chosen.begin(), chosen.end()}, false};
    q.screen_out.insert(q.screen_out.begin(), clauses_text(draft_, {clause}));
  }
}

// --- filtering criteria ---

void Screening::criterion(const Criterion& criterion, const CriteriaQuestion& question,
                          const CriteriaOption* option) {
  using Kind = Criterion::Kind;
  Rule rule;
  rule.words = criterion.words;
  const int index = question.number ? draft_.find_question(*question.number) : -1;
  const RuleContext from{criterion.where, -1, index, option == nullptr ? "" : option->code};
  if (criterion.kind == Kind::screen_out && option != nullptr && index >= 0) {
    const size_t at = static_cast<size_t>(index);
    if (const auto found = targets_.option_by_label(at, option->text, option->code)) {
      screen_outs_.push_back({at, *found, true, rule, from});
    } else {
      targets_.unread(from, rule,
                      "\"" + option->text + "\" is no option of " + targets_.name(index));
    }
  } else if (criterion.kind == Kind::drop && option != nullptr) {
    drop(rule, from, question, *option);
  } else if (criterion.kind == Kind::required && index >= 0) {
    const std::string name = targets_.name(index);
    draft_.cases.push_back(
        {"not answered(" + name + ")", "the filtering criteria require an answer to " + name});
    targets_.took(from, rule, "cases without an answer to " + name + " are dropped");
  } else if (starts_with(lower(criterion.words), "dq for ")) {
    targets_.unread(from, rule,
                    "it depends on where the respondent came from, and no file says which "
                    "collector that was (" +
                        (option == nullptr ? question.text : option->text) + ")");
  } else {
    targets_.unread(from, rule, "not understood");
  }
}

void Screening::drop(const Rule& rule, const RuleContext& from, const CriteriaQuestion& question,
                     const CriteriaOption& option) {
  if (from.question >= 0) {
    const size_t index = static_cast<size_t>(from.question);
    const DraftQuestion& q = draft_.questions[index];
    if (const auto found = targets_.option_by_label(index, option.text, option.code))
      add_drop(rule, from, q.name, q.options[*found]);
    else
      targets_.unread(from, rule, "\"" + option.text + "\" is no option of " + q.name);
    return;
  }
  for (const DraftField& field : draft_.fields) {
    if (comparable(field.text) != comparable(question.id))
      continue;
    for (const DraftOption& known : field.options) {
      if (std::to_string(known.code) == option.code) {
        add_drop(rule, from, field.name, known);
        return;
      }
    }
  }
  targets_.unread(from, rule, "no column of the data is called \"" + question.id + "\"");
}

// One rule for each option, so that the ledger counts each reason.
void Screening::add_drop(const Rule& rule, const RuleContext& from, const std::string& variable,
                         const DraftOption& option) {
  draft_.cases.push_back(
      {variable + " == " + option.name, "filtered out by the publisher (" + option.text + ")"});
  targets_.took(from, rule, "cases with `" + variable + " == " + option.name + "` are dropped");
}

}  // namespace topline::lf_srm
