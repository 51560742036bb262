#include "io/lf_srm_logic.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "io/lf_srm_rules.hpp"

namespace topline::lf_srm {
namespace {

// A rule that the answers of more than this share of the cases contradict is not followed.
constexpr size_t kContradicted = 10;  // one in ten
// If hiding a page from those who were not asked the deciding question would lose more than
// this share of its answers, it is shown to them.
constexpr size_t kLost = 50;  // one in fifty

// Where a rule stands.
struct Context {
  std::string where;
  int page = -1;
  int question = -1;
  std::string code;  // of the response beside it, as the rule writes it
};

// One reason to hide a page: an option of a question.
struct HideReason {
  size_t question = 0;
  int row = -1;
  size_t option = 0;
  std::string where;
  std::string words;
};

struct Target {
  size_t question = 0;
  int row = -1;
  std::optional<size_t> option;
};

class Logic {
 public:
  Logic(Draft& draft, const RawTable& raw, const LogicSources& sources, ImportLog& log)
      : draft_(draft), answers_(raw, draft), sources_(sources), log_(log) {}

  void apply() {
    if (sources_.model != nullptr)
      read_model(*sources_.model);
    if (sources_.criteria != nullptr)
      read_criteria(*sources_.criteria);
    if (sources_.markdown != nullptr)
      read_markdown(*sources_.markdown);
    exclusive_by_data();
    write_screening();
    write_pages();
  }

 private:
  void took(const Context& from, const Rule& rule, const std::string& what) {
    log_.add(Topic::logic, from.where, "`" + cleaned(rule.words) + "`: " + what);
  }
  void unread(const Context& from, const Rule& rule, const std::string& why) {
    log_.add(Topic::unread, from.where, "`" + cleaned(rule.words) + "`: " + why);
  }

  // --- finding what a rule names ---

  [[nodiscard]] static bool has_code(const std::string& model_code, int code,
                                     const std::string& wanted) {
    return model_code.empty() ? std::to_string(code) == wanted : model_code == wanted;
  }

  // A response of a question: an option; for a grid, a row, of which "yes" is meant.
  [[nodiscard]] std::optional<Target> target(int number, const std::string& code) const {
    const int question = draft_.find_question(number);
    if (question < 0)
      return std::nullopt;
    const DraftQuestion& q = draft_.questions[static_cast<size_t>(question)];
    Target found{static_cast<size_t>(question), -1, std::nullopt};
    if (q.is_grid()) {
      for (size_t row = 0; row < q.rows.size(); ++row)
        if (q.rows[row].model_code == code)
          found.row = static_cast<int>(row);
      for (size_t option = 0; option < q.options.size(); ++option)
        if (comparable(q.options[option].text) == "yes")
          found.option = option;
      return found.row >= 0 && found.option ? std::optional(found) : std::nullopt;
    }
    for (size_t option = 0; option < q.options.size(); ++option)
      if (has_code(q.options[option].model_code, q.options[option].code, code))
        found.option = option;
    return found.option ? std::optional(found) : std::nullopt;
  }

  [[nodiscard]] std::string named(const Target& target) const {
    return clause_text(draft_, {target.question, target.row, {*target.option}, false});
  }

  [[nodiscard]] std::string name(int question) const {
    return draft_.questions[static_cast<size_t>(question)].name;
  }

  [[nodiscard]] int page_index(const std::string& id) const {
    for (size_t i = 0; i < draft_.pages.size(); ++i)
      if (draft_.pages[i].model_id == id)
        return static_cast<int>(i);
    return -1;
  }

  // --- reading the files ---

  void read_model(const ReferenceModel& model) {
    for (const ModelPage& page : model.pages) {
      read_cell(page.rule, {page.where, page_index(page.id), -1, {}});
      note(page.note, {page.where, page_index(page.id), -1, {}});
      for (const ModelQuestion& question : page.questions) {
        const Context of_question{question.where, -1, draft_.find_question(question.number), {}};
        read_cell(question.rule, of_question);
        note(question.note, of_question);
        for (const ModelOption& option : question.options) {
          const Context beside{option.where, -1, of_question.question, option.code};
          read_cell(option.rule, beside);
          note(option.note, beside);
        }
      }
    }
  }

  void read_cell(const std::string& text, const Context& from) {
    message_.clear();
    const std::vector<Rule> rules = parse_rules(text);
    for (const Rule& rule : rules)
      if (rule.kind == Rule::Kind::exclusive_label)
        message_ = rule.label;
    for (const Rule& rule : rules)
      read_rule(rule, from);
  }

