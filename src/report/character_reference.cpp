#include "report/character_reference.hpp"

#include <algorithm>
#include <charconv>

#include "text/utf8.hpp"

namespace topline {

namespace {

struct Named {
  std::string_view name;
  char32_t value;
};

constexpr Named kNames[] = {
    {"amp", U'&'},      {"lt", U'<'},      {"gt", U'>'},      {"quot", U'"'},    {"apos", U'\''},
    {"nbsp", 0xA0},     {"shy", 0xAD},     {"copy", 0xA9},    {"reg", 0xAE},     {"trade", 0x2122},
    {"sect", 0xA7},     {"para", 0xB6},    {"deg", 0xB0},     {"plusmn", 0xB1},  {"times", 0xD7},
    {"divide", 0xF7},   {"minus", 0x2212}, {"middot", 0xB7},  {"bull", 0x2022},  {"hellip", 0x2026},
    {"ndash", 0x2013},  {"mdash", 0x2014}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201C},
    {"rdquo", 0x201D},  {"laquo", 0xAB},   {"raquo", 0xBB},   {"ensp", 0x2002},  {"emsp", 0x2003},
    {"thinsp", 0x2009}, {"zwj", 0x200D},   {"zwnj", 0x200C},  {"lrm", 0x200E},   {"rlm", 0x200F},
    {"euro", 0x20AC},   {"pound", 0xA3},   {"yen", 0xA5},     {"le", 0x2264},    {"ge", 0x2265},
    {"ne", 0x2260},     {"larr", 0x2190},  {"rarr", 0x2192},  {"lbrace", U'{'},  {"rbrace", U'}'},
    {"lcub", U'{'},     {"rcub", U'}'},    {"vert", U'|'},
};

}  // namespace

std::optional<std::string> decode_reference(std::string_view reference) {
  if (reference.size() < 3 || reference.front() != '&' || reference.back() != ';')
    return std::nullopt;
  std::string_view name = reference.substr(1, reference.size() - 2);
  char32_t value = 0;
  if (name[0] == '#') {
    const bool hexadecimal = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    name.remove_prefix(hexadecimal ? 2 : 1);
    uint32_t number = 0;
    const auto [stop, error] =
        std::from_chars(name.data(), name.data() + name.size(), number, hexadecimal ? 16 : 10);
    if (error != std::errc() || stop != name.data() + name.size())
      return std::nullopt;
    value = number < 0x20 ? 0xFFFD : number;
  } else {
    const auto* found = std::find_if(std::begin(kNames), std::end(kNames),
                                     [&](const Named& named) { return named.name == name; });
    if (found == std::end(kNames))
      return std::nullopt;
    value = found->value;
  }
  std::string text;
  append_utf8(text, value);
  return text;
}

}  // namespace topline
