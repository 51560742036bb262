// The simple way to read CSV: a whole file as rows of cells. For files up to a few hundred
// megabytes; larger ones go through csv_coded.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/column_vector.hpp"
#include "base/result.hpp"
#include "io/csv_format.hpp"

namespace topline {

class CsvTable {
 public:
  CsvTable() = default;
  CsvTable(CsvTable&&) = default;
  CsvTable& operator=(CsvTable&&) = default;
  CsvTable(const CsvTable&) = delete;  // the cells view the table's own text
  CsvTable& operator=(const CsvTable&) = delete;
  ~CsvTable() = default;

  std::vector<std::vector<std::string>> titles;  // the rows above the header, as they are
  std::vector<std::vector<std::string>> header;  // header rows, each `width` cells
  size_t width = 0;                              // columns
  std::vector<int64_t> lines;                    // for each row the line on which it begins
  CsvReport report;

  [[nodiscard]] size_t rows() const { return lines.size(); }
  // UTF-8, quotes resolved, blanks kept; views that live as long as the table (it may move).
  // An empty cell and a quoted empty cell are the same.
  [[nodiscard]] std::string_view cell(size_t row, size_t column) const {
    return cells_[row * width + column];
  }
  [[nodiscard]] std::vector<std::string_view> row(size_t row) const {
    const auto begin = cells_.begin() + static_cast<std::ptrdiff_t>(row * width);
    return {begin, begin + static_cast<std::ptrdiff_t>(width)};
  }

 private:
  friend class CsvTableReader;
  ColumnVector<char> text_;
  std::vector<std::string_view> cells_;  // row by row
};

// Reads the file at `path`, which messages call `shown_path`. Faults: the file cannot be read,
// is empty or no text; a quote that is not closed; text behind a closing quote; a zero byte;
// bytes that are not in the encoding; rows with more cells than the header (empty ones at the
// end do not count). The fault names the first place, and how many more there are.
Result<CsvTable> read_csv(const std::string& path, const std::string& shown_path,
                          const CsvOptions& options = {});

// The same for the content of a file.
Result<CsvTable> parse_csv(std::string bytes, const std::string& shown_path,
                           const CsvOptions& options = {});

}  // namespace topline
