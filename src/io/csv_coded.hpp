// The fast way to read CSV: the wanted columns of a file of any size, straight into codes,
// numbers and texts, by several threads, in memory that the result needs and little more.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "io/csv_columns.hpp"
#include "io/csv_format.hpp"
#include "io/csv_head.hpp"
#include "io/csv_source.hpp"

namespace topline {

struct CodedCsvOptions {
  int threads = 1;
  size_t unknown_limit = 100;              // different unknown texts kept for each column
  size_t chunk_bytes = size_t{512} << 10;  // what a thread takes at once; even, at least 2
  size_t longest_row = size_t{64} << 20;   // in bytes, beyond the chunk in which it begins
};

struct CodedTable {
  size_t rows = 0;
  std::vector<CodedColumn> columns;  // in the order of the wanted columns
  CsvReport report;
};

class CodedCsvReader {
 public:
  // Opens the file at `path`, which messages call `shown`, and reads its header.
  static Result<CodedCsvReader> open(const std::string& path, const std::string& shown,
                                     const CsvOptions& options = {});
  // The same for the content of a file, which must outlive the reader.
  static Result<CodedCsvReader> over(std::string_view bytes, const std::string& shown,
                                     const CsvOptions& options = {});

  [[nodiscard]] const CsvHead& head() const { return head_; }

  // Reads the wanted columns. The result is the same for any number of threads, and which
  // fault is told. Faults are those of read_csv, but bytes that are not in the encoding are
  // only seen in wanted columns; and a wanted column that the file does not have, or a row of
  // more than options.longest_row.
  [[nodiscard]] Result<CodedTable> read(const std::vector<WantedColumn>& wanted,
                                        const CodedCsvOptions& options = {}) const;

 private:
  CodedCsvReader(CsvSource source, std::string shown, CsvHead head);
  static Result<CodedCsvReader> begin(CsvSource source, const std::string& shown,
                                      const CsvOptions& options);

  CsvSource source_;
  std::string shown_;
  CsvHead head_;
};

}  // namespace topline
