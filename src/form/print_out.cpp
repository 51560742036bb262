#include "form/print_out.hpp"

#include <algorithm>

#include "form/condition_words.hpp"
#include "text/html_text.hpp"
#include "text/messages.hpp"
#include "text/number_digits.hpp"

namespace topline {

namespace {

const char* const style = R"(
:root{color-scheme:light dark;--fg:#1d2530;--muted:#5a6472;--line:#d5dae1;--bg:#fff;--accent:#0b5cad;--route:#7a3e00}
@media (prefers-color-scheme:dark){:root{--fg:#e6eaf0;--muted:#a3adba;--line:#3a4350;--bg:#14181e;--accent:#79b4f2;--route:#f0b37a}}
body{margin:0 auto;max-width:46rem;padding:1.5rem;font:1rem/1.5 "Noto Sans","Noto Sans CJK JP",sans-serif;color:var(--fg);background:var(--bg)}
h1{font-size:1.6rem;margin-bottom:.25rem}h2{font-size:1.15rem;margin:2.5rem 0 .5rem;padding-top:.5rem;border-top:2px solid var(--accent);break-after:avoid}
h3{font-size:1rem;margin:0}h3 .name{color:var(--accent);margin-inline-end:.6rem}
p{margin:.2rem 0}.about,.kind,.note,.code{color:var(--muted);font-size:.875rem}.route{color:var(--route);font-size:.875rem}
section.question{margin:1.4rem 0;break-inside:avoid}
ul{list-style:none;margin:.4rem 0;padding:0}li{padding:.1rem 0;padding-inline-start:4.4rem;text-indent:-4.4rem}li *{text-indent:0}li.group{font-weight:600;margin-top:.4rem}
.code{display:inline-block;min-width:2.2rem;text-align:end;margin-inline-end:.6rem;font-variant-numeric:tabular-nums}
.box{margin-inline-end:.5rem}.line{display:inline-block;min-width:12rem;border-bottom:1px solid var(--muted)}
.scroll{overflow-x:auto}table{border-collapse:collapse;margin:.4rem 0}th,td{padding:.2rem .5rem;border-bottom:1px solid var(--line);text-align:center;font-weight:400;font-size:.875rem}
th[scope=row]{text-align:start;max-width:18rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem}dt{color:var(--accent)}dd{margin:0}
@media print{body{max-width:none;padding:0}}
)";

class PrintOut {
 public:
  PrintOut(const OpenStudy& study, const Language& language)
      : study_(study), messages_(Messages::for_language(language)), language_(language) {}

  std::string write() {
    const std::string title = study_.study.title + ": " + text(tr("Questionnaire"));
    out_ = "<!DOCTYPE html>\n<html lang=\"" + html_text(language_.tag()) + "\" dir=\"" +
           (language_.right_to_left() ? "rtl" : "ltr") +
           "\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" "
           "content=\"width=device-width,initial-scale=1\"><title>" +
           html_text(title) + "</title><style>" + style + "</style></head>\n<body>\n<main>\n<h1>" +
           html_text(study_.study.title) + "</h1>\n";
    const size_t questions = study_.questionnaire.questions.size();
    paragraph("about", text(tr("Questionnaire")) + " · " +
                           messages_.format(tr("{n} question", "{n} questions"), questions,
                                            {{"n", std::to_string(questions)}}));
    for (size_t number = 0; number < study_.questionnaire.pages.size(); ++number)
      page(study_.questionnaire.pages[number], number + 1);
    hidden();
    return out_ + "</main>\n</body>\n</html>\n";
  }

 private:
  [[nodiscard]] std::string text(MessageId id) const { return messages_.text(id); }
  [[nodiscard]] std::string words(const Expression& condition) const {
    return condition_words(condition, study_.codebook(), messages_);
  }

  void paragraph(const std::string& kind, const std::string& content) {
    out_ += "<p" + (kind.empty() ? "" : " class=\"" + kind + "\"") + ">" + html_text(content) +
            "</p>\n";
  }

  // A routing note, with an arrow in the reading direction.
  void route(MessageId id, const Expression& condition) {
    paragraph("route", std::string(language_.right_to_left() ? "← " : "→ ") +
                           messages_.format(id, {{"condition", words(condition)}}));
  }

  void page(const Page& page, size_t number) {
    out_ += "<h2>" +
            html_text(messages_.format(tr("Page {n}"), {{"n", std::to_string(number)}}) +
                      (page.title.empty() ? "" : " · " + page.title)) +
            "</h2>\n";
    if (page.show_if)
      route(tr("This page is shown if {condition}."), *page.show_if);
    if (!page.text.empty())
      paragraph("", page.text);
    for (QuestionId id : page.questions)
      question(study_.questionnaire[id]);
  }

  void question(const Question& question) {
    out_ += "<section class=\"question\">\n<h3><span class=\"name\">" + html_text(question.name) +
            "</span>" + html_text(question.text) + "</h3>\n";
    if (question.show_if)
      route(tr("Asked if {condition}."), *question.show_if);
    paragraph("kind", kind(question));
    if (!question.note.empty())
      paragraph("note", question.note);
    if (writes_in(question.kind))
      out_ += "<p><span class=\"line\">&nbsp;</span> " + html_text(question.unit) + "</p>\n";
    if (question.is_grid())
      grid(question);
    else if (!question.options->empty())
      options(question);
    if (question.screen_out)
      route(tr("The interview ends here if {condition}."), *question.screen_out);
    out_ += "</section>\n";
  }

  static bool writes_in(QuestionKind kind) {
    return kind == QuestionKind::numeric || kind == QuestionKind::text ||
           kind == QuestionKind::date;
  }

  // "One answer · may be skipped · options in random order"
  [[nodiscard]] std::string kind(const Question& question) const {
    std::string line = text(kind_of(question.kind));
    const auto add = [&](const std::string& part) { line += " · " + part; };
    if (question.at_least)
      add(messages_.format(tr("at least {n}"), {{"n", std::to_string(*question.at_least)}}));
    if (question.at_most)
      add(messages_.format(tr("at most {n}"), {{"n", std::to_string(*question.at_most)}}));
    if (question.kind == QuestionKind::numeric) {
      if (question.minimum)
        add(messages_.format(tr("from {n}"), {{"n", shortest_digits(*question.minimum)}}));
      if (question.maximum)
        add(messages_.format(tr("up to {n}"), {{"n", shortest_digits(*question.maximum)}}));
    }
    if (!question.required)
      add(text(tr("may be skipped")));
    if (question.randomize)
      add(text(tr("in random order")));
    if (!question.version.empty())
      add(messages_.format(tr("wording {version}"), {{"version", question.version}}));
    return line;
  }

  static MessageId kind_of(QuestionKind kind) {
    switch (kind) {
      case QuestionKind::single:
        return tr("One answer");
      case QuestionKind::multiple:
        return tr("Several answers");
      case QuestionKind::grid:
        return tr("One answer in each row");
      case QuestionKind::multiple_grid:
        return tr("Several answers in each row");
      case QuestionKind::ranking:
        return tr("To be ranked");
      case QuestionKind::numeric:
        return tr("A number");
      case QuestionKind::text:
        return tr("In the respondent's own words");
      case QuestionKind::date:
        return tr("A date");
      case QuestionKind::consent:
        return tr("Consent");
    }
    return tr("One answer");
  }

  void options(const Question& question) {
    const char* const box = question.kind == QuestionKind::multiple  ? "☐"
                            : question.kind == QuestionKind::ranking ? "＿"
                                                                     : "○";
    int group = -1;
    out_ += "<ul>\n";
    for (const Option& option : *question.options) {
      if (option.group >= 0 && option.group != group)
        out_ += "<li class=\"group\">" +
                html_text(question.groups[static_cast<size_t>(option.group)].text) + "</li>\n";
      group = option.group;
      out_ += "<li><span class=\"code\">" + std::to_string(option.code) +
              "</span><span class=\"box\">" + (option.exclusive ? "○" : box) + "</span>" +
              html_text(option.text);
      if (option.specify)
        out_ += " <span class=\"line\">&nbsp;</span>";
      if (option.exclusive)
        out_ += " <span class=\"note\">" + html_text(text(tr("(no other answer beside it)"))) +
                "</span>";
      if (question.randomize && option.anchor != Anchor::none)
        out_ += " <span class=\"note\">" + html_text(text(tr("(keeps its place)"))) + "</span>";
      if (option.show_if)
        out_ += " <span class=\"route\">" + condition_note(*option.show_if) + "</span>";
      out_ += "</li>\n";
    }
    out_ += "</ul>\n";
  }

  [[nodiscard]] std::string condition_note(const Expression& condition) const {
    return html_text(
        messages_.format(tr("(offered if {condition})"), {{"condition", words(condition)}}));
  }

  void grid(const Question& question) {
    const char* const box = question.kind == QuestionKind::multiple_grid ? "☐" : "○";
    out_ += "<div class=\"scroll\"><table>\n<thead><tr><td></td>";
    for (const Option& option : *question.options)
      out_ += "<th scope=\"col\">" + html_text(option.text) + "<br><span class=\"note\">" +
              std::to_string(option.code) + "</span></th>";
    out_ += "</tr></thead>\n<tbody>\n";
    for (const GridRow& row : question.rows) {
      out_ += "<tr><th scope=\"row\"><span class=\"note\">" + html_text(row.name) + "</span> " +
              html_text(row.text);
      if (row.show_if)
        out_ += " <span class=\"route\">" + condition_note(*row.show_if) + "</span>";
      out_ += "</th>";
      for (size_t i = 0; i < question.options->size(); ++i)
        out_ += std::string("<td>") + box + "</td>";
      out_ += "</tr>\n";
    }
    out_ += "</tbody></table></div>\n";
  }

  // What comes with a case and nobody is asked.
  void hidden() {
    std::string list;
    for (const Variable& variable : study_.codebook().variables()) {
      if (variable.role == VariableRole::hidden)
        list +=
            "<dt>" + html_text(variable.name) + "</dt><dd>" + html_text(variable.text) + "</dd>\n";
    }
    if (!list.empty())
      out_ += "<h2>" + html_text(text(tr("Recorded without a question"))) + "</h2>\n<dl>\n" + list +
              "</dl>\n";
  }

  const OpenStudy& study_;
  const Messages messages_;
  const Language& language_;
  std::string out_;
};

}  // namespace

std::string questionnaire_print_out(const OpenStudy& study, const Language& language) {
  return PrintOut(study, language).write();
}

}  // namespace topline
