// Whole numbers that satisfy linear conditions: a small wrapper around GLPK.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace topline {

struct LinearTerm {
  int column = 0;
  int64_t factor = 0;
};

class IntegerProgram {
 public:
  // A whole number from `low` to `high` (no value: without end). Columns are branched on in the
  // order of `rank`, the lowest first: those of which others are parts should come first.
  int add_column(int64_t low, std::optional<int64_t> high, int64_t cost, int rank);
  // low <= sum of factor times column <= high; a side without value is open. Each column at
  // most once.
  void add_row(std::vector<LinearTerm> terms, std::optional<int64_t> low,
               std::optional<int64_t> high);

  enum class Outcome { found, none, given_up };
  struct Solution {
    Outcome outcome = Outcome::given_up;
    std::vector<int64_t> values;  // by column, when found
  };
  // The first solution found, at little cost but not always the least. `none` means that there
  // is no solution; `given_up` that the search was longer than `most_nodes`.
  [[nodiscard]] Solution solve(int most_nodes) const;

  [[nodiscard]] size_t columns() const { return columns_.size(); }
  [[nodiscard]] size_t rows() const { return rows_.size(); }

 private:
  struct Column {
    int64_t low = 0;
    std::optional<int64_t> high;
    int64_t cost = 0;
    int rank = 0;
  };
  struct Row {
    std::vector<LinearTerm> terms;
    std::optional<int64_t> low, high;
  };
  [[nodiscard]] bool satisfied(const std::vector<int64_t>& values) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace topline
