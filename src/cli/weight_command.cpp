#include <memory>

#include "analysis/print_weighting.hpp"
#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/loaded_study.hpp"

namespace topline {

namespace {

struct WeightOptions {
  std::string folder;
  std::string output;
};

void run(const WeightOptions& options, Context& context) {
  std::optional<LoadedStudy> loaded = load_or_tell(context, study_folder(options.folder));
  if (!loaded)
    return;
  const OpenStudy& study = loaded->study;
  if (!options.output.empty() && is_of_the_study(context, study, options.output, true))
    return;
  const std::optional<WeighedCases> cases = weigh_or_tell(context, *loaded);
  if (!cases)
    return;
  report_faults(context, loaded->warnings, study.files);
  if (!options.output.empty()) {
    const Result<Done> done = write_file(
        options.output, weights_csv(cases->weighting, cases->sample, loaded->screened.dataset));
    if (!done) {
      report_fault(context, done.fault(), Status::environment);
      return;
    }
  }
  if (study.weighting.empty())
    context.console.out("no `weighting` in processing.yaml: the weights are as they came\n");
  context.console.out(weighting_text(cases->weighting));
}

}  // namespace

void add_weight_command(CLI::App& app, Context& context) {
  auto options = std::make_shared<WeightOptions>();
  CLI::App* command = app.add_subcommand(
      "weight", "Weight the cases as processing.yaml says, and show what it did to the weights");
  command->add_option("STUDY", options->folder, "The study's folder (default: this one)");
  command->add_option("-o,--output", options->output, "A CSV file to write: id, weight");
  command->footer("Example:\n  topline weight study -o build/weights.csv");
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace topline
