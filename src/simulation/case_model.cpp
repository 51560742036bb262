#include "simulation/case_model.hpp"

#include <algorithm>
#include <map>

#include "instrument/evaluate.hpp"
#include "instrument/routing.hpp"

namespace topline {

namespace {

constexpr int64_t most_combinations = 200'000;

class Maker {
 public:
  Maker(const OpenStudy& study, const Targets& targets, const FacetSpace& space,
        Diagnostics& faults)
      : study_(study),
        codebook_(study.codebook()),
        targets_(targets),
        space_(space),
        faults_(faults) {}

  CaseModel run() {
    for (size_t i = 0; i < space_.all().size(); ++i)
      routing(static_cast<int>(i));
    for (const Question& question : study_.questionnaire.questions)
      screen_out(question);
    for (const CaseRule& rule : study_.processing.rules)
      processing(rule);
    leaving();
    for (const Target& target : targets_.all)
      model_.targets.push_back(count(target));
    return std::move(model_);
  }

 private:
  // Conditions that tie too much together are left to the check at the end.
  [[nodiscard]] bool small_enough(const Scope& scope) const {
    return combinations(scope) <= most_combinations;
  }

  // Of the values of the facets; counted no further than needed.
  [[nodiscard]] int64_t combinations(const Scope& scope) const {
    int64_t total = 1;
    for (int facet : scope) {
      total *= space_.sizes()[static_cast<size_t>(facet)];
      if (total > most_combinations)
        break;
    }
    return total;
  }

  template <typename Test>
  ScopeTable table(const Scope& scope, Test test) const {
    ScopeTable result;
    result.scope = scope;
    for (int facet : scope)
      result.sizes.push_back(static_cast<size_t>(space_.sizes()[static_cast<size_t>(facet)]));
    space_.visit(scope, [&](size_t, const DatasetCase& from) {
      result.value.push_back(static_cast<uint8_t>(test(from)));
    });
    return result;
  }

  template <typename Test>
  void rule(const Scope& scope, Test possible) {
    if (!scope.empty() && small_enough(scope))
      model_.rules.push_back(table(scope, possible));
  }

  void routing(int facet) {
    const Facet& of = space_[facet];
    if (of.kind == FacetKind::path || !codebook_[of.variable].question.valid())
      return;
    const Variable& variable = codebook_[of.variable];
    const Question& question = study_.questionnaire[variable.question];
    if (of.kind == FacetKind::tick)
      return tick(facet, question);
    // Asked where, and only where, the routing leads and the case has got to.
    Scope scope{FacetSpace::path};
    scope = united(scope, {facet});
    for (const Scope& more : {condition_scope(study_.questionnaire.pages[question.page.index()]),
                              condition_scope(question)})
      scope = united(scope, more);
    if (variable.row >= 0)
      scope = united(scope, condition_scope(question.rows[static_cast<size_t>(variable.row)]));
    if (variable.role == VariableRole::specify)
      return specify(facet, question, scope);
    rule(scope, [&, route = Route()](const DatasetCase& from) mutable {
      walk(study_.questionnaire, from, route);
      const bool asked = route.asked[of.variable.index()] != 0 && got_to(question.page, from);
      return asked == (from.answer(of.variable).state != AnswerState::not_asked);
    });
    options(facet, question);
  }

  static bool got_to(PageId page, const DatasetCase& from) { return from.reached(page); }

  template <typename Conditional>
  [[nodiscard]] Scope condition_scope(const Conditional& of) const {
    return of.show_if ? space_.scope(*of.show_if) : Scope{};
  }

  // The text field of an option is there when the option is chosen in some row.
  void specify(int facet, const Question& question, Scope scope) {
    const Facet& of = space_[facet];
    const int option = codebook_[of.variable].behind;
    for (VariableId source : question.variables) {
      scope = united(scope, {space_.presence(source)});
      if (const int tick = space_.tick(source, option); tick >= 0)
        scope = united(scope, {tick});
    }
    rule(scope, [&](const DatasetCase& from) {
      bool chosen = false;
      for (VariableId source : question.variables) {
        const Answer answer = from.answer(source);
        chosen = chosen ||
                 (answer.answered() &&
                  (answer.marks.size() > 0 ? answer.marks[option] != 0 : answer.option == option));
      }
      return chosen == (from.answer(of.variable).state != AnswerState::not_asked);
    });
  }

  // Options that are not always offered.
  void options(int facet, const Question& question) {
    for (size_t i = 0; i < question.options->size(); ++i) {
      const Option& option = (*question.options)[i];
      const VariableId variable = space_[facet].variable;
      if (!option.show_if || space_.tick(variable, static_cast<int>(i)) >= 0)
        continue;
      rule(united({facet}, space_.scope(*option.show_if)), [&](const DatasetCase& from) {
        const Answer answer = from.answer(variable);
        const bool chosen =
            answer.answered() && (answer.marks.size() > 0 ? answer.marks[static_cast<int>(i)] != 0
                                                          : answer.option == static_cast<int>(i));
        return !chosen || holds(*option.show_if, codebook_, from);
      });
    }
  }

