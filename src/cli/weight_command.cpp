#include <memory>

#include "analysis/print_weighting.hpp"
#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/loaded_study.hpp"
#include "cli/result_output.hpp"
#include "figure/figure_svg.hpp"
#include "report/weighting_figure.hpp"

namespace topline {

namespace {

struct WeightOptions {
  std::string folder;
  std::string output;
  std::string figure;
  std::string format = "text";
};

Result<Done> write_figure(const SampleWeighting& weighting, const Language& language,
                          const std::string& file) {
  Result<FaceSet> faces = FaceSet::open(language);
  if (!faces)
    return faces.fault();
  FigureStyle style;
  style.print_title = true;
  return write_file(
      file, to_svg(weighting_figure(weighting, Messages::for_language(language)), *faces, style));
}

void run(const WeightOptions& options, Context& context) {
  std::optional<LoadedStudy> loaded = load_or_tell(context, study_folder(options.folder));
  if (!loaded)
    return;
  const OpenStudy& study = loaded->study;
  for (const std::string& file : {options.output, options.figure}) {
    if (!file.empty() && is_of_the_study(context, study, file, true))
      return;
  }
  const std::optional<WeighedCases> cases = weigh_or_tell(context, *loaded);
  if (!cases)
    return;
  report_faults(context, loaded->warnings, study.files);
  const SampleWeighting& weighting = cases->weighting;
  Result<Done> done = Done{};
  if (!options.output.empty())
    done =
        write_file(options.output, weights_csv(weighting, cases->sample, loaded->screened.dataset));
  if (done && !options.figure.empty())
    done = write_figure(weighting, *Language::parse(study.study.languages.front()), options.figure);
  if (!done)
    report_fault(context, done.fault(), Status::environment);
  else
    write_results(context, weighting_results(weighting), {options.format, {}});
}

}  // namespace

void add_weight_command(CLI::App& app, Context& context) {
  auto options = std::make_shared<WeightOptions>();
  CLI::App* command = app.add_subcommand(
      "weight", "Weight the cases as processing.yaml says, and show what it did to the weights");
  command->add_option("STUDY", options->folder, "The study's folder (default: this one)");
  command->add_option("-o,--output", options->output, "A CSV file to write: id, weight");
  command->add_option(
      "--figure", options->figure,
      "An SVG file to write: how the weights are spread, before and after each step");
  command->add_option("--format", options->format, "Of what is shown: text, csv or json")
      ->check(CLI::IsMember({"text", "csv", "json"}))
      ->capture_default_str();
  command->footer("Example:\n  topline weight study -o build/weights.csv");
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace topline
