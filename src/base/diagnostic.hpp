// A fault in a user's file, told so that a person can act on it, and the list that collects
// all faults of a run so that they are reported together and in an order that never changes.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace topline {

enum class Severity { error, warning, note };

// Where something stands. Lines and columns count from 1, columns in bytes of UTF-8; 0 means
// "not known": a diagnostic about a whole file has line 0. `file` is the path as the user
// would type it, relative to the study folder.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
  int length = 0;  // bytes to underline; 0 underlines nothing but the first character

  auto operator<=>(const Place&) const = default;
};

struct Diagnostic {
  Severity severity = Severity::error;
  Place place;
  std::string message;  // what is wrong, without a full stop
  std::string hint;     // what to do, or empty

  bool operator==(const Diagnostic&) const = default;
};

class Diagnostics {
 public:
  void add(Diagnostic diagnostic) { all_.push_back(std::move(diagnostic)); }
  void error(Place place, std::string message, std::string hint = {});
  void warning(Place place, std::string message, std::string hint = {});
  void note(Place place, std::string message, std::string hint = {});
  void append(Diagnostics other);

  [[nodiscard]] bool has_errors() const;
  [[nodiscard]] bool empty() const { return all_.empty(); }
  [[nodiscard]] int count(Severity severity) const;
  [[nodiscard]] const std::vector<Diagnostic>& all() const { return all_; }

  // Sorts by file, line, column, then message, and drops exact repetitions. `file_order`
  // gives the files that come first; others follow by name.
  void sort(const std::vector<std::string>& file_order = {});

 private:
  std::vector<Diagnostic> all_;
};

// The candidate nearest to `name` by edit distance (insertions, deletions, substitutions and
// swaps of neighbours, case differences counting half), or an empty view when none is near
// enough to be what was meant. Used for "did you mean".
std::string_view nearest_name(std::string_view name, const std::vector<std::string>& candidates);

// "did you mean `x`?", or an empty string when nothing is near.
std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace topline
