// What a CSV file is like, what its reader is told, and what it tells about the file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "io/encoding.hpp"

namespace topline {

struct CsvOptions {
  std::optional<Encoding> encoding = std::nullopt;  // nothing: detected
  char delimiter = 0;   // ',', ';' or tab; 0: detected from the first header row
  int header_rows = 1;  // 1 to 3
  int title_lines = 0;  // rows above the header, empty ones included
};

struct CsvFormat {
  Encoding encoding = Encoding::utf8;
  bool marked = false;  // the file began with a byte order mark
  char delimiter = ',';
};

// How often something was found, and the lines of the first few.
struct CsvLines {
  static constexpr size_t kKept = 20;
  int64_t count = 0;
  std::vector<int64_t> first;

  void add(int64_t line);
  void append(const CsvLines& later);
};

// What the reader did that a person may want to know.
struct CsvReport {
  CsvFormat format;
  CsvLines short_rows;        // fewer cells than the header: the missing ones are empty
  int64_t empty_rows = 0;     // left out
  int64_t empty_columns = 0;  // at the right end, without header or data: left out
};

// Warnings for the rows that were too short, and a note on what was left out.
Diagnostics csv_warnings(const CsvReport& report, const std::string& shown);

}  // namespace topline
