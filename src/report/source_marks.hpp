// What a report's text holds beyond CommonMark: values `{{ … }}` and footnotes. They are found
// before Markdown is parsed and covered by bytes that mean nothing to Markdown, as many as the
// mark is long, so that every offset into the covered text is an offset into the file.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "report/document.hpp"

namespace topline {

// From byte offsets to lines and columns.
class SourceLines {
 public:
  SourceLines(std::string_view text, std::string file);
  [[nodiscard]] Place place(size_t offset, size_t length = 1) const;
  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  std::string file_;
  std::vector<size_t> starts_;
};

constexpr char kValueByte = '\x01';
constexpr char kFootnoteByte = '\x02';

struct FootnoteSource {
  std::string name;
  size_t offset = 0;            // of the definition
  std::string text;             // covered, the marker and the indentation taken off
  std::vector<size_t> origins;  // by byte of `text`: offset in the file
};

struct MarkedSource {
  std::string covered;                 // as long as the file; footnotes' definitions are blank
  std::map<size_t, ValueText> values;  // by offset of `{{`
  std::map<size_t, std::string> footnote_marks;  // by offset of `[^`
  std::vector<FootnoteSource> footnotes;
};

MarkedSource mark_source(const std::string& text, const SourceLines& lines, Diagnostics& faults);

// A title, note or finding of a fenced block: text with values, no Markdown. `place` is where
// the text begins; with column 0 the places within are not known either.
Inlines read_values(const std::string& text, const Place& place, Diagnostics& faults);

// What stands between the braces: expression and format. `place` is of `inside`.
ValueText read_value(std::string_view inside, const Place& place, Diagnostics& faults);

}  // namespace topline