  // Coding notes are remarks, unless one is a rule that can be read.
  void note(const std::string& text, const Context& from) {
    for (const Rule& rule : parse_rules(text)) {
      if (comparable(rule.words) == "nota") {
        make_exclusive(from, rule, from.code, "none of the above");
      } else if (rule.kind == Rule::Kind::unread) {
        log_.add(Topic::remark, from.where, cleaned(rule.words));
      } else {
        read_rule(rule, from);
      }
    }
  }

  void read_criteria(const FilteringCriteria& criteria) {
    for (const CriteriaQuestion& question : criteria.questions) {
      const int index = question.number ? draft_.find_question(*question.number) : -1;
      for (const Criterion& criterion : question.criteria)
        read_criterion(criterion, question, index, nullptr);
      for (const CriteriaOption& option : question.options)
        for (const Criterion& criterion : option.criteria)
          read_criterion(criterion, question, index, &option);
    }
  }

  void read_markdown(const MarkdownQuestionnaire& markdown) {
    for (size_t i = 0; i < markdown.pages.size(); ++i) {
      for (const MarkdownRule& line : markdown.pages[i].rules) {
        const Context from{line.where, page_index("md" + std::to_string(i)), -1, {}};
        for (const Rule& rule : parse_rules(line.text))
          read_rule(rule, from);
      }
    }
    for (const MarkdownRule& line : markdown.routing)
      log_.add(Topic::unread, line.where, "`" + line.text + "`: routing behind a question");
  }

  void read_rule(const Rule& rule, const Context& from) {
    using Kind = Rule::Kind;
    switch (rule.kind) {
      case Kind::screen_out:
        return screen_out(rule, from);
      case Kind::screen_out_all:
        return screen_out_all(rule, from);
      case Kind::hide_if:
        return hide_if(rule, from);
      case Kind::show_if:
        return show_if(rule, from);
      case Kind::hide_pages:
        return hide_pages(rule, from);
      case Kind::hide_questions:
      case Kind::show_questions:
        return questions_beside(rule, from);
      case Kind::exclusive_code:
        return exclusive_code(rule, from);
      case Kind::exclusive_label:
        return exclusive_label(rule, from);
      case Kind::hide_unless:
      case Kind::hide_when:
        return implication(rule, from);
      case Kind::if_answer:
        return if_answer(rule, from);
      case Kind::show_pages:
      case Kind::unread:
        return unread(from, rule, "not understood");
    }
  }

  // --- screening ---

  void screen_out(const Rule& rule, const Context& from) {
    const std::optional<Target> found =
        from.question < 0
            ? std::nullopt
            : target(draft_.questions[static_cast<size_t>(from.question)].number, from.code);
    if (!found || found->row >= 0) {
      unread(from, rule, "it names no option of a question in the data");
      return;
    }
    screen_[found->question].insert(*found->option);
    took(from, rule, "`" + named(*found) + "` screens out");
  }

  void screen_out_all(const Rule& rule, const Context& from) {
    if (from.question >= 0) {
      DraftQuestion& q = draft_.questions[static_cast<size_t>(from.question)];
      for (const DraftOption& option : q.options) {
        if (!q.is_grid() || comparable(option.text) != comparable(rule.label))
          continue;
        std::vector<std::string> parts;
        for (const DraftRow& row : q.rows)
          parts.push_back(q.name + "." + row.name + " == " + option.name);
        q.screen_out.push_back(joined(parts, " and "));
        took(from, rule,
             "screens out whoever answers \"" + option.text + "\" in every row of " + q.name);
        return;
      }
    }
    unread(from, rule, "no grid with this answer stands beside it");
  }

  void write_screening() {
    for (const auto& [question, options] : screen_) {
      DraftQuestion& q = draft_.questions[question];
      const Clause clause{question, -1, {options.begin(), options.end()}, false};
      q.screen_out.insert(q.screen_out.begin(), clauses_text(draft_, {clause}));
    }
  }

  // --- options that rule out others ---

