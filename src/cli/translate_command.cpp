#include <filesystem>
#include <memory>

#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/loaded_study.hpp"
#include "study/update_translation.hpp"

namespace topline {

namespace {

struct TranslateOptions {
  std::string folder;
};

void run(const TranslateOptions& options, Context& context) {
  std::optional<OpenStudy> study = open_or_tell(context, study_folder(options.folder));
  if (!study)
    return;
  Diagnostics faults;
  std::vector<std::pair<std::string, std::string>> files;
  for (const std::string& language : study->study.languages) {
    if (language == study->study.language)
      continue;
    files.emplace_back("locale/" + language + ".po", updated_translation(*study, language, faults));
  }
  if (report_faults(context, std::move(faults), study->files))
    return;
  for (const auto& [file, bytes] : files) {
    const Result<Done> done = write_file(study->path(file), bytes);
    if (!done) {
      report_fault(context, done.fault(), Status::environment);
      return;
    }
    context.console.out(
        "wrote     " + std::filesystem::path(study->path(file)).lexically_normal().string() + "\n");
  }
  if (files.empty())
    context.console.out("the study has no further language: see `languages` in study.yaml\n");
}

}  // namespace

void add_translate_command(CLI::App& app, Context& context) {
  auto options = std::make_shared<TranslateOptions>();
  CLI::App* command = app.add_subcommand(
      "translate", "Bring locale/<lang>.po up to date with the study's texts, for translators");
  command->add_option("STUDY", options->folder, "The study's folder (default: this one)");
  command->footer("Example:\n  topline translate examples/genai-2023");
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace topline
