#include "study/check_parts.hpp"

namespace topline {

namespace {

class Checker {
 public:
  Checker(const Questionnaire& questionnaire, Diagnostics& faults)
      : questionnaire_(questionnaire), faults_(faults) {}

  void run() {
    for (size_t i = 0; i < questionnaire_.pages.size(); ++i)
      page(PageId(i));
    for (size_t i = 0; i < questionnaire_.questions.size(); ++i)
      question(QuestionId(i));
  }

 private:
  void page(PageId id) {
    const Page& page = questionnaire_.pages[id.index()];
    reads(page.show_if, [&](const Question& read, const Place& place) {
      if (read.page == id)
        faults_.error(place,
                      "the page " + page.name + " is shown by an answer to " + read.name +
                          ", which the page itself asks for",
                      "ask " + read.name +
                          " on an earlier page, or give the `show_if` to the "
                          "questions that follow it");
      else if (id < read.page)
        later(place, "the page " + page.name + " is shown by an answer to " + read.name, read);
    });
  }

  void question(QuestionId id) {
    const Question& question = questionnaire_[id];
    shown(question.show_if, id, question.name);
    for (const GridRow& row : question.rows)
      shown(row.show_if, id, question.name + "." + row.name);
    for (const Option& option : *question.options)
      shown(option.show_if, id, question.name + "." + option.name);
    reads(question.screen_out, [&](const Question& read, const Place& place) {
      if (question.page < read.page)
        later(place, question.name + " screens out by an answer to " + read.name, read);
    });
  }

  void shown(const std::optional<Expression>& condition, QuestionId id, const std::string& what) {
    reads(condition, [&](const Question& read, const Place& place) {
      const QuestionId other = questionnaire_.find_question(read.name);
      if (other == id)
        faults_.error(place, what + " is shown by an answer to " + read.name + " itself",
                      "a `show_if` sees the questions before");
      else if (id < other)
        later(place, what + " is shown by an answer to " + read.name, read);
    });
  }

  void later(const Place& place, const std::string& what, const Question& read) {
    faults_.error(place,
                  what + ", which is asked later (line " + std::to_string(read.place.line) + ")",
                  "move " + read.name + " before it, or use a question that is asked before");
  }

  // Calls `each` for every question that the condition reads, with the place in the condition.
  template <typename Each>
  void reads(const std::optional<Expression>& condition, const Each& each) {
    if (!condition)
      return;
    for (const Node& node : condition->nodes) {
      std::vector<VariableId> all = node.variables;
      for (const VariableId id : {node.variable, node.other}) {
        if (id.valid())
          all.push_back(id);
      }
      QuestionId told;  // once for all rows of a grid
      for (const VariableId id : all) {
        const QuestionId question = questionnaire_.codebook[id].question;
        if (!question.valid() || question == told)
          continue;
        told = question;
        each(questionnaire_[question], place_within(condition->place, node.begin, node.length));
      }
    }
  }

  const Questionnaire& questionnaire_;
  Diagnostics& faults_;
};

}  // namespace

void check_order(const OpenStudy& study, Diagnostics& faults) {
  Checker(study.questionnaire, faults).run();
}

}  // namespace topline
