// The encodings in which survey exports arrive, how they are recognized, and their way to UTF-8.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/column_vector.hpp"

namespace topline {

enum class Encoding { utf8, cp1252, mac_roman, utf16_le, utf16_be };

// The name as it is written in study files and messages: "utf-8", "cp1252", "mac_roman",
// "utf-16le", "utf-16be".
std::string_view encoding_name(Encoding encoding);

// The encoding of that name, upper or lower case, or under another usual name ("utf8",
// "windows-1252", "latin1", "macintosh", "utf-16-le"); nothing for a name that is not known.
// ISO 8859-1 is read as cp1252, of which it is in practice a part.
std::optional<Encoding> encoding_named(std::string_view name);

struct EncodingGuess {
  Encoding encoding = Encoding::utf8;
  size_t mark_length = 0;  // bytes of the mark (BOM) at the beginning
};

// Guesses from the beginning of a file and, for a large one, from samples of its remainder
// (which may begin and end inside a character). A mark decides; then the zero bytes that
// UTF-16 has in every separator; then whether the bytes are UTF-8, allowing for a few damaged
// ones; then which of cp1252 and Mac Roman gives letters and punctuation where a text has them.
EncodingGuess detect_encoding(std::string_view head, const std::vector<std::string_view>& samples);

// The length of the mark of `encoding` at the beginning of `head`: 0, 2 or 3.
size_t mark_length(Encoding encoding, std::string_view head);

// Appends `bytes` to `text` as UTF-8 and gives the number of bytes used: all of them, except
// that half a UTF-16 character at the end waits for the next call unless `last`. What the
// encoding does not define is appended so that it is not valid UTF-8: undefined bytes of cp1252
// as they are, single surrogates in three bytes, half a unit at the end of the file as FF.
size_t append_as_utf8(std::string_view bytes, Encoding encoding, bool last,
                      ColumnVector<char>& text);

// How many bytes the UTF-8 text `text`, as append_as_utf8 gave it, has in `encoding`.
size_t encoded_length(std::string_view text, Encoding encoding);

// The position of the first byte of `text` that does not begin or continue a character as
// UTF-8 has them (no overlong forms, no surrogates, nothing above U+10FFFF); npos if there is
// none.
size_t find_invalid_utf8(std::string_view text);

}  // namespace topline
