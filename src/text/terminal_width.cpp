#include "text/terminal_width.hpp"

#include <unicode/uchar.h>

#include "text/line_break.hpp"
#include "text/utf8.hpp"

namespace topline {

namespace {

constexpr char32_t kZeroWidthJoiner = 0x200D;

int width_of(char32_t code_point) {
  const auto c = static_cast<UChar32>(code_point);
  switch (u_charType(c)) {
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
      return c == 0x00AD ? 1 : 0;  // terminals show the soft hyphen
    default:
      break;
  }
  if (c >= 0x1160 && c <= 0x11FF)  // Hangul vowels and finals combine with the initial
    return 0;
  const int east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace

int display_width(std::string_view text) {
  int width = 0;
  bool joined = false;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = read_code_point(text, at);
    at = point.next;
    if (!joined)
      width += point.valid ? width_of(point.value) : 1;
    joined = point.value == kZeroWidthJoiner;
  }
  return width;
}

std::string pad_to_width(std::string_view text, int width, Align align) {
  const int missing = width - display_width(text);
  if (missing <= 0)
    return std::string(text);
  const int before = align == Align::left ? 0 : align == Align::right ? missing : missing / 2;
  return std::string(static_cast<size_t>(before), ' ') + std::string(text) +
         std::string(static_cast<size_t>(missing - before), ' ');
}

std::string cut_to_width(std::string_view text, int width) {
  if (display_width(text) <= width)
    return std::string(text);
  if (width <= 0)
    return {};
  size_t end = 0;
  for (const size_t next : grapheme_offsets(text)) {
    if (display_width(text.substr(0, next)) > width - 1)
      break;
    end = next;
  }
  return std::string(text.substr(0, end)) + "…";
}

std::vector<std::string> wrap_to_width(std::string_view text, int width) {
  return fill_lines(text, width, Language(),
                    [](std::string_view line) { return static_cast<double>(display_width(line)); });
}

}  // namespace topline
