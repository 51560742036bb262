#include <memory>

#include "analysis/survey_model.hpp"
#include "cli/command.hpp"
#include "cli/loaded_study.hpp"
#include "cli/result_output.hpp"

namespace topline {

namespace {

struct ModelOptions {
  std::vector<std::string> words;  // a study's folder, if any, then the formula
  ModelWords model;
  std::string family;
  double level = 0;  // percent; 0: the study's
  ResultOutput output;
};

void run(ModelOptions options, Context& context) {
  if (options.words.size() > 2) {
    report_fault(context,
                 fault_in("command line", "a folder and one formula are taken, no more",
                          "put the formula into quotes: 'income ~ age + region'"),
                 Status::usage);
    return;
  }
  options.model.formula = options.words.back();
  if (!options.family.empty())
    options.model.family =
        options.family == "logistic" ? RegressionFamily::logistic : RegressionFamily::linear;
  std::optional<LoadedStudy> loaded =
      load_or_tell(context, study_folder(options.words.size() > 1 ? options.words[0] : ""));
  if (!loaded || !may_write(context, loaded->study, options.output))
    return;
  const OpenStudy& study = loaded->study;
  Diagnostics faults;
  const std::optional<ModelRequest> request = parse_model(options.model, study.codebook(), faults);
  if (report_faults(context, std::move(faults), model_files(options.model)) || !request)
    return;
  const std::optional<WeighedCases> cases = weigh_or_tell(context, *loaded);
  if (!cases)
    return;
  report_faults(context, loaded->warnings, study.files);
  const double level = options.level > 0 ? options.level : study.study.confidence;
  write_results(context, survey_model(*request, study, *cases, level / 100), options.output);
}

}  // namespace

void add_model_command(CLI::App& app, Context& context) {
  auto options = std::make_shared<ModelOptions>();
  CLI::App* command = app.add_subcommand(
      "model", "Fit a linear or logistic regression by the sample's design; key drivers");
  command
      ->add_option("WORDS", options->words,
                   "The study's folder (default: this one), then the model, in quotes: what is "
                   "explained, ~, and what explains it")
      ->required();
  command
      ->add_option("--family", options->family,
                   "linear or logistic (default: logistic for a condition)")
      ->check(CLI::IsMember({"linear", "logistic"}));
  command->add_option("--reference", options->model.references,
                      "The option that a question's others are held against, as in "
                      "'region == north' (default: the first); repeatable");
  command->add_flag("--effects", options->model.effects, "Average marginal effects as well");
  command->add_flag("--drivers", options->model.drivers,
                    "Key drivers of a linear model as well: each term's part of R²");
  command->add_option("--where", options->model.where, "Only cases for whom this holds");
  command->add_option("--confidence", options->level, "Percent (default: the study's)")
      ->check(CLI::Range(50.0, 99.9999));
  add_result_options(*command, options->output);
  command->footer(
      "Terms are questions, numbers or conditions, joined by +; A:B is an interaction, A * B both\n"
      "effects and their interaction. A sum of numbers stands in brackets.\n"
      "Examples:\n"
      "  topline model 'income ~ age + region'\n"
      "  topline model 'Q1 == daily ~ age * region' --effects");
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace topline
