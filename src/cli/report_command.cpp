#include <chrono>
#include <filesystem>
#include <memory>
#include <set>

#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/loaded_study.hpp"
#include "report/build_report.hpp"
#include "report/check_report.hpp"

namespace topline {

namespace {

struct ReportOptions {
  std::string folder;
  std::string output;
};

std::string plural(size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

// "build/report.en.html  build/report.ja.html", and how many figures lie beside them.
std::string written(const std::vector<OutputFile>& files, const std::string& output) {
  std::string pages;
  std::set<std::string> figures;  // figures/use.en.svg and figures/use.ja.svg are one
  for (const OutputFile& file : files) {
    if (file.path.ends_with(".html"))
      pages += (pages.empty() ? "" : "  ") + (std::filesystem::path(output) / file.path).string();
    else if (file.path.ends_with(".svg"))
      figures.insert(file.path.substr(0, file.path.find('.')));
  }
  std::string out = "wrote     " + pages + "\n";
  if (!figures.empty())
    out += "          " + plural(figures.size(), "figure", "figures") + " as SVG and CSV in " +
           (std::filesystem::path(output) / "figures").string() + "/\n";
  return out;
}

// Each file is written whole or not at all; the first that cannot be written ends it.
bool write_all(const std::vector<OutputFile>& files, const std::string& output, Context& context) {
  for (const OutputFile& file : files) {
    const Result<Done> done =
        write_file((std::filesystem::path(output) / file.path).string(), file.bytes);
    if (!done) {
      report_fault(context, done.fault(), Status::environment);
      return false;
    }
  }
  return true;
}

void run(const ReportOptions& options, Context& context) {
  const auto begin = std::chrono::steady_clock::now();
  const std::string folder = study_folder(options.folder);
  std::optional<LoadedStudy> loaded = load_or_tell(context, folder);
  if (!loaded)
    return;
  const OpenStudy& study = loaded->study;
  Diagnostics faults = loaded->warnings;
  if (study.report_texts.empty())
    faults.error({"report/" + study.study.language + ".md", 0, 0, 0}, "there is no report yet",
                 "write it in Markdown; `topline new` shows how one begins");
  check_reports(study, faults);
  if (faults.has_errors()) {
    report_faults(context, std::move(faults), study.files);
    return;
  }
  const std::optional<WeighedCases> cases = weigh_or_tell(context, *loaded);
  if (!cases)
    return;
  context.console.progress("drawing");
  Result<std::vector<OutputFile>> files = build_report(study, *cases, faults);
  context.console.end_progress();
  if (!files) {
    report_fault(context, files.fault(), Status::environment);
    return;
  }
  if (report_faults(context, std::move(faults), study.files))
    return;
  const std::string output =
      options.output.empty() ? (std::filesystem::path(folder) / "build").lexically_normal().string()
                             : study_folder(options.output);
  if (!write_all(*files, output, context))
    return;
  context.console.out(
      "checked   " + plural(study.questionnaire.questions.size(), "question", "questions") + ", " +
      plural(study.report_texts.size(), "edition", "editions") + "\n" + "cases     " +
      chain_of_bases(loaded->screened.ledger) + "\n" + written(*files, output));
  if (context.console.interactive()) {
    const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - begin);
    context.console.out(std::to_string(spent.count()) + " ms\n");
  }
}

}  // namespace

void add_report_command(CLI::App& app, Context& context) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App* command =
      app.add_subcommand("report", "Build the report in every language, with its figures");
  command->add_option("STUDY", options->folder, "The study's folder (default: this one)");
  command->add_option("-o,--output", options->output, "Where to write (default: STUDY/build)");
  command->footer("Example:\n  topline report examples/genai-2023");
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace topline
