#include "io/lf_srm_draft.hpp"

#include <algorithm>

namespace topline::lf_srm {

int Draft::find_question(int number) const {
  for (size_t i = 0; i < questions.size(); ++i)
    if (questions[i].number == number)
      return static_cast<int>(i);
  return -1;
}

bool Answers::filled(size_t row_of_data, int column) const {
  return column > 0 && !trimmed(raw_->cell(row_of_data, column)).empty();
}

bool Answers::answered(size_t row_of_data, size_t question, int row) const {
  const DraftQuestion& q = draft_->questions[question];
  if (filled(row_of_data, q.column))
    return true;
  for (const DraftOption& option : q.options)
    if (filled(row_of_data, option.column))
      return true;
  for (size_t i = 0; i < q.rows.size(); ++i) {
    if (row >= 0 && static_cast<int>(i) != row)
      continue;
    if (filled(row_of_data, q.rows[i].column))
      return true;
    for (const int column : q.rows[i].columns)
      if (filled(row_of_data, column))
        return true;
  }
  return false;
}

bool Answers::chose(size_t row_of_data, size_t question, int row, size_t option) const {
  const DraftQuestion& q = draft_->questions[question];
  const auto holds_code = [&](int column) {
    return column > 0 && whole_number(trimmed(raw_->cell(row_of_data, column))) ==
                             std::optional<int>(q.options[option].code);
  };
  if (row >= 0) {
    const DraftRow& r = q.rows[static_cast<size_t>(row)];
    return r.columns.empty() ? holds_code(r.column) : filled(row_of_data, r.columns[option]);
  }
  return q.column > 0 ? holds_code(q.column) : filled(row_of_data, q.options[option].column);
}

bool Answers::holds(size_t row_of_data, const Clause& clause) const {
  if (clause.or_unanswered && !answered(row_of_data, clause.question, clause.row))
    return true;
  return std::any_of(clause.options.begin(), clause.options.end(), [&](size_t option) {
    return chose(row_of_data, clause.question, clause.row, option);
  });
}

bool Answers::holds(size_t row_of_data, const std::vector<Clause>& clauses) const {
  return std::all_of(clauses.begin(), clauses.end(),
                     [&](const Clause& clause) { return holds(row_of_data, clause); });
}

bool Answers::shown(size_t row_of_data, size_t question) const {
  const DraftQuestion& q = draft_->questions[question];
  return holds(row_of_data, draft_->pages[q.page].show) && holds(row_of_data, q.show);
}

int Answers::ticks(size_t row_of_data, size_t question, int row) const {
  int count = 0;
  for (size_t option = 0; option < draft_->questions[question].options.size(); ++option)
    count += chose(row_of_data, question, row, option) ? 1 : 0;
  return count;
}

size_t Answers::count_answered(size_t question) const {
  size_t count = 0;
  for (size_t row = 0; row < cases(); ++row)
    count += answered(row, question) ? 1 : 0;
  return count;
}

std::string clause_text(const Draft& draft, const Clause& clause) {
  const DraftQuestion& question = draft.questions[clause.question];
  std::string subject = question.name;
  if (clause.row >= 0)
    subject += "." + question.rows[static_cast<size_t>(clause.row)].name;
  std::vector<std::string> names;
  for (const size_t option : clause.options)
    names.push_back(question.options[option].name);
  std::string text;
  if (question.takes_several()) {
    for (std::string& name : names)
      name = subject + "." + name;
    text = joined(names, " or ");
    if (names.size() > 1 && !clause.or_unanswered)
      text = "(" + text + ")";
  } else if (names.size() == 1) {
    text = subject + " == " + names[0];
  } else {
    text = subject + " in (" + joined(names, ", ") + ")";
  }
  return clause.or_unanswered ? "not answered(" + subject + ") or " + text : text;
}

std::string clauses_text(const Draft& draft, const std::vector<Clause>& clauses) {
  std::vector<std::string> parts;
  for (const Clause& clause : clauses) {
    std::string text = clause_text(draft, clause);
    if (clauses.size() > 1 && clause.or_unanswered)
      text = "(" + text + ")";
    else if (clauses.size() == 1 && text.front() == '(')
      text = text.substr(1, text.size() - 2);
    parts.push_back(std::move(text));
  }
  return joined(parts, " and ");
}

}  // namespace topline::lf_srm
