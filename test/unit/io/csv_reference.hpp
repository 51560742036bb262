// A CSV reader as plain as can be, to compare the fast ones with: one byte after the other, no
// chunks, no masks, nothing shared with what it checks.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace topline::test {

struct ReferenceRow {
  std::vector<std::string> cells;
  int64_t line = 0;

  bool operator==(const ReferenceRow&) const = default;
};

struct ReferenceCsv {
  std::vector<ReferenceRow> rows;  // all rows that are not empty, of whatever width
  int64_t empty_rows = 0;
  bool broken = false;  // text behind a closing quote, or a quote not closed
};

ReferenceCsv read_reference(const std::string& text, char delimiter);

// Deterministic text full of quotes, separators, line ends and blanks. `nasty` puts quotes
// where they do not belong as well; without it the text is well-formed.
class CsvNoise {
 public:
  explicit CsvNoise(uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15U + 1) {}
  uint64_t below(uint64_t bound);
  std::string cell(char delimiter, bool nasty);
  std::string line_end();
  std::string table(size_t columns, size_t rows, char delimiter, bool nasty);

 private:
  uint64_t state_;
};

}  // namespace topline::test
