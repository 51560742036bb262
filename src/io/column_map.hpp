// Which columns of the responses' file belong to which variable, and how their cells are read.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "instrument/questionnaire.hpp"
#include "instrument/study.hpp"

namespace topline {

enum class CellUse {
  code,  // an option's code, name or text
  tick,  // one option of a multiple question, or of a single one with a column per option
  list,  // several options, delimited
  rank,  // the rank of one option
  number,
  date,
  text,
};

struct ColumnUse {
  size_t position = 0;  // in the file, from 0
  VariableId variable;
  CellUse use = CellUse::code;
  int option = -1;                   // tick, rank
  std::string separator;             // list
  std::map<std::string, int> codes;  // cell texts that the map translates by hand
};

struct ColumnMap {
  std::vector<ColumnUse> uses;          // in the order of the code book
  int id = -1;                          // position of the case's number; -1: none
  std::vector<std::string> left_alone;  // heads of columns that nothing names
};

// Finds the columns for every variable of the questionnaire: through `map_text` (the file that
// data.columns of study.yaml names, empty if none), otherwise by the heads. `header` holds the
// header rows. A question without a column is a fault; a hidden variable without one a warning.
ColumnMap map_columns(const std::vector<std::vector<std::string>>& header,
                      const std::string& map_text, const Study& study,
                      const Questionnaire& questionnaire, Diagnostics& faults);

}  // namespace topline