  void make_exclusive(const Context& from, const Rule& rule, const std::string& code,
                      const std::string& why) {
    const std::optional<Target> found =
        from.question < 0
            ? std::nullopt
            : target(draft_.questions[static_cast<size_t>(from.question)].number, code);
    if (!found || found->row >= 0 || !draft_.questions[found->question].takes_several()) {
      unread(from, rule, "it names no option of a multiple question in the data");
      return;
    }
    set_exclusive(*found);
    took(from, rule,
         "`" + named(*found) + "` rules out every other option (" + why + ")" + against(*found));
  }

  void set_exclusive(const Target& found) {
    draft_.questions[found.question].options[*found.option].exclusive = true;
  }

  // How many cases ticked it beside another option all the same.
  [[nodiscard]] std::string against(const Target& found) const {
    size_t count = 0;
    for (size_t row = 0; row < answers_.cases(); ++row)
      count += answers_.chose(row, found.question, -1, *found.option) &&
                       answers_.ticks(row, found.question) > 1
                   ? 1
                   : 0;
    return count == 0 ? "" : "; " + std::to_string(count) + " respondents ticked it beside others";
  }

  void exclusive_code(const Rule& rule, const Context& from) {
    const RuleRef& ref = rule.refs.front();
    std::optional<Target> found = target(ref.question, ref.code);
    const int question = draft_.find_question(ref.question);
    if (question >= 0 && !message_.empty()) {
      const DraftQuestion& q = draft_.questions[static_cast<size_t>(question)];
      for (size_t option = 0; option < q.options.size(); ++option) {
        if (comparable(q.options[option].text) != comparable(message_))
          continue;
        if (found && found->option != option)
          log_.add(Topic::differs, from.where,
                   "`" + cleaned(rule.words) + "` names response " + ref.code + ", \"" +
                       q.options[*found->option].text + "\", but its message speaks of \"" +
                       message_ + "\"; the message was followed");
        found = Target{static_cast<size_t>(question), -1, option};
      }
    }
    if (!found || found->row >= 0 || !draft_.questions[found->question].takes_several()) {
      unread(from, rule, "it names no option of a multiple question in the data");
      return;
    }
    set_exclusive(*found);
    took(from, rule, "`" + named(*found) + "` rules out every other option" + against(*found));
  }

  // The message alone, without a rule in the same cell: the option beside it or one of its label.
  void exclusive_label(const Rule& rule, const Context& from) {
    const int question = from.question;
    if (question >= 0) {
      const DraftQuestion& q = draft_.questions[static_cast<size_t>(question)];
      for (size_t option = 0; option < q.options.size(); ++option) {
        if (!q.takes_several() || comparable(q.options[option].text) != comparable(rule.label))
          continue;
        const Target found{static_cast<size_t>(question), -1, option};
        if (!q.options[option].exclusive)
          took(from, rule, "`" + named(found) + "` rules out every other option" + against(found));
        else
          took(from, rule,
               "the message for `" + named(found) + "`; the form says this in its own words");
        set_exclusive(found);
        return;
      }
    }
    unread(from, rule, "no option of this label stands in a multiple question");
  }

  // "Don't know" and "none" that nobody ticked beside another option.
  void exclusive_by_data() {
    for (size_t question = 0; question < draft_.questions.size(); ++question) {
      if (draft_.questions[question].kind != QuestionKind::multiple)
        continue;
      for (size_t option = 0; option < draft_.questions[question].options.size(); ++option) {
        const DraftOption& o = draft_.questions[question].options[option];
        const bool aside = o.missing != MissingReason::none || is_none(o.text) || o.code == 0;
        if (o.exclusive || !aside)
          continue;
        size_t alone = 0;
        size_t beside = 0;
        for (size_t row = 0; row < answers_.cases(); ++row) {
          if (answers_.chose(row, question, -1, option))
            ++(answers_.ticks(row, question) > 1 ? beside : alone);
        }
        if (alone == 0 || beside > 0)
          continue;
        set_exclusive({question, -1, option});
        log_.add(Topic::decided, draft_.questions[question].name,
                 "\"" + o.text + "\" rules out every other option: all " + std::to_string(alone) +
                     " respondents who ticked it ticked nothing else");
      }
    }
  }

  // --- routing of questions ---

