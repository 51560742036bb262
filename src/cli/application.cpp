#include "cli/application.hpp"

#include <algorithm>
#include <new>
#include <vector>

#include "cli/command.hpp"

namespace topline {

namespace {

// ": did you mean …?", or nothing.
std::string nearest(const std::string& word, const std::vector<std::string>& known) {
  const std::string near = did_you_mean(word, known);
  return near.empty() ? near : ": " + near;
}

// What is wrong with a word that no command takes: a command, an option or a word too many.
std::string unexpected(const CLI::App& app, const std::vector<std::string>& words) {
  const std::vector<CLI::App*> commands = app.get_subcommands();
  std::vector<std::string> known;
  if (commands.empty()) {
    const auto is_command = [](const std::string& word) { return !word.starts_with('-'); };
    const auto word = std::find_if(words.begin(), words.end(), is_command);
    if (word != words.end()) {
      for (const CLI::App* command : app.get_subcommands({}))
        known.push_back(command->get_name());
      return "there is no command `" + *word + "`" + nearest(*word, known);
    }
  }
  const CLI::App& command = commands.empty() ? app : *commands.front();
  const std::string name = commands.empty() ? "topline" : "topline " + command.get_name();
  const std::string& word = words.front();
  if (!word.starts_with('-'))
    return "`" + name + "` takes no further word `" + word + "`";
  for (const CLI::Option* option : command.get_options())
    for (const std::string& long_name : option->get_lnames())
      known.push_back("--" + long_name);
  return "`" + name + "` has no option `" + word + "`" + nearest(word, known);
}

int usage_fault(const CLI::App& app, const CLI::ParseError& fault, Context& context,
                const std::vector<std::string>& words) {
  const std::vector<CLI::App*> commands = app.get_subcommands();
  const bool extra = dynamic_cast<const CLI::ExtrasError*>(&fault) != nullptr && !words.empty();
  const std::string text = extra ? unexpected(app, words) : fault.what();
  context.console.error("topline: " + text + "\n" +
                        (commands.empty() ? "`topline --help` lists the commands\n"
                                          : "`topline " + commands.front()->get_name() +
                                                " --help` explains the command\n"));
  return static_cast<int>(Status::usage);
}

int run(CLI::App& app, Context& context, int argc, char** argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    context.console.out(app.help());
    return 0;
  } catch (const CLI::CallForAllHelp&) {
    context.console.out(app.help("", CLI::AppFormatMode::All));
    return 0;
  } catch (const CLI::CallForVersion&) {
    context.console.out("topline " TOPLINE_VERSION "\n");
    return 0;
  } catch (const CLI::ParseError& fault) {
    // The words that nothing took, in the order in which they were written.
    std::vector<std::string> words;
    const std::vector<std::string> left = app.remaining(true);
    for (int i = 1; i < argc; ++i)
      if (std::find(left.begin(), left.end(), argv[i]) != left.end())
        words.emplace_back(argv[i]);
    return usage_fault(app, fault, context, words);
  }
  if (app.get_subcommands().empty() && !print_status(context))
    context.console.out(app.help());
  return static_cast<int>(context.status);
}

}  // namespace

int run_topline(int argc, char** argv) {
  Context context;
  context.console = Console::standard();
  CLI::App app("Topline takes a survey from its questionnaire to the published report.", "topline");
  app.set_version_flag("--version", "topline " TOPLINE_VERSION);
  app.footer(
      "`topline` alone, in a study's folder, says how the study stands.\n"
      "`topline COMMAND --help` explains a command, with an example.");
  app.require_subcommand(0, 1);
  add_new_command(app, context);
  add_check_command(app, context);
  add_questionnaire_command(app, context);
  add_simulate_command(app, context);
  add_cases_command(app, context);
  add_tables_command(app, context);
  add_estimate_command(app, context);
  add_test_command(app, context);
  add_model_command(app, context);
  add_weight_command(app, context);
  add_report_command(app, context);
  add_translate_command(app, context);
  add_import_command(app, context);
  add_completion_command(app, context);
  try {
    const int status = run(app, context, argc, argv);
    if (context.console.all_written())
      return status;
    context.console.error("topline: the output cannot be written: is the disk full?\n");
    return static_cast<int>(Status::environment);
  } catch (const std::bad_alloc&) {
    context.console.error("topline: there is not enough memory\n");
    return static_cast<int>(Status::environment);
  }
}

}  // namespace topline
