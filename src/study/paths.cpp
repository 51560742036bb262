#include "study/paths.hpp"

#include <algorithm>

#include "instrument/evaluate.hpp"
#include "study/answer_space.hpp"

namespace topline {

namespace {

class Held final : public CaseView {
 public:
  explicit Held(size_t variables) : answers(variables) {}
  [[nodiscard]] Answer answer(VariableId variable) const override {
    return answers[variable.index()].view();
  }
  // Conditions that ask for this are not enumerated.
  [[nodiscard]] bool reached(PageId /*page*/) const override { return true; }
  [[nodiscard]] bool reached_end() const override { return false; }

  std::vector<HeldAnswer> answers;
};

// What has to be answered, and in which order, for a condition at a moment.
class Closure {
 public:
  Closure(const Questionnaire& questionnaire, const Moment& moment, const PathOptions& options)
      : questionnaire_(questionnaire),
        codebook_(questionnaire.codebook),
        moment_(moment),
        options_(options),
        interests(codebook_.size()),
        screens(questionnaire.questions.size(), 0),
        relevant_(codebook_.size(), 0),
        placed_(questionnaire.questions.size(), 0) {}

  // False when something cannot be enumerated.
  bool build(const std::vector<const Expression*>& reads) {
    for (const Expression* expression : reads) {
      for (const VariableId id : expression->variables_read()) {
        if (id.index() >= codebook_.size())
          return false;  // a derived variable, which the questionnaire does not know
      }
      add(*expression);
    }
    if (options_.routing) {
      if (moment_.kind != Moment::Kind::page_begins && moment_.kind != Moment::Kind::interview_ends)
        add(questionnaire_.pages[moment_.page.index()].show_if);
      if (moment_.kind == Moment::Kind::question_asked || moment_.kind == Moment::Kind::page_sent)
        add_question(moment_.question);
      while (grow()) {
      }
    }
    for (size_t i = 0; i < interests.size(); ++i) {
      interests[i].options.resize(codebook_.variables()[i].options->size());
      known_ = known_ && (relevant_[i] == 0 || !interests[i].beyond);
    }
    return known_;
  }

  [[nodiscard]] bool relevant(VariableId id) const { return relevant_[id.index()] != 0; }

  // Whether the page's questions are answered, and its screening has taken place, before the
  // moment.
  [[nodiscard]] bool page_done(PageId page) const {
    return moment_.kind == Moment::Kind::interview_ends || page < moment_.page;
  }

 private:
  void add(const std::optional<Expression>& expression) {
    if (expression)
      add(*expression);
  }

  void add(const Expression& expression) {
    add_interests(expression, codebook_, interests);
    for (const Node& node : expression.nodes) {
      known_ = known_ && node.op != Op::reached_page && node.op != Op::reached_end &&
               !is_aggregate(node.op);
    }
    for (const VariableId id : expression.variables_read())
      mark(id);
  }

  void mark(VariableId id) {
    if (relevant_[id.index()] != 0)
      return;
    relevant_[id.index()] = 1;
    grown_ = true;
    const Variable& variable = codebook_[id];
    if (variable.role == VariableRole::derived)
      known_ = false;
    if (variable.role == VariableRole::specify) {
      // "Q12.other.text" is there only where `other` is.
      for (const VariableId of : questionnaire_[variable.question].variables) {
        mark(of);
        Interest& interest = interests[of.index()];
        interest.options.resize(codebook_[of].options->size());
        interest.options[static_cast<size_t>(variable.behind)] = 1;
      }
    }
    if (options_.routing && variable.question.valid())
      add_question(variable.question);
  }

  // All that decides whether the question is asked, and what it offers.
  void add_question(QuestionId id) {
    if (placed_[id.index()] != 0)
      return;
    placed_[id.index()] = 1;
    const Question& question = questionnaire_[id];
    add(questionnaire_.pages[question.page.index()].show_if);
    add(question.show_if);
    for (const GridRow& row : question.rows)
      add(row.show_if);
    for (const Option& option : *question.options)
      add(option.show_if);
  }

