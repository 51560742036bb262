// Answers that the questionnaire does not allow, and that a file holds nevertheless.
#pragma once

#include <string>

#include "base/diagnostic.hpp"
#include "dataset/dataset.hpp"
#include "instrument/questionnaire.hpp"
#include "io/cell_faults.hpp"

namespace topline {

// Warns of numbers and dates out of their range, of an exclusive option beside others, of more
// options than may be chosen and of a rank given twice: one warning for each kind and variable,
// with the number of cases and the first of them. They are kept; `file` is named in the place.
void warn_of_unlikely_answers(const Dataset& dataset, const Questionnaire& questionnaire,
                              const std::string& file, RowLines& lines, Diagnostics& faults);

}  // namespace topline
