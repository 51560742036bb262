// Import of a survey as the Linux Foundation's research publishes them: a survey reference model
// (the questionnaire as a spreadsheet), filtering criteria, raw data with three header rows, and
// questionnaires in Markdown. Gives a study folder, with a page that says what was read and how.
// docs/import.md describes what is understood.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/result.hpp"

namespace topline {

struct LfSrmQuestionnaire {
  std::string path;
  std::string language;  // "zh"; empty: found out from script and name
};

// Paths as the user knows them; what is empty is not there.
struct LfSrmSources {
  std::string reference_model;
  std::string filtering_criteria;
  std::string raw_data;  // needed
  std::vector<LfSrmQuestionnaire> questionnaires;
  std::vector<std::string> notes;  // readme, guide: for title and licence
  std::string name;                // the study's short name; empty: from its title
};

// Finds the sources among the .csv and .md files of `folder` by what is in them. A fault if the
// folder cannot be read or holds no raw data; two files of one sort are an error in `faults`.
Result<LfSrmSources> find_lf_srm_sources(const std::string& folder, Diagnostics& faults);

struct CopiedFile {
  std::string from;  // a path as in LfSrmSources
  std::string to;    // relative to the study's folder; copied byte for byte
};

struct ImportedStudy {
  std::map<std::string, std::string> files;  // path relative to the study's folder -> content
  std::vector<CopiedFile> copies;
};

// The study. The fault is what makes any import impossible (a file that cannot be read); what is
// wrong inside the files goes to `faults`, and with an error among them the result should not be
// written.
Result<ImportedStudy> import_lf_srm(const LfSrmSources& sources, Diagnostics& faults);

}  // namespace topline
