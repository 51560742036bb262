#include <filesystem>
#include <memory>

#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/loaded_study.hpp"
#include "form/print_out.hpp"

namespace topline {

namespace {

struct QuestionnaireOptions {
  std::string folder;
  std::string output;
};

void run(const QuestionnaireOptions& options, Context& context) {
  const std::string folder = study_folder(options.folder);
  const std::optional<OpenStudy> study = open_or_tell(context, folder);
  if (!study)
    return;
  const std::filesystem::path output =
      options.output.empty() ? (std::filesystem::path(folder) / "build").lexically_normal()
                             : std::filesystem::path(study_folder(options.output));
  std::string written;
  for (const std::string& tag : study->study.languages) {
    Diagnostics faults;
    const OpenStudy edition = in_language(*study, tag, faults);
    if (report_faults(context, std::move(faults), study->files))
      return;
    const std::string file = (output / ("questionnaire." + tag + ".html")).string();
    const Result<Done> done =
        write_file(file, questionnaire_print_out(edition, *Language::parse(tag)));
    if (!done) {
      report_fault(context, done.fault(), Status::environment);
      return;
    }
    written += (written.empty() ? "" : "  ") + file;
  }
  context.console.out("wrote     " + written + "\n");
}

}  // namespace

void add_questionnaire_command(CLI::App& app, Context& context) {
  auto options = std::make_shared<QuestionnaireOptions>();
  CLI::App* command = app.add_subcommand(
      "questionnaire", "Print the questionnaire out in every language, with its routing in words");
  command->add_option("STUDY", options->folder, "The study's folder (default: this one)");
  command->add_option("-o,--output", options->output, "Where to write (default: STUDY/build)");
  command->footer("Example:\n  topline questionnaire examples/genai-2023");
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace topline
