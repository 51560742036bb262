// Parts of a text from the command line, each with the place where it begins.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.hpp"

namespace topline {

struct TextPart {
  std::string text;  // without blanks around it
  size_t begin = 0;  // bytes from the start of the whole

  // In a one-line text called `file`.
  [[nodiscard]] Place place(const std::string& file) const;
};

// What stands in the bytes [begin, end).
TextPart trimmed_part(const std::string& text, size_t begin, size_t end);
TextPart trimmed_part(const std::string& text);

// The parts of `whole`, a part of `text`, between `mark`s that stand outside of brackets and
// quotes; at least one.
std::vector<TextPart> parts_between(const std::string& text, const TextPart& whole, char mark);

}  // namespace topline
