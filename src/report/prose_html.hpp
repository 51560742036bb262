// Runs of text as HTML: markup, values, footnotes, line ends as the language wants them.
#pragma once

#include <map>
#include <string>

#include "report/document.hpp"
#include "report/value_printer.hpp"

namespace topline {

// Where the links and notes of a document lead.
struct References {
  std::map<std::string, std::string> exhibits;  // id: "Figure 6"
  std::map<std::string, int> footnotes;         // name: number
};

// Straight quotes and apostrophes as English sets them, and no line break within "n = 249"; other
// languages write their own quotes.
std::string typographic(const std::string& text, const Language& language);

class ProseWriter {
 public:
  ProseWriter(const Language& language, const References& references, ValuePrinter& values)
      : language_(language), references_(references), values_(values) {}

  std::string html(const Inlines& inlines);

  // The words alone, values printed, for titles and lists of contents. Not escaped.
  std::string plain(const Inlines& inlines);

 private:
  std::string inline_html(const Inline& piece);
  std::string link_html(const Inline& link);
  std::string value_html(const ValueText& value);
  std::string footnote_html(const std::string& name);
  [[nodiscard]] std::string text_of(const std::string& text);

  const Language& language_;
  const References& references_;
  ValuePrinter& values_;
  std::map<int, int> noted_;  // by footnote: references so far
  char before_ = ' ';         // the last byte that was written, for quotes
};

}  // namespace topline
