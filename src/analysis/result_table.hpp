// What tests and models come to: tables of numbers with their names, and how they were reached.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace topline {

// How a number is written on a terminal; CSV and JSON have all its digits.
enum class Quantity {
  count,        // 142
  base,         // an effective base: 1 decimal
  value,        // as many decimals as the table's standard errors call for
  error,        // a standard error: one more
  statistic,    // 3 decimals
  freedom,      // degrees of freedom: at most 2 decimals
  probability,  // 4 decimals, or "<0.0001"
};

struct ResultColumn {
  std::string name;  // for machines: "degrees_of_freedom"
  std::string head;  // for people: "df"
  Quantity quantity = Quantity::value;
};

struct ResultLine {
  std::string name;                           // for machines: "region.north"
  std::string label;                          // for people: "Region: North"
  std::vector<std::optional<double>> values;  // by column; none: not defined, or not to be told
};

struct ResultTable {
  std::string name;  // for machines: "differences"
  std::string title;
  std::vector<ResultColumn> columns;
  std::vector<ResultLine> lines;
};

// "Design": "16 units in 8 strata…"
struct ResultNote {
  std::string name;
  std::string text;
};

struct ResultTables {
  std::string title;
  std::vector<ResultTable> tables;
  std::vector<ResultNote> notes;
};

// For a terminal of `width` columns: each table below its title, the notes below all of them.
std::string results_text(const ResultTables& results, int width);

// One number a line: table, row, quantity, value. Undefined numbers are empty.
std::string results_csv(const ResultTables& results);

// An object with a list of rows for each table; undefined numbers are null.
std::string results_json(const ResultTables& results);

}  // namespace topline
