// One piece of a CSV file and the rows that begin in it, so that several pieces can be read at
// once. The steps, in this order: load, resolve, find_rows, keep_rows. Only `resolve` needs to
// know something of the piece before, and it is quick.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/column_vector.hpp"
#include "base/diagnostic.hpp"
#include "io/csv_format.hpp"
#include "io/csv_machine.hpp"
#include "io/csv_scan.hpp"
#include "io/csv_source.hpp"

namespace topline {

// What a piece must know of those before it, and what it hands on.
struct CsvCarry {
  CsvState state = CsvState::cell_start;
  int64_t line = 1;  // the line on which the piece begins
};

// Rows that do not fit the header.
struct CsvMisfits {
  CsvLines short_rows;
  CsvLines wide_rows;
  Place first_wide;  // the first cell too many
  size_t first_wide_cells = 0;
  int64_t empty_rows = 0;
};

class CsvChunk {
 public:
  // Rows will be made to have `width` cells. A row may reach `longest_row` bytes beyond the end
  // of its piece; what is longer is a quote that was not closed, or no CSV.
  CsvChunk(const CsvSource& source, const CsvFormat& format, size_t width,
           size_t longest_row = size_t{64} << 20);

  // Reads the bytes [begin, end) of the file and scans them. False if they cannot be read.
  [[nodiscard]] bool load(uint64_t begin, uint64_t end);

  // Settles which bytes are in quotes, and gives what the next piece has to know.
  CsvCarry resolve(CsvCarry before);

  // Finds the rows that begin in this piece, reading on to the end of the last. A row that
  // begins exactly where the next piece does belongs to this one. `first`: the piece begins
  // with a row. A fault in the form of the file (a quote, a zero byte) is handed back.
  std::optional<Diagnostic> find_rows(bool first, const std::string& shown);

  // Leaves out empty rows and makes the others `width` cells wide.
  CsvMisfits keep_rows(const std::string& shown);

  // The rows that were kept. Cell c of row r is the text between the separators first()[r]+c-1
  // and first()[r]+c; that of the last column may have CRs at its end.
  [[nodiscard]] size_t rows() const { return first_.size(); }
  [[nodiscard]] const uint32_t* first() const { return first_.data(); }
  [[nodiscard]] const uint32_t* separators() const { return separators_.data(); }
  [[nodiscard]] const char* text() const { return window_.text(); }
  [[nodiscard]] std::string_view cell(size_t row, size_t column) const;
  [[nodiscard]] const char* row_begin(size_t row) const {
    return window_.text() + uint32_t{separators_[first_[row] - 1] + 1};
  }
  [[nodiscard]] bool has_non_ascii() const { return scan_.has_non_ascii || behind_non_ascii_; }

  // Line and column of a byte of the text that is in a row of this piece.
  [[nodiscard]] int64_t line_of(size_t position) const;
  [[nodiscard]] Place place_of(size_t position, const std::string& shown) const;
  [[nodiscard]] size_t position_of(const char* byte) const {
    return static_cast<size_t>(byte - window_.text());
  }

  // The text itself, where cells may be rewritten once nothing is asked about places any more.
  [[nodiscard]] CsvWindow& window() { return window_; }

 private:
  enum class RowEnd { found, nothing_left, not_closed, too_long, cannot_read };

  [[nodiscard]] bool quotes_are_regular(CsvState before) const;
  CsvState follow_quotes(CsvState before);
  RowEnd read_to_row_end();
  void mark(size_t position, bool separator, bool newline, bool inside);
  [[nodiscard]] std::optional<size_t> first_row_begin() const;
  [[nodiscard]] std::optional<Diagnostic> earliest_fault(RowEnd row_end, size_t begin,
                                                         const std::string& shown) const;
  [[nodiscard]] size_t cell_begin(size_t position) const;
  [[nodiscard]] bool row_is_empty(uint32_t first, uint32_t count) const;
  [[nodiscard]] std::string_view raw_cell(uint32_t separator) const;
  void make_fit(uint32_t first, uint32_t count);

  CsvWindow window_;
  char delimiter_;
  size_t width_;
  size_t longest_row_;
  CsvMasks masks_;
  CsvScan scan_;
  CsvState state_after_ = CsvState::cell_start;  // behind the piece
  int64_t first_line_ = 1;
  size_t end_ = 0;                 // behind the last row of this piece
  bool behind_non_ascii_ = false;  // what was read behind the piece is not all ASCII
  std::vector<size_t> text_after_quote_;
  ColumnVector<uint32_t> separators_;  // [0]: where one would stand before the first row
  ColumnVector<uint32_t> row_ends_;    // [0]: 0
  ColumnVector<uint32_t> first_;
};

}  // namespace topline
