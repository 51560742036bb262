// A counted table: what engines hand over and estimation, figures and reports read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "instrument/questionnaire.hpp"

namespace topline {

enum class RowRole {
  option,
  net,        // several options taken together, each respondent counted once
  dont_know,  // an option that is no opinion
};

// A row of the stub.
struct StubRow {
  RowRole role = RowRole::option;
  std::string name;  // of the option or net
  std::string text;
  int option = -1;           // position in the option list; -1 for nets
  std::vector<int> members;  // nets: positions of options
  int group = -1;            // of the option's group
  Anchor anchor = Anchor::none;
};

// A column of the banner. The first is always the total.
struct BannerColumn {
  std::string name;     // "total", or variable.option
  std::string text;     // of the option
  VariableId variable;  // invalid for the total
  int option = -1;
};

struct Cell {
  int64_t count = 0;  // respondents
};

// Sums over the respondents of a column, for a numeric stub and for options with values.
struct Moments {
  int64_t n = 0;
  double mean = 0;
  double standard_deviation = 0;
  double median = 0;
};

enum class Percentages { column, row, total, mentions };

struct Table {
  std::string id;
  std::string title;  // empty: the question's text
  VariableId stub;
  bool multiple = false;  // of the stub: shares add to more than 100
  std::string base_text;
  Percentages percentages = Percentages::column;
  std::vector<StubRow> rows;
  std::vector<BannerColumn> columns;
  std::vector<int64_t> bases;                   // by column: respondents whom percentages rest on
  std::vector<std::vector<Cell>> cells;         // [row][column]
  std::vector<int64_t> mentions;                // by column, of multiple stubs: ticks in all
  std::vector<int64_t> not_asked;               // by column: and so not in the base
  std::vector<int64_t> no_answer;               // by column: asked, or not reached, without answer
  std::vector<int64_t> dont_know_excluded;      // by column: left out of the base on request
  std::vector<std::optional<Moments>> moments;  // by column

  // What a cell's percentage rests on, under `percentages`.
  [[nodiscard]] int64_t percent_base(size_t row, size_t column) const;
  // 100 · count / base; nothing where the base is empty.
  [[nodiscard]] std::optional<double> percent(size_t row, size_t column) const;
};

}  // namespace topline
