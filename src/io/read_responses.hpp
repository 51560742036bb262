// The responses of a study, from their CSV file into a dataset.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dataset/dataset.hpp"
#include "instrument/study.hpp"

namespace topline {

struct Responses {
  Dataset dataset;
  std::vector<std::string> columns_left_alone;  // heads of columns that nothing names
};

// Reads study.data.file of the study in `folder`. Cells hold codes, names or texts of options;
// `other_languages` are the questionnaire's code books in further languages, whose texts are
// understood too. Cells that are none of these are faults, as are the faults of the file
// itself: nothing is returned then. `threads` does not change the result.
std::optional<Responses> read_responses(const std::string& folder, const Study& study,
                                        const Questionnaire& questionnaire,
                                        const std::vector<const Codebook*>& other_languages,
                                        int threads, Diagnostics& faults);

}  // namespace topline
