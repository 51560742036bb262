// Decoders of columns: a few rows of one column at a time, from separators to values.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "io/csv_cell.hpp"
#include "io/csv_columns.hpp"

namespace topline {

// One column of some rows: cell r lies between the separators first[r]+column-1 and
// first[r]+column. 8 bytes behind the end of a cell can be read.
struct CsvCells {
  const char* text = nullptr;
  const uint32_t* separators = nullptr;
  const uint32_t* first = nullptr;
  size_t rows = 0;
  uint32_t column = 0;
  bool last_of_row = false;  // CRs of the line end may stand at the end of the cell

  [[nodiscard]] std::string_view cell(size_t row) const {
    const uint32_t* separator = separators + first[row] + column;
    const uint32_t begin = separator[-1] + 1;
    const size_t end = last_of_row ? without_returns(text, begin, *separator) : *separator;
    return {text + begin, end - begin};
  }
};

// The rows (counted from the beginning of the cells) that could not be decoded, and their text.
struct Undecoded {
  size_t row = 0;
  std::string text;
};

class CodeDecoder {
 public:
  explicit CodeDecoder(const CodeColumn& column);

  // Writes a code for each cell to `codes`, and appends those that are unknown.
  void decode(const CsvCells& cells, int16_t* codes, std::vector<Undecoded>& undecoded) const;

 private:
  // Texts of up to 8 bytes are numbers, and found by one multiplication.
  struct ShortEntry {
    uint64_t text = kNoText;
    int16_t code = 0;
  };
  struct LongEntry {
    std::string text;
    int16_t code = 0;
  };
  static constexpr uint64_t kNoText = uint64_t{0xFF} << 56;  // begins with a zero: no such text

  void place(const std::vector<std::pair<std::string, int16_t>>& entries);
  [[nodiscard]] static size_t crowding(uint64_t factor, int bits,
                                       const std::vector<ShortEntry>& entries);
  [[nodiscard]] const int16_t* find(std::string_view text) const;
  [[nodiscard]] const int16_t* find_short(uint64_t text) const;
  int16_t decode_slowly(std::string_view cell, size_t row, std::vector<Undecoded>& undecoded) const;

  uint64_t factor_ = 1;
  int shift_ = 63;
  std::vector<ShortEntry> short_;
  std::vector<LongEntry> long_;  // a power of two of them; an empty text is a free place
  std::optional<std::pair<int16_t, int16_t>> integers_;
};

class NumberDecoder {
 public:
  explicit NumberDecoder(const NumberColumn& column) : point_(column.decimal_comma ? ',' : '.') {}

  void decode(const CsvCells& cells, double* values, uint8_t* valid,
              std::vector<Undecoded>& undecoded) const;

 private:
  char point_;
};

// Writes a view for each cell to `views`, of texts that it copies to a new block.
std::unique_ptr<char[]> copy_texts(const CsvCells& cells, std::string_view* views);

// `text` as a number, nothing if it is none or has no place among doubles. Correctly rounded.
std::optional<double> parse_number(std::string_view text, char point);

}  // namespace topline
