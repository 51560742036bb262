#include "cli/console.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <iostream>
#include <sys/ioctl.h>
#include <unistd.h>

namespace topline {

namespace {

int terminal_width() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
    return std::min<int>(size.ws_col, 200);
  return 80;
}

// COLUMNS wins even without a terminal, so that output for a file can be given a width.
int width_wanted(bool terminal) {
  if (const char* columns = std::getenv("COLUMNS")) {
    const std::string_view text(columns);
    int width = 0;
    std::from_chars(text.data(), text.data() + text.size(), width);
    if (width >= 40 && width <= 400)
      return width;
  }
  return terminal ? terminal_width() : 80;
}

}  // namespace

Console Console::standard() {
  Console console;
  console.terminal_ = ::isatty(STDOUT_FILENO) == 1;
  console.error_terminal_ = ::isatty(STDERR_FILENO) == 1;
  const char* term = std::getenv("TERM");
  const bool dumb = term == nullptr || std::string_view(term) == "dumb";
  console.colour_ = console.error_terminal_ && !dumb && std::getenv("NO_COLOR") == nullptr;
  console.width_ = width_wanted(console.terminal_);
  return console;
}

void Console::out(std::string_view text) const {
  std::cout << text << std::flush;
}

bool Console::all_written() const {
  return std::cout.good();
}

void Console::error(std::string_view text) const {
  std::cerr << text << std::flush;
}

void Console::progress(std::string_view text) const {
  if (error_terminal_)
    std::cerr << "\r\033[K" << text << std::flush;
}

void Console::end_progress() const {
  progress("");
}

}  // namespace topline
