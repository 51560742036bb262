#include "io/csv_cell.hpp"

#include <cstring>

namespace topline {

size_t unquote_csv(std::string_view cell, char* to) {
  char* out = to;
  size_t i = 1;
  while (i < cell.size()) {
    const void* found = std::memchr(cell.data() + i, '"', cell.size() - i);
    const size_t quote = found == nullptr
                             ? cell.size()
                             : static_cast<size_t>(static_cast<const char*>(found) - cell.data());
    std::memmove(out, cell.data() + i, quote - i);
    out += quote - i;
    if (quote + 1 >= cell.size() || cell[quote + 1] != '"')
      break;
    *out++ = '"';
    i = quote + 2;
  }
  return static_cast<size_t>(out - to);
}

std::string_view csv_cell_text(std::string_view cell, std::string& scratch) {
  if (cell.empty() || cell.front() != '"')
    return cell;
  if (cell.size() >= 2 && cell.find('"', 1) == cell.size() - 1)
    return cell.substr(1, cell.size() - 2);
  scratch.resize(cell.size());
  scratch.resize(unquote_csv(cell, scratch.data()));
  return scratch;
}

std::string_view trim_blanks(std::string_view text) {
  constexpr std::string_view no_break_space = "\xC2\xA0";
  for (;;) {
    if (text.empty())
      return text;
    if (text.front() == ' ' || text.front() == '\t')
      text.remove_prefix(1);
    else if (text.back() == ' ' || text.back() == '\t')
      text.remove_suffix(1);
    else if (text.substr(0, 2) == no_break_space)
      text.remove_prefix(2);
    else if (text.size() >= 2 && text.substr(text.size() - 2) == no_break_space)
      text.remove_suffix(2);
    else
      return text;
  }
}

bool is_empty_cell(std::string_view cell) {
  std::string scratch;
  return trim_blanks(csv_cell_text(cell, scratch)).empty();
}

}  // namespace topline
