// Reads one question, without looking at any other: names in formulas are resolved when all
// questions are known.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "instrument/option_reader.hpp"
#include "instrument/questionnaire.hpp"
#include "instrument/yaml.hpp"

namespace topline {

struct QuestionDraft {
  Question question;
  std::vector<OptionDraft> options;
  std::vector<RowDraft> rows;
  std::optional<FormulaText> show_if;
  std::optional<FormulaText> screen_out;
};

// Nothing is returned for what is no question at all, after a told fault.
std::optional<QuestionDraft> read_question(YamlFile& file, const YAML::Node& node);

}  // namespace topline
