// The first stage of reading CSV: where separators, line ends and quoted stretches are, as one
// bit for each byte, found with vector instructions. The second: the positions of those that
// stand outside of quotes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/column_vector.hpp"

namespace topline {

// Bit i of word w stands for byte 64·w + i of the text.
struct CsvMasks {
  ColumnVector<uint64_t> separators;  // delimiters and line ends, in quotes or not
  ColumnVector<uint64_t> newlines;    // the last byte of a line end: LF, or CR without LF
  ColumnVector<uint64_t> inside;      // in quotes, the opening quote included
};

// What the quotes of a stretch say about it, for both possible states at its beginning.
struct CsvScan {
  bool odd_quotes = false;  // the number of quotes is odd: the state changes
  // A quote stands where none opens or closes a cell, if the stretch begins outside or inside
  // of quotes: then `inside`, which only counts quotes, cannot be trusted.
  bool irregular_from_outside = false;
  bool irregular_from_inside = false;
  bool has_zero = false;
  bool has_non_ascii = false;
  int64_t lines = 0;  // line ends, in quotes or not
};

// Bytes that must be readable and zero behind the text that scan_csv and the decoders read.
inline constexpr size_t kCsvPadding = 128;

// Fills `masks` for the first `size` bytes of `text` (bits behind are zero), as if the text
// began outside of quotes. The bytes behind `size`, up to the padding, are looked at where what
// a byte means depends on the next one: CR before LF, a quote before a separator.
// CR LF and CR CR LF are one line end.
CsvScan scan_csv(const char* text, size_t size, char delimiter, CsvMasks& masks);

// Appends to `separators` the positions in [from, to) that are separators outside of quotes,
// and to `row_ends` the index in `separators` of each that is a line end.
void index_csv(const CsvMasks& masks, size_t from, size_t to, ColumnVector<uint32_t>& separators,
               ColumnVector<uint32_t>& row_ends);

}  // namespace topline
