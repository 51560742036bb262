#include "io/encoding.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

namespace topline {

namespace {

using SingleByteTable = std::array<char16_t, 256>;

// The five bytes that Windows leaves free; ICU maps them to control characters.
bool undefined_in_cp1252(unsigned char byte) {
  return byte == 0x81 || byte == 0x8D || byte == 0x8F || byte == 0x90 || byte == 0x9D;
}

SingleByteTable single_byte_table(const char* converter_name) {
  SingleByteTable table{};
  std::array<char, 256> bytes{};
  for (size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<char>(i);
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(converter_name, &status);
  ucnv_toUChars(converter, table.data(), static_cast<int32_t>(table.size()), bytes.data(),
                static_cast<int32_t>(bytes.size()), &status);
  ucnv_close(converter);
  return table;
}

const SingleByteTable& table_of(Encoding encoding) {
  static const SingleByteTable cp1252 = single_byte_table("windows-1252");
  static const SingleByteTable mac_roman = single_byte_table("macintosh");
  return encoding == Encoding::mac_roman ? mac_roman : cp1252;
}

bool is_utf16(Encoding encoding) {
  return encoding == Encoding::utf16_le || encoding == Encoding::utf16_be;
}

unsigned char byte_at(std::string_view bytes, size_t i) {
  return static_cast<unsigned char>(bytes[i]);
}

char16_t unit_at(std::string_view bytes, size_t i, Encoding encoding) {
  const unsigned first = byte_at(bytes, i);
  const unsigned second = byte_at(bytes, i + 1);
  return static_cast<char16_t>(encoding == Encoding::utf16_le ? first | second << 8
                                                              : first << 8 | second);
}

// Writes a code point as UTF-8, single surrogates in the same three-byte pattern.
void append_code_point(uint32_t code_point, ColumnVector<char>& text) {
  if (code_point < 0x80) {
    text.push_back(static_cast<char>(code_point));
    return;
  }
  const int more = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
  const unsigned lead = more == 1 ? 0xC0U : more == 2 ? 0xE0U : 0xF0U;
  text.push_back(static_cast<char>(lead | code_point >> (6 * more)));
  for (int shift = 6 * (more - 1); shift >= 0; shift -= 6)
    text.push_back(static_cast<char>(0x80U | (code_point >> shift & 0x3FU)));
}

size_t append_utf16(std::string_view bytes, Encoding encoding, bool last,
                    ColumnVector<char>& text) {
  size_t i = 0;
  while (i + 2 <= bytes.size()) {
    const char16_t unit = unit_at(bytes, i, encoding);
    if (!U16_IS_LEAD(unit)) {
      append_code_point(unit, text);
      i += 2;
      continue;
    }
    if (i + 4 > bytes.size() && !last)
      return i;
    const char16_t next = i + 4 <= bytes.size() ? unit_at(bytes, i + 2, encoding) : char16_t{0};
    if (U16_IS_TRAIL(next)) {
      append_code_point(static_cast<uint32_t>(U16_GET_SUPPLEMENTARY(unit, next)), text);
      i += 4;
    } else {
      append_code_point(unit, text);
      i += 2;
    }
  }
  if (last && i < bytes.size()) {
    text.push_back(static_cast<char>(0xFF));
    i = bytes.size();
  }
  return i;
}

size_t append_single_bytes(std::string_view bytes, Encoding encoding, ColumnVector<char>& text) {
  const SingleByteTable& table = table_of(encoding);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 || (encoding == Encoding::cp1252 && undefined_in_cp1252(byte)))
      text.push_back(c);
    else
      append_code_point(table[byte], text);
  }
  return bytes.size();
}

struct Utf8Census {
  size_t characters = 0;  // valid ones of more than one byte
  size_t damaged = 0;     // bytes outside of any character
};

void count_utf8(std::string_view sample, Utf8Census& census) {
  size_t i = 0;
  while (i < sample.size()) {
    const size_t invalid = find_invalid_utf8(sample.substr(i));
    const size_t end = invalid == std::string_view::npos ? sample.size() : i + invalid;
    for (; i < end; ++i)
      if (byte_at(sample, i) >= 0xC0)
        ++census.characters;
    if (i < sample.size()) {
      ++census.damaged;
      ++i;
    }
  }
}

// A sample may begin and end inside a character: leaves out the bytes that could belong to one.
std::string_view whole_characters(std::string_view sample, bool from_the_beginning) {
  auto continues = [&](size_t i) { return (byte_at(sample, i) & 0xC0) == 0x80; };
  size_t begin = 0;
  while (!from_the_beginning && begin < 3 && begin < sample.size() && continues(begin))
    ++begin;
  size_t end = sample.size();
  for (size_t back = 1; back <= 3 && end >= begin + back; ++back) {
    const unsigned char byte = byte_at(sample, end - back);
    if (byte >= 0xC0) {
      const size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
      if (back < length)
        return sample.substr(begin, end - back - begin);
      break;
    }
    if (byte < 0x80)
      break;
  }
  return sample.substr(begin, end - begin);
}

// How much the bytes look like text in this encoding: letters beside letters and typographic
// punctuation speak for it, a capital behind a small letter, mathematical signs and accents
// without a letter against it.
int64_t plausibility(std::string_view sample, Encoding encoding) {
  const SingleByteTable& table = table_of(encoding);
  int64_t score = 0;
  for (size_t i = 0; i < sample.size(); ++i) {
    const unsigned char byte = byte_at(sample, i);
    if (byte < 0x80)
      continue;
    if (encoding == Encoding::cp1252 && undefined_in_cp1252(byte)) {
      score -= 20;
      continue;
    }
    const auto character = static_cast<UChar32>(table[byte]);
    const auto before = i == 0 ? UChar32{' '} : static_cast<UChar32>(table[byte_at(sample, i - 1)]);
    const auto after =
        i + 1 == sample.size() ? UChar32{' '} : static_cast<UChar32>(table[byte_at(sample, i + 1)]);
    constexpr UChar32 apostrophe = 0x2019;
    if (character == apostrophe && u_isalpha(before) && u_isalpha(after)) {
      score += 3;
      continue;
    }
    switch (u_charType(character)) {
      case U_LOWERCASE_LETTER:
        score += u_isalpha(before) || u_isalpha(after) ? 2 : 0;
        break;
      case U_UPPERCASE_LETTER:
        score += u_islower(before) ? -3 : u_isalpha(after) ? 1 : 0;
        break;
      case U_DASH_PUNCTUATION:
      case U_INITIAL_PUNCTUATION:
      case U_FINAL_PUNCTUATION:
      case U_OTHER_PUNCTUATION:
      case U_SPACE_SEPARATOR:
        score += 1;
        break;
      case U_MATH_SYMBOL:
      case U_MODIFIER_SYMBOL:
      case U_MODIFIER_LETTER:
      case U_OTHER_NUMBER:
        score -= 1;
        break;
      default:
        break;
    }
  }
  return score;
}

// UTF-16 without a mark: nearly all zero bytes are upper halves, and line ends have one each. (A
// stray zero byte in another file is no line end's.)
std::optional<Encoding> detect_utf16(std::string_view head) {
  size_t zeros[2] = {0, 0};
  size_t line_ends[2] = {0, 0};  // with the zero before, behind
  size_t line_end_bytes = 0;
  for (size_t i = 0; i < head.size(); ++i) {
    const char other = i % 2 == 0 ? (i + 1 < head.size() ? head[i + 1] : '\xFF') : head[i - 1];
    if (head[i] == '\0')
      ++zeros[i % 2];
    if (head[i] != '\n' && head[i] != '\r')
      continue;
    ++line_end_bytes;
    if (other == '\0')
      ++line_ends[i % 2 == 0 ? 1 : 0];
  }
  const size_t units = head.size() / 2;
  auto dominates = [&](size_t upper) {
    if (zeros[upper] == 0 || zeros[upper] <= 4 * zeros[1 - upper])
      return false;
    return line_end_bytes > 0 ? 2 * line_ends[upper] > line_end_bytes : 4 * zeros[upper] >= units;
  };
  if (dominates(1))
    return Encoding::utf16_le;
  if (dominates(0))
    return Encoding::utf16_be;
  return std::nullopt;
}

}  // namespace

