#include "cli/loaded_study.hpp"

#include <algorithm>
#include <filesystem>
#include <thread>

#include "base/files.hpp"
#include "io/read_responses.hpp"

namespace topline {

namespace {

// The code books in the study's further languages, whose texts a file may hold.
std::vector<OpenStudy> translated(const OpenStudy& study, Diagnostics& faults) {
  std::vector<OpenStudy> all;
  for (const std::string& language : study.study.languages) {
    if (language != study.study.language)
      all.push_back(in_language(study, language, faults));
  }
  return all;
}

}  // namespace

std::string study_folder(const std::string& written) {
  if (written.empty())
    return ".";
  std::string folder = written;
  while (folder.size() > 1 && folder.back() == '/')
    folder.pop_back();
  return folder;
}

std::optional<OpenStudy> open_or_tell(Context& context, const std::string& folder) {
  Diagnostics faults;
  OpenStudy study = open_study(folder, faults);
  if (faults.has_errors()) {
    report_faults(context, std::move(faults), study.files);
    return std::nullopt;
  }
  return study;
}

std::optional<LoadedStudy> load_or_tell(Context& context, const std::string& folder) {
  std::optional<OpenStudy> study = open_or_tell(context, folder);
  if (!study)
    return std::nullopt;
  Diagnostics faults;
  const std::vector<OpenStudy> others = translated(*study, faults);
  std::vector<const Codebook*> codebooks;
  for (const OpenStudy& other : others)
    codebooks.push_back(&other.questionnaire.codebook);
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  if (const std::string& columns = study->study.data.columns; !columns.empty()) {
    // Faults in the map of columns are shown with their lines.
    if (Result<std::string> text = read_file(study->path(columns), columns))
      study->files[columns] = std::move(*text);
  }
  context.console.progress("reading " + study->study.data.file);
  std::optional<Responses> responses = read_responses(folder, study->study, study->questionnaire,
                                                      codebooks, static_cast<int>(cores), faults);
  context.console.end_progress();
  if (!responses) {
    report_faults(context, std::move(faults), study->files);
    return std::nullopt;
  }
  LoadedStudy loaded;
  loaded.screened = screen(study->questionnaire, study->processing, std::move(responses->dataset));
  loaded.screened.ledger.columns_left_alone = std::move(responses->columns_left_alone);
  loaded.study = std::move(*study);
  loaded.warnings = std::move(faults);
  return loaded;
}

bool is_of_the_study(Context& context, const OpenStudy& study, const std::string& output,
                     bool responses) {
  std::vector<std::string> own;
  for (const auto& [file, text] : study.files)
    own.push_back(file);
  if (responses) {
    own.push_back(study.study.data.file);
    own.push_back(study.study.data.columns);
  }
  for (const std::string& file : own) {
    std::error_code ignored;
    if (file.empty() || !std::filesystem::equivalent(study.path(file), output, ignored))
      continue;
    report_fault(context,
                 fault_in(output, "is a file of the study, and is not overwritten",
                          "write elsewhere: `-o FILE`"),
                 Status::usage);
    return true;
  }
  return false;
}

std::optional<WeighedCases> weigh_or_tell(Context& context, const LoadedStudy& loaded) {
  Diagnostics faults;
  std::optional<WeighedCases> cases = weigh_cases(
      loaded.study, loaded.screened, std::max(1U, std::thread::hardware_concurrency()), faults);
  if (cases)
    return cases;
  Diagnostics all = loaded.warnings;
  all.append(std::move(faults));
  report_faults(context, std::move(all), loaded.study.files);
  return std::nullopt;
}

std::string chain_of_bases(const Ledger& ledger) {
  return std::to_string(ledger.started) + " started → " + std::to_string(ledger.valid) +
         " valid → " + std::to_string(ledger.complete) + " to the end";
}

}  // namespace topline
