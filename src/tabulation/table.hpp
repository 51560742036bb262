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
  char letter = 0;      // 'a' …, within its variable; 0: it is not compared with others
  bool tested = false;  // its base is large enough for that
};

// What the sample's design says of a result, in the result's unit (a percentage: in percentage
// points).
struct Precision {
  double standard_error = 0;
  double low = 0;  // of its confidence interval
  double high = 0;
};

struct Cell {
  int64_t count = 0;                   // respondents
  double weight = 0;                   // what they weigh; in tables without weights, their number
  std::optional<Precision> precision;  // none: not asked for, or there is none
  std::string higher_than;  // letters of the columns: "bC", capital at the stricter level
};

// Those whom percentages rest on.
struct Base {
  int64_t count = 0;
  double weight = 0;
  double weight_squares = 0;

  // (Σw)² / Σw²  (Kish 1965, Survey Sampling, section 11.7)
  [[nodiscard]] double effective() const {
    return weight_squares > 0 ? weight * weight / weight_squares : 0;
  }
};

// A part of a whole.
struct Share {
  int64_t hits = 0;  // respondents
  int64_t base = 0;
  double hit_weight = 0;
  double base_weight = 0;
  bool weighted = false;

  // 100 · part / whole, by weight; nothing where the base is empty.
  [[nodiscard]] std::optional<double> percent() const;
};

// Of the respondents of a column, for a numeric stub and for options with values; by weight.
struct Moments {
  int64_t n = 0;
  double mean = 0;
  double standard_deviation = 0;
  double median = 0;
  std::optional<Precision> precision;  // of the mean; none: not asked for, or there is none
  std::string higher_than;             // of the mean, as in Cell
};

// How the p of a row's pairs of columns are adjusted, or that none are tested.
enum class ColumnTests { none, unadjusted, bonferroni, benjamini_hochberg };

// That the stub does not depend on a banner variable.
struct BannerTest {
  VariableId variable;
  bool design_based = false;  // F with both degrees of freedom, else chi-squared with the first
  double statistic = 0;
  double df = 0;
  double denominator_df = 0;
  double p = 1;
};

enum class Percentages { column, row, total, mentions };

struct Table {
  std::string id;
  std::string title;  // empty: the question's text
  VariableId stub;
  bool multiple = false;  // of the stub: shares add to more than 100
  bool weighted = false;  // percentages and moments are by weight; counts never are
  std::string base_text;
  std::string design;  // of the sample, in words; empty: every respondent a unit by itself
  Percentages percentages = Percentages::column;
  std::vector<StubRow> rows;
  std::vector<BannerColumn> columns;
  std::vector<Base> bases;                      // by column: whom percentages rest on
  std::vector<std::vector<Cell>> cells;         // [row][column]
  std::vector<Base> mentions;                   // by column, of multiple stubs: ticks in all
  std::vector<int64_t> not_asked;               // by column: and so not in the base
  std::vector<int64_t> no_answer;               // by column: asked, or not reached, without answer
  std::vector<int64_t> dont_know_excluded;      // by column: left out of the base on request
  std::vector<std::optional<Moments>> moments;  // by column
  ColumnTests tests = ColumnTests::none;        // that were done
  std::vector<BannerTest> banner_tests;         // by banner variable; may be empty

  // A cell's part of what its percentage rests on, under `percentages`.
  [[nodiscard]] Share share(size_t row, size_t column) const;
  // 100 · part / base; nothing where the base is empty.
  [[nodiscard]] std::optional<double> percent(size_t row, size_t column) const {
    return share(row, column).percent();
  }
};

}  // namespace topline
