// What one case adds to a table.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dataset/dataset.hpp"
#include "tabulation/plan.hpp"

namespace topline {

enum class TableUse {
  outside,    // the plan's condition leaves the case out
  not_asked,  // has no answer because nobody asked
  no_answer,
  dont_know,  // left out of the base on request
  counted,
};

struct TableCase {
  TableUse use = TableUse::outside;
  std::vector<size_t> columns;   // that the case belongs to, ascending; the first is the total
  std::vector<uint8_t> hits;     // by row of the table: 1 where the case is in it
  int64_t mentions = 0;          // options ticked
  std::optional<double> number;  // its numeric answer, or its option's value
};

// Reads cases by the rows and columns of a table, which may have been sorted or lost some.
class TableCaseReader {
 public:
  // All must outlive the reader.
  TableCaseReader(const TablePlan& plan, const Codebook& codebook, const Table& table);

  // The result is good until the next call.
  const TableCase& read(const DatasetCase& from);

 private:
  void find_columns(const DatasetCase& from);
  int64_t mark(const Answer& answer);
  void find_number(const Answer& answer);
  [[nodiscard]] int instead_of_number(const Answer& answer) const;
  [[nodiscard]] bool has_opinion(const Answer& answer) const;

  const TablePlan& plan_;
  const Codebook& codebook_;
  const Variable& variable_;
  const Table& table_;
  std::vector<uint8_t> given_;  // by option
  TableCase case_;
};

}  // namespace topline
