// Reads one item of `targets:` in targets.yaml: a share, a base, or a table of them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "instrument/yaml.hpp"
#include "simulation/targets.hpp"

namespace topline {

constexpr int most_cases = 1'000'000;

// A number of cases, `least` or more; nothing after a told fault.
std::optional<CountTarget> read_count(YamlFile& file, const YAML::Node& node, std::string_view what,
                                      int least = 0);

// Adds the targets that `node` gives to `result`. Faults go to the file's.
void read_target(YamlFile& file, const YAML::Node& node, const Codebook& codebook,
                 std::vector<Target>& result);

}  // namespace topline
