#include "cli/application.hpp"

#include <new>

#include "cli/command.hpp"

namespace topline {

namespace {

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
    context.console.error(std::string("topline: ") + fault.what() + "\n");
    context.console.error("`topline --help` lists the commands\n");
    return static_cast<int>(Status::usage);
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
  add_simulate_command(app, context);
  add_cases_command(app, context);
  add_tables_command(app, context);
  add_report_command(app, context);
  add_translate_command(app, context);
  add_import_command(app, context);
  add_completion_command(app, context);
  try {
    return run(app, context, argc, argv);
  } catch (const std::bad_alloc&) {
    context.console.error("topline: there is not enough memory\n");
    return static_cast<int>(Status::environment);
  }
}

}  // namespace topline
