// CSV byte by byte: what decides where the masks of csv_scan cannot.
//
// A quote opens a quoted stretch only at the beginning of a cell; elsewhere in an unquoted cell
// it is a character like others (5" disk). In quotes, two quotes stand for one. Behind the
// closing quote nothing but blanks may follow.
#pragma once

#include <cstdint>

namespace topline {

enum class CsvState : uint8_t {
  cell_start,   // at the beginning of the file, behind a separator
  plain,        // in a cell without quotes
  quoted,       // in quotes
  quote_seen,   // behind a quote in quotes: the closing one, or the first of two
  after_quote,  // behind blanks behind a closing quote
  broken,       // text behind a closing quote; for the rest of the cell as `plain`
};

class CsvMachine {
 public:
  CsvMachine(char delimiter, CsvState state) : delimiter_(delimiter), state_(state) {}

  [[nodiscard]] CsvState state() const { return state_; }
  [[nodiscard]] bool separates(char c) const { return c == delimiter_ || c == '\n' || c == '\r'; }

  void step(char c) {
    switch (state_) {
      case CsvState::cell_start:
        state_ = c == '"' ? CsvState::quoted : separates(c) ? state_ : CsvState::plain;
        return;
      case CsvState::plain:
      case CsvState::broken:
        if (separates(c))
          state_ = CsvState::cell_start;
        return;
      case CsvState::quoted:
        if (c == '"')
          state_ = CsvState::quote_seen;
        return;
      case CsvState::quote_seen:
        if (c == '"') {
          state_ = CsvState::quoted;
          return;
        }
        [[fallthrough]];
      case CsvState::after_quote:
        state_ = separates(c)            ? CsvState::cell_start
                 : c == ' ' || c == '\t' ? CsvState::after_quote
                                         : CsvState::broken;
        return;
    }
  }

 private:
  char delimiter_;
  CsvState state_;
};

// Whether the byte at `text[i]` ends a line, where `text[i + 1]` and `text[i + 2]` can be read:
// LF, and CR that does not belong to a CR LF or CR CR LF.
inline bool ends_csv_line(const char* text) {
  if (*text != '\r')
    return *text == '\n';
  return text[1] != '\n' && !(text[1] == '\r' && text[2] == '\n');
}

}  // namespace topline
