// What is doubtful about a response file as a whole, though it can be read.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "instrument/questionnaire.hpp"
#include "instrument/study.hpp"
#include "io/column_map.hpp"
#include "io/csv_format.hpp"
#include "io/csv_head.hpp"

namespace topline {

// A note when the encoding was guessed, and could have been guessed wrong.
void tell_encoding(const CsvFormat& format, const CsvOptions& options, const Study& study,
                   Diagnostics& faults);

// Warns of further header rows that hold numbers where columns of codes are: probably they are
// the first cases.
void doubt_header(const CsvHead& head, const ColumnMap& map, const Questionnaire& questionnaire,
                  const Study& study, Diagnostics& faults);

// Warns when several cases have one name.
void tell_repeated_names(std::vector<std::string> names, const Study& study, Diagnostics& faults);

}  // namespace topline
