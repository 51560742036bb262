#include <algorithm>
#include <filesystem>
#include <memory>

#include "analysis/survey_test.hpp"
#include "cli/command.hpp"
#include "cli/loaded_study.hpp"
#include "cli/result_output.hpp"

namespace topline {

namespace {

struct TestOptions {
  std::vector<std::string> words;  // a study's folder, if any, the kind, then what is tested
  TestWords test;
  double level = 0;  // percent; 0: the study's
  ResultOutput output;
};

// Takes the folder and the kind off the words. Nothing, and a told fault, where there is no kind.
std::optional<std::string> folder_of(TestOptions& options, Context& context) {
  std::string folder;
  std::vector<std::string>& words = options.words;
  if (!words.empty() && !test_kind(words.front())) {
    folder = words.front();
    words.erase(words.begin());
  }
  if (words.empty() || !test_kind(words.front())) {
    const bool is_folder = std::filesystem::is_directory(folder) && !words.empty();
    const std::string& word = is_folder ? words.front() : folder;
    const std::string near = did_you_mean(word, test_kind_names());
    report_fault(context,
                 fault_in("command line", "`" + word + "` is no kind of test",
                          near.empty() ? "`topline test --help` lists them" : near),
                 Status::usage);
    return std::nullopt;
  }
  options.test.kind = *test_kind(words.front());
  options.test.operands.assign(words.begin() + 1, words.end());
  return study_folder(folder);
}

void run(TestOptions options, Context& context) {
  const std::optional<std::string> folder = folder_of(options, context);
  if (!folder)
    return;
  std::optional<LoadedStudy> loaded = load_or_tell(context, *folder);
  if (!loaded || !may_write(context, loaded->study, options.output))
    return;
  const OpenStudy& study = loaded->study;
  Diagnostics faults;
  const std::optional<TestRequest> request = parse_test(options.test, study.codebook(), faults);
  const std::vector<Diagnostic>& all = faults.all();
  const bool usage = std::any_of(all.begin(), all.end(), [](const Diagnostic& fault) {
    return fault.place.file == "command line";
  });
  if (report_faults(context, std::move(faults), test_files(options.test)) || !request) {
    if (usage)
      context.status = Status::usage;
    return;
  }
  const std::optional<WeighedCases> cases = weigh_or_tell(context, *loaded);
  if (!cases)
    return;
  report_faults(context, loaded->warnings, study.files);
  const double level = options.level > 0 ? options.level : study.study.confidence;
  write_results(context, survey_test(*request, study, *cases, level / 100), options.output);
}

template <typename T>
void add_choice(CLI::App& command, const std::string& name, std::optional<T>& into,
                std::map<std::string, T> choices, const std::string& help) {
  std::vector<std::string> names;
  for (const auto& [choice, value] : choices)
    names.push_back(choice);
  command
      .add_option_function<std::string>(
          name, [&into, choices](const std::string& word) { into = choices.at(word); }, help)
      ->check(CLI::IsMember(names));
}

void add_choices(CLI::App& command, TestWords& test) {
  add_choice<IndependenceStatistic>(
      command, "--statistic", test.statistic,
      {{"rao_scott_f", IndependenceStatistic::rao_scott_f},
       {"rao_scott_chi_squared", IndependenceStatistic::rao_scott_chi_squared},
       {"wald", IndependenceStatistic::wald},
       {"adjusted_wald", IndependenceStatistic::adjusted_wald},
       {"linear_combination", IndependenceStatistic::linear_combination},
       {"saddlepoint", IndependenceStatistic::saddlepoint},
       {"wls_score", IndependenceStatistic::wls_score}},
      "Of independence under a design (default: rao_scott_f)");
  add_choice<RankScores>(command, "--scores", test.scores,
                         {{"wilcoxon", RankScores::wilcoxon},
                          {"van_der_waerden", RankScores::van_der_waerden},
                          {"median", RankScores::median}},
                         "Of ranks (default: wilcoxon)");
  using statistics::Adjustment;
  add_choice<Adjustment>(command, "--adjust", test.adjustment,
                         {{"none", Adjustment::none},
                          {"bonferroni", Adjustment::bonferroni},
                          {"holm", Adjustment::holm},
                          {"hochberg", Adjustment::hochberg},
                          {"benjamini_hochberg", Adjustment::benjamini_hochberg},
                          {"benjamini_yekutieli", Adjustment::benjamini_yekutieli}},
                         "Of the p of several differences (default: holm)");
  using statistics::AgreementWeights;
  add_choice<AgreementWeights>(command, "--weights", test.weights,
                               {{"none", AgreementWeights::none},
                                {"linear", AgreementWeights::linear},
                                {"quadratic", AgreementWeights::quadratic}},
                               "Of disagreements in kappa (default: none)");
}

}  // namespace

void add_test_command(CLI::App& app, Context& context) {
  auto options = std::make_shared<TestOptions>();
  CLI::App* command = app.add_subcommand(
      "test", "Test a hypothesis, by the sample's design: independence, means, ranks, trend …");
  command
      ->add_option("WORDS", options->words,
                   "The study's folder (default: this one), the kind of test, and what it tests")
      ->required();
  command->add_option("--by", options->test.by,
                      "The question that makes the groups of means, ranks and trend");
  command->add_option("--against", options->test.against,
                      "The value that `mean` is held against; of a share, percent");
  command->add_option("--shares", options->test.shares,
                      "The shares that `fit` is held against: 'weekly 30, monthly 70'");
  command->add_option("--where", options->test.where, "Only cases for whom this holds");
  add_choices(*command, options->test);
  command->add_option("--confidence", options->level, "Percent (default: the study's)")
      ->check(CLI::Range(50.0, 99.9999));
  add_result_options(*command, options->output);
  command->footer(
      "Kinds of tests:\n"
      "  independence Q1 Q2        the answers to two questions\n"
      "  fit Q1 --shares '…'       one question's shares and given ones\n"
      "  mean X --against 40       one mean, or the share of a condition, and a value\n"
      "  means X --by Q1           means or shares of groups, and all their differences\n"
      "  ranks X --by Q1           the groups' distributions\n"
      "  paired X Y …              answers of the same people\n"
      "  trend X --by Q1           a mean or share along ordered groups\n"
      "  alpha X Y …               Cronbach's alpha of a scale's items; a grid stands for its "
      "rows\n"
      "  kappa Q1 Q2               Cohen's kappa of two coders\n"
      "Examples:\n"
      "  topline test independence Q1 Q2\n"
      "  topline test means 'Q1 == daily' --by region");
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace topline
