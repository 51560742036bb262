// What yaml-cpp reads without complaint, and nobody can have meant.
#pragma once

#include <optional>
#include <string>

#include "base/diagnostic.hpp"

namespace topline {

// More values than this, with every alias written out, are no study.
constexpr int max_yaml_values = 1'000'000;

// The first of: bytes that are not UTF-8, control characters, an opening quote without a closing
// one, an alias inside what it repeats, aliases that expand to more than max_yaml_values.
// Faults of YAML itself are not told: parsing finds them. `source` has no byte order mark.
std::optional<Diagnostic> guard_yaml(const std::string& source, const std::string& file);

}  // namespace topline
