#include <filesystem>

#include "cli/command.hpp"
#include "cli/loaded_study.hpp"

namespace topline {

namespace {

bool exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

// What could be done next, by what is there.
std::string next_step(const OpenStudy& study) {
  if (study.study.data.file.empty() || !exists(study.path(study.study.data.file)))
    return "topline simulate -n 300    lets 300 invented people answer\n"
           "          topline check              looks for faults\n";
  return "topline tables             prints every question's table\n"
         "          topline cases              says which cases count\n"
         "          topline report             builds the report\n";
}

}  // namespace

bool print_status(Context& context) {
  if (!exists("study.yaml"))
    return false;
  Diagnostics faults;
  const OpenStudy study = open_study(".", faults);
  if (faults.has_errors()) {
    report_faults(context, std::move(faults), study.files);
    return true;
  }
  std::string languages;
  for (const std::string& language : study.study.languages)
    languages += (languages.empty() ? "" : ", ") + language;
  context.console.out("study     " + study.study.title + "\n");
  context.console.out("asks      " + std::to_string(study.questionnaire.questions.size()) +
                      " questions on " + std::to_string(study.questionnaire.pages.size()) +
                      " pages, in " + languages + "\n");
  if (!study.study.data.file.empty() && exists(study.path(study.study.data.file))) {
    const std::optional<LoadedStudy> loaded = load_or_tell(context, ".");
    if (!loaded)
      return true;
    context.console.out("cases     " + chain_of_bases(loaded->screened.ledger) + "\n");
  } else {
    context.console.out("cases     none yet\n");
  }
  context.console.out("next      " + next_step(study));
  return true;
}

}  // namespace topline
