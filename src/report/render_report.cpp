#include "report/render_report.hpp"

#include <algorithm>

#include "figure/figure_svg.hpp"
#include "report/about_html.hpp"
#include "report/block_html.hpp"
#include "report/report_style.hpp"
#include "report/study_entry.hpp"
#include "report/used_text.hpp"
#include "text/font_subset.hpp"
#include "text/html_text.hpp"

namespace topline {

namespace {

// "Figure 1", "Table 1" for every exhibit: counted, unless the author gives a number. Counting
// goes on from the largest whole number given.
std::map<std::string, std::string> number_exhibits(const Document& document,
                                                   const Messages& messages) {
  std::map<std::string, std::string> labels;
  int last[2] = {0, 0};
  for (size_t i = 0; i < document.exhibits.size(); ++i) {
    const ExhibitText& exhibit = document.exhibits[i];
    int& counted = last[exhibit.table ? 1 : 0];
    std::string number = exhibit.number;
    if (number.empty()) {
      number = std::to_string(++counted);
    } else {
      int given = 0;  // "2a" is 2
      for (size_t digit = 0; digit < std::min<size_t>(number.size(), 6); ++digit) {
        if (number[digit] < '0' || number[digit] > '9')
          break;
        given = given * 10 + (number[digit] - '0');
      }
      counted = std::max(counted, given);
    }
    labels[exhibit_id(exhibit, i)] = messages.format(
        exhibit.table ? tr("Table {number}") : tr("Figure {number}"), {{"number", number}});
  }
  return labels;
}

class PageWriter {
 public:
  PageWriter(const Document& document, const Edition& edition, const WeighedCases& cases,
             FaceSet& faces, Diagnostics& faults)
      : document_(document),
        edition_(edition),
        study_(edition.study.study),
        cases_(cases),
        faces_(faces),
        faults_(faults),
        printer_(edition.study.study, edition.study.codebook(), edition.study.questionnaire,
                 edition.language),
        messages_(printer_.messages()),
        values_(edition.study, edition.language, cases, printer_, faults),
        prose_(edition.language, references_, values_) {}

  Result<RenderedReport> write() {
    references_.exhibits = number_exhibits(document_, messages_);
    for (const Footnote& note : document_.footnotes)
      references_.footnotes.emplace(note.name, static_cast<int>(references_.footnotes.size()) + 1);
    const std::string title = typographic(study_.title, edition_.language);
    std::string body = "<a class=\"skip\" href=\"#content\">" + escaped(tr("Skip to the content")) +
                       "</a>\n" + invented_bar() + cover() + contents();
    body += "<main id=\"content\">\n" + sections() + "</main>\n" + foot();
    note_used_text(body, faces_);
    note_used_text(html_text(footer_line()), faces_);
    Result<std::string> fonts = font_face_css(faces_);
    if (!fonts)
      return fonts.fault();
    RenderedReport report;
    report.files = std::move(files_);
    report.html = "<!DOCTYPE html>\n<html lang=\"" + html_text(edition_.language.tag()) +
                  "\" dir=\"" + (edition_.language.right_to_left() ? "rtl" : "ltr") +
                  "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                  "content=\"width=device-width,initial-scale=1\">\n<title>" +
                  html_text(title) + "</title>\n" + description() + "<style>\n" + *fonts +
                  figure_theme_css() +
                  report_css(edition_.language, faces_.css_family(), footer_line()) +
                  "</style>\n</head>\n<body>\n" + body + "</body>\n</html>\n";
    return report;
  }

 private:
  [[nodiscard]] std::string escaped(MessageId id) const { return html_text(messages_.text(id)); }
  [[nodiscard]] std::string shown(const std::string& text) const {
    return html_text(typographic(text, edition_.language));
  }

  [[nodiscard]] std::string description() const {
    if (study_.subtitle.empty())
      return {};
    return "<meta name=\"description\" content=\"" + html_text(study_.subtitle) + "\">\n";
  }

  // ---- cover

  [[nodiscard]] std::string invented_bar() const {
    if (!study_.invented)
      return {};
    return "<aside class=\"invented bar\" aria-label=\"" + escaped(tr("Note")) + "\">" +
           escaped(tr("The respondents of this study are invented.")) + "</aside>\n";
  }

