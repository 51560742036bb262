#include <filesystem>
#include <memory>

#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/loaded_study.hpp"
#include "report/check_report.hpp"
#include "simulation/targets.hpp"
#include "study/check.hpp"
#include "study/render_diagnostics.hpp"

namespace topline {

namespace {

struct CheckOptions {
  std::string folder;
  std::string format = "text";
};

std::string counted(size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

void check_targets(OpenStudy& study, Diagnostics& faults) {
  std::error_code ignored;
  if (!std::filesystem::exists(study.path("targets.yaml"), ignored))
    return;
  Result<std::string> text = read_file(study.path("targets.yaml"), "targets.yaml");
  if (!text) {
    faults.add(text.fault());
    return;
  }
  study.files["targets.yaml"] = *text;
  load_targets(*text, "targets.yaml", study, faults);
}

void run(const CheckOptions& options, Context& context) {
  Diagnostics faults;
  OpenStudy study = open_study(study_folder(options.folder), faults);
  if (study.readable) {
    check_study(study, faults);
    if (study.named) {
      check_reports(study, faults);
      check_targets(study, faults);
    }
  }
  faults.sort(study_file_order());
  if (options.format == "json") {
    context.console.out(diagnostics_json(faults));
  } else if (!faults.empty()) {
    context.console.error(
        render_diagnostics(faults, study.files,
                           context.console.colour() ? Colours::terminal : Colours::none) +
        diagnostics_summary(faults));
  } else {
    context.console.out(
        "checked   " + counted(study.questionnaire.questions.size(), "question", "questions") +
        ", " +
        counted(study.processing.derivations.size(), "derived variable", "derived variables") +
        ", " + counted(study.report_texts.size(), "edition", "editions") + ": no faults\n");
  }
  if (faults.has_errors())
    context.status = Status::fault;
}

}  // namespace

void add_check_command(CLI::App& app, Context& context) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* command = app.add_subcommand("check", "Look for faults in a study's files");
  command->add_option("STUDY", options->folder, "The study's folder (default: this one)");
  command->add_option("--format", options->format, "text, or json for editors")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->footer("Example:\n  topline check examples/genai-2023");
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace topline
