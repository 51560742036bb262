// CSV as RFC 4180 has it, in UTF-8 with LF.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace topline {

// `text` as a cell: in quotes where it has a comma, a quote or a line end, or where it begins or
// ends with a blank, which some readers would drop.
std::string csv_field(std::string_view text);

// Collects rows. A row of one empty cell is written as "", since an empty line would be no row.
class CsvWriter {
 public:
  void row(const std::vector<std::string>& cells);
  [[nodiscard]] const std::string& text() const { return text_; }
  std::string take() && { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace topline
