// What to count: stub, banner, base, nets. Made from tables.yaml, from a figure of a report, or
// from the command line.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "instrument/questionnaire.hpp"
#include "tabulation/table.hpp"

namespace topline {

enum class DontKnow { apart, excluded };
enum class SortOrder { listed, size };

struct Net {
  std::string name;
  std::string text;
  std::vector<int> members;  // positions of options
  Place place;
};

struct TablePlan {
  std::string id;
  std::string title;
  VariableId stub;
  std::vector<VariableId> banner;
  std::optional<Expression> where;
  std::string base_text;
  Percentages percentages = Percentages::column;
  DontKnow dont_know = DontKnow::apart;
  SortOrder sort = SortOrder::listed;
  std::optional<ColumnTests> tests;  // none: what is usual for the sample
  std::vector<Net> nets;
  Place place;
};

// tables.yaml, read against a code book (the processing's, with derived variables).
struct TableBook {
  std::map<std::string, std::vector<Net>> nets;  // by variable or question name
  std::map<std::string, std::vector<VariableId>> banners;
  std::map<std::string, std::string> bases;  // by question: the base in words
  std::vector<TablePlan> tables;
  DontKnow dont_know = DontKnow::apart;
  SortOrder sort = SortOrder::listed;
  std::optional<ColumnTests> tests;
};

// "none", "unadjusted", "bonferroni", "benjamini_hochberg", in the order of ColumnTests.
const std::vector<std::string>& column_test_words();

// An empty text means that there is no tables.yaml. Faults go to `faults`.
TableBook load_tables(const std::string& text, const std::string& file, const Codebook& codebook,
                      Diagnostics& faults);

// The frequency table of a variable, with the book's nets, base text and defaults.
TablePlan frequency_plan(const TableBook& book, const Codebook& codebook, VariableId variable);

// One frequency plan for each variable that was asked or derived (texts apart), in the order
// of the questionnaire.
std::vector<TablePlan> frequency_deck(const TableBook& book, const Codebook& codebook);

}  // namespace topline
