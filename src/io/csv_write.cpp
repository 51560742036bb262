#include "io/csv_write.hpp"

namespace topline {

std::string csv_field(std::string_view text) {
  auto blank = [](char c) { return c == ' ' || c == '\t'; };
  const bool plain = text.find_first_of(",\"\r\n") == std::string_view::npos &&
                     (text.empty() || (!blank(text.front()) && !blank(text.back())));
  if (plain)
    return std::string(text);
  std::string field = "\"";
  for (const char c : text) {
    if (c == '"')
      field += '"';
    field += c;
  }
  field += '"';
  return field;
}

void CsvWriter::row(const std::vector<std::string>& cells) {
  if (cells.size() == 1 && cells.front().empty()) {
    text_ += "\"\"\n";
    return;
  }
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0)
      text_ += ',';
    text_ += csv_field(cells[i]);
  }
  text_ += '\n';
}

}  // namespace topline
