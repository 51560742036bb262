// Reads `sample.design` of study.yaml.
#pragma once

#include "instrument/design_entry.hpp"
#include "instrument/yaml.hpp"

namespace topline {

// Faults go to the file's; what could be read is returned even so.
DesignEntry read_design(YamlFile& file, const YAML::Node& node);

}  // namespace topline
