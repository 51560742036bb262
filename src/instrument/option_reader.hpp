// Reads option lists and grid rows: "1 very: Very familiar".
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "instrument/questionnaire.hpp"
#include "instrument/yaml.hpp"

namespace topline {

// An option as it stands in the file, its formulas still unparsed.
struct OptionDraft {
  Option option;
  std::string group;  // name, empty if none
  Place group_place;
  std::optional<FormulaText> show_if;
  std::optional<FormulaText> when;  // of a recode: the condition under which it is given
  bool otherwise = false;           // of a recode: given where no condition holds
  std::optional<double> from;       // of a band
  std::optional<double> to;
};

struct RowDraft {
  GridRow row;
  std::optional<FormulaText> show_if;
};

// Which keys an option's map may have besides those of every option.
enum class OptionUse { question, recode, bands };

// Reads `options:`. Codes and names must be unique; faults go to the file's diagnostics.
std::vector<OptionDraft> read_options(YamlFile& file, const YAML::Node& node,
                                      const std::string& owner, OptionUse use);

std::vector<RowDraft> read_rows(YamlFile& file, const YAML::Node& node, const std::string& owner);

// The options alone, without what only their loader needs.
OptionList options_of(const std::vector<OptionDraft>& drafts);

}  // namespace topline
