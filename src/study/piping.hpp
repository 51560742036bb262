// {Q3} in a text: the label of the answer given to Q3.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace topline {

struct Pipes {
  std::vector<std::string> pipes;      // the names in braces, in order
  std::optional<size_t> lonely_brace;  // the first brace that is neither doubled nor one of a pair
};

Pipes find_pipes(std::string_view text);

}  // namespace topline
