// Expected text against what came, and how the two differ.
#pragma once

#include <string>
#include <vector>

namespace suite {

// The lines of `text` without their ends; a last line without an end is marked as such.
std::vector<std::string> lines_of(const std::string& text);

// Whether `actual` is what `expected` says, line by line; the line `...` in `expected` stands
// for any number of lines, none included.
bool matches(const std::vector<std::string>& expected, const std::vector<std::string>& actual);

// The two texts side by side as a list of lines: "  " in both, "- " expected but missing,
// "+ " there but not expected.
std::string difference(const std::vector<std::string>& expected,
                       const std::vector<std::string>& actual);

}  // namespace suite
