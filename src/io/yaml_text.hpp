// Pieces of YAML written as a person would write them: quotes only where YAML needs them, long
// texts folded, texts of several lines as they stand. All texts are UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace topline {

enum class YamlPlace {
  block,  // the value after "key: ", to the end of the line
  flow,   // inside [ ] or { }
};

// `text` as a scalar on one line that every YAML 1.2 reader takes for the string `text`: plain
// where that is safe, in double quotes otherwise (single ones where that saves escapes).
std::string yaml_scalar(std::string_view text, YamlPlace place = YamlPlace::block);

// `text` as the value of a block mapping: what yaml_scalar gives where it fits, a folded block
// (">-") where the line would become longer than `width` bytes, a literal block ("|-") where
// the text has several lines. `indent` is the indentation of the lines of the block, `used`
// what already stands on the line. No newline at the end.
std::string yaml_value(std::string_view text, int indent, int used, int width = 100);

}  // namespace topline
