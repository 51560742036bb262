// A study folder, opened: every file read, every name resolved, every fault collected.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "instrument/questionnaire.hpp"
#include "instrument/study.hpp"
#include "screening/processing.hpp"
#include "study/design_variables.hpp"
#include "study/weighting_plan.hpp"
#include "tabulation/plan.hpp"

namespace topline {

struct OpenStudy {
  std::string folder;  // as given
  Study study;
  Questionnaire questionnaire;
  Processing processing;  // its code book holds the questionnaire's and the derived variables
  TableBook tables;
  DesignVariables design;
  std::vector<WeightingPlanStep> weighting;
  std::map<std::string, std::string> report_texts;  // language -> text of report/<lang>.md
  std::map<std::string, std::string> files;  // path in the folder -> text, of all that was read
  // Names of the study that are unknown may stand in a file with faults; whatever uses them is
  // left unread then, so that one fault is not told as a hundred.
  bool readable = true;  // false: study.yaml or questionnaire.yaml could not be read at all
  bool named = true;     // false: processing.yaml has faults; nothing that follows it was read

  [[nodiscard]] const Codebook& codebook() const { return processing.codebook; }
  // Path of `file`, which is relative to the study's folder.
  [[nodiscard]] std::string path(const std::string& file) const;
};

// Reads study.yaml, questionnaire.yaml, processing.yaml, tables.yaml, the translations (as text)
// and the reports of `folder`.
// Only parses and resolves; check_study (check.hpp) looks for what is questionable beyond that.
OpenStudy open_study(const std::string& folder, Diagnostics& faults);

// The order in which diagnostics of a study's files are told.
const std::vector<std::string>& study_file_order();

// Every text of the study that an edition translates, with the context that names it in
// locale/<lang>.po (docs/formats.md lists them). The visitor may change the text.
using TextVisitor =
    std::function<void(const std::string& context, std::string& text, const Place& place)>;
void visit_texts(OpenStudy& study, const TextVisitor& visit);

// The study with its texts in `language`: as it is for the study's own language, translated by
// locale/<lang>.po otherwise. Texts without a translation stay in the original. Faults of the
// .po file itself go to `faults`.
OpenStudy in_language(const OpenStudy& study, const std::string& language, Diagnostics& faults);

}  // namespace topline
