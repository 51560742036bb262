// Runs one case of test/suite: run_case <program> <source folder> <case folder>.
// What a case is made of: test/suite/README.md. Status 0: it holds; 1: it does not; 2: the case
// itself is broken.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fnmatch.h>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <vector>

#include "command.hpp"
#include "expectation.hpp"

namespace fs = std::filesystem;

namespace {

// Files of a case that speak to the runner and are no part of the study.
constexpr std::array control_files = {"cmd",    "expected",        "expect-files",
                                      "from",   "expect-no-files", "remove",
                                      "expect", "study",           "README.md"};

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    throw std::runtime_error(path.string() + " cannot be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  if (!file.flush())
    throw std::runtime_error(path.string() + " cannot be written");
}

// The entries of a list file: one a line, without blank lines and comments.
std::vector<std::string> entries(const fs::path& path) {
  std::vector<std::string> result;
  if (!fs::exists(path))
    return result;
  for (const std::string& line : suite::lines_of(read(path)))
    if (!line.empty() && line[0] != '#')
      result.push_back(line);
  return result;
}

class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (fs::temp_directory_path() / "topline-case-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
      throw std::runtime_error("no temporary folder could be made");
    path_ = name;
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    // A case may have taken the permission to write from a folder.
    std::error_code ignored;
    for (auto it = fs::recursive_directory_iterator(path_, ignored);
         it != fs::recursive_directory_iterator(); it.increment(ignored))
      if (it->is_directory(ignored))
        fs::permissions(it->path(), fs::perms::owner_all, fs::perm_options::add, ignored);
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

void lay(const fs::path& from, const fs::path& over) {
  fs::copy(from, over, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
}

// The folder that the case starts from: `base: name` is a folder of test/suite/_base,
// `example: name` one of examples/.
fs::path shared_folder(const fs::path& source, const std::string& line) {
  const size_t colon = line.find(": ");
  const std::string kind = line.substr(0, colon);
  const std::string name = colon == std::string::npos ? "" : line.substr(colon + 2);
  fs::path folder;
  if (kind == "base")
    folder = source / "test/suite/_base" / name;
  else if (kind == "example")
    folder = source / "examples" / name;
  if (name.empty() || !fs::is_directory(folder))
    throw std::runtime_error("from: `" + line + "` names no folder");
  return folder;
}

// Puts the case's study together in `folder`.
void set_up(const fs::path& source, const fs::path& test_case, const fs::path& folder) {
  fs::create_directory(folder);
  for (const std::string& line : entries(test_case / "from"))
    lay(shared_folder(source, line), folder);
  if (fs::is_directory(test_case / "study")) {
    lay(test_case / "study", folder);
  } else {
    for (const auto& entry : fs::directory_iterator(test_case))
      if (std::find(control_files.begin(), control_files.end(), entry.path().filename()) ==
          control_files.end())
        lay(entry.path(), folder / entry.path().filename());
  }
  for (const std::string& name : entries(test_case / "remove"))
    if (fs::remove_all(folder / name) == 0)
      throw std::runtime_error("remove: there is no " + name);
}

std::vector<std::string> files_below(const fs::path& folder) {
  std::vector<std::string> result;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    result.push_back(fs::relative(entry.path(), folder).string());
  std::sort(result.begin(), result.end());
  return result;
}

bool any_matches(const std::vector<std::string>& files, const std::string& pattern) {
  return std::any_of(files.begin(), files.end(), [&](const std::string& file) {
    return ::fnmatch(pattern.c_str(), file.c_str(), 0) == 0;
  });
}

// What no program of ours may print, whatever a case expects.
bool has_sanitizer_report(const std::string& err) {
  return err.find("Sanitizer") != std::string::npos ||
         err.find("runtime error:") != std::string::npos;
}

class Case {
 public:
  Case(std::string program, fs::path source, fs::path folder)
      : program_(std::move(program)), source_(std::move(source)), folder_(std::move(folder)) {}

  bool holds() {
    const ScratchFolder scratch;
    const fs::path study = scratch.path() / "study";
    set_up(source_, folder_, study);
    run_commands(study, scratch.path());
    check_files(study);
    // A program that crashed must not become what is expected.
    const bool update = std::getenv("TOPLINE_UPDATE") != nullptr && ok_;
    check_text("expected", folder_ / "expected", output_, update);
    check_contents(study, update);
    return ok_;
  }

 private:
  void fault(const std::string& text) {
    std::cout << text << "\n";
    ok_ = false;
  }

  void run_commands(const fs::path& study, const fs::path& scratch) {
    for (const std::string& line : entries(folder_ / "cmd")) {
      std::string wrong;
      const auto command = suite::parse_command(line, wrong);
      if (!command)
        throw std::runtime_error("cmd: " + wrong + ": " + line);
      const suite::Outcome outcome = suite::run(*command, program_, study, scratch);
      if (outcome.signal != 0)
        fault("`" + line + "` was ended by signal " + std::to_string(outcome.signal) + "\n" +
              outcome.err);
      else if (has_sanitizer_report(outcome.err))
        fault("`" + line + "` has a sanitizer's report\n" + outcome.err);
      output_ += "exit " + std::to_string(outcome.exit_status) + "\n" + outcome.out;
      if (!output_.ends_with('\n'))
        output_ += "\n";
      output_ += outcome.err;
    }
    if (output_.empty())
      throw std::runtime_error("cmd holds no command");
  }

  void check_files(const fs::path& study) {
    const std::vector<std::string> files = files_below(study);
    for (const std::string& pattern : entries(folder_ / "expect-files"))
      if (!any_matches(files, pattern))
        fault("there is no file " + pattern);
    std::vector<std::string> unwanted = entries(folder_ / "expect-no-files");
    unwanted.emplace_back("*.part[0-9]*");  // what write_file leaves if it is not ended well
    for (const std::string& pattern : unwanted)
      if (any_matches(files, pattern))
        fault("there is a file " + pattern);
  }

  // The files under expect/, each with what the file of that name must hold.
  void check_contents(const fs::path& study, bool update) {
    const fs::path expect = folder_ / "expect";
    if (!fs::is_directory(expect))
      return;
    for (const std::string& name : files_below(expect)) {
      if (fs::is_directory(expect / name))
        continue;
      if (fs::exists(study / name))
        check_text(name, expect / name, read(study / name), update);
      else
        fault("there is no file " + name);
    }
  }

  void check_text(const std::string& name, const fs::path& path, const std::string& actual,
                  bool update) {
    const std::string text = fs::exists(path) ? read(path) : "";
    const auto expected = suite::lines_of(text);
    const auto came = suite::lines_of(actual);
    if (suite::matches(expected, came))
      return;
    if (update) {
      write(path, actual);
      std::cout << "updated " << path.string() << "\n";
      return;
    }
    fault(name + " differs (- expected, + came; TOPLINE_UPDATE=1 accepts what came):\n" +
          suite::difference(expected, came));
  }

  std::string program_;
  fs::path source_;
  fs::path folder_;
  std::string output_;
  bool ok_ = true;
};

}  // namespace

int main(int count, char** words) {
  if (count != 4) {
    std::cerr << "usage: run_case <program> <source folder> <case folder>\n";
    return 2;
  }
  try {
    return Case(fs::absolute(words[1]).string(), words[2], words[3]).holds() ? 0 : 1;
  } catch (const std::exception& fault) {
    std::cerr << words[3] << ": " << fault.what() << "\n";
    return 2;
  }
}