std::string_view encoding_name(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8:
      return "utf-8";
    case Encoding::cp1252:
      return "cp1252";
    case Encoding::mac_roman:
      return "mac_roman";
    case Encoding::utf16_le:
      return "utf-16le";
    case Encoding::utf16_be:
      return "utf-16be";
  }
  return {};
}

std::optional<Encoding> encoding_named(std::string_view name) {
  std::string plain;
  for (const char c : name)
    if (c >= 'A' && c <= 'Z')
      plain += static_cast<char>(c - 'A' + 'a');
    else if (c != '-' && c != '_' && c != ' ')
      plain += c;
  if (plain == "utf8" || plain == "utf8sig" || plain == "ascii" || plain == "usascii")
    return Encoding::utf8;
  if (plain == "cp1252" || plain == "windows1252" || plain == "latin1" || plain == "iso88591")
    return Encoding::cp1252;
  if (plain == "macroman" || plain == "macintosh" || plain == "mac")
    return Encoding::mac_roman;
  if (plain == "utf16le" || plain == "utf16")
    return Encoding::utf16_le;
  if (plain == "utf16be")
    return Encoding::utf16_be;
  return std::nullopt;
}

size_t mark_length(Encoding encoding, std::string_view head) {
  switch (encoding) {
    case Encoding::utf8:
      return head.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
    case Encoding::utf16_le:
      return head.substr(0, 2) == "\xFF\xFE" ? 2 : 0;
    case Encoding::utf16_be:
      return head.substr(0, 2) == "\xFE\xFF" ? 2 : 0;
    case Encoding::cp1252:
    case Encoding::mac_roman:
      return 0;
  }
  return 0;
}

