// A study folder for a test, written and removed again.
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "study/check.hpp"
#include "study/open_study.hpp"

namespace topline {

// study.yaml with all that readers must be told, so that checks of other things stay silent.
inline const std::string full_study_yaml = R"(study: s
title: T
language: en
publisher: P
sponsors: [S]
contact: c@example.org
population: People
fieldwork: {from: 2023-09, to: 2023-10}
mode: Online
sample:
  kind: opt-in
  frame: None
quality: Q
limitations: L
)";

class StudyFolder {
 public:
  explicit StudyFolder(const std::map<std::string, std::string>& files) {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "topline-study-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    for (const auto& [name, text] : files) {
      const std::filesystem::path path = std::filesystem::path(folder_) / name;
      std::filesystem::create_directories(path.parent_path());
      std::ofstream(path, std::ios::binary) << text;
    }
  }
  StudyFolder(const StudyFolder&) = delete;
  StudyFolder& operator=(const StudyFolder&) = delete;
  ~StudyFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  [[nodiscard]] const std::string& path() const { return folder_; }

  OpenStudy open() {
    OpenStudy study = open_study(folder_, faults);
    return study;
  }

  Diagnostics faults;

 private:
  std::string folder_;
};

// "questionnaire.yaml:3:5: error: message" of each fault, in order.
inline std::vector<std::string> told(Diagnostics faults) {
  faults.sort(study_file_order());
  std::vector<std::string> all;
  for (const Diagnostic& fault : faults.all()) {
    std::string line = fault.place.file;
    if (fault.place.line > 0)
      line += ":" + std::to_string(fault.place.line);
    if (fault.place.column > 0)
      line += ":" + std::to_string(fault.place.column);
    line += fault.severity == Severity::error     ? ": error: "
            : fault.severity == Severity::warning ? ": warning: "
                                                  : ": note: ";
    all.push_back(line + fault.message);
  }
  return all;
}

// What opening and checking a study with these files tells.
inline std::vector<std::string> checked(const std::map<std::string, std::string>& files) {
  StudyFolder folder(files);
  const OpenStudy study = folder.open();
  check_study(study, folder.faults);
  return told(folder.faults);
}

// The same of a questionnaire alone, in a study that is complete otherwise.
inline std::vector<std::string> checked_questionnaire(const std::string& questionnaire) {
  return checked({{"study.yaml", full_study_yaml}, {"questionnaire.yaml", questionnaire}});
}

}  // namespace topline
