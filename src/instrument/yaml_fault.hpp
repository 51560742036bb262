// What a person should hear when a file is not YAML: the parser's own words tell what its state
// machine met, not what to do.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.hpp"

namespace topline {

// The fault that yaml-cpp told as `message` at `line` and `column` (from 1) of `source`, which
// the user knows as `file`.
Diagnostic explain_yaml_fault(std::string_view source, const std::string& file, int line,
                              int column, const std::string& message);

// A second document in `source` that begins at `line`: wanted by nobody, and mostly a slip of
// indentation.
Diagnostic explain_second_document(std::string_view source, const std::string& file, int line,
                                   int column);

}  // namespace topline
