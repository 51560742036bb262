#include "cli/result_output.hpp"

#include "base/files.hpp"
#include "cli/loaded_study.hpp"

namespace topline {

void add_result_options(CLI::App& command, ResultOutput& output) {
  command.add_option("--format", output.format, "text, csv or json")
      ->check(CLI::IsMember({"text", "csv", "json"}))
      ->capture_default_str();
  command.add_option("-o,--output", output.file, "A file to write (default: the terminal)");
}

bool may_write(Context& context, const OpenStudy& study, const ResultOutput& output) {
  return output.file.empty() || !is_of_the_study(context, study, output.file, true);
}

void write_results(Context& context, const Result<ResultTables>& results,
                   const ResultOutput& output) {
  if (!results) {
    report_fault(context, results.fault(), Status::fault);
    return;
  }
  const std::string bytes = output.format == "csv" ? results_csv(*results)
                            : output.format == "json"
                                ? results_json(*results)
                                : results_text(*results, context.console.width());
  if (output.file.empty()) {
    context.console.out(bytes);
    return;
  }
  const Result<Done> done = write_file(output.file, bytes);
  if (!done)
    report_fault(context, done.fault(), Status::environment);
}

}  // namespace topline
