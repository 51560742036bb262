// From the bytes of a cell to its text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace topline {

// Writes the text of a quoted cell (`cell` begins with a quote) to `to`, which has room for
// cell.size() bytes and may be where `cell` is, and gives its length. Blanks behind the closing
// quote are dropped.
size_t unquote_csv(std::string_view cell, char* to);

// The text of a cell. Views `cell`, or `scratch` where quotes had to be resolved.
std::string_view csv_cell_text(std::string_view cell, std::string& scratch);

// Without the spaces, tabs and no-break spaces at both ends.
std::string_view trim_blanks(std::string_view text);

// Nothing in it but blanks and the quotes around them?
bool is_empty_cell(std::string_view cell);

// A cell's end without the CR or CR CR of the line end behind it.
inline size_t without_returns(const char* text, size_t begin, size_t end) {
  if (text[end] == '\n')
    for (int i = 0; i < 2 && end > begin && text[end - 1] == '\r'; ++i)
      --end;
  return end;
}

}  // namespace topline
