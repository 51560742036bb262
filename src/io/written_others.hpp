// Texts behind "other, please specify", and the option that they belong to.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "dataset/dataset.hpp"
#include "instrument/questionnaire.hpp"
#include "io/cell_faults.hpp"
#include "io/column_map.hpp"

namespace topline {

// A text written behind an option chooses that option where the file leaves it open: where the
// option of a multiple question has no column of its own, and where a single question is
// otherwise unanswered. Where the file says that the option was not chosen, the answer stays as
// it is, and a warning for each option tells of the first such case and their number. `uses` are
// the columns that the data set was filled from; `file` is named in the place.
void choose_written_others(const std::vector<ColumnUse>& uses, const Questionnaire& questionnaire,
                           const std::string& file, RowLines& lines, Dataset& dataset,
                           Diagnostics& faults);

}  // namespace topline
