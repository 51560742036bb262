#include "text/written_number.hpp"

#include <charconv>
#include <string>
#include <unicode/uchar.h>

#include "text/utf8.hpp"

namespace topline {

namespace {

constexpr size_t most_digits = 15;

// The text in plain digits and signs: '-', '+', '.', ',', and '_' for what only groups. Empty for
// anything else.
std::string plain(std::string_view text) {
  std::string result;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = read_code_point(text, at);
    at = point.next;
    const char32_t c = point.value;
    if (const int32_t digit = u_charDigitValue(static_cast<UChar32>(c)); digit >= 0)
      result.push_back(static_cast<char>('0' + digit));
    else if (c == U'-' || c == U'−' || c == U'－')
      result.push_back('-');
    else if (c == U'+' || c == U'＋')
      result.push_back('+');
    else if (c == U'.' || c == U'．' || c == U'٫')
      result.push_back('.');
    else if (c == U',' || c == U'，' || c == U'、')
      result.push_back(',');
    else if (c == U'\'' || c == U'’' || c == U'٬' || u_isUWhiteSpace(static_cast<UChar32>(c)) != 0)
      result.push_back('_');
    else
      return {};
  }
  const size_t first = result.find_first_not_of('_');
  if (first == std::string::npos)
    return {};
  return result.substr(first, result.find_last_not_of('_') - first + 1);
}

// The digits of a whole part whose groups, where there are any, have three digits.
bool take_whole(std::string_view text, char group, std::string& digits) {
  size_t in_group = 0;
  bool grouped = false;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      digits.push_back(c);
      ++in_group;
    } else if (c == group || c == '_') {
      if (in_group == 0 || in_group > 3 || (grouped && in_group != 3))
        return false;
      grouped = true;
      in_group = 0;
    } else {
      return false;
    }
  }
  return !digits.empty() && (!grouped || in_group == 3);
}

}  // namespace

std::optional<WrittenNumber> read_written_number(std::string_view text, bool decimal_comma) {
  const std::string all = plain(text);
  std::string_view rest = all;
  if (rest.empty())
    return std::nullopt;
  std::string digits;
  if (rest.front() == '-' || rest.front() == '+') {
    if (rest.front() == '-')
      digits = "-";
    rest.remove_prefix(1);
  }
  // Where only a point is there, it is the decimal sign in any language, unless it groups.
  char decimal = decimal_comma ? ',' : '.';
  if (decimal_comma && rest.find(',') == std::string_view::npos) {
    std::string ignored;
    if (!take_whole(rest, '.', ignored))
      decimal = '.';
  }
  const size_t point = rest.find(decimal);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view() : rest.substr(point + 1);
  std::string plain_whole;
  const std::string_view whole_part = rest.substr(0, point);
  if (whole_part.empty() && !fraction.empty())
    plain_whole = "0";
  else if (!take_whole(whole_part, decimal == ',' ? '.' : ',', plain_whole))
    return std::nullopt;
  digits += plain_whole;
  if (point != std::string_view::npos) {
    if (fraction.find_first_not_of("0123456789") != std::string_view::npos)
      return std::nullopt;
    digits += "." + std::string(fraction.empty() ? "0" : fraction);
  }
  if (plain_whole.size() + fraction.size() > most_digits)
    return std::nullopt;
  WrittenNumber number;
  number.decimals = static_cast<int>(fraction.size());
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number.value);
  if (error != std::errc() || end != digits.data() + digits.size())
    return std::nullopt;
  return number;
}

}  // namespace topline
