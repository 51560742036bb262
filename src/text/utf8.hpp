// UTF-8 as bytes come from files: checking, walking, appending.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace topline {

// One code point of a text and the byte after it. An invalid sequence gives U+FFFD and skips
// its first byte.
struct CodePoint {
  char32_t value = 0;
  size_t next = 0;
  bool valid = true;
};

// Reads the code point that begins at byte `at` (at < text.size()).
CodePoint read_code_point(std::string_view text, size_t at);

// The byte offset of the first invalid sequence, or nothing when `text` is well formed (no
// overlong forms, no surrogates).
std::optional<size_t> first_invalid_utf8(std::string_view text);

// Appends `code_point` in UTF-8; surrogates and values past U+10FFFF append U+FFFD.
void append_utf8(std::string& text, char32_t code_point);

}  // namespace topline
