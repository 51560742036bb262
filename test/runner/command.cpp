#include "command.hpp"

#include <cctype>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace suite {

namespace {

struct Word {
  std::string text;
  bool quoted = false;
};

// The words of `line`; false when a quotation mark has no partner.
bool split(const std::string& line, std::vector<Word>& words) {
  Word word;
  bool inside = false;
  char quote = 0;
  auto finish = [&] {
    if (inside)
      words.push_back(std::move(word));
    word = {};
    inside = false;
  };
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != 0 && c == quote) {
      quote = 0;
    } else if (quote == 0 && (c == '\'' || c == '"')) {
      quote = c;
      inside = word.quoted = true;
    } else if (c == '\\' && quote != '\'' && i + 1 < line.size()) {
      word.text += line[++i];
      inside = true;
    } else if (quote == 0 && (c == ' ' || c == '\t')) {
      finish();
    } else if (quote == 0 && c == '<' && !inside) {
      words.push_back({"<", false});
    } else {
      word.text += c;
      inside = true;
    }
  }
  finish();
  return quote == 0;
}

bool is_assignment(const Word& word) {
  const size_t equals = word.text.find('=');
  if (equals == std::string::npos || equals == 0)
    return false;
  for (size_t i = 0; i < equals; ++i) {
    const auto c = static_cast<unsigned char>(word.text[i]);
    if (std::isupper(c) == 0 && std::isdigit(c) == 0 && c != '_')
      return false;
  }
  return true;
}

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// In the child, between fork and exec: the file at `path` becomes descriptor `target`.
void redirect(const std::string& path, int flags, int target) {
  const int descriptor = ::open(path.c_str(), flags, 0666);
  if (descriptor < 0 || ::dup2(descriptor, target) < 0)
    ::_exit(126);
  ::close(descriptor);
}

std::vector<std::string> environment_of(const Command& command, const std::string& folder) {
  std::vector<std::string> result = {"HOME=" + folder + "/no-home", "LC_ALL=C.UTF-8", "TZ=UTC"};
  for (const char* name : {"PATH", "TMPDIR", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"})
    if (const char* value = std::getenv(name))
      result.push_back(std::string(name) + "=" + value);
  for (const auto& [name, value] : command.environment) {
    const std::string head = name + "=";
    std::erase_if(result, [&](const std::string& entry) { return entry.starts_with(head); });
    result.push_back(head + value);
  }
  return result;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (std::string& text : strings)
    result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

}  // namespace

std::optional<Command> parse_command(const std::string& line, std::string& fault) {
  std::vector<Word> words;
  if (!split(line, words)) {
    fault = "a quotation mark has no partner";
    return std::nullopt;
  }
  Command command;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i].text == "<" && !words[i].quoted) {
      if (i + 1 == words.size()) {
        fault = "no file after <";
        return std::nullopt;
      }
      command.input = words[++i].text;
    } else if (command.arguments.empty() && is_assignment(words[i])) {
      const size_t equals = words[i].text.find('=');
      command.environment.emplace_back(words[i].text.substr(0, equals),
                                       words[i].text.substr(equals + 1));
    } else {
      command.arguments.push_back(words[i].text);
    }
  }
  if (command.arguments.empty() || command.arguments[0] != "topline") {
    fault = "a command starts with topline";
    return std::nullopt;
  }
  return command;
}

Outcome run(const Command& command, const std::string& program, const std::string& folder,
            const std::string& scratch) {
  const std::string out = scratch + "/out";
  const std::string err = scratch + "/err";
  const std::string input = command.input.empty() ? "/dev/null" : command.input;
  std::vector<std::string> arguments = command.arguments;
  std::vector<std::string> environment = environment_of(command, folder);
  const std::vector<char*> argv = pointers(arguments);
  const std::vector<char*> envp = pointers(environment);

  const pid_t child = ::fork();
  if (child < 0)
    throw std::runtime_error("no process could be started");
  if (child == 0) {
    if (::chdir(folder.c_str()) != 0)
      ::_exit(126);
    redirect(input, O_RDONLY, STDIN_FILENO);
    redirect(out, O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
    redirect(err, O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
    ::execve(program.c_str(), argv.data(), envp.data());
    ::_exit(127);
  }
  int status = 0;
  if (::waitpid(child, &status, 0) != child)
    throw std::runtime_error("the program could not be waited for");
  Outcome outcome;
  if (WIFSIGNALED(status))
    outcome.signal = WTERMSIG(status);
  else
    outcome.exit_status = WEXITSTATUS(status);
  outcome.out = contents(out);
  outcome.err = contents(err);
  return outcome;
}

}  // namespace suite
