#include "io/lf_srm_sheet.hpp"

#include <algorithm>

#include "io/lf_srm_text.hpp"

namespace topline::lf_srm {

const std::string& Sheet::cell(size_t row, size_t column) const {
  static const std::string empty;
  return row < rows.size() && column < rows[row].size() ? rows[row][column] : empty;
}

size_t Sheet::columns() const {
  size_t most = 0;
  for (const std::vector<std::string>& row : rows)
    most = std::max(most, row.size());
  return most;
}

bool Sheet::is_empty_row(size_t row) const {
  return std::all_of(rows[row].begin(), rows[row].end(),
                     [](const std::string& text) { return trimmed(text).empty(); });
}

std::string Sheet::where(size_t row) const {
  return row < lines.size() ? file + ":" + std::to_string(lines[row]) : file;
}

int Sheet::find_row(std::string_view label, size_t most) const {
  for (size_t row = 0; row < std::min(most, rows.size()); ++row)
    if (find_column(row, label) >= 0)
      return static_cast<int>(row);
  return -1;
}

int Sheet::find_column(size_t row, std::string_view label) const {
  for (size_t column = 0; column < rows[row].size(); ++column)
    if (lower(cleaned(rows[row][column])) == lower(label))
      return static_cast<int>(column);
  return -1;
}

}  // namespace topline::lf_srm
