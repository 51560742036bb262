// The beginning of a CSV file: its encoding, its delimiter, the titles and the header.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "io/csv_format.hpp"
#include "io/csv_source.hpp"

namespace topline {

struct CsvHead {
  CsvFormat format;
  std::vector<std::vector<std::string>> titles;  // the rows above the header, as they are
  std::vector<std::vector<std::string>> header;  // each `width` cells
  size_t width = 0;
  int64_t empty_rows = 0;    // left out before the end of the header, without the titles
  uint64_t body_offset = 0;  // in the file, behind the header
  int64_t body_line = 1;
};

// Faults: an empty file, one that is no text, fewer rows than titles and header need, a quote
// that is not closed, bytes that are not in the encoding.
Result<CsvHead> read_csv_head(const CsvSource& source, const std::string& shown,
                              const CsvOptions& options);

// What messages call a column: its text in the first header row that has one, or "".
std::string csv_column_name(const CsvHead& head, size_t column);

}  // namespace topline
