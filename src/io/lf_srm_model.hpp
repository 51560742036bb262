// The survey reference model: the questionnaire as a spreadsheet, one row for each page,
// question and response, with the rules of the instrument in words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "io/lf_srm_log.hpp"
#include "io/lf_srm_sheet.hpp"
#include "io/lf_srm_text.hpp"

namespace topline::lf_srm {

struct ModelOption {
  std::string code;  // as written: "3"
  std::string text;
  std::string rule;  // of the column "Show/Hide Rules and Logic"
  std::string note;  // of the column "Coding Notes"
  std::string where;
};

struct ModelQuestion {
  int number = 0;
  AskedText asked;
  std::string rule;
  std::string note;
  std::string where;
  bool text_box = false;
  std::vector<ModelOption> options;  // or rows of a grid, when asked.columns is not empty
};

struct ModelPage {
  std::string id;  // "4"
  std::string title;
  std::string text;
  std::string rule;
  std::string note;
  std::string where;
  std::vector<ModelQuestion> questions;
};

// A column of the data that is no question: language, filter criteria.
struct ModelField {
  std::string name;
  std::string text;
  std::vector<ModelOption> codes;
};

struct ReferenceModel {
  std::string file;
  std::string title;
  std::vector<ModelPage> pages;
  std::vector<ModelField> fields;

  [[nodiscard]] const ModelQuestion* find(int number) const;
};

// Whether the table is a reference model: it has the heads "Page or Section", "Q#" and "R#".
bool is_reference_model(const Sheet& sheet);

// Every row becomes part of the model or is listed in `log`.
ReferenceModel read_reference_model(const Sheet& sheet, ImportLog& log, Diagnostics& faults);

}  // namespace topline::lf_srm
