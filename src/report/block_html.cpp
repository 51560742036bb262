#include "report/block_html.hpp"

#include <algorithm>

#include "base/rounding.hpp"
#include "figure/figure_svg.hpp"
#include "report/report_style.hpp"
#include "text/html_text.hpp"

namespace topline {

namespace {

// The words of a picture or table as they are typeset; its files keep them as they are written.
void typeset(std::string& text, const Language& language) {
  text = typographic(text, language);
}

void typeset(FigureModel& model) {
  const Language& language = model.language;
  for (FigureCategory& category : model.categories) {
    typeset(category.label, language);
    typeset(category.group, language);
  }
  for (FigureSeries& series : model.series)
    typeset(series.label, language);
  for (FigurePanel& panel : model.panels) {
    typeset(panel.title, language);
    for (FigureCategory& category : panel.categories)
      typeset(category.label, language);
  }
  for (std::string& note : model.notes)
    typeset(note, language);
}

std::vector<PrintedTable> typeset(std::vector<PrintedTable> tables, const Language& language) {
  for (PrintedTable& table : tables) {
    typeset(table.title, language);
    for (std::string& head : table.heads)
      typeset(head, language);
    for (std::string& head : table.over_heads)
      typeset(head, language);
    for (PrintedRow& row : table.rows)
      typeset(row.label, language);
  }
  return tables;
}

}  // namespace

std::string exhibit_id(const ExhibitText& exhibit, size_t index) {
  if (!exhibit.id.empty())
    return exhibit.id;
  return (exhibit.table ? "table-at-" : "figure-at-") + std::to_string(index + 1);
}

std::string BlockWriter::html(const std::vector<Block>& blocks) {
  std::string out;
  for (const Block& block : blocks)
    out += html(block);
  return out;
}

std::string BlockWriter::html(const Block& block) {
  switch (block.kind) {
    case BlockKind::heading:
      return heading(block);
    case BlockKind::paragraph:
      return "<p>" + prose_.html(block.inlines) + "</p>\n";
    case BlockKind::list:
      return list(block);
    case BlockKind::item:
      return "<li>" + html(block.children) + "</li>\n";
    case BlockKind::quote:
      return "<blockquote>\n" + html(block.children) + "</blockquote>\n";
    case BlockKind::rule:
      return "<hr>\n";
    case BlockKind::code:
      return "<pre tabindex=\"0\"><code>" + html_text(block.text) + "</code></pre>\n";
    case BlockKind::table:
      return table(block);
    case BlockKind::row:
    case BlockKind::cell:
      return cell(block);
    case BlockKind::exhibit:
      return exhibit(document_.exhibits[block.index], block.index);
    case BlockKind::findings:
      return findings(document_.findings[block.index]);
    case BlockKind::about:
      return about_;
  }
  return {};
}

std::string BlockWriter::heading(const Block& block) {
  const std::string level = std::to_string(std::max(2, block.level));
  return "<h" + level + " id=\"" + html_text(block.anchor) + "\">" + prose_.html(block.inlines) +
         "</h" + level + ">\n";
}

std::string BlockWriter::list(const Block& block) {
  std::string items;
  for (const Block& item : block.children) {
    // The items of a tight list hold their text without a paragraph around it.
    const bool plain =
        block.tight && !item.children.empty() && item.children.front().kind == BlockKind::paragraph;
    if (!plain) {
      items += html(item);
      continue;
    }
    items += "<li>" + prose_.html(item.children.front().inlines);
    for (size_t i = 1; i < item.children.size(); ++i)
      items += html(item.children[i]);
    items += "</li>\n";
  }
  if (!block.ordered)
    return "<ul>\n" + items + "</ul>\n";
  const std::string start =
      block.start == 1 ? "" : " start=\"" + std::to_string(block.start) + "\"";
  return "<ol" + start + ">\n" + items + "</ol>\n";
}

std::string BlockWriter::table(const Block& block) {
  std::string head, body, name;
  for (const Block& row : block.children) {
    (row.head ? head : body) += "<tr>" + html(row.children) + "</tr>\n";
    if (row.head)
      for (const Block& one : row.children)
        name += (name.empty() ? "" : ", ") + prose_.plain(one.inlines);
  }
  return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + html_text(name) +
         "\"><table class=\"prose-table\">\n<thead>" + head + "</thead>\n<tbody>\n" + body +
         "</tbody></table></div>\n";
}

std::string BlockWriter::cell(const Block& block) {
  const std::string style =
      block.align == 0 || block.align == 'l' ? "" : std::string(" class=\"") + block.align + "\"";
  if (block.head)
    return "<th scope=\"col\"" + style + ">" + prose_.html(block.inlines) + "</th>";
  return "<td" + style + ">" + prose_.html(block.inlines) + "</td>";
}

std::string BlockWriter::findings(const std::vector<FindingText>& findings) {
  std::string out = "<ul class=\"findings\">\n";
  for (const FindingText& finding : findings) {
    const PrintedValue printed = values_.print(finding.value);
    const std::string picture =
        printed.percent ? dots_svg(static_cast<int64_t>(round_half_up(*printed.percent)), 100, 10,
                                   "var(--tl-accent)", "var(--tl-track)")
                        : std::string("<span></span>");
    const auto shown = references_.exhibits.find(finding.show);
    const std::string link = shown == references_.exhibits.end()
                                 ? std::string()
                                 : "<a class=\"see\" href=\"#" + html_text(finding.show) + "\">" +
                                       html_text(shown->second) + "</a>";
    out += "<li>" + picture + "<div><span class=\"large\">" + html_text(printed.text) +
           "</span> <span class=\"said\">" + prose_.html(finding.text) + "</span> " + link +
           "</div></li>\n";
  }
  return out + "</ul>\n";
}

std::string BlockWriter::exhibit(const ExhibitText& text, size_t index) {
  std::optional<Exhibit> resolved = resolve_exhibit(text, edition_.study, faults_);
  if (!resolved)
    return {};
  const Result<CountedExhibit> counting =
      count_exhibit(std::move(*resolved), cases_, edition_.study);
  if (!counting) {
    Diagnostic fault = counting.fault();
    fault.place = text.place;
    faults_.add(std::move(fault));
    return {};
  }
  const CountedExhibit& counted = *counting;
  const ExhibitContext context{edition_.study, edition_.language, printer_};
  const std::string id = exhibit_id(text, index);
  const std::string label = references_.exhibits.at(id);
  const std::string title = prose_.plain(text.title);
  const std::vector<std::string> notes = exhibit_notes(counted, context, prose_.plain(text.note));

  std::string out = "<figure class=\"exhibit\" id=\"" + html_text(id) +
                    "\">\n<figcaption><span class=\"number\">" + html_text(label) + "</span> " +
                    prose_.html(text.title) + "</figcaption>\n";
  if (text.table) {
    for (const PrintedTable& printed : typeset(exhibit_tables(counted, context), edition_.language))
      out += table_html(printed, counted.tables.size() > 1 ? label + ": " + printed.title : label,
                        counted.tables.size() > 1 ? printed.title : std::string());
  } else {
    out += drawings(counted, context, id, title, notes);
  }
  out += "<div class=\"small\">\n";
  for (const std::string& note : notes)
    out += "<p>" + html_text(typographic(note, edition_.language)) + "</p>\n";
  out += "</div>\n";
  if (!text.table)
    out += data_tables(counted, context, label);
  files_.emplace(
      "figures/" + id + "." + edition_.language.tag() + ".csv",
      tables_csv(counted.tables, edition_.study.codebook(), edition_.study.study.suppress_below));
  return out + "</figure>\n";
}

std::string BlockWriter::drawings(const CountedExhibit& counted, const ExhibitContext& context,
                                  const std::string& id, const std::string& title,
                                  const std::vector<std::string>& notes) {
  FigureModel model = figure_model(counted, context, id, title, notes);
  typeset(model);
  FigureStyle wide;
  wide.width = kWideFigure;
  FigureStyle narrow;
  narrow.width = kNarrowFigure;
  FigureStyle alone = wide;
  alone.print_title = true;
  alone.print_notes = true;
  files_.emplace("figures/" + id + "." + edition_.language.tag() + ".svg",
                 to_svg(model, faces_, alone));
  return "<div class=\"drawing wide\">" + to_svg(model, faces_, wide) +
         "</div>\n<div class=\"drawing narrow\">" + to_svg(model, faces_, narrow) + "</div>\n";
}

std::string BlockWriter::data_tables(const CountedExhibit& counted, const ExhibitContext& context,
                                     const std::string& label) {
  const Messages& messages = printer_.messages();
  const std::string name = messages.format(tr("Data of {figure}"), {{"figure", label}});
  std::string out =
      "<details><summary>" +
      html_text(messages.format(tr("Show the data of {figure}"), {{"figure", label}})) +
      "</summary>\n";
  const std::vector<PrintedTable> tables =
      typeset(exhibit_tables(counted, context), edition_.language);
  for (const PrintedTable& printed : tables)
    out +=
        table_html(printed, tables.size() > 1 ? name + ": " + printed.title : name, printed.title);
  return out + "</details>\n";
}

}  // namespace topline