EncodingGuess detect_encoding(std::string_view head, const std::vector<std::string_view>& samples) {
  for (const Encoding marked : {Encoding::utf8, Encoding::utf16_le, Encoding::utf16_be})
    if (const size_t length = mark_length(marked, head))
      return {marked, length};
  if (const auto utf16 = detect_utf16(head))
    return {*utf16, 0};

  std::vector<std::string_view> parts = {whole_characters(head, true)};
  for (const std::string_view sample : samples)
    parts.push_back(whole_characters(sample, false));
  Utf8Census census;
  for (const std::string_view part : parts)
    count_utf8(part, census);
  if (census.damaged == 0 || census.characters > census.damaged)
    return {Encoding::utf8, 0};

  int64_t cp1252 = 0;
  int64_t mac_roman = 0;
  for (const std::string_view part : parts) {
    cp1252 += plausibility(part, Encoding::cp1252);
    mac_roman += plausibility(part, Encoding::mac_roman);
  }
  return {mac_roman > cp1252 ? Encoding::mac_roman : Encoding::cp1252, 0};
}

size_t append_as_utf8(std::string_view bytes, Encoding encoding, bool last,
                      ColumnVector<char>& text) {
  if (is_utf16(encoding))
    return append_utf16(bytes, encoding, last, text);
  if (encoding == Encoding::utf8)
    text.insert(text.end(), bytes.begin(), bytes.end());
  else
    append_single_bytes(bytes, encoding, text);
  return bytes.size();
}

size_t encoded_length(std::string_view text, Encoding encoding) {
  if (encoding == Encoding::utf8)
    return text.size();
  size_t length = 0;
  if (is_utf16(encoding)) {
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      const bool continues = (byte & 0xC0) == 0x80;
      length += byte == 0xFF ? 1 : continues ? 0 : byte >= 0xF0 ? 4 : 2;
    }
    return length;
  }
  for (size_t i = 0; i < text.size(); ++length) {
    const unsigned char byte = byte_at(text, i);
    i += byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;  // below C0: ASCII, or handed on as it was
  }
  return length;
}

size_t find_invalid_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());  // NOLINT: what ICU takes
  const size_t size = text.size();
  size_t i = 0;
  while (i < size) {
    if (i + 8 <= size) {
      uint64_t eight = 0;
      std::memcpy(&eight, bytes + i, 8);
      if ((eight & 0x8080808080808080U) == 0) {
        i += 8;
        continue;
      }
    }
    if (bytes[i] < 0x80) {
      ++i;
      continue;
    }
    const size_t here = i;
    // A window of one character: ICU counts in 32 bits.
    const auto end = static_cast<int32_t>(std::min<size_t>(4, size - i));
    int32_t used = 0;
    UChar32 character = 0;
    U8_NEXT(bytes + here, used, end, character);
    if (character < 0)
      return here;
    i += static_cast<size_t>(used);
  }
  return std::string_view::npos;
}

}  // namespace topline