  // The options of one question that a list of references names; empty if any is unknown, or
  // they belong to different questions or rows.
  [[nodiscard]] std::optional<Clause> clause_of(const std::vector<RuleRef>& refs) const {
    Clause clause;
    for (size_t i = 0; i < refs.size(); ++i) {
      const std::optional<Target> found = target(refs[i].question, refs[i].code);
      if (!found)
        return std::nullopt;
      if (i > 0 && (found->question != clause.question || found->row != clause.row))
        return std::nullopt;
      clause.question = found->question;
      clause.row = found->row;
      clause.options.push_back(*found->option);
    }
    std::sort(clause.options.begin(), clause.options.end());
    clause.options.erase(std::unique(clause.options.begin(), clause.options.end()),
                         clause.options.end());
    return clause;
  }

  [[nodiscard]] Clause complement(const Clause& clause) const {
    Clause rest = clause;
    rest.options.clear();
    for (size_t i = 0; i < draft_.questions[clause.question].options.size(); ++i)
      if (std::find(clause.options.begin(), clause.options.end(), i) == clause.options.end())
        rest.options.push_back(i);
    return rest;
  }

  void show_if(const Rule& rule, const Context& from) {
    std::optional<Clause> clause = clause_of(rule.refs);
    if (!clause) {
      unread(from, rule, "it names responses that the data do not have, or of several questions");
      return;
    }
    if (from.page >= 0)
      show_page(rule, from, *clause);
    else if (from.question >= 0)
      show_question(rule, from, static_cast<size_t>(from.question), *clause);
    else
      unread(from, rule, "the question beside it has no column in the raw data");
  }

  void show_question(const Rule& rule, const Context& from, size_t question, Clause clause) {
    DraftQuestion& q = draft_.questions[question];
    if (clause.question >= question) {
      unread(from, rule,
             "it looks at " + draft_.questions[clause.question].name +
                 ", which does not stand before " + q.name);
      return;
    }
    decide_unanswered(clause, {question});
    const std::vector<Clause>& of_page = pending_page(q.page);
    const bool known = std::find(q.show.begin(), q.show.end(), clause) != q.show.end() ||
                       std::find(of_page.begin(), of_page.end(), clause) != of_page.end();
    size_t answered = 0;
    size_t unexpected = 0;
    count_against(clause, {question}, answered, unexpected);
    if (unexpected * kContradicted > answered) {
      overruled(from, rule, q.name, unexpected, answered);
      return;
    }
    if (!known)
      q.show.push_back(clause);
    took(from, rule,
         q.name + " is shown if `" + clause_text(draft_, clause) + "`" +
             (known ? ", as another rule says" : "") + stray(unexpected, answered));
  }

  void overruled(const Context& from, const Rule& rule, const std::string& what, size_t against,
                 size_t all) {
    log_.add(Topic::unread, from.where,
             "`" + cleaned(rule.words) + "`: not followed for " + what + ", because " +
                 std::to_string(against) + " of the " + std::to_string(all) +
                 " respondents concerned answered it all the same");
  }

  [[nodiscard]] static std::string stray(size_t unexpected, size_t answered) {
    if (unexpected == 0)
      return {};
    return "; " + std::to_string(unexpected) + " of " + std::to_string(answered) +
           " answers are there all the same";
  }

  // Cases with an answer to one of the questions, and those of them for whom the clause fails.
  void count_against(const Clause& clause, const std::vector<size_t>& questions, size_t& answered,
                     size_t& unexpected) const {
    for (size_t row = 0; row < answers_.cases(); ++row) {
      if (!any_answered(row, questions))
        continue;
      ++answered;
      unexpected += answers_.holds(row, clause) ? 0 : 1;
    }
  }

  [[nodiscard]] bool any_answered(size_t row, const std::vector<size_t>& questions) const {
    return std::any_of(questions.begin(), questions.end(),
                       [&](size_t question) { return answers_.answered(row, question); });
  }

  // Whether those without an answer to the deciding question see the questions, too.
  void decide_unanswered(Clause& clause, const std::vector<size_t>& questions) const {
    size_t answered = 0;
    size_t lost = 0;
    for (size_t row = 0; row < answers_.cases(); ++row) {
      if (!any_answered(row, questions))
        continue;
      ++answered;
      lost += answers_.answered(row, clause.question, clause.row) ? 0 : 1;
    }
    clause.or_unanswered = lost * kLost > answered;
  }

