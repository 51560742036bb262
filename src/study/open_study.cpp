#include "study/open_study.hpp"

#include <filesystem>

#include "base/files.hpp"

namespace topline {

namespace {

namespace fs = std::filesystem;

// The text of a file that must be there; empty after a told fault.
std::string required_file(OpenStudy& result, const std::string& file, const std::string& hint,
                          Diagnostics& faults) {
  Result<std::string> text = read_file(result.path(file), file);
  if (!text) {
    Diagnostic fault = text.fault();
    fault.hint = hint;
    faults.add(std::move(fault));
    return {};
  }
  return result.files[file] = std::move(*text);
}

std::string optional_file(OpenStudy& result, const std::string& file, Diagnostics& faults) {
  std::error_code ignored;
  if (!fs::exists(result.path(file), ignored))
    return {};
  return required_file(result, file, "", faults);
}

void read_the_rest(OpenStudy& result, Diagnostics& faults) {
  for (const std::string& language : result.study.languages) {
    if (language != result.study.language)
      optional_file(result, "locale/" + language + ".po", faults);
  }
  const int before = faults.count(Severity::error);
  result.processing = load_processing(optional_file(result, "processing.yaml", faults),
                                      "processing.yaml", result.questionnaire, faults);
  result.named = faults.count(Severity::error) == before;
  if (!result.named)
    return;
  const auto processing = result.files.find("processing.yaml");
  result.weighting = load_weighting(
      processing == result.files.end() ? "" : processing->second, "processing.yaml",
      result.processing.codebook,
      [&](const std::string& file) -> Result<std::string> {
        Result<std::string> bytes = read_file(result.path(file), file);
        if (bytes)
          result.files[file] = *bytes;
        return bytes;
      },
      faults);
  result.design = design_variables(result.study, result.processing.codebook, faults);
  result.tables = load_tables(optional_file(result, "tables.yaml", faults), "tables.yaml",
                              result.processing.codebook, faults);
  for (const std::string& language : result.study.languages) {
    const std::string file = "report/" + language + ".md";
    std::string text = optional_file(result, file, faults);
    if (result.files.contains(file))
      result.report_texts.emplace(language, std::move(text));
  }
}

}  // namespace

std::string OpenStudy::path(const std::string& file) const {
  return (fs::path(folder) / file).string();
}

const std::vector<std::string>& study_file_order() {
  static const std::vector<std::string> order = {"study.yaml", "questionnaire.yaml",
                                                 "processing.yaml", "tables.yaml", "targets.yaml"};
  return order;
}

OpenStudy open_study(const std::string& folder, Diagnostics& faults) {
  OpenStudy result;
  result.folder = folder;
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) {
    if (fs::exists(folder, ignored))
      faults.error({folder, 0, 0, 0}, "is a file, and a study is a folder",
                   "name the folder that holds study.yaml");
    else
      faults.error({folder, 0, 0, 0}, "there is no such folder",
                   "`topline new " + folder + "` makes a new study");
    return result;
  }
  const std::string study = required_file(
      result, "study.yaml", "a study's folder holds study.yaml; `topline new` makes one", faults);
  if (result.files.contains("study.yaml"))
    result.study = load_study(study, "study.yaml", faults);
  const std::string questionnaire = required_file(
      result, "questionnaire.yaml", "a study needs it; it lists the pages and questions", faults);
  if (result.files.contains("questionnaire.yaml"))
    result.questionnaire = load_questionnaire(questionnaire, "questionnaire.yaml", faults);
  result.processing.codebook = result.questionnaire.codebook;
  result.readable = !result.questionnaire.questions.empty();
  if (result.readable)
    read_the_rest(result, faults);
  result.readable = result.readable && !result.study.places.empty();
  return result;
}

}  // namespace topline
