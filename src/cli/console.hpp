// The terminal, or the file, that the program talks to.
#pragma once

#include <string>
#include <string_view>

namespace topline {

class Console {
 public:
  // Looks at standard output and error, NO_COLOR, TERM and COLUMNS.
  static Console standard();

  void out(std::string_view text) const;
  // Whether everything that was to be printed has reached its file or terminal.
  [[nodiscard]] bool all_written() const;
  void error(std::string_view text) const;

  // A line on standard error that the next one replaces; nothing unless that is a terminal.
  void progress(std::string_view text) const;
  void end_progress() const;

  [[nodiscard]] bool colour() const { return colour_; }         // on standard error
  [[nodiscard]] bool interactive() const { return terminal_; }  // standard output is a terminal
  [[nodiscard]] int width() const { return width_; }

 private:
  bool colour_ = false;
  bool terminal_ = false;
  bool error_terminal_ = false;
  int width_ = 80;
};

}  // namespace topline
