#include "study/condition_fate.hpp"

#include <algorithm>

#include "instrument/evaluate.hpp"

namespace topline {

namespace {

bool is_leaf(Op op) {
  return op == Op::option_is || op == Op::option_ticked || op == Op::codes_equal ||
         op == Op::read_flag || (op >= Op::equal && op <= Op::text_equal);
}

struct Part {
  Expression expression;
  DeadPart as_told;
  bool held = false;
};

std::string written(const Expression& expression, const Node& node) {
  return expression.text.substr(static_cast<size_t>(node.begin), static_cast<size_t>(node.length));
}

// The comparisons that a condition is made of; `Q1 in (a, b)` is one for each option.
std::vector<Part> parts_of(const Expression& condition, const Codebook& codebook) {
  std::vector<Part> parts;
  for (size_t i = 0; i < condition.nodes.size(); ++i) {
    const Node& node = condition.nodes[i];
    if (!is_leaf(node.op))
      continue;
    Part part;
    part.expression = condition;
    part.expression.nodes.resize(i + 1);
    part.as_told = {place_within(condition.place, node.begin, node.length),
                    written(condition, node), node.variable};
    if (node.op != Op::option_is || node.options.size() < 2) {
      parts.push_back(std::move(part));
      continue;
    }
    for (const int32_t option : node.options) {
      Part one = part;
      one.expression.nodes.back().options = {option};
      const Variable& variable = codebook[node.variable];
      one.as_told.text =
          variable.name + " == " + (*variable.options)[static_cast<size_t>(option)].name;
      parts.push_back(std::move(one));
    }
  }
  return parts;
}

// Whether all that is read is asked or hidden, and not derived from answers.
bool known_to(const Questionnaire& questionnaire, const Expression& condition) {
  const std::vector<VariableId> reads = condition.variables_read();
  return std::all_of(reads.begin(), reads.end(),
                     [&](VariableId id) { return id.index() < questionnaire.codebook.size(); });
}

std::string in_words(const Questionnaire& questionnaire, const std::vector<QuestionId>& questions) {
  std::string all;
  for (size_t i = 0; i < questions.size(); ++i) {
    const Question& question = questionnaire[questions[i]];
    all += (i == 0                      ? ""
            : i + 1 == questions.size() ? " and "
                                        : ", ") +
           question.name + " (line " + std::to_string(question.screen_out->place.line) + ")";
  }
  return all;
}

}  // namespace

Fate fate_of(const Questionnaire& questionnaire, const Expression& condition, const Moment& moment,
             const PathOptions& options) {
  Fate fate;
  if (!known_to(questionnaire, condition))
    return fate;
  std::vector<Part> parts = parts_of(condition, questionnaire.codebook);
  size_t dead = parts.size();
  const Outcome outcome =
      walk_paths(questionnaire, {&condition}, moment, options, [&](const CaseView& view) {
        (holds(condition, questionnaire.codebook, view) ? fate.can_hold : fate.can_fail) = true;
        for (Part& part : parts) {
          if (!part.held && holds(part.expression, questionnaire.codebook, view)) {
            part.held = true;
            --dead;
          }
        }
        return dead > 0 || !fate.can_hold || !fate.can_fail;
      });
  fate.decided = outcome != Outcome::undecided;
  for (Part& part : parts) {
    if (fate.decided && !part.held)
      fate.dead_parts.push_back(std::move(part.as_told));
  }
  return fate;
}

Fate fate_of(const Questionnaire& questionnaire, const std::vector<const Expression*>& reads,
             const Moment& moment, const std::function<bool(const CaseView&)>& test) {
  Fate fate;
  const Outcome outcome = walk_paths(questionnaire, reads, moment, {}, [&](const CaseView& view) {
    (test(view) ? fate.can_hold : fate.can_fail) = true;
    return !fate.can_hold || !fate.can_fail;
  });
  fate.decided = outcome != Outcome::undecided;
  return fate;
}

std::string why_never(const Questionnaire& questionnaire, const Expression& condition,
                      const Moment& moment) {
  PathOptions free;
  free.routing = false;
  free.screen_outs = false;
  if (fate_of(questionnaire, condition, moment, free).never())
    return condition.variables_read().size() == 1
               ? "no answer to " + questionnaire.codebook[condition.variables_read()[0]].name +
                     " makes it true"
               : "no answers make it true: its parts contradict each other";
  PathOptions unscreened;
  unscreened.screen_outs = false;
  if (fate_of(questionnaire, condition, moment, unscreened).can_hold) {
    const std::vector<QuestionId> all = screening_before(questionnaire, {&condition}, moment);
    std::vector<QuestionId> guilty;
    for (const QuestionId id : all) {
      PathOptions without;
      without.except = id;
      if (fate_of(questionnaire, condition, moment, without).can_hold)
        guilty.push_back(id);
    }
    return "whoever answers so was screened out before, by " +
           in_words(questionnaire, guilty.empty() ? all : guilty);
  }
  std::vector<std::string> absent;
  for (const VariableId id : condition.variables_read()) {
    const Fate asked = fate_of(questionnaire, {&condition}, moment,
                               [&](const CaseView& view) { return view.answer(id).asked(); });
    const QuestionId question = questionnaire.codebook[id].question;
    if (question.valid() && asked.never())
      absent.push_back(questionnaire[question].name);
  }
  if (!absent.empty())
    return "whoever gets here has not been asked " + absent.front();
  return "whoever gets here has answered otherwise before";
}

}  // namespace topline
