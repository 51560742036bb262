// Diagnostics as people read them on a terminal, and as programs read them.
#pragma once

#include <map>
#include <string>

#include "base/diagnostic.hpp"

namespace topline {

enum class Colours { none, terminal };

// One paragraph for each diagnostic, in the order of `faults`: file, line, column, what is wrong,
// the line itself with the place underlined, and the hint. `files` holds the texts of files by
// the name under which places know them; a place in another file is told without its line.
// Columns are those of a terminal: East Asian characters take two, tabs are four spaces.
// Characters that would steer the terminal are shown as U+FFFD.
std::string render_diagnostics(const Diagnostics& faults,
                               const std::map<std::string, std::string>& files,
                               Colours colours = Colours::none);

// "3 errors, 1 warning", with a line end; empty when there is nothing to count.
std::string diagnostics_summary(const Diagnostics& faults);

// A JSON array of {severity, file, line, column, length, message, hint}, indented, with a line
// end. Lines and columns count from 1 in bytes of UTF-8; 0 is not known.
std::string diagnostics_json(const Diagnostics& faults);

}  // namespace topline