  // A tick stands only in an answer of regular ticks, and where the option is offered.
  void tick(int facet, const Question& question) {
    const Facet& of = space_[facet];
    const int mode = space_.presence(of.variable);
    const auto& values = space_[mode].values;
    ScopeTable regular;
    regular.scope = {mode, facet};
    regular.sizes = {values.size(), 2};
    for (size_t i = 0; i < values.size(); ++i) {
      regular.value.push_back(1);
      regular.value.push_back(i + 1 == values.size() ? 1 : 0);
    }
    model_.rules.push_back(std::move(regular));
    const Option& option = (*question.options)[static_cast<size_t>(of.option)];
    if (!option.show_if)
      return;
    rule(united({mode, facet}, space_.scope(*option.show_if)), [&](const DatasetCase& from) {
      const Answer answer = from.answer(of.variable);
      return !answer.answered() || answer.marks[of.option] == 0 ||
             holds(*option.show_if, codebook_, from);
    });
  }

  void screen_out(const Question& question) {
    if (!question.screen_out || question.variables.empty())
      return;
    const VariableId first = question.variables[0];
    rule(united({space_.presence(first)}, space_.scope(*question.screen_out)),
         [&](const DatasetCase& from) {
           return from.answer(first).state == AnswerState::not_asked ||
                  !holds(*question.screen_out, codebook_, from);
         });
  }

  void processing(const CaseRule& of) {
    if (of.condition.has_aggregates())
      return;
    rule(space_.scope(of.condition),
         [&](const DatasetCase& from) { return holds(of.condition, codebook_, from) == of.keep; });
  }

  // Whoever left after a page has seen that page, and has answered something on it: the file
  // tells no more than that.
  void leaving() {
    const std::vector<Page>& pages = study_.questionnaire.pages;
    for (size_t i = 0; i < pages.size(); ++i) {
      const auto left_here = [&, i](const DatasetCase& from) {
        return !from.reached_end() && from.reached(PageId(i)) &&
               (i + 1 == pages.size() || !from.reached(PageId(i + 1)));
      };
      if (pages[i].show_if)
        rule(united({FacetSpace::path}, space_.scope(*pages[i].show_if)),
             [&](const DatasetCase& from) {
               return !left_here(from) || holds(*pages[i].show_if, codebook_, from);
             });
      if (always_answered(study_.questionnaire, pages[i]))
        continue;
      answers_on(pages[i], left_here);
    }
  }

  template <typename LeftHere>
  void answers_on(const Page& page, LeftHere left_here) {
    constexpr int64_t most_tied = 2000;
    std::vector<VariableId> read;
    Scope scope{FacetSpace::path};
    for (QuestionId question : page.questions) {
      for (VariableId id : study_.questionnaire[question].variables) {
        if (space_.presence(id) < 0)
          return;  // an answer that is not planned is given in the interview
        read.push_back(id);
        scope = united(scope, {space_.presence(id)});
      }
    }
    if (combinations(scope) > most_tied) {
      // Too many to tie together: the first question that all are asked is the one they answer.
      const auto first = std::find_if(
          page.questions.begin(), page.questions.end(),
          [&](QuestionId question) { return always_asked(study_.questionnaire[question]); });
      if (first == page.questions.end())
        return;
      read = {study_.questionnaire[*first].variables.front()};
      scope = united({FacetSpace::path}, {space_.presence(read.front())});
    }
    rule(scope, [&](const DatasetCase& from) {
      return !left_here(from) || std::any_of(read.begin(), read.end(), [&](VariableId id) {
        return gives_answer(from.answer(id).state);
      });
    });
  }

  ScopeTable count(const Target& target) {
    Scope scope = space_.scope(target.condition);
    if (target.where)
      scope = united(scope, space_.scope(*target.where));
    if (!small_enough(scope)) {
      faults_.error(target.place, target.text + " ties too many answers together to be planned",
                    "give targets about fewer questions at once");
      return {};
    }
    return table(scope, [&](const DatasetCase& from) {
      if (!holds(target.where, codebook_, from))
        return outside_base;
      const Value value = evaluate(target.condition, codebook_, from);
      if (target.kind == TargetKind::known)
        return value.known ? hit : in_base;
      if (!value.known)
        return target.kind == TargetKind::cases ? in_base : outside_base;
      return value.holds() ? hit : in_base;
    });
  }

  const OpenStudy& study_;
  const Codebook& codebook_;
  const Targets& targets_;
  const FacetSpace& space_;
  Diagnostics& faults_;
  CaseModel model_;
};

}  // namespace

uint8_t ScopeTable::at(const std::vector<int>& values) const {
  size_t index = 0;
  for (size_t i = 0; i < scope.size(); ++i)
    index = index * sizes[i] + static_cast<size_t>(values[static_cast<size_t>(scope[i])]);
  return value[index];
}

CaseModel make_model(const OpenStudy& study, const Targets& targets, const FacetSpace& space,
                     Diagnostics& faults) {
  return Maker(study, targets, space, faults).run();
}

}  // namespace topline
