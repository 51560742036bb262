#include "csv_reference.hpp"

#include <array>

namespace topline::test {

namespace {

// The length of the line end at the beginning of `rest`, 0 if there is none.
size_t line_end_length(const std::string& text, size_t i) {
  for (const char* end : {"\r\r\n", "\r\n", "\n", "\r"})
    if (text.compare(i, std::string(end).size(), end) == 0)
      return std::string(end).size();
  return 0;
}

bool only_blanks(const std::string& cell) {
  std::string rest;
  for (size_t i = 0; i < cell.size(); ++i) {
    if (cell.compare(i, 2, "\xC2\xA0") == 0)
      ++i;
    else if (cell[i] != ' ' && cell[i] != '\t')
      return false;
  }
  return true;
}

}  // namespace

ReferenceCsv read_reference(const std::string& text, char delimiter) {
  ReferenceCsv csv;
  int64_t line = 1;
  size_t i = 0;
  while (i < text.size()) {
    ReferenceRow row;
    row.line = line;
    for (bool row_goes_on = true; row_goes_on;) {
      std::string cell;
      if (i < text.size() && text[i] == '"') {
        ++i;
        for (;; ++i) {
          if (i >= text.size()) {
            csv.broken = true;
            return csv;
          }
          if (const size_t length = line_end_length(text, i)) {
            cell += text.substr(i, length);
            i += length - 1;
            ++line;
          } else if (text[i] != '"') {
            cell += text[i];
          } else if (i + 1 < text.size() && text[i + 1] == '"') {
            cell += '"';
            ++i;
          } else {
            break;
          }
        }
        ++i;
        while (i < text.size() && text[i] != delimiter && (text[i] == ' ' || text[i] == '\t'))
          ++i;
        if (i < text.size() && text[i] != delimiter && line_end_length(text, i) == 0) {
          csv.broken = true;
          return csv;
        }
      } else {
        while (i < text.size() && text[i] != delimiter && line_end_length(text, i) == 0)
          cell += text[i++];
      }
      row.cells.push_back(cell);
      row_goes_on = i < text.size() && text[i] == delimiter;
      if (row_goes_on)
        ++i;
    }
    if (i < text.size()) {
      i += line_end_length(text, i);
      ++line;
    }
    bool empty = true;
    for (const std::string& cell : row.cells)
      empty = empty && only_blanks(cell);
    if (empty)
      ++csv.empty_rows;
    else
      csv.rows.push_back(row);
  }
  return csv;
}

uint64_t CsvNoise::below(uint64_t bound) {
  state_ ^= state_ << 13;
  state_ ^= state_ >> 7;
  state_ ^= state_ << 17;
  return state_ % bound;
}

std::string CsvNoise::line_end() {
  constexpr std::array<const char*, 6> ends = {"\n", "\n", "\n", "\r\n", "\r", "\r\r\n"};
  return ends[below(ends.size())];
}

std::string CsvNoise::cell(char delimiter, bool nasty) {
  const uint64_t kind = below(10);
  if (kind < 3)
    return "";
  if (kind < 6)
    return std::to_string(below(120));
  std::string plain;
  for (uint64_t length = below(12); length > 0; --length)
    plain += std::array<const char*, 6>{"a", "\xC3\xA9", " ", "7", "\xE6\xBC\xA2", "x"}[below(6)];
  if (kind == 6)
    return nasty && below(3) == 0 ? plain + "\"" + plain : plain;
  std::string quoted = "\"";
  for (uint64_t length = below(kind == 9 ? 150 : 12); length > 0; --length) {
    switch (below(6)) {
      case 0:
        quoted += "\"\"";
        break;
      case 1:
        quoted += delimiter;
        break;
      case 2:
        quoted += line_end();
        break;
      default:
        quoted += std::array<const char*, 4>{"b", "\xE2\x80\x99", " ", "0"}[below(4)];
    }
  }
  quoted += '"';
  if (nasty && below(6) == 0)
    quoted += below(2) == 0 ? " " : "z";
  return quoted;
}

std::string CsvNoise::table(size_t columns, size_t rows, char delimiter, bool nasty) {
  std::string text;
  for (size_t r = 0; r < rows; ++r) {
    const size_t width = below(12) == 0 ? 1 + below(columns) : columns;
    for (size_t c = 0; c < width; ++c) {
      if (c > 0)
        text += delimiter;
      text += cell(delimiter, nasty);
    }
    text += r + 1 == rows && below(2) == 0 ? "" : line_end();
    if (below(15) == 0)
      text += std::string(below(3), delimiter) + line_end();
  }
  return text;
}

}  // namespace topline::test
