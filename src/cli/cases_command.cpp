#include <memory>

#include "cli/command.hpp"
#include "cli/loaded_study.hpp"
#include "text/terminal_width.hpp"

namespace topline {

namespace {

struct CasesOptions {
  std::string folder;
};

std::string number(int64_t value) {
  return pad_to_width(std::to_string(value), 9, Align::right);
}

std::string step_text(const LoadedStudy& loaded, const LedgerStep& step) {
  if (step.screened_out_by.valid())
    return "screened out by " + loaded.study.questionnaire[step.screened_out_by].name;
  const CaseRule& rule = loaded.study.processing.rules[static_cast<size_t>(step.rule)];
  return (rule.keep ? "not kept: " : "dropped: ") + rule.why + " (" + rule.condition.text + ")";
}

std::string ledger_text(const LoadedStudy& loaded, int width) {
  const Ledger& ledger = loaded.screened.ledger;
  const int label = std::max(30, width - 27);
  std::string out = pad_to_width("", label) + "  removed    alone     left\n";
  out += pad_to_width("started", label) + std::string(18, ' ') + number(ledger.started) + "\n";
  for (const LedgerStep& step : ledger.steps) {
    const std::vector<std::string> lines = wrap_to_width(step_text(loaded, step), label - 1);
    for (size_t i = 0; i + 1 < lines.size(); ++i)
      out += lines[i] + "\n";
    out += pad_to_width(lines.back(), label) + number(step.removed) + number(step.removed_alone) +
           number(step.left) + "\n";
  }
  out += pad_to_width("valid", label) + std::string(18, ' ') + number(ledger.valid) + "\n";
  out += pad_to_width("of these, to the end", label) + std::string(18, ' ') +
         number(ledger.complete) + "\n";
  return out;
}

// Answers to questions that the routing did not lead to, and columns that nothing names.
std::string remarks(const LoadedStudy& loaded, int width) {
  const Ledger& ledger = loaded.screened.ledger;
  std::string out;
  for (size_t i = 0; i < ledger.answered_though_not_asked.size(); ++i) {
    if (ledger.answered_though_not_asked[i] > 0)
      out +=
          "answered though not asked, and kept: " + loaded.study.questionnaire.questions[i].name +
          ", " + std::to_string(ledger.answered_though_not_asked[i]) +
          (ledger.answered_though_not_asked[i] == 1 ? " case\n" : " cases\n");
  }
  if (ledger.columns_left_alone.empty())
    return out;
  std::string list;
  for (const std::string& head : ledger.columns_left_alone)
    list += (list.empty() ? "" : ", ") + head;
  for (const std::string& line :
       wrap_to_width(std::to_string(ledger.columns_left_alone.size()) +
                         (ledger.columns_left_alone.size() == 1 ? " column" : " columns") +
                         " of the file that nothing names: " + list,
                     width))
    out += line + "\n";
  return out;
}

void run(const CasesOptions& options, Context& context) {
  std::optional<LoadedStudy> loaded = load_or_tell(context, study_folder(options.folder));
  if (!loaded)
    return;
  report_faults(context, loaded->warnings, loaded->study.files);
  context.console.out(ledger_text(*loaded, context.console.width()));
  context.console.out(remarks(*loaded, context.console.width()));
}

}  // namespace

void add_cases_command(CLI::App& app, Context& context) {
  auto options = std::make_shared<CasesOptions>();
  CLI::App* command =
      app.add_subcommand("cases", "Show which cases count, and how many each rule removed");
  command->add_option("STUDY", options->folder, "The study's folder (default: this one)");
  command->footer("Example:\n  topline cases examples/genai-2023");
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace topline
