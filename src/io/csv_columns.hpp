// What the cells of a column are to become, and what became of them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/column_vector.hpp"

namespace topline {

inline constexpr int16_t kEmptyCode = -1;
inline constexpr int16_t kUnknownCode = -32768;

// Cells that stand for codes. An empty cell becomes kEmptyCode.
struct CodeColumn {
  // Text of the cell and its code, which may not be negative. A cell that is not found as it
  // stands is looked up without the blanks at its ends.
  std::vector<std::pair<std::string, int16_t>> dictionary = {};
  // Whole numbers from the first to the second, written without leading zeros, stand for
  // themselves; the dictionary goes before. Both at least 0.
  std::optional<std::pair<int16_t, int16_t>> integers = std::nullopt;
};

// Cells with a number: digits with at most one decimal point (or comma), perhaps an exponent.
struct NumberColumn {
  bool decimal_comma = false;
};

// Cells with text.
struct TextColumn {};

struct WantedColumn {
  size_t position = 0;  // in the file, from 0
  std::variant<CodeColumn, NumberColumn, TextColumn> decoder;
};

struct UnknownText {
  std::string text;
  int64_t first_line = 0;
  int64_t count = 0;

  bool operator==(const UnknownText&) const = default;
};

// The cells that could not be decoded: all counted, the first different texts kept, in the
// order of the file.
struct UnknownTexts {
  std::vector<UnknownText> texts;
  int64_t cells = 0;
  bool all_kept = true;  // false: there were more different texts than the limit
};

struct Codes {
  ColumnVector<int16_t> codes;
  UnknownTexts unknown;
};

// No number is ever NaN: where valid is 0, the value is 0 and means nothing.
struct Numbers {
  ColumnVector<double> values;
  ColumnVector<uint8_t> valid;
  UnknownTexts unknown;  // texts that are no numbers; empty cells are only not valid
};

struct Texts {
  ColumnVector<std::string_view> cells;  // views into the blocks
  std::vector<std::unique_ptr<char[]>> blocks;
};

using CodedColumn = std::variant<Codes, Numbers, Texts>;

}  // namespace topline
