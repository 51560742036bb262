#include <algorithm>

#include "study/check_parts.hpp"
#include "study/condition_fate.hpp"
#include "study/piping.hpp"

namespace topline {

namespace {

// The place of `needle` in the text of a file, at or behind the line of `near`; `near` itself
// where the text is written in another way there (folded, with escapes).
Place place_of_text(const std::map<std::string, std::string>& files, const Place& near,
                    const std::string& needle) {
  const auto file = files.find(near.file);
  if (file == files.end() || near.line <= 0)
    return near;
  const std::string& source = file->second;
  size_t begin = 0;
  for (int line = 1; line < near.line && begin != std::string::npos; ++line)
    begin = source.find('\n', begin) == std::string::npos ? std::string::npos
                                                          : source.find('\n', begin) + 1;
  const size_t at = begin == std::string::npos ? begin : source.find(needle, begin);
  if (at == std::string::npos)
    return near;
  const auto stop = source.begin() + static_cast<std::ptrdiff_t>(at);
  const auto lines = std::count(source.begin() + static_cast<std::ptrdiff_t>(begin), stop, '\n');
  const size_t line_begin = at == 0 ? std::string::npos : source.rfind('\n', at - 1);
  const size_t column = line_begin == std::string::npos ? at + 1 : at - line_begin;
  return {near.file, near.line + static_cast<int>(lines), static_cast<int>(column),
          static_cast<int>(needle.size())};
}

class Checker {
 public:
  Checker(const OpenStudy& study, bool routed, Diagnostics& faults)
      : study_(study),
        questionnaire_(study.questionnaire),
        codebook_(study.codebook()),
        routed_(routed),
        faults_(faults) {}

  void run() {
    for (size_t i = 0; i < questionnaire_.pages.size(); ++i) {
      const Page& page = questionnaire_.pages[i];
      const Moment begins{Moment::Kind::page_begins, PageId(i), {}};
      const QuestionId first = page.questions.empty() ? QuestionId() : page.questions.front();
      text(page.title, page.place, begins, first);
      text(page.text, page.place, begins, first);
    }
    for (size_t i = 0; i < questionnaire_.questions.size(); ++i)
      question(QuestionId(i));
  }

 private:
  void question(QuestionId id) {
    const Question& question = questionnaire_[id];
    const Moment asked{Moment::Kind::question_asked, question.page, id};
    text(question.text, question.place, asked, id);
    text(question.note, question.place, asked, id);
    for (const GridRow& row : question.rows)
      text(row.text, row.place, asked, id);
    for (const Option& option : *question.options)
      text(option.text, option.place, asked, id);
    for (const OptionGroup& group : question.groups)
      text(group.text, group.place, asked, id);
    if (question.label.empty() && !find_pipes(question.text).pipes.empty())
      faults_.warning(question.place,
                      "tables and figures will print the braces of " + question.name,
                      "give the question a `label:` without them");
  }

  // `before`: the question that an answer must stand before to be known.
  void text(const std::string& text, const Place& near, const Moment& moment, QuestionId before) {
    const Pipes found = find_pipes(text);
    if (found.lonely_brace) {
      const std::string brace(1, text[*found.lonely_brace]);
      faults_.error(place_of_text(study_.files, near, text.substr(*found.lonely_brace, 12)),
                    "a `" + brace + "` stands alone in this text",
                    "write `" + brace + brace +
                        "` for a brace that people read; {Q3} prints the "
                        "answer to Q3");
    }
    for (const std::string& name : found.pipes)
      pipe(name, place_of_text(study_.files, near, "{" + name + "}"), moment, before);
  }

  void pipe(const std::string& name, const Place& place, const Moment& moment, QuestionId before) {
    const VariableId id = codebook_.find(name);
    if (!id.valid()) {
      const std::vector<VariableId> rows = codebook_.find_all(name);
      if (!rows.empty())
        faults_.error(place, name + " is a grid, and only one of its rows can be printed here",
                      "such as {" + codebook_[rows[0]].name + "}");
      else
        unknown(name, place);
      return;
    }
    const Variable& variable = codebook_[id];
    if (variable.role == VariableRole::derived) {
      faults_.error(place, name + " is computed after the interview, and is not known here",
                    "use the question that it comes from");
    } else if (variable.question.valid() && before.valid() && !(variable.question < before)) {
      const Question& later = questionnaire_[variable.question];
      faults_.error(place,
                    variable.question == before && moment.kind == Moment::Kind::question_asked
                        ? name + " is this question itself: there is no answer to print yet"
                        : name + " is not yet answered here: it is asked later (line " +
                              std::to_string(later.place.line) + ")",
                    "print the answer to a question that is asked before");
    } else if (routed_ && variable.role != VariableRole::hidden) {
      gap(name, id, place, moment);
    }
  }

  void unknown(const std::string& name, const Place& place) {
    const std::string near = did_you_mean(name, codebook_.names());
    faults_.error(place, "there is no question or variable `" + name + "`",
                  near.empty() ? "write {{ and }} for braces that people read" : near);
  }

  // Somebody may read the text without having answered.
  void gap(const std::string& name, VariableId id, const Place& place, const Moment& moment) {
    Expression reads;
    Node node;
    node.op = Op::answered;
    node.type = ExpressionType::boolean;
    node.variables = {id};
    reads.nodes.push_back(node);
    const Fate fate = fate_of(questionnaire_, {&reads}, moment,
                              [&](const CaseView& view) { return view.answer(id).answered(); });
    if (fate.decided && fate.can_fail)
      faults_.warning(place,
                      fate.can_hold ? "some who read this have not answered " + name
                                    : "nobody who reads this has answered " + name,
                      "they would see a gap; show the text only where answered(" + name + ")");
  }

  const OpenStudy& study_;
  const Questionnaire& questionnaire_;
  const Codebook& codebook_;
  const bool routed_;
  Diagnostics& faults_;
};

}  // namespace

Pipes find_pipes(std::string_view text) {
  Pipes found;
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c != '{' && c != '}')
      continue;
    if (text.substr(at + 1).starts_with(c)) {
      ++at;
      continue;
    }
    const size_t close = c == '{' ? text.find_first_of("{}", at + 1) : std::string_view::npos;
    if (close == std::string_view::npos || text[close] != '}') {
      if (!found.lonely_brace)
        found.lonely_brace = at;
      continue;
    }
    found.pipes.emplace_back(text.substr(at + 1, close - at - 1));
    at = close;
  }
  return found;
}

void check_piping(const OpenStudy& study, bool routed, Diagnostics& faults) {
  Checker(study, routed, faults).run();
}

}  // namespace topline
