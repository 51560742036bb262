#include <filesystem>
#include <memory>

#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/loaded_study.hpp"
#include "io/lf_srm.hpp"

namespace topline {

namespace {

struct ImportOptions {
  std::string from;
  std::string to;
};

bool is_empty_place(const std::string& folder) {
  std::error_code ignored;
  return !std::filesystem::exists(folder, ignored) || std::filesystem::is_empty(folder, ignored);
}

void run(const ImportOptions& options, Context& context) {
  const std::string to = study_folder(options.to);
  if (!is_empty_place(to)) {
    report_fault(context,
                 fault_in(to, "is there already, and not empty", "name a folder to be made"),
                 Status::fault);
    return;
  }
  Diagnostics faults;
  Result<LfSrmSources> sources = find_lf_srm_sources(study_folder(options.from), faults);
  if (!sources) {
    report_fault(context, sources.fault(), Status::fault);
    return;
  }
  Result<ImportedStudy> imported = import_lf_srm(*sources, faults);
  if (!imported) {
    report_fault(context, imported.fault(), Status::fault);
    return;
  }
  if (report_faults(context, std::move(faults), {}))
    return;
  // Copies are read before anything is written, so that a file that cannot be read leaves no
  // half of a study.
  for (const CopiedFile& copy : imported->copies) {
    Result<std::string> bytes = read_file(copy.from, copy.from);
    if (!bytes) {
      report_fault(context, bytes.fault(), Status::fault);
      return;
    }
    imported->files[copy.to] = std::move(*bytes);
  }
  for (const auto& [path, bytes] : imported->files) {
    const Result<Done> done = write_file((std::filesystem::path(to) / path).string(), bytes);
    if (!done) {
      report_fault(context, done.fault(), Status::environment);
      return;
    }
  }
  context.console.out("wrote     " + to + "/  (" + std::to_string(imported->files.size()) +
                      " files)\n          " + to +
                      "/IMPORT.md lists what was read, and what could not be\n");
}

}  // namespace

void add_import_command(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("import", "Make a study folder of other files");
  command->require_subcommand(1);
  auto options = std::make_shared<ImportOptions>();
  CLI::App* lf_srm = command->add_subcommand(
      "lf-srm", "A survey reference model, filtering criteria and raw data as CSV");
  lf_srm->add_option("FROM", options->from, "The folder with the files")->required();
  lf_srm->add_option("STUDY", options->to, "The study's folder, to be made")->required();
  lf_srm->footer("Example:\n  topline import lf-srm downloads/ospo-2022 ospo-2022");
  command->footer("Example:\n  topline import lf-srm downloads/ospo-2022 ospo-2022");
  lf_srm->callback([options, &context] { run(*options, context); });
}

}  // namespace topline
