// A small table of texts, as all CSV files of a survey are while they are imported.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace topline::lf_srm {

struct Sheet {
  std::string file;                            // as shown to the user
  std::vector<std::vector<std::string>> rows;  // shorter rows end earlier
  size_t empty_columns = 0;                    // at the right end, without a cell; left out
  std::vector<int> lines;                      // of the file, in which each row begins

  // The cell's text as it stands, or an empty text outside of the table.
  [[nodiscard]] const std::string& cell(size_t row, size_t column) const;
  [[nodiscard]] size_t columns() const;  // of the longest row
  [[nodiscard]] bool is_empty_row(size_t row) const;
  // "RawData.csv:12"
  [[nodiscard]] std::string where(size_t row) const;
  // The first row, among the first `most`, in which some cell says `label`; -1 if there is none.
  [[nodiscard]] int find_row(std::string_view label, size_t most) const;
  // The column of `row` whose cell says `label`; -1 if there is none.
  [[nodiscard]] int find_column(size_t row, std::string_view label) const;
};

}  // namespace topline::lf_srm