  // Takes in the screen-outs that read what matters; true when something was new.
  bool grow() {
    grown_ = false;
    if (!options_.screen_outs)
      return false;
    for (size_t i = 0; i < questionnaire_.questions.size(); ++i) {
      const Question& question = questionnaire_.questions[i];
      if (screens[i] != 0 || !question.screen_out || options_.except == QuestionId(i) ||
          !page_done(question.page))
        continue;
      const std::vector<VariableId> reads = question.screen_out->variables_read();
      if (std::none_of(reads.begin(), reads.end(), [&](VariableId id) { return relevant(id); }))
        continue;
      screens[i] = 1;
      grown_ = true;
      add(question.screen_out);
      add_question(QuestionId(i));
    }
    return grown_;
  }

  const Questionnaire& questionnaire_;
  const Codebook& codebook_;
  const Moment& moment_;
  const PathOptions& options_;
  bool known_ = true;
  bool grown_ = false;

 public:
  std::vector<Interest> interests;  // by variable
  std::vector<uint8_t> screens;     // by question: 1 where its screen_out matters

 private:
  std::vector<uint8_t> relevant_;
  std::vector<uint8_t> placed_;
};

class Walker {
 public:
  Walker(const Questionnaire& questionnaire, const Closure& closure, const Moment& moment,
         const PathOptions& options, const std::function<bool(const CaseView&)>& visit)
      : questionnaire_(questionnaire),
        codebook_(questionnaire.codebook),
        closure_(closure),
        moment_(moment),
        options_(options),
        visit_(visit),
        held_(questionnaire.codebook.size()) {
    plan();
  }

  Outcome run() {
    if (step(0))
      return Outcome::all_seen;
    return exhausted_ ? Outcome::undecided : Outcome::stopped;
  }

 private:
  struct Step {
    VariableId variable;  // valid: it is answered; otherwise `page` is sent
    PageId page;
  };

  // Hidden variables, then the questions up to the moment, each page followed by its screening.
  void plan() {
    for (size_t i = 0; i < codebook_.size(); ++i) {
      const VariableId id(i);
      if (closure_.relevant(id) && !codebook_[id].question.valid())
        steps_.push_back({id, {}});
    }
    for (size_t p = 0; p < questionnaire_.pages.size(); ++p) {
      const PageId page(p);
      bool screening = false;
      for (const QuestionId id : questionnaire_.pages[p].questions) {
        if (!comes_before(id))
          break;
        for (const VariableId variable : questionnaire_[id].variables)
          add_step(variable);
        for (const Option& option : *questionnaire_[id].options) {
          if (option.specify)
            add_step(codebook_.find(specify_name(questionnaire_[id].name, option)));
        }
        screening = screening || closure_.screens[id.index()] != 0;
      }
      if (screening && closure_.page_done(page))
        steps_.push_back({{}, page});
    }
  }

  void add_step(VariableId id) {
    if (id.valid() && closure_.relevant(id))
      steps_.push_back({id, {}});
  }

  // Whether the question's answer is there at the moment.
  [[nodiscard]] bool comes_before(QuestionId id) const {
    if (!options_.routing)
      return true;
    const PageId page = questionnaire_[id].page;
    switch (moment_.kind) {
      case Moment::Kind::interview_ends:
        return true;
      case Moment::Kind::page_begins:
        return page < moment_.page;
      case Moment::Kind::page_sent:
        return page <= moment_.page;
      case Moment::Kind::question_comes:
      case Moment::Kind::question_asked:
        return page < moment_.page || (page == moment_.page && id < moment_.question);
    }
    return false;
  }

  [[nodiscard]] bool true_here(const std::optional<Expression>& condition) const {
    return !options_.routing || holds(condition, codebook_, held_);
  }

  [[nodiscard]] bool asked(QuestionId id) const {
    const Question& question = questionnaire_[id];
    return true_here(questionnaire_.pages[question.page.index()].show_if) &&
           true_here(question.show_if) &&
           (!question.is_grid() ||
            std::any_of(question.rows.begin(), question.rows.end(),
                        [&](const GridRow& row) { return true_here(row.show_if); }));
  }

  // All ways from here on; false when the visitor has seen enough or there are too many.
  bool step(size_t at) {
    if (at == steps_.size())
      return arrive();
    const Step& now = steps_[at];
    if (!now.variable.valid())
      return screened_out(now.page) || step(at + 1);
    const Variable& variable = codebook_[now.variable];
    HeldAnswer& place = held_.answers[now.variable.index()];
    bool go_on = true;
    if (variable.question.valid() && leaves_early())
      go_on = arrive();  // whoever leaves here has reached nothing that follows
    if (go_on)
      go_on = answered(at, variable, place);
    place = HeldAnswer();
    return go_on;
  }

