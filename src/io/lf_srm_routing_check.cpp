#include "io/lf_srm_routing_check.hpp"

#include <optional>

namespace topline::lf_srm {
namespace {

constexpr int kNoOption = -1;

// What every case answered, looked up once.
class Table {
 public:
  Table(const Draft& draft, const RawTable& raw) : cases_(raw.cases()) {
    const Answers answers(raw, draft);
    for (size_t question = 0; question < draft.questions.size(); ++question) {
      const DraftQuestion& q = draft.questions[question];
      std::vector<bool> answered(cases_);
      std::vector<int> option(cases_, kNoOption);
      for (size_t row = 0; row < cases_; ++row) {
        answered[row] = answers.answered(row, question);
        for (size_t i = 0; q.kind == QuestionKind::single && i < q.options.size(); ++i)
          if (answers.chose(row, question, -1, i))
            option[row] = static_cast<int>(i);
      }
      answered_.push_back(std::move(answered));
      option_.push_back(std::move(option));
    }
  }

  [[nodiscard]] size_t cases() const { return cases_; }
  [[nodiscard]] size_t count_answered(size_t question) const {
    size_t count = 0;
    for (size_t row = 0; row < cases_; ++row)
      count += answered_[question][row] ? 1 : 0;
    return count;
  }
  // Cases who chose the option of a single question, and those of them who answered another.
  [[nodiscard]] std::pair<size_t, size_t> count(size_t single, size_t option, size_t other) const {
    size_t chose = 0;
    size_t both = 0;
    for (size_t row = 0; row < cases_; ++row) {
      if (option_[single][row] != static_cast<int>(option))
        continue;
      ++chose;
      both += answered_[other][row] ? 1 : 0;
    }
    return {chose, both};
  }

 private:
  size_t cases_;
  std::vector<std::vector<bool>> answered_;
  std::vector<std::vector<int>> option_;  // position in the list of a single question
};

struct Separation {
  Clause clause;         // the options whose respondents answered
  size_t explained = 0;  // cases with an answer for whom it holds
  size_t excluded = 0;   // cases who chose another option
};

Separation separate(const Draft& draft, const Table& table, size_t single, size_t question) {
  Separation result{{single, -1, {}, false}, 0, 0};
  for (size_t option = 0; option < draft.questions[single].options.size(); ++option) {
    const auto [chose, both] = table.count(single, option, question);
    if (both * 20 > chose) {
      result.clause.options.push_back(option);
      result.explained += both;
    } else {
      result.excluded += chose;
    }
  }
  return result;
}

}  // namespace

std::vector<RoutingCheck> check_routing(const Draft& draft, const RawTable& raw) {
  const Answers answers(raw, draft);
  std::vector<RoutingCheck> checks;
  for (size_t question = 0; question < draft.questions.size(); ++question) {
    RoutingCheck check{question, 0, 0, 0};
    for (size_t row = 0; row < answers.cases(); ++row) {
      const bool shown = answers.shown(row, question);
      const bool answered = answers.answered(row, question);
      check.shown += shown ? 1 : 0;
      check.answered += answered ? 1 : 0;
      check.unexpected += answered && !shown ? 1 : 0;
    }
    checks.push_back(check);
  }
  return checks;
}

std::vector<RoutingHint> routing_hints(const Draft& draft, const RawTable& raw) {
  const Table table(draft, raw);
  std::vector<RoutingHint> hints;
  for (size_t question = 0; question < draft.questions.size(); ++question) {
    const DraftQuestion& q = draft.questions[question];
    const size_t answered = table.count_answered(question);
    if (!q.show.empty() || !draft.pages[q.page].show.empty() || answered == 0)
      continue;
    std::optional<RoutingHint> best;
    size_t best_excluded = 0;
    for (size_t single = 0; single < question; ++single) {
      if (draft.questions[single].kind != QuestionKind::single)
        continue;
      const Separation found = separate(draft, table, single, question);
      // Nearly all who answered are explained; and were the two unrelated, at least five of the
      // excluded would have answered.
      const bool separates =
          found.explained * 50 >= answered * 49 && found.excluded * answered >= 5 * table.cases();
      if (separates && found.excluded > best_excluded) {
        best = RoutingHint{question, found.clause, answered, found.explained};
        best_excluded = found.excluded;
      }
    }
    if (best)
      hints.push_back(*best);
  }
  return hints;
}

}  // namespace topline::lf_srm
