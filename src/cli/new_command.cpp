#include <filesystem>
#include <memory>

#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/loaded_study.hpp"
#include "cli/new_study_files.hpp"
#include "io/responses_csv.hpp"
#include "simulation/simulate.hpp"

namespace topline {

namespace {

constexpr int64_t invented_cases = 300;

struct NewOptions {
  std::string folder;
};

// A study's short name out of the folder's: letters, digits and hyphens.
std::string short_name(const std::string& folder) {
  std::string name;
  for (char c : std::filesystem::path(folder).filename().string()) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_';
    name += plain ? c : '-';
  }
  return name.empty() || name == "." || name == ".." ? "study" : name;
}

// The command that goes to the folder, fit for a shell; nothing for the folder where we are.
std::string change_to(const std::string& folder) {
  if (folder == ".")
    return "";
  std::string quoted = "'";
  bool plain = true;
  for (char c : folder) {
    plain = plain && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_' || c == '.' || c == '/');
    quoted += c == '\'' ? "'\\''" : std::string(1, c);
  }
  return "cd " + (plain ? folder : quoted + "'") + "\n          ";
}

bool write(const std::string& path, const std::string& text, Context& context) {
  const Result<Done> done = write_file(path, text);
  if (!done)
    report_fault(context, done.fault(), Status::environment);
  return done.ok();
}

void run(const NewOptions& options, Context& context) {
  const std::string folder = study_folder(options.folder);
  std::error_code ignored;
  if (std::filesystem::exists(folder, ignored) &&
      !(std::filesystem::is_directory(folder, ignored) &&
        std::filesystem::is_empty(folder, ignored))) {
    report_fault(
        context,
        fault_in(folder, "is there already, and not an empty folder", "name a folder to be made"),
        Status::fault);
    return;
  }
  for (const EmbeddedFile& file : new_study_files()) {
    std::string text = file.text;
    if (file.path == "study.yaml")
      text.replace(text.find("NAME"), 4, short_name(folder));
    if (!write((std::filesystem::path(folder) / file.path).string(), text, context))
      return;
  }
  const std::optional<OpenStudy> study = open_or_tell(context, folder);
  if (!study)
    return;
  const Simulated invented = simulate_freely(*study, {}, invented_cases, 1);
  if (!write(study->path(study->study.data.file),
             responses_csv(invented.raw, study->questionnaire, study->study), context))
    return;
  context.console.out("wrote     " + folder + "/: a study with four questions in two languages,\n" +
                      "          answered by " + std::to_string(invented_cases) +
                      " invented people\n" + "next      " + change_to(folder) +
                      "topline check              looks for faults\n" +
                      "          topline report             builds the report\n");
}

}  // namespace

void add_new_command(CLI::App& app, Context& context) {
  auto options = std::make_shared<NewOptions>();
  CLI::App* command = app.add_subcommand("new", "Make a small study to begin with");
  command->add_option("STUDY", options->folder, "The folder to be made")->required();
  command->footer("Example:\n  topline new coffee && cd coffee && topline report");
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace topline
