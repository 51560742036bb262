#include <algorithm>
#include <memory>
#include <thread>

#include "analysis/print_weighting.hpp"
#include "analysis/weigh_sample.hpp"
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
  Diagnostics faults = loaded->warnings;
  const Dataset& dataset = loaded->screened.dataset;
  StudySample sample = study_sample(study, loaded->screened, faults);
  Weighted weighted;
  if (!faults.has_errors())
    weighted = weigh_sample(study, dataset, sample,
                            std::max(1U, std::thread::hardware_concurrency()), faults);
  if (report_faults(context, std::move(faults), study.files))
    return;
  if (!options.output.empty()) {
    const Result<Done> done = write_file(options.output, weights_csv(weighted, sample, dataset));
    if (!done) {
      report_fault(context, done.fault(), Status::environment);
      return;
    }
  }
  if (study.weighting.empty())
    context.console.out("no `weighting` in processing.yaml: the weights are as they came\n");
  context.console.out(weighting_text(weighted));
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