  void hide_if(const Rule& rule, const Context& from) {
    if (from.page >= 0) {
      for (const RuleRef& ref : rule.refs) {
        const std::optional<Target> found = target(ref.question, ref.code);
        if (found)
          hide_[static_cast<size_t>(from.page)].push_back(
              {found->question, found->row, *found->option, from.where, rule.words});
        else
          unread(from, rule,
                 std::to_string(ref.question) + "." + ref.code + " does not exist in the data");
      }
      return;
    }
    const std::optional<Clause> clause = clause_of(rule.refs);
    if (!clause || from.question < 0) {
      unread(from, rule,
             from.question < 0 ? "the question beside it has no column in the raw data"
                               : "it names responses that the data do not have, or of "
                                 "several questions");
      return;
    }
    show_question(rule, from, static_cast<size_t>(from.question), complement(*clause));
  }

  void implication(const Rule& rule, const Context& from) {
    const std::optional<Clause> clause = clause_of(rule.refs);
    if (!clause) {
      unread(from, rule, "it names responses that the data do not have");
      return;
    }
    const Clause shown = rule.kind == Rule::Kind::hide_unless ? *clause : complement(*clause);
    for (const int number : rule.questions) {
      const int question = draft_.find_question(number);
      if (question < 0)
        unread(from, rule, "Q" + std::to_string(number) + " has no column in the raw data");
      else
        show_question(rule, from, static_cast<size_t>(question), shown);
    }
  }

  // "Show Q7" beside a response.
  void questions_beside(const Rule& rule, const Context& from) {
    const std::optional<Target> beside =
        from.question < 0 || from.code.empty()
            ? std::nullopt
            : target(draft_.questions[static_cast<size_t>(from.question)].number, from.code);
    if (!beside) {
      unread(from, rule, "it names no response of the data");
      return;
    }
    const Clause chosen{beside->question, beside->row, {*beside->option}, false};
    for (const int number : rule.questions) {
      const int question = draft_.find_question(number);
      if (question < 0)
        unread(from, rule, "Q" + std::to_string(number) + " has no column in the raw data");
      else
        show_question(rule, from, static_cast<size_t>(question),
                      rule.kind == Rule::Kind::show_questions ? chosen : complement(chosen));
    }
  }

  // --- routing of pages ---

  void hide_pages(const Rule& rule, const Context& from) {
    const std::optional<Target> beside =
        from.question < 0 || from.code.empty()
            ? std::nullopt
            : target(draft_.questions[static_cast<size_t>(from.question)].number, from.code);
    if (!beside) {
      unread(from, rule, "it stands beside no response of the data");
      return;
    }
    for (const std::string& id : rule.pages) {
      const int page = page_index(id);
      if (page < 0)
        unread(from, rule, "there is no page " + id + " with questions in the data");
      else
        hide_[static_cast<size_t>(page)].push_back(
            {beside->question, beside->row, *beside->option, from.where, rule.words});
    }
  }

