#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/rounding.hpp"
#include "instrument/evaluate.hpp"
#include "study/check_parts.hpp"
#include "study/condition_fate.hpp"

namespace topline {

namespace {

const Moment at_the_end{Moment::Kind::interview_ends, {}, {}};

std::string shown_number(double number) {
  std::array<char, 64> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  return {digits.data(), end};
}

class Checker {
 public:
  Checker(const OpenStudy& study, Diagnostics& faults)
      : questionnaire_(study.questionnaire),
        codebook_(study.codebook()),
        study_(study),
        faults_(faults) {}

  void run() {
    for (const Derivation& derivation : study_.processing.derivations) {
      if (derivation.kind == DerivationKind::recode)
        recode(derivation);
      else if (derivation.kind == DerivationKind::bands)
        bands(derivation);
      else if (derivation.kind == DerivationKind::net && derivation.formula)
        net(derivation);
    }
    for (const TablePlan& plan : study_.tables.tables) {
      if (plan.where && fate_of(questionnaire_, *plan.where, at_the_end).never())
        faults_.warning(whole(*plan.where), "nobody can be in this table",
                        why_never(questionnaire_, *plan.where, at_the_end));
    }
  }

 private:
  void net(const Derivation& derivation) {
    if (fate_of(questionnaire_, *derivation.formula, at_the_end).never())
      faults_.warning(whole(*derivation.formula),
                      "nobody can belong to " + codebook_[derivation.variable].name,
                      why_never(questionnaire_, *derivation.formula, at_the_end));
  }

  // The first option that holds is given: a later one needs somebody whom it leaves.
  void recode(const Derivation& derivation) {
    const Variable& variable = codebook_[derivation.variable];
    std::vector<const Expression*> earlier;
    for (size_t i = 0; i < derivation.when.size() && i < variable.options->size(); ++i) {
      const std::optional<Expression>& when = derivation.when[i];
      std::vector<const Expression*> reads = earlier;
      if (when)
        reads.push_back(&*when);
      const Fate fate = fate_of(questionnaire_, reads, at_the_end, [&](const CaseView& view) {
        const bool taken = std::any_of(earlier.begin(), earlier.end(), [&](const Expression* one) {
          return holds(*one, questionnaire_.codebook, view);
        });
        return !taken && holds(when, questionnaire_.codebook, view);
      });
      const Option& option = (*variable.options)[i];
      if (fate.never())
        faults_.warning(option.place, "nobody falls under " + variable.name + "." + option.name,
                        when && fate_of(questionnaire_, *when, at_the_end).never()
                            ? why_never(questionnaire_, *when, at_the_end)
                            : "the options before it take all whom it would fit; the first that "
                              "holds is given");
      if (when)
        earlier.push_back(&*when);
    }
  }

  void bands(const Derivation& derivation) {
    const Variable& variable = codebook_[derivation.variable];
    if (!derivation.source.valid() || variable.options->size() != derivation.bands.size())
      return;
    const Variable& source = codebook_[derivation.source];
    if (source.role != VariableRole::question)
      return;
    const Question& question = questionnaire_[source.question];
    for (size_t i = 0; i < derivation.bands.size(); ++i) {
      const auto [from, to] = derivation.bands[i];
      const bool outside = (question.maximum && from > *question.maximum) ||
                           (question.minimum && to < *question.minimum);
      const Option& option = (*variable.options)[i];
      if (outside)
        faults_.warning(option.place, "nobody falls under " + variable.name + "." + option.name,
                        source.name + " takes answers from " + limit(question.minimum) + " to " +
                            limit(question.maximum));
    }
    if (source.kind == VariableKind::number)
      gaps(derivation, question);
  }

  static std::string limit(const std::optional<double>& value) {
    return value ? shown_number(*value) : "any number";
  }

  // Numbers between bands: 0 to 4 and 6 to 9 leave 5 out, and 4.5 where decimals are allowed.
  void gaps(const Derivation& derivation, const Question& question) {
    const Variable& variable = codebook_[derivation.variable];
    std::vector<std::pair<std::pair<double, double>, size_t>> sorted;
    for (size_t i = 0; i < derivation.bands.size(); ++i)
      sorted.emplace_back(derivation.bands[i], i);
    std::sort(sorted.begin(), sorted.end());
    const double step = std::pow(10.0, -question.decimals);
    for (size_t i = 1; i < sorted.size(); ++i) {
      const double below = sorted[i - 1].first.second, above = sorted[i].first.first;
      if (above - below <= step * 1.000001)
        continue;
      faults_.warning(
          (*variable.options)[sorted[i].second].place,
          "answers between " + shown_number(below) + " and " + shown_number(above) +
              " fall into no band of " + variable.name,
          "begin it at " + shown_number(round_half_up(below + step, question.decimals)));
    }
  }

  static Place whole(const Expression& condition) {
    return place_within(condition.place, 0, static_cast<int>(condition.text.size()));
  }

  const Questionnaire& questionnaire_;
  const Codebook& codebook_;
  const OpenStudy& study_;
  Diagnostics& faults_;
};

}  // namespace

void check_derivations(const OpenStudy& study, Diagnostics& faults) {
  Checker(study, faults).run();
}

}  // namespace topline
