#include "report/printed_table.hpp"
#include "text/html_text.hpp"

namespace topline {

namespace {

const char* const page_style = R"(
:root{color-scheme:light dark;--fg:#1d2530;--muted:#5a6472;--line:#d5dae1;--bg:#fff;--accent:#0b5cad}
@media (prefers-color-scheme:dark){:root{--fg:#e6eaf0;--muted:#a3adba;--line:#3a4350;--bg:#14181e;--accent:#79b4f2}}
body{margin:0 auto;max-width:60rem;padding:1.5rem;font:1rem/1.5 "Noto Sans","Noto Sans CJK JP",sans-serif;color:var(--fg);background:var(--bg)}
h1{font-size:1.6rem}h2{font-size:1.1rem;margin:2.5rem 0 .25rem}a{color:var(--accent)}
p{margin:.15rem 0}.base,.note{color:var(--muted);font-size:.875rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.5rem 0;min-width:20rem}
th,td{padding:.2rem .6rem;border-bottom:1px solid var(--line);text-align:end;vertical-align:bottom}
th[scope=row]{text-align:start;font-weight:400;max-width:28rem}thead th{font-weight:600}
.net th,.net td{font-weight:600}.member th{padding-inline-start:1.6rem}.dont_know th,.dont_know td,.statistic th,.statistic td{color:var(--muted)}
nav ol{columns:2 18rem;padding-inline-start:1.2rem;font-size:.9rem}
@media print{nav{display:none}section{break-inside:avoid}body{max-width:none}}
)";

const char* class_of(PrintedRole role) {
  switch (role) {
    case PrintedRole::base:
      return "base";
    case PrintedRole::net:
      return "net";
    case PrintedRole::dont_know:
      return "dont_know";
    case PrintedRole::statistic:
      return "statistic";
    case PrintedRole::option:
      break;
  }
  return "option";
}

std::string head_row(const std::vector<std::string>& heads) {
  std::string out = "<tr><td></td>";
  for (const std::string& head : heads)
    out += "<th scope=\"col\">" + html_text(head) + "</th>";
  return out + "</tr>";
}

// The banner variables' names, each over its columns; empty when there are none.
std::string over_row(const std::vector<std::string>& over) {
  std::string out = "<tr><td></td>";
  bool any = false;
  for (size_t i = 0; i < over.size();) {
    size_t end = i + 1;
    while (end < over.size() && over[end] == over[i])
      ++end;
    any = any || !over[i].empty();
    out += over[i].empty() ? "<td colspan=\"" : "<th scope=\"colgroup\" colspan=\"";
    out += std::to_string(end - i) + "\">" + html_text(over[i]);
    out += over[i].empty() ? "</td>" : "</th>";
    i = end;
  }
  return any ? out + "</tr>" : "";
}

}  // namespace

std::string table_html(const PrintedTable& table, const std::string& name,
                       const std::string& caption) {
  std::string out = "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" +
                    html_text(name.empty() ? table.title : name) + "\"><table>\n" +
                    (caption.empty() ? "" : "<caption>" + html_text(caption) + "</caption>\n") +
                    "<thead>" + over_row(table.over_heads) + head_row(table.heads) +
                    "</thead>\n<tbody>\n";
  for (const PrintedRow& row : table.rows) {
    out += std::string("<tr class=\"") + class_of(row.role) + (row.member ? " member" : "") +
           "\"><th scope=\"row\">" + html_text(row.label) + "</th>";
    for (const std::string& cell : row.cells)
      out += "<td>" + html_text(cell) + "</td>";
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string tables_page(const std::vector<PrintedTable>& tables, const Study& study,
                        const Language& language) {
  const Messages messages = Messages::for_language(language);
  const std::string title = study.title + ": " + messages.text(tr("Frequency tables"));
  std::string out = "<!DOCTYPE html>\n<html lang=\"" + html_text(language.tag()) + "\" dir=\"" +
                    (language.right_to_left() ? "rtl" : "ltr") +
                    "\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                    "content=\"width=device-width,initial-scale=1\"><title>" +
                    html_text(title) + "</title><style>" + page_style +
                    "</style></head>\n<body>\n<main>\n<h1>" + html_text(title) + "</h1>\n";
  if (study.invented)
    out += "<p class=\"note\">" +
           html_text(messages.text(tr("The respondents of this study are invented."))) + "</p>\n";
  out += "<nav aria-label=\"" + html_text(messages.text(tr("Contents"))) + "\"><ol>\n";
  for (const PrintedTable& table : tables)
    out += "<li><a href=\"#" + html_text(table.id) + "\">" + html_text(table.title) + "</a></li>\n";
  out += "</ol></nav>\n";
  for (const PrintedTable& table : tables) {
    out +=
        "<section id=\"" + html_text(table.id) + "\">\n<h2>" + html_text(table.title) + "</h2>\n";
    if (!table.question.empty())
      out += "<p class=\"note\">" + html_text(table.question) + "</p>\n";
    out += "<p class=\"base\">" + html_text(table.base) + "</p>\n" + table_html(table);
    for (const std::string& note : table.notes)
      out += "<p class=\"note\">" + html_text(note) + "</p>\n";
    out += "</section>\n";
  }
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace topline