  void if_answer(const Rule& rule, const Context& from) {
    const int number = markdown_number(rule.refs.front().question);
    const int question = number > 0 ? draft_.find_question(number) : -1;
    if (question < 0 || from.page < 0) {
      unread(from, rule, "the question it looks at has no counterpart in the raw data");
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
      unread(from, rule, "no option of " + name(question) + " begins with \"" + rule.label + "\"");
    else
      show_page(rule, from, clause);
  }

  // The raw data's number of the question that the Markdown questionnaire calls `number`.
  [[nodiscard]] int markdown_number(int number) const {
    for (size_t i = 0; i < sources_.markdown->questions.size(); ++i)
      if (sources_.markdown->questions[i].number == std::to_string(number) &&
          sources_.raw_number_of[i] > 0)
        return sources_.raw_number_of[i];
    return 0;
  }

  void show_page(const Rule& rule, const Context& from, Clause clause) {
    DraftPage& page = draft_.pages[static_cast<size_t>(from.page)];
    decide_unanswered(clause, page.questions);
    size_t answered = 0;
    size_t unexpected = 0;
    count_against(clause, page.questions, answered, unexpected);
    if (unexpected * kContradicted > answered) {
      overruled(from, rule, "page `" + page.name + "`", unexpected, answered);
      return;
    }
    page.show.push_back(clause);
    took(from, rule,
         "page `" + page.name + "` is shown if `" + clause_text(draft_, clause) + "`" +
             stray(unexpected, answered));
  }

  // What the reasons to hide a page, read so far, make of it.
  [[nodiscard]] std::vector<Clause> pending_page(size_t page) const {
    std::vector<Clause> clauses;
    const auto reasons = hide_.find(page);
    if (reasons == hide_.end())
      return clauses;
    std::map<std::pair<size_t, int>, std::set<size_t>> hidden;
    for (const HideReason& reason : reasons->second)
      if (!is_contradicted(page, reason).first)
        hidden[{reason.question, reason.row}].insert(reason.option);
    for (const auto& [subject, options] : hidden) {
      Clause clause =
          complement({subject.first, subject.second, {options.begin(), options.end()}, false});
      decide_unanswered(clause, draft_.pages[page].questions);
      clauses.push_back(std::move(clause));
    }
    return clauses;
  }

  // Whether respondents who gave this answer answered the page all the same, and in words.
  [[nodiscard]] std::pair<bool, std::string> is_contradicted(size_t page,
                                                             const HideReason& reason) const {
    size_t chose = 0;
    size_t unexpected = 0;
    for (size_t row = 0; row < answers_.cases(); ++row) {
      if (!answers_.chose(row, reason.question, reason.row, reason.option))
        continue;
      ++chose;
      unexpected += any_answered(row, draft_.pages[page].questions) ? 1 : 0;
    }
    return {unexpected * kContradicted > chose,
            std::to_string(unexpected) + " of the " + std::to_string(chose)};
  }

  void write_pages() {
    for (const auto& [index, reasons] : hide_) {
      DraftPage& page = draft_.pages[index];
      std::vector<HideReason> told;
      for (const HideReason& reason : reasons) {
        const auto [contradicted, counts] = is_contradicted(index, reason);
        const std::string option =
            clause_text(draft_, {reason.question, reason.row, {reason.option}, false});
        const bool backward = reason.question >= page.questions.front();
        if (backward)
          log_.add(Topic::unread, reason.where,
                   "`" + cleaned(reason.words) + "`: page `" + page.name +
                       "` does not come after " + draft_.questions[reason.question].name);
        else if (contradicted)
          log_.add(Topic::unread, reason.where,
                   "`" + cleaned(reason.words) + "`: page `" + page.name + "` (" + page.model_id +
                       ") is not hidden for `" + option + "`, because " + counts +
                       " respondents who said so answered it");
        else
          told.push_back(reason);
      }
      hide_page(index, told);
    }
  }

  void hide_page(size_t index, const std::vector<HideReason>& reasons) {
    DraftPage& page = draft_.pages[index];
    std::map<std::pair<size_t, int>, std::vector<const HideReason*>> by_subject;
    for (const HideReason& reason : reasons)
      by_subject[{reason.question, reason.row}].push_back(&reason);
    for (const auto& [subject, all] : by_subject) {
      Clause hidden{subject.first, subject.second, {}, false};
      std::vector<std::string> sources;
      for (const HideReason* reason : all) {
        hidden.options.push_back(reason->option);
        const std::string source = "`" + cleaned(reason->words) + "` (" + reason->where + ")";
        if (std::find(sources.begin(), sources.end(), source) == sources.end())
          sources.push_back(source);
      }
      Clause shown = complement(hidden);
      decide_unanswered(shown, page.questions);
      size_t answered = 0;
      size_t unexpected = 0;
      count_against(shown, page.questions, answered, unexpected);
      page.show.push_back(shown);
      log_.add(Topic::logic, "page `" + page.name + "`",
               joined(sources, ", ") + ": shown if `" + clause_text(draft_, shown) + "`" +
                   stray(unexpected, answered));
    }
  }

  // --- filtering criteria ---

  void read_criterion(const Criterion& criterion, const CriteriaQuestion& question, int index,
                      const CriteriaOption* option) {
    Rule rule;
    rule.words = criterion.words;
    const Context from{criterion.where, -1, index, option == nullptr ? "" : option->code};
    using Kind = Criterion::Kind;
    if (criterion.kind == Kind::screen_out && option != nullptr && index >= 0) {
      if (const std::optional<size_t> found =
              option_by_label(static_cast<size_t>(index), *option)) {
        screen_[static_cast<size_t>(index)].insert(*found);
        took(from, rule, "`" + named({static_cast<size_t>(index), -1, *found}) + "` screens out");
      } else {
        unread(from, rule, "\"" + option->text + "\" is no option of " + name(index));
      }
    } else if (criterion.kind == Kind::drop && option != nullptr) {
      drop(rule, from, question, index, *option);
    } else if (criterion.kind == Kind::required && index >= 0) {
      draft_.cases.push_back({"not answered(" + name(index) + ")",
                              "the filtering criteria require an answer to " + name(index)});
      took(from, rule, "cases without an answer to " + name(index) + " are dropped");
    } else if (starts_with(lower(criterion.words), "dq for ") ||
               starts_with(lower(criterion.words), "dq in ")) {
      unread(from, rule,
             "it depends on where the respondent came from, and no file says which "
             "collector that was (" +
                 (option == nullptr ? question.text : option->text) + ")");
    } else {
      unread(from, rule, "not understood");
    }
  }

  [[nodiscard]] std::optional<size_t> option_by_label(size_t question,
                                                      const CriteriaOption& wanted) const {
    const std::vector<DraftOption>& options = draft_.questions[question].options;
    for (size_t i = 0; i < options.size(); ++i)
      if (comparable(options[i].text) == comparable(wanted.text))
        return i;
    for (size_t i = 0; i < options.size(); ++i)
      if (has_code(options[i].model_code, options[i].code, wanted.code) &&
          likeness(options[i].text, wanted.text) >= 0.5)
        return i;
    return std::nullopt;
  }

  void drop(const Rule& rule, const Context& from, const CriteriaQuestion& question, int index,
            const CriteriaOption& option) {
    if (index >= 0) {
      if (const std::optional<size_t> found = option_by_label(static_cast<size_t>(index), option))
        add_drop(rule, from, draft_.questions[static_cast<size_t>(index)].name,
                 draft_.questions[static_cast<size_t>(index)].options[*found], question);
      else
        unread(from, rule, "\"" + option.text + "\" is no option of " + name(index));
      return;
    }
    for (const DraftField& field : draft_.fields) {
      if (comparable(field.text) != comparable(question.id))
        continue;
      for (const DraftOption& known : field.options) {
        if (std::to_string(known.code) == option.code) {
          add_drop(rule, from, field.name, known, question);
          return;
        }
      }
    }
    unread(from, rule, "no column of the data is called \"" + question.id + "\"");
  }

  // One rule for each option, so that the ledger counts each reason.
  void add_drop(const Rule& rule, const Context& from, const std::string& variable,
                const DraftOption& option, const CriteriaQuestion& question) {
    (void)question;
    draft_.cases.push_back({variable + " == " + option.name, option.text});
    took(from, rule, "cases with `" + variable + " == " + option.name + "` are dropped");
  }

  Draft& draft_;
  Answers answers_;
  const LogicSources& sources_;
  ImportLog& log_;
  std::string message_;  // the label in the message of the cell that is being read
  std::map<size_t, std::set<size_t>> screen_;       // question -> options
  std::map<size_t, std::vector<HideReason>> hide_;  // page -> reasons
};

}  // namespace

void apply_logic(Draft& draft, const RawTable& raw, const LogicSources& sources, ImportLog& log) {
  Logic(draft, raw, sources, log).apply();
}

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
  const Answers answers(raw, draft);
  std::vector<RoutingHint> hints;
  for (size_t question = 0; question < draft.questions.size(); ++question) {
    const DraftQuestion& q = draft.questions[question];
    const size_t answered = answers.count_answered(question);
    if (!q.show.empty() || !draft.pages[q.page].show.empty() || answered < 5)
      continue;
    std::optional<RoutingHint> best;
    size_t best_excluded = 0;
    for (size_t other = 0; other < question; ++other) {
      const DraftQuestion& o = draft.questions[other];
      if (o.kind != QuestionKind::single || o.options.size() < 2)
        continue;
      // Options whose respondents mostly answered, and those whose respondents did not.
      Clause clause{other, -1, {}, false};
      size_t explained = 0;
      size_t excluded = 0;
      for (size_t option = 0; option < o.options.size(); ++option) {
        size_t all = 0;
        size_t both = 0;
        for (size_t row = 0; row < answers.cases(); ++row) {
          if (!answers.chose(row, other, -1, option))
            continue;
          ++all;
          both += answers.answered(row, question) ? 1 : 0;
        }
        if (both * 20 > all) {
          clause.options.push_back(option);
          explained += both;
        } else {
          excluded += all;
        }
      }
      const bool separates =
          excluded > 0 && explained * 50 >= answered * 49 && excluded * 20 >= answers.cases();
      if (separates && excluded > best_excluded) {
        best = RoutingHint{question, clause, answered, explained};
        best_excluded = excluded;
      }
    }
    if (best)
      hints.push_back(*best);
  }
  return hints;
}

}  // namespace topline::lf_srm
