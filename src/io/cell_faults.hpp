// Words for cells of a response file that are not what their column should hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "instrument/variable.hpp"
#include "io/column_map.hpp"
#include "io/csv_format.hpp"

namespace topline {

// "no number", "no rank from 1 to 3", "no code, name or text of an option of Q1", …
std::string no_such_cell(CellUse use, const Variable& variable);

// What to do about `text`, which is no such cell.
std::string cell_hint(CellUse use, const Variable& variable, const std::string& text);

// "; 1 other case does the like", "; 12 other cases do the like"; empty for none.
std::string others_alike(int64_t count);

// On which lines of a file its rows begin. The file is read once more for it, and only when a
// line is asked for: that is when there is a fault to tell.
class RowLines {
 public:
  // The file at `path`, read by `options` as it was before.
  RowLines(std::string path, const CsvOptions& options);

  // The line of the row, counted from 0; 0 when the file is too large to be read for it.
  int line(size_t row);

 private:
  std::string path_;
  CsvOptions options_;
  std::optional<std::vector<int64_t>> lines_;
};

}  // namespace topline
