#include <memory>

#include "cli/command.hpp"

namespace topline {

namespace {

struct CompletionOptions {
  std::string shell;
};

// The names of the subcommands and, for each, its long options, from the parser itself.
struct Words {
  std::string commands;
  std::vector<std::pair<std::string, std::string>> options;
};

Words words_of(const CLI::App& app) {
  Words words;
  for (const CLI::App* command : app.get_subcommands({})) {
    words.commands += (words.commands.empty() ? "" : " ") + command->get_name();
    std::string options;
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames())
        options += (options.empty() ? "--" : " --") + name;
    }
    words.options.emplace_back(command->get_name(), options);
  }
  return words;
}

std::string bash_script(const Words& words) {
  std::string out =
      "# bash completion for topline: source <(topline completion bash)\n"
      "_topline() {\n"
      "  local word=\"${COMP_WORDS[COMP_CWORD]}\"\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
      "    COMPREPLY=($(compgen -W \"" +
      words.commands +
      " --help --version\" -- \"$word\"))\n"
      "    return\n"
      "  fi\n"
      "  local options=\"\"\n"
      "  case \"${COMP_WORDS[1]}\" in\n";
  for (const auto& [command, options] : words.options)
    out += "    " + command + ") options=\"" + options + "\" ;;\n";
  return out +
         "  esac\n"
         "  case \"$word\" in\n"
         "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
         "  esac\n"
         "}\n"
         "complete -o default -F _topline topline\n";
}

std::string zsh_script(const Words& words) {
  std::string out =
      "#compdef topline\n"
      "# zsh completion for topline: source <(topline completion zsh)\n"
      "_topline() {\n"
      "  if (( CURRENT == 2 )); then\n"
      "    compadd -- " +
      words.commands +
      " --help --version\n"
      "    return\n"
      "  fi\n"
      "  case \"$words[2]\" in\n";
  for (const auto& [command, options] : words.options)
    out += "    " + command + ") [[ \"$PREFIX\" == -* ]] && compadd -- " + options + " ;;\n";
  return out +
         "  esac\n"
         "  [[ \"$PREFIX\" == -* ]] || _files\n"
         "}\n"
         "compdef _topline topline\n";
}

}  // namespace

void add_completion_command(CLI::App& app, Context& context) {
  auto options = std::make_shared<CompletionOptions>();
  CLI::App* command = app.add_subcommand("completion", "Print the completion script of a shell");
  command->add_option("SHELL", options->shell, "bash or zsh")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh"}));
  command->footer("Example:\n  source <(topline completion bash)");
  command->callback([options, &app, &context] {
    const Words words = words_of(app);
    context.console.out(options->shell == "bash" ? bash_script(words) : zsh_script(words));
  });
}

}  // namespace topline
