// A counted table in the words and numbers of a language: what the terminal, CSV and HTML
// writers share. The conventions (Total first, bases, nets above their members, don't know
// last, small bases, rounding) are settled here and nowhere else.
#pragma once

#include <string>
#include <vector>

#include "instrument/study.hpp"
#include "tabulation/table.hpp"
#include "text/messages.hpp"
#include "text/number_format.hpp"

namespace topline {

enum class PrintedRole { base, net, option, dont_know, statistic };

struct PrintedRow {
  PrintedRole role = PrintedRole::option;
  std::string label;
  bool member = false;  // of a net above: set in
  std::vector<std::string> cells;
};

struct PrintedTable {
  std::string id;        // "Q17"
  std::string title;     // "Q17 Preferred distribution model"
  std::string question;  // the full wording, where the title is shorter
  std::string base;      // "Base: all who answered (n = 249)"
  // One head for each column, and above it the variable that the column belongs to; a
  // frequency table has the columns percent, count and, where the sample allows it, interval.
  std::vector<std::string> heads;
  std::vector<std::string> over_heads;
  std::vector<PrintedRow> rows;
  std::vector<std::string> notes;
};

// 100 · part / base rounded half up to `decimals` (0 to 6): in counts exactly, as the fraction that
// they are. The base must not be empty.
double rounded_percent(const Share& share, int decimals);

// A study's table, printed by its rounding and small-base rules.
class TablePrinter {
 public:
  TablePrinter(const Study& study, const Codebook& codebook, const Questionnaire& questionnaire,
               const Language& language);

  [[nodiscard]] PrintedTable print(const Table& table) const;

  // A percentage as this study prints it: rounded half up from full precision, less than half of
  // the last place as "<1%", on a base under the limit as "–".
  [[nodiscard]] std::string percent(const Share& share) const;
  // The same with other decimals (0 to 6) than the study's.
  [[nodiscard]] std::string percent(const Share& share, int decimals) const;

  // "36–46", the cell's interval in percent by the study's decimals; "–" where there is none or
  // the base is under the limit.
  [[nodiscard]] std::string interval(const Table& table, size_t row, size_t column) const;
  // "90% interval", the head above such intervals.
  [[nodiscard]] std::string interval_head() const;
  // "n = 249", and of weighted tables "n = 249, effective base 187".
  [[nodiscard]] std::string size(const Base& base, bool weighted) const;

  // What the letters of a crosstab mean, and the tests of its banner variables; empty without
  // letters.
  [[nodiscard]] std::vector<std::string> test_notes(const Table& table) const;

  [[nodiscard]] const NumberFormat& numbers() const { return numbers_; }
  [[nodiscard]] const Messages& messages() const { return messages_; }

 private:
  void frequency(const Table& table, PrintedTable& printed) const;
  void crosstab(const Table& table, PrintedTable& printed) const;
  void statistics(const Table& table, PrintedTable& printed) const;
  void notes(const Table& table, PrintedTable& printed) const;
  [[nodiscard]] std::string probability(double p) const;
  [[nodiscard]] std::string base_cell(int64_t base) const;
  [[nodiscard]] std::string range(const Precision& precision, int decimals) const;

  const Study& study_;
  const Codebook& codebook_;
  const Questionnaire& questionnaire_;
  NumberFormat numbers_;
  Messages messages_;
};

// Aligned text for a terminal of `width` columns; East Asian width respected.
std::string table_text(const PrintedTable& table, int width);

// One CSV for all tables: a line per cell, with table, row, column, count, base and the
// unrounded percentage (17 significant digits are cut to 6 places). What rests on fewer than
// `suppress_below` respondents is left empty, as the other formats leave it out.
std::string tables_csv(const std::vector<Table>& tables, const Codebook& codebook,
                       int64_t suppress_below);

// The table itself, in a container that scrolls by itself and is called `name` (the table's title
// unless given); title, base and notes are not in it. A caption is printed if there is one.
std::string table_html(const PrintedTable& table, const std::string& name = {},
                       const std::string& caption = {});

// One self-contained HTML page with all tables and a list of contents.
std::string tables_page(const std::vector<PrintedTable>& tables, const Study& study,
                        const Language& language);

}  // namespace topline
