#include "report/prose_html.hpp"

#include "text/html_text.hpp"

namespace topline {

namespace {

bool is_ascii(char c) {
  return (c & 0x80) == 0;
}

// Whether a quote behind `c` opens: at the beginning, and behind space and brackets.
bool opens_behind(char c) {
  return c == ' ' || c == '\n' || c == '(' || c == '[' || c == '-' || c == '/';
}

// Chinese and Japanese are written without spaces: a line end between two of their characters is
// none. Between two words in Latin letters it is a space.
std::string without_line_ends(const std::string& text, char before) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\n') {
      out += text[i];
      continue;
    }
    const char last = i == 0 ? before : text[i - 1];
    const bool space = is_ascii(last) && i + 1 < text.size() && is_ascii(text[i + 1]);
    out += space ? " " : "";
  }
  return out;
}

std::string with_english_quotes(const std::string& text, char before) {
  std::string out;
  for (char c : text) {
    if (c == '\'')
      out += opens_behind(before) ? "‘" : "’";
    else if (c == '"')
      out += opens_behind(before) ? "“" : "”";
    else
      out += c;
    before = c;
  }
  return out;
}

}  // namespace

std::string typographic(const std::string& text, const Language& language) {
  std::string out = language.code() == "en" ? with_english_quotes(text, ' ') : text;
  const std::string loose = "n = ", firm = "n\xC2\xA0=\xC2\xA0";
  for (size_t at = out.find(loose); at != std::string::npos; at = out.find(loose, at + firm.size()))
    if (at == 0 || out[at - 1] == '(' || (out[at - 1] & 0x80) != 0)
      out.replace(at, loose.size(), firm);
  return out;
}

std::string ProseWriter::text_of(const std::string& text) {
  const std::string& code = language_.code();
  std::string out = code == "ja" || code == "zh" ? without_line_ends(text, before_)
                    : code == "en"               ? with_english_quotes(text, before_)
                                                 : text;
  if (!text.empty())
    before_ = text.back();
  return out;
}

std::string ProseWriter::html(const Inlines& inlines) {
  std::string out;
  for (const Inline& piece : inlines)
    out += inline_html(piece);
  return out;
}

std::string ProseWriter::inline_html(const Inline& piece) {
  switch (piece.kind) {
    case InlineKind::text:
      return html_text(text_of(piece.text));
    case InlineKind::strong:
      return "<strong>" + html(piece.children) + "</strong>";
    case InlineKind::emphasis:
      return "<em>" + html(piece.children) + "</em>";
    case InlineKind::code:
      before_ = 'x';
      return "<code>" + html_text(piece.text) + "</code>";
    case InlineKind::line_break:
      before_ = '\n';
      return "<br>";
    case InlineKind::link:
      return link_html(piece);
    case InlineKind::value:
      return value_html(*piece.value);
    case InlineKind::footnote:
      return footnote_html(piece.target);
  }
  return {};
}

std::string ProseWriter::link_html(const Inline& link) {
  std::string words = html(link.children);
  if (words.empty() && link.target.starts_with('#')) {
    const auto exhibit = references_.exhibits.find(link.target.substr(1));
    words = exhibit == references_.exhibits.end() ? link.target : html_text(exhibit->second);
    before_ = 'x';
  }
  return "<a href=\"" + html_text(link.target) + "\">" + words + "</a>";
}

// The counts behind a share are shown to whoever points at it.
std::string ProseWriter::value_html(const ValueText& value) {
  const PrintedValue printed = values_.print(value);
  before_ = 'x';
  if (!value.study_entry().empty())
    return html_text(typographic(printed.text, language_));
  const std::string title =
      printed.trace.empty() ? "" : " title=\"" + html_text(printed.trace) + "\"";
  return "<span class=\"value\"" + title + ">" + html_text(printed.text) + "</span>";
}

std::string ProseWriter::footnote_html(const std::string& name) {
  const auto found = references_.footnotes.find(name);
  if (found == references_.footnotes.end())
    return {};  // told when the text was read
  const std::string number = std::to_string(found->second);
  const int times = ++noted_[found->second];
  const std::string id =
      "note-" + number + (times == 1 ? "-back" : "-back-" + std::to_string(times));
  return "<sup><a class=\"noteref\" role=\"doc-noteref\" id=\"" + id + "\" href=\"#note-" + number +
         "\">" + number + "</a></sup>";
}

std::string ProseWriter::plain(const Inlines& inlines) {
  std::string out;
  before_ = ' ';
  for (const Inline& piece : inlines) {
    if (piece.kind == InlineKind::text)
      out += text_of(piece.text);
    else if (piece.kind == InlineKind::value)
      out += values_.print(*piece.value).text;
    else if (piece.kind == InlineKind::line_break)
      out += ' ';
    else if (piece.kind != InlineKind::footnote)
      out += piece.text + plain(piece.children);
  }
  return out;
}

}  // namespace topline
