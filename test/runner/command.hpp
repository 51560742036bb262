// The command lines of a case: what to start, with which arguments, environment and files.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace suite {

struct Command {
  std::vector<std::pair<std::string, std::string>> environment;  // NAME=value before the program
  std::vector<std::string> arguments;  // the first is the program's name as written
  std::string input;                   // file after `<`, empty: none
};

// One line, with words in '…' and "…" and after \ as a shell would take them, assignments in
// front, and `< file`. Nothing is expanded. On a fault, nothing and a text in `fault`.
std::optional<Command> parse_command(const std::string& line, std::string& fault);

struct Outcome {
  int exit_status = 0;
  int signal = 0;  // 0: the program ended by itself
  std::string out;
  std::string err;
};

// Runs `program` with the command's arguments in `folder`, its two outputs kept in files under
// `scratch`. The environment is the same for everybody: UTF-8, UTC, no home.
Outcome run(const Command& command, const std::string& program, const std::string& folder,
            const std::string& scratch);

}  // namespace suite
