#include <charconv>
#include <filesystem>
#include <limits>
#include <memory>

#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/loaded_study.hpp"
#include "io/responses_csv.hpp"
#include "simulation/simulate.hpp"

namespace topline {

namespace {

constexpr int64_t most_cases = 10'000'000;
constexpr int64_t largest_seed = std::numeric_limits<int64_t>::max();

struct SimulateOptions {
  std::string folder;
  std::string targets;
  std::string output;
  int64_t cases = 0;
  uint64_t seed = 1;
  bool replace = false;
};

// What is wrong with the text of an option that takes a whole number; empty if nothing is.
std::string whole_number_fault(const std::string& text, int64_t least, int64_t most) {
  int64_t value = 0;
  const char* last = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), last, value);
  if (error == std::errc() && stop == last && value >= least && value <= most)
    return {};
  return "`" + text + "` is no whole number from " + std::to_string(least) + " to " +
         std::to_string(most);
}

// The targets' text, or nothing when there are none to meet.
std::optional<std::string> targets_text(const SimulateOptions& options, OpenStudy& study,
                                        Context& context) {
  const std::string file = options.targets.empty() ? "targets.yaml" : options.targets;
  const std::string path = options.targets.empty() ? study.path(file) : file;
  Result<std::string> text = read_file(path, file);
  if (!text) {
    Diagnostic fault = text.fault();
    fault.hint = "without targets, say how many respondents to invent: `-n 300`";
    report_fault(context, fault, Status::fault);
    return std::nullopt;
  }
  study.files[file] = *text;
  return std::move(*text);
}

// Answers of a study that says of itself that they are invented may be replaced.
bool may_write(const SimulateOptions& options, const OpenStudy& study, const std::string& path,
               Context& context) {
  if (is_of_the_study(context, study, path, false))
    return false;
  std::error_code ignored;
  const bool invented = study.study.invented && options.output.empty();
  if (options.replace || invented || !std::filesystem::exists(path, ignored))
    return true;
  if (std::filesystem::is_directory(path, ignored)) {
    report_fault(context, fault_in(path, "is a folder", "name a file: `-o FILE`"), Status::fault);
    return false;
  }
  report_fault(context,
               fault_in(path, "is there already, and answers are never overwritten unasked",
                        "`--replace` overwrites it, `-o FILE` writes elsewhere"),
               Status::fault);
  return false;
}

void run(const SimulateOptions& options, Context& context) {
  std::optional<OpenStudy> study = open_or_tell(context, study_folder(options.folder));
  if (!study)
    return;
  const std::string data =
      study->study.data.file.empty() ? "data/responses.csv" : study->study.data.file;
  const std::string path =
      options.output.empty() ? std::filesystem::path(study->path(data)).lexically_normal().string()
                             : options.output;
  if (!may_write(options, *study, path, context))
    return;
  Diagnostics faults;
  const bool free = options.cases > 0;
  std::optional<std::string> text;
  if (!free && !(text = targets_text(options, *study, context)))
    return;
  const std::string file = options.targets.empty() ? "targets.yaml" : options.targets;
  const Targets targets = load_targets(text.value_or(""), file, *study, faults);
  if (faults.has_errors()) {
    report_faults(context, std::move(faults), study->files);
    return;
  }
  context.console.progress("inventing respondents");
  std::optional<Simulated> simulated;
  if (free)
    simulated = simulate_freely(*study, targets, options.cases, options.seed);
  else
    simulated = simulate(*study, targets, options.seed, faults);
  context.console.end_progress();
  if (report_faults(context, std::move(faults), study->files) || !simulated) {
    context.status = Status::fault;
    return;
  }
  const Result<Done> done =
      write_file(path, responses_csv(simulated->raw, study->questionnaire, study->study));
  if (!done) {
    report_fault(context, done.fault(), Status::environment);
    return;
  }
  if (!free)
    context.console.out("met       " + std::to_string(simulated->met.size()) +
                        (simulated->met.size() == 1 ? " target\n" : " targets\n"));
  context.console.out("cases     " + std::to_string(simulated->raw.rows()) +
                      " invented respondents, seed " + std::to_string(options.seed) +
                      (free ? ", meeting no targets\n" : "\n"));
  context.console.out("wrote     " + path + "\n");
}

}  // namespace

void add_simulate_command(CLI::App& app, Context& context) {
  auto options = std::make_shared<SimulateOptions>();
  CLI::App* command = app.add_subcommand(
      "simulate", "Invent respondents who walk the questionnaire and meet published results");
  command->add_option("STUDY", options->folder, "The study's folder (default: this one)");
  command
      ->add_option("-n,--cases", options->cases,
                   "How many respondents, when no targets are to be met")
      ->check([](const std::string& text) { return whole_number_fault(text, 1, most_cases); }, "");
  command
      ->add_option("--targets", options->targets, "Results to meet (default: STUDY/targets.yaml)")
      ->excludes("--cases");
  command->add_option("--seed", options->seed, "The same seed gives the same respondents")
      ->check([](const std::string& text) { return whole_number_fault(text, 0, largest_seed); }, "")
      ->capture_default_str();
  command->add_flag("--replace", options->replace, "Overwrite responses that are there");
  command->add_option("-o,--output", options->output,
                      "The file to write (default: data.file of study.yaml)");
  command->footer("Example:\n  topline simulate examples/genai-2023 --seed 1 -o /tmp/answers.csv");
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace topline
