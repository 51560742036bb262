#include "io/lf_srm_logic.hpp"

#include "io/lf_srm_routing.hpp"
#include "io/lf_srm_rules.hpp"
#include "io/lf_srm_screening.hpp"
#include "io/lf_srm_targets.hpp"

namespace topline::lf_srm {
namespace {

class Logic {
 public:
  Logic(Draft& draft, const RawTable& raw, const LogicSources& sources, ImportLog& log)
      : draft_(draft),
        sources_(sources),
        log_(log),
        targets_(draft, log),
        screening_(draft, raw, targets_, sources.criteria != nullptr, log),
        routing_(draft, raw, targets_, log) {}

  void apply() {
    if (sources_.model != nullptr)
      read_model(*sources_.model);
    if (sources_.criteria != nullptr)
      read_criteria(*sources_.criteria);
    if (sources_.markdown != nullptr)
      read_markdown(*sources_.markdown);
    screening_.finish();
    routing_.finish();
  }

 private:
  void read_model(const ReferenceModel& model) {
    for (const ModelPage& page : model.pages) {
      const RuleContext of_page{page.where, targets_.page(page.id), -1, {}};
      read_cell(page.rule, of_page);
      read_note(page.note, of_page);
      for (const ModelQuestion& question : page.questions) {
        const RuleContext of_question{
            question.where, -1, draft_.find_question(question.number), {}};
        read_cell(question.rule, of_question);
        read_note(question.note, of_question);
        for (const ModelOption& option : question.options) {
          const RuleContext beside{option.where, -1, of_question.question, option.code};
          read_cell(option.rule, beside);
          read_note(option.note, beside);
        }
      }
    }
  }

  void read_cell(const std::string& text, const RuleContext& from) {
    const std::vector<Rule> rules = parse_rules(text);
    std::string message;
    for (const Rule& rule : rules)
      if (rule.kind == Rule::Kind::exclusive_label)
        message = rule.label;
    for (const Rule& rule : rules)
      read_rule(rule, from, message);
  }

  // Coding notes are remarks, unless one is a rule that can be read.
  void read_note(const std::string& text, const RuleContext& from) {
    for (const Rule& rule : parse_rules(text)) {
      if (comparable(rule.words) == "nota")
        screening_.none_of_the_above(rule, from);
      else if (rule.kind == Rule::Kind::unread)
        log_.add(Topic::remark, from.where, cleaned(rule.words));
      else
        read_rule(rule, from, {});
    }
  }

  void read_criteria(const FilteringCriteria& criteria) {
    for (const CriteriaQuestion& question : criteria.questions) {
      for (const Criterion& criterion : question.criteria)
        screening_.criterion(criterion, question, nullptr);
      for (const CriteriaOption& option : question.options)
        for (const Criterion& criterion : option.criteria)
          screening_.criterion(criterion, question, &option);
    }
  }

  void read_markdown(const MarkdownQuestionnaire& markdown) {
    for (size_t i = 0; i < markdown.pages.size(); ++i)
      for (const MarkdownRule& line : markdown.pages[i].rules)
        for (const Rule& rule : parse_rules(line.text))
          read_rule(rule, {line.where, targets_.page("md" + std::to_string(i)), -1, {}}, {});
    for (const MarkdownRule& line : markdown.routing)
      log_.add(Topic::unread, line.where, "`" + line.text + "`: routing behind a question");
  }

  void read_rule(const Rule& rule, const RuleContext& from, const std::string& message) {
    using Kind = Rule::Kind;
    switch (rule.kind) {
      case Kind::screen_out:
        return screening_.screen_out(rule, from);
      case Kind::screen_out_all:
        return screening_.screen_out_all(rule, from);
      case Kind::exclusive_code:
        return screening_.exclusive_code(rule, from, message);
      case Kind::exclusive_label:
        return screening_.exclusive_label(rule, from);
      case Kind::hide_if:
        return routing_.hide_if(rule, from);
      case Kind::show_if:
        return routing_.show_if(rule, from);
      case Kind::hide_pages:
        return routing_.pages_beside(rule, from);
      case Kind::hide_questions:
      case Kind::show_questions:
        return routing_.questions_beside(rule, from);
      case Kind::hide_unless:
      case Kind::hide_when:
        return routing_.implication(rule, from);
      case Kind::if_answer:
        return if_answer(rule, from);
      case Kind::show_pages:
      case Kind::unread:
        return targets_.unread(from, rule, "not understood");
    }
  }

  // "IF OSPO = YES on Q9", with the numbers of the Markdown questionnaire: the options that
  // begin with the word.
  void if_answer(const Rule& rule, const RuleContext& from) {
    const int number = raw_number(rule.refs.front().question);
    const int question = number > 0 ? draft_.find_question(number) : -1;
    if (question < 0 || from.page < 0) {
      targets_.unread(from, rule, "the question it looks at has no counterpart in the raw data");
      return;
    }
    Clause clause{static_cast<size_t>(question), -1, {}, false};
    const std::vector<DraftOption>& options = draft_.questions[clause.question].options;
    for (size_t i = 0; i < options.size(); ++i) {
      const std::vector<std::string> words = words_of(options[i].text);
      if (!words.empty() && words[0] == rule.label)
        clause.options.push_back(i);
    }
    if (clause.options.empty())
      targets_.unread(
          from, rule,
          "no option of " + targets_.name(question) + " begins with \"" + rule.label + "\"");
    else
      routing_.show_page(rule, from, clause);
  }

  // The number in the raw data of the question that the Markdown questionnaire gives `number`.
  [[nodiscard]] int raw_number(int number) const {
    if (sources_.markdown == nullptr)
      return 0;
    for (size_t i = 0; i < sources_.markdown->questions.size(); ++i)
      if (sources_.markdown->questions[i].number == std::to_string(number) &&
          sources_.raw_number_of[i] > 0)
        return sources_.raw_number_of[i];
    return 0;
  }

  Draft& draft_;
  const LogicSources& sources_;
  ImportLog& log_;
  RuleTargets targets_;
  Screening screening_;
  Routing routing_;
};

}  // namespace

void apply_logic(Draft& draft, const RawTable& raw, const LogicSources& sources, ImportLog& log) {
  Logic(draft, raw, sources, log).apply();
}

}  // namespace topline::lf_srm