  bool answered(size_t at, const Variable& variable, HeldAnswer& place) {
    if (variable.question.valid() && !put(variable)) {
      place.state = AnswerState::not_asked;
      return step(at + 1);
    }
    if (variable.role == VariableRole::specify && !specified(variable)) {
      place.state = AnswerState::skipped;
      return step(at + 1);
    }
    const Question* question = variable.question.valid() && variable.role != VariableRole::specify
                                   ? &questionnaire_[variable.question]
                                   : nullptr;
    std::vector<uint8_t> offered;
    for (const Option& option : *variable.options)
      offered.push_back(true_here(option.show_if) ? 1 : 0);
    return for_each_answer(variable, question,
                           closure_.interests[codebook_.find(variable.name).index()], offered,
                           [&](const HeldAnswer& answer) {
                             if (++tried_ > max_tried_answers) {
                               exhausted_ = true;
                               return false;
                             }
                             place = answer;
                             return step(at + 1);
                           });
  }

  [[nodiscard]] bool leaves_early() const {
    return options_.routing && moment_.kind == Moment::Kind::interview_ends;
  }

  // Whether the question, and of a grid the row, is put to the respondent.
  [[nodiscard]] bool put(const Variable& variable) const {
    if (!asked(variable.question))
      return false;
    const Question& question = questionnaire_[variable.question];
    return variable.row < 0 || true_here(question.rows[static_cast<size_t>(variable.row)].show_if);
  }

  // Whether the option is chosen behind which the text stands.
  [[nodiscard]] bool specified(const Variable& text) const {
    const std::vector<VariableId>& of = questionnaire_[text.question].variables;
    return std::any_of(of.begin(), of.end(), [&](VariableId id) {
      const HeldAnswer& answer = held_.answers[id.index()];
      return answer.state == AnswerState::answered &&
             (answer.option == text.behind ||
              (!answer.marks.empty() && answer.marks[static_cast<size_t>(text.behind)] != 0));
    });
  }

  [[nodiscard]] bool screened_out(PageId page) const {
    const std::vector<QuestionId>& questions = questionnaire_.pages[page.index()].questions;
    return std::any_of(questions.begin(), questions.end(), [&](QuestionId id) {
      return closure_.screens[id.index()] != 0 && asked(id) &&
             holds(*questionnaire_[id].screen_out, codebook_, held_);
    });
  }

  bool arrive() {
    const bool page_shown = moment_.kind == Moment::Kind::page_begins ||
                            moment_.kind == Moment::Kind::interview_ends ||
                            true_here(questionnaire_.pages[moment_.page.index()].show_if);
    const bool question_asked =
        (moment_.kind != Moment::Kind::question_asked && moment_.kind != Moment::Kind::page_sent) ||
        true_here(questionnaire_[moment_.question].show_if);
    return !page_shown || !question_asked || visit_(held_);
  }

  const Questionnaire& questionnaire_;
  const Codebook& codebook_;
  const Closure& closure_;
  const Moment& moment_;
  const PathOptions& options_;
  const std::function<bool(const CaseView&)>& visit_;
  Held held_;
  std::vector<Step> steps_;
  int tried_ = 0;
  bool exhausted_ = false;
};

}  // namespace

Outcome walk_paths(const Questionnaire& questionnaire, const std::vector<const Expression*>& reads,
                   const Moment& moment, const PathOptions& options,
                   const std::function<bool(const CaseView&)>& visit) {
  Closure closure(questionnaire, moment, options);
  if (!closure.build(reads))
    return Outcome::undecided;
  return Walker(questionnaire, closure, moment, options, visit).run();
}

std::vector<QuestionId> screening_before(const Questionnaire& questionnaire,
                                         const std::vector<const Expression*>& reads,
                                         const Moment& moment) {
  const PathOptions options;
  Closure closure(questionnaire, moment, options);
  closure.build(reads);
  std::vector<QuestionId> all;
  for (size_t i = 0; i < closure.screens.size(); ++i) {
    if (closure.screens[i] != 0)
      all.emplace_back(i);
  }
  return all;
}

}  // namespace topline
