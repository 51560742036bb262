// The raw data: three header rows (question number, question, response) and one row for each
// respondent, with one column for each single answer, each option, or each row of a grid.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "io/lf_srm_log.hpp"
#include "io/lf_srm_sheet.hpp"
#include "io/lf_srm_text.hpp"

namespace topline::lf_srm {

struct RawColumn {
  int number = 0;            // position in the file, from 1
  std::string head;          // first row: "Q1_0", "q12", often empty
  int suffix = -1;           // of "Q1_0"
  std::string label;         // third row: "Response", or an option's text
  int filled = 0;            // cells that are not empty
  int whole_numbers = 0;     // of those, whole numbers
  std::map<int, int> codes;  // whole number -> how often

  [[nodiscard]] bool is_empty() const { return filled == 0; }
  // Holds words: some cell is no whole number.
  [[nodiscard]] bool has_words() const { return filled > whole_numbers; }
  // The one whole number that all filled cells hold.
  [[nodiscard]] std::optional<int> constant() const {
    if (filled == 0 || has_words() || codes.size() != 1)
      return std::nullopt;
    return codes.begin()->first;
  }
};

struct RawQuestion {
  int number = 0;
  AskedText asked;
  std::vector<RawColumn> columns;
};

// A column before the questions, or without a question's number: language, dates.
struct RawField {
  std::string name;
  RawColumn column;
};

class RawTable {
 public:
  static constexpr size_t kHeaderRows = 3;

  std::string file;
  std::vector<RawField> fields;
  std::vector<RawQuestion> questions;

  [[nodiscard]] size_t cases() const { return sheet_.rows.size() - kHeaderRows; }
  [[nodiscard]] size_t width() const { return sheet_.columns(); }
  // The cell of a header row (from 0) in the column of that number (from 1), as it stands.
  [[nodiscard]] const std::string& header(size_t row, int column) const {
    return sheet_.cell(row, static_cast<size_t>(column - 1));
  }
  // The cell of a case (from 0) in the column of that number (from 1).
  [[nodiscard]] const std::string& cell(size_t row, int column) const {
    return sheet_.cell(kHeaderRows + row, static_cast<size_t>(column - 1));
  }

 private:
  friend class RawReader;
  Sheet sheet_;
};

// Whether the table is raw data: question numbers in the first row, with three header rows.
bool is_raw_data(const Sheet& sheet);

// Columns that are neither question nor field are listed in `log`.
RawTable read_raw_data(Sheet sheet, ImportLog& log, Diagnostics& faults);

}  // namespace topline::lf_srm
