// Labels that a spreadsheet took for dates: "2-4" became "4-Feb", "10-49" became "Oct-49".
#pragma once

#include <string>
#include <vector>

namespace topline::lf_srm {

struct LabelRepair {
  size_t index = 0;  // in the list of labels
  std::string before;
  std::string after;     // what it was, or empty where the evidence does not suffice
  std::string evidence;  // in words
};

// Finds damaged labels in the list of a question's options and puts those right for which there
// is evidence: `known_lists` (the lists of the same question in other files) hold the repaired
// label, or the neighbours leave exactly this gap ("0, 5-Jan, 6-10" was "0, 1-5, 6-10").
std::vector<LabelRepair> repair_labels(std::vector<std::string>& labels,
                                       const std::vector<std::vector<std::string>>& known_lists);

}  // namespace topline::lf_srm