  [[nodiscard]] std::string footer_line() const {
    std::string line = typographic(study_.title, edition_.language);
    if (study_.invented)
      line += "  ·  " + messages_.text(tr("The respondents of this study are invented."));
    return line;
  }

  // One dot for each valid respondent, or for several where they are many.
  [[nodiscard]] std::string cover_art() const {
    const int64_t valid = cases_.screened.ledger.valid, complete = cases_.screened.ledger.complete;
    if (valid <= 0)
      return {};
    const int64_t each = (valid + 599) / 600;
    const int64_t total = std::max<int64_t>(1, valid / each);
    const std::string number = printer_.numbers().count(valid);
    std::string words =
        each == 1
            ? messages_.format(tr("One dot for each of {n} valid respondents."), {{"n", number}})
            : messages_.format(tr("One dot for about {each} of {n} valid respondents."),
                               {{"each", printer_.numbers().count(each)}, {"n", number}});
    if (complete < valid)
      words += (edition_.language.east_asian() ? "" : " ") +
               messages_.format(tr("The bright dots, {n}, answered to the end."),
                                {{"n", printer_.numbers().count(complete)}});
    const int columns = total > 120 ? 40 : 20;
    return "<div class=\"art\">" + dots_svg(complete / each, total, columns, "#ffffff", "#4f91bd") +
           "<p>" + html_text(words) + "</p></div>\n";
  }

  [[nodiscard]] std::string cover() const {
    std::string out = "<header class=\"cover\">\n<p class=\"kind\">" +
                      escaped(tr("Survey report")) + "</p>\n<h1>" + shown(study_.title) + "</h1>\n";
    if (!study_.subtitle.empty())
      out += "<p class=\"subtitle\">" + shown(study_.subtitle) + "</p>\n";
    out += cover_art() + "<div class=\"imprint\">\n<p class=\"publisher\">" +
           shown(study_.publisher) + "</p>\n";
    const std::string dates = fieldwork_text(study_, edition_.language);
    if (!dates.empty())
      out += "<p>" + html_text(dates) + "</p>\n";
    if (!study_.authors.empty())
      out += "<p>" + shown(*study_entry_text(study_, "authors", edition_.language)) + "</p>\n";
    out += editions() + "</div>\n";
    if (study_.invented)
      out += "<p class=\"disclaimer\">" +
             escaped(tr("The respondents of this study are invented. It shows how a study is "
                        "carried out and published, and is no evidence about the world.")) +
             "</p>\n";
    return out + "</header>\n";
  }

  [[nodiscard]] std::string editions() const {
    if (edition_.others.empty())
      return {};
    std::string out = "<p class=\"editions\">" + escaped(tr("Also available in:"));
    for (const Language& other : edition_.others) {
      const std::string tag = html_text(other.tag());
      out += " <a href=\"report." + tag + ".html\" hreflang=\"" + tag + "\" lang=\"" + tag + "\">" +
             html_text(other.name_in(other)) + "</a>";
    }
    return out + "</p>\n";
  }

  // ---- contents

  std::string contents() {
    std::string out =
        "<nav class=\"contents\" aria-labelledby=\"contents-title\">\n<h2 "
        "id=\"contents-title\">" +
        escaped(tr("Contents")) + "</h2>\n<ol>\n";
    bool open = false, inner = false;
    const auto close = [&] {
      out += inner ? "</ol>" : "";
      out += open ? "</li>\n" : "";
      open = inner = false;
    };
    for (const Block& block : document_.blocks) {
      if (block.kind != BlockKind::heading || block.level > 3)
        continue;
      const std::string link = "<a href=\"#" + html_text(block.anchor) + "\">" +
                               html_text(prose_.plain(block.inlines)) + "</a>";
      if (block.level <= 2 || !open) {
        close();
        out += "<li>" + link;
        open = true;
        continue;
      }
      out += inner ? "" : "\n<ol>";
      out += "<li>" + link + "</li>";
      inner = true;
    }
    close();
    if (!document_.has_about)
      out += "<li><a href=\"#about\">" + escaped(tr("About this study")) + "</a></li>\n";
    return out + "</ol>\n</nav>\n";
  }

  // ---- sections

