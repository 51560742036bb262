#include <algorithm>
#include <iterator>
#include <memory>

#include "analysis/formula_estimate.hpp"
#include "analysis/print_estimates.hpp"
#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/loaded_study.hpp"

namespace topline {

namespace {

struct EstimateOptions {
  std::vector<std::string> words;  // a study's folder, if any, then the formula
  std::string where;
  double level = 0;  // percent; 0: the study's
  std::string interval;
  std::string rule;
  std::string quantile_interval;
  std::string reference = "student";
  std::string format = "text";
  std::string output;
};

const std::map<std::string, ShareInterval>& share_intervals() {
  static const std::map<std::string, ShareInterval> methods = {
      {"logit", ShareInterval::logit}, {"likelihood", ShareInterval::likelihood},
      {"asin", ShareInterval::asin},   {"beta", ShareInterval::beta},
      {"mean", ShareInterval::mean},   {"xlogit", ShareInterval::xlogit}};
  return methods;
}

// Wilson's is known under a design as well.
const std::map<std::string, SimpleInterval>& simple_intervals() {
  static const std::map<std::string, SimpleInterval> methods = {
      {"wilson", SimpleInterval::wilson},
      {"clopper_pearson", SimpleInterval::clopper_pearson},
      {"agresti_coull", SimpleInterval::agresti_coull}};
  return methods;
}

const std::map<std::string, QuantileRule>& quantile_rules() {
  static const std::map<std::string, QuantileRule> rules = {{"math", QuantileRule::math},
                                                            {"school", QuantileRule::school},
                                                            {"shahvaish", QuantileRule::shahvaish},
                                                            {"hf1", QuantileRule::hf1},
                                                            {"hf2", QuantileRule::hf2},
                                                            {"hf3", QuantileRule::hf3},
                                                            {"hf4", QuantileRule::hf4},
                                                            {"hf5", QuantileRule::hf5},
                                                            {"hf6", QuantileRule::hf6},
                                                            {"hf7", QuantileRule::hf7},
                                                            {"hf8", QuantileRule::hf8},
                                                            {"hf9", QuantileRule::hf9}};
  return rules;
}

const std::map<std::string, QuantileInterval>& quantile_intervals() {
  static const std::map<std::string, QuantileInterval> intervals = {
      {"mean", QuantileInterval::mean},     {"beta", QuantileInterval::beta},
      {"xlogit", QuantileInterval::xlogit}, {"asin", QuantileInterval::asin},
      {"score", QuantileInterval::score},   {"replicates", QuantileInterval::replicates}};
  return intervals;
}

template <typename... T>
std::vector<std::string> names_of(const std::map<std::string, T>&... choices) {
  std::vector<std::string> names;
  (std::transform(choices.begin(), choices.end(), std::back_inserter(names),
                  [](const auto& choice) { return choice.first; }),
   ...);
  return names;
}

// The choices of the command line; each word was checked to be one.
void choose(const EstimateOptions& options, EstimateRequest& request) {
  if (share_intervals().contains(options.interval))
    request.interval = share_intervals().at(options.interval);
  if (simple_intervals().contains(options.interval))
    request.simple_interval = simple_intervals().at(options.interval);
  if (!options.rule.empty())
    request.rule = quantile_rules().at(options.rule);
  if (!options.quantile_interval.empty())
    request.quantile_interval = quantile_intervals().at(options.quantile_interval);
  if (options.reference == "normal")
    request.reference = Reference::normal;
}

void print(const EstimateOptions& options, const FormulaEstimates& estimates,
           const EstimateRequest& request, const EstimateTitle& title, const OpenStudy& study,
           Context& context) {
  std::string bytes;
  if (options.format == "csv")
    bytes = estimates_csv(estimates, request, study.codebook());
  else if (options.format == "json")
    bytes = estimates_json(estimates, request, title, study.codebook());
  else
    bytes = estimates_text(estimates, request, title, study.codebook(), study.study,
                           context.console.width());
  if (options.output.empty()) {
    context.console.out(bytes);
    return;
  }
  const Result<Done> done = write_file(options.output, bytes);
  if (!done)
    report_fault(context, done.fault(), Status::environment);
}

void run(const EstimateOptions& options, Context& context) {
  if (options.words.size() > 2) {
    report_fault(context,
                 fault_in("command line", "a folder and one formula are taken, no more",
                          "put the formula into quotes: 'share(Q1 == yes) by Q3'"),
                 Status::usage);
    return;
  }
  const std::string& formula = options.words.back();
  std::optional<LoadedStudy> loaded =
      load_or_tell(context, study_folder(options.words.size() > 1 ? options.words[0] : ""));
  if (!loaded)
    return;
  const OpenStudy& study = loaded->study;
  if (!options.output.empty() && is_of_the_study(context, study, options.output, true))
    return;
  Diagnostics faults;
  std::optional<EstimateRequest> request =
      parse_estimate(formula, options.where, study.codebook(), faults);
  if (report_faults(context, std::move(faults),
                    {{"formula", formula}, {"--where", options.where}}) ||
      !request)
    return;
  const std::optional<WeighedCases> cases = weigh_or_tell(context, *loaded);
  if (!cases)
    return;
  report_faults(context, loaded->warnings, study.files);
  choose(options, *request);
  const double level = options.level > 0 ? options.level : study.study.confidence;
  Result<FormulaEstimates> estimates = formula_estimates(
      *request, cases->sample, loaded->screened.dataset, level / 100, cases->threads);
  if (!estimates) {
    Diagnostic fault = estimates.fault();
    fault.place = study.study.place_of("sample");
    report_fault(context, fault, Status::fault);
    return;
  }
  estimates->intervals = study.study.sample.gives_intervals();
  print(options, *estimates, *request, {formula, level}, study, context);
}

}  // namespace

void add_estimate_command(CLI::App& app, Context& context) {
  auto options = std::make_shared<EstimateOptions>();
  CLI::App* command = app.add_subcommand(
      "estimate", "Estimate a share, mean, total or a formula of them, with its precision");
  command
      ->add_option("WORDS", options->words,
                   "The study's folder (default: this one), then a formula, in quotes: share(A), "
                   "mean(x), sum(x), cases(A) and what + - * / makes of them; median(x), "
                   "quantile(x, 0.9), variance(x), correlation(x, y). `by` makes groups")
      ->required();
  command->add_option("--where", options->where, "Only cases for whom this holds");
  command->add_option("--confidence", options->level, "Percent (default: the study's)")
      ->check(CLI::Range(50.0, 99.9999));
  command
      ->add_option("--interval", options->interval,
                   "Of shares. Under a design: logit (default), likelihood, asin, beta "
                   "(Korn-Graubard), mean, xlogit or wilson; of simple samples: wilson (default), "
                   "clopper_pearson or agresti_coull")
      ->check(CLI::IsMember(names_of(share_intervals(), simple_intervals())));
  command
      ->add_option("--rule", options->rule,
                   "Of quantiles: school (default), math, shahvaish, hf1 … hf9")
      ->check(CLI::IsMember(names_of(quantile_rules())));
  command
      ->add_option("--quantile-interval", options->quantile_interval,
                   "mean (Woodruff, default), beta, xlogit, asin, score or replicates")
      ->check(CLI::IsMember(names_of(quantile_intervals())));
  command
      ->add_option(
          "--reference", options->reference,
          "Whose quantile intervals take: student (t with the design's degrees of freedom) "
          "or normal")
      ->check(CLI::IsMember({"student", "normal"}))
      ->capture_default_str();
  command->add_option("--format", options->format, "text, csv or json")
      ->check(CLI::IsMember({"text", "csv", "json"}))
      ->capture_default_str();
  command->add_option("-o,--output", options->output, "A file to write (default: the terminal)");
  command->footer(
      "Examples:\n"
      "  topline estimate examples/genai-2023 'share(Q17 == open) by Q3'\n"
      "  topline estimate 'quantile(income, 0.9) by region' --rule hf7\n"
      "  topline estimate 'share(Q1 == daily | panel) - share(Q1 == daily | not panel)'");
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace topline
