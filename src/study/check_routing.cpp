#include "study/check_parts.hpp"
#include "study/condition_fate.hpp"

namespace topline {

namespace {

class Checker {
 public:
  Checker(const Questionnaire& questionnaire, Diagnostics& faults)
      : questionnaire_(questionnaire), faults_(faults) {}

  void run() {
    for (size_t i = 0; i < questionnaire_.pages.size(); ++i) {
      const Page& page = questionnaire_.pages[i];
      shown(page.show_if, {Moment::Kind::page_begins, PageId(i), {}},
            "nobody is shown the page " + page.name, "everybody who gets to it is shown the page");
    }
    for (size_t i = 0; i < questionnaire_.questions.size(); ++i)
      question(QuestionId(i));
  }

 private:
  void question(QuestionId id) {
    const Question& question = questionnaire_[id];
    shown(question.show_if, {Moment::Kind::question_comes, question.page, id},
          "nobody is asked " + question.name, "everybody who gets here is asked");
    const Moment asked{Moment::Kind::question_asked, question.page, id};
    for (const GridRow& row : question.rows)
      shown(row.show_if, asked, "nobody is asked " + question.name + "." + row.name,
            "everybody who is asked " + question.name + " is shown this row");
    for (const Option& option : *question.options)
      shown(option.show_if, asked, "nobody is offered " + question.name + "." + option.name,
            "everybody who is asked " + question.name + " is offered this option");
    screening(question, {Moment::Kind::page_sent, question.page, id});
  }

  // A condition under which something is shown.
  void shown(const std::optional<Expression>& condition, const Moment& moment,
             const std::string& nobody, const std::string& everybody) {
    if (!condition)
      return;
    const Fate fate = fate_of(questionnaire_, *condition, moment);
    if (fate.never()) {
      if (condition->variables_read().empty())
        faults_.warning(whole(*condition), nobody + ": its `show_if` says so",
                        "remove it if it is no longer needed");
      else
        faults_.error(whole(*condition), nobody + ": its `show_if` can never hold",
                      why_never(questionnaire_, *condition, moment));
      return;
    }
    if (fate.always()) {
      faults_.warning(whole(*condition), "this `show_if` always holds",
                      everybody + "; leave the `show_if` out");
      return;
    }
    dead_parts(fate);
  }

  void screening(const Question& question, const Moment& moment) {
    if (!question.screen_out)
      return;
    const Expression& condition = *question.screen_out;
    const Fate fate = fate_of(questionnaire_, condition, moment);
    if (fate.never()) {
      faults_.warning(whole(condition), "nobody is ever screened out by " + question.name,
                      why_never(questionnaire_, condition, moment));
    } else if (fate.always()) {
      const bool of_all = !question.show_if && !questionnaire_.pages[question.page.index()].show_if;
      if (of_all)
        faults_.error(whole(condition),
                      question.name + " screens out everybody: nobody gets past this page",
                      "`screen_out` names the answers that end the interview");
      else
        faults_.warning(whole(condition), question.name + " screens out everybody who is asked it",
                        "`screen_out` names the answers that end the interview");
    } else {
      dead_parts(fate);
    }
  }

  void dead_parts(const Fate& fate) {
    for (const DeadPart& part : fate.dead_parts)
      faults_.warning(part.place, "`" + part.text + "` holds for nobody who gets here",
                      "leave it out, or look at what screens out and routes before");
  }

  static Place whole(const Expression& condition) {
    return place_within(condition.place, 0, static_cast<int>(condition.text.size()));
  }

  const Questionnaire& questionnaire_;
  Diagnostics& faults_;
};

}  // namespace

void check_routing(const OpenStudy& study, Diagnostics& faults) {
  Checker(study.questionnaire, faults).run();
}

}  // namespace topline
