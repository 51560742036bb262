// What the rows of a sample answer, in columns: numbers for estimation, codes for groups.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/weighed_cases.hpp"
#include "base/diagnostic.hpp"
#include "instrument/expression.hpp"

namespace topline {

// One for each row of the sample.
using SampleMask = std::vector<uint8_t>;

struct NumberColumn {
  std::vector<double> value;  // 0 where it is not known
  SampleMask known;
};

// Options that somebody in the domain chose, numbered 0, 1, … in the order of the questionnaire.
struct CodeColumn {
  VariableId variable;
  std::vector<double> code;  // by row; −1: outside of the domain
  std::vector<int> options;  // by code: positions in the option list; of a flag 0 (no) and 1
  std::vector<std::string> names;
  std::vector<std::string> texts;

  [[nodiscard]] size_t classes() const { return options.size(); }
};

// The cases that count and for whom `where` holds.
SampleMask sample_domain(const WeighedCases& cases, const std::optional<Expression>& where);

// The value of `expression` (a condition: 0 or 1) in every case that counts.
NumberColumn number_column(const Expression& expression, const WeighedCases& cases);

// Takes the rows out of `domain` that have no opinion on `variable` (one that classes_fault
// accepts): no answer, or an option marked as missing.
void keep_answers(VariableId variable, const WeighedCases& cases, SampleMask& domain);

// The answers to `variable` of those in `domain`, which keep_answers has been through.
CodeColumn code_column(VariableId variable, const WeighedCases& cases, const SampleMask& domain);

// The variable that `name` stands for, if its options exclude one another and so make classes.
// Otherwise a fault, placed at `place`.
VariableId class_variable(const std::string& name, const Place& place, const Codebook& codebook,
                          Diagnostics& faults);

}  // namespace topline