  [[nodiscard]] std::string about() {
    std::optional<TypicalPrecision> precision;
    if (Result<std::optional<TypicalPrecision>> typical = typical_precision(edition_.study, cases_))
      precision = *typical;
    else
      faults_.add(typical.fault());
    bool licence = true, citation = true;
    visit_values(document_, [&](const ValueText& value) {
      licence = licence && value.study_entry() != "licence";
      citation = citation && value.study_entry() != "citation";
    });
    return about_html(
        {edition_.study, edition_.language, cases_, printer_, precision, licence, citation});
  }

  // Every heading of the second level begins a section; key findings have a page of their own,
  // and a section that holds words alone follows the one before it on the same printed page.
  std::string sections() {
    BlockWriter writer(document_, edition_, cases_, printer_, references_, prose_, values_, faces_,
                       about(), faults_);
    std::string out;
    const std::vector<Block>& blocks = document_.blocks;
    for (size_t begin = 0; begin < blocks.size();) {
      size_t end = begin + 1;
      while (end < blocks.size() && !begins_section(blocks[end]))
        ++end;
      out += section(writer, begin, end);
      begin = end;
    }
    if (!document_.has_about)
      out += "<section aria-labelledby=\"about\">\n<h2 id=\"about\">" +
             escaped(tr("About this study")) + "</h2>\n" + about() + "</section>\n";
    out += footnotes(writer);
    files_ = writer.take_files();
    return out;
  }

  static bool begins_section(const Block& block) {
    return block.kind == BlockKind::heading && block.level <= 2;
  }

  std::string section(BlockWriter& writer, size_t begin, size_t end) {
    bool own_page = false, plain = true;
    std::string out;
    for (size_t i = begin; i < end; ++i) {
      const BlockKind kind = document_.blocks[i].kind;
      own_page = own_page || kind == BlockKind::findings;
      plain = plain && kind != BlockKind::findings && kind != BlockKind::exhibit &&
              kind != BlockKind::about;
      out += writer.html(document_.blocks[i]);
    }
    const Block& first = document_.blocks[begin];
    const std::string label =
        begins_section(first) ? " aria-labelledby=\"" + html_text(first.anchor) + "\"" : "";
    const char* style = own_page             ? " class=\"own-page\""
                        : plain && begin > 0 ? " class=\"runs-on\""
                                             : "";
    return "<section" + label + style + ">\n" + out + "</section>\n";
  }

  std::string footnotes(BlockWriter& writer) {
    if (document_.footnotes.empty())
      return {};
    std::string out = "<section class=\"footnotes runs-on\" aria-label=\"" +
                      escaped(tr("Footnotes")) + "\">\n<ol>\n";
    for (const Footnote& note : document_.footnotes) {
      const std::string number = std::to_string(references_.footnotes.at(note.name));
      out += "<li id=\"note-" + number + "\">" + writer.html(note.blocks) +
             "<p><a role=\"doc-backlink\" href=\"#note-" + number + "-back\">" +
             escaped(tr("Back to the text")) + "</a></p></li>\n";
    }
    return out + "</ol>\n</section>\n";
  }

  [[nodiscard]] std::string foot() const {
    std::string out = "<footer class=\"foot\">\n<p>" + shown(study_.title);
    if (!study_.publisher.empty())
      out += " · " + shown(study_.publisher);
    out += "</p>\n";
    if (!study_.licence.empty())
      out += "<p>" + escaped(tr("Licence")) + ": " + html_text(study_.licence) + "</p>\n";
    if (study_.invented)
      out += "<p>" + escaped(tr("The respondents of this study are invented.")) + "</p>\n";
    return out + "<p><a href=\"#contents-title\">" + escaped(tr("Back to contents")) +
           "</a></p>\n</footer>\n";
  }

  const Document& document_;
  const Edition& edition_;
  const Study& study_;
  const WeighedCases& cases_;
  FaceSet& faces_;
  Diagnostics& faults_;
  TablePrinter printer_;
  const Messages& messages_;
  References references_;
  ValuePrinter values_;
  ProseWriter prose_;
  std::map<std::string, std::string> files_;
};

}  // namespace

Result<RenderedReport> render_report(const Document& document, const Edition& edition,
                                     const WeighedCases& cases, FaceSet& faces,
                                     Diagnostics& faults) {
  return PageWriter(document, edition, cases, faces, faults).write();
}

}  // namespace topline
