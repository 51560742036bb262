#include "io/yaml_text.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace topline {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// Characters that no plain or single-quoted scalar may hold: controls, and the line breaks and
// the byte order mark of Unicode.
bool needs_escapes(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      return true;
  for (size_t i = 0; i + 1 < text.size(); ++i)  // the C1 controls, U+0080 to U+009F
    if (text[i] == '\xC2' && static_cast<unsigned char>(text[i + 1]) < 0xA0)
      return true;
  return contains(text, "\xE2\x80\xA8") || contains(text, "\xE2\x80\xA9") ||
         contains(text, "\xEF\xBB\xBF");
}

// What some reader would take for a number, a time or a date: it begins like a number and
// holds nothing but what numbers are written with.
bool looks_like_number(std::string_view text) {
  size_t at = text[0] == '+' || text[0] == '-' ? 1 : 0;
  if (at < text.size() && text[at] == '.')
    ++at;
  if (at >= text.size())
    return true;
  const std::string rest = ascii_lower(text.substr(at));
  if (rest == "inf" || rest == "nan")
    return true;
  if (!is_digit(rest[0]))
    return false;
  if (rest.size() > 2 && rest[0] == '0' && (rest[1] == 'x' || rest[1] == 'o' || rest[1] == 'b'))
    return true;
  const auto digits_only_with = [&](std::string_view others) {
    return std::all_of(rest.begin(), rest.end(), [&](char c) {
      return is_digit(c) || contains(others, {&c, 1});
    });
  };
  if (digits_only_with("._:"))
    return true;
  const size_t exponent = rest.find('e');
  if (exponent != std::string::npos && digits_only_with("._e+-"))
    return true;
  // A date, 2023-09-01 with or without a time after it.
  return rest.size() >= 8 && is_digit(rest[1]) && is_digit(rest[2]) && is_digit(rest[3]) &&
         rest[4] == '-' && is_digit(rest[5]);
}

bool is_plain(std::string_view text, YamlPlace place) {
  if (text.empty() || needs_escapes(text))
    return false;
  if (text.front() == ' ' || text.back() == ' ' || text.back() == ':')
    return false;
  if (contains("-?:,[]{}#&*!|>'\"%@`", text.substr(0, 1)))
    return false;
  if (contains(text, ": ") || contains(text, " #"))
    return false;
  if (place == YamlPlace::flow && text.find_first_of(",[]{}:?") != std::string_view::npos)
    return false;
  static constexpr std::array<std::string_view, 6> words{"~", "null", "true", "false", "<<", "="};
  if (std::find(words.begin(), words.end(), ascii_lower(text)) != words.end())
    return false;
  return text.substr(0, 3) != "..." && !looks_like_number(text);
}

std::string in_single_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'')
      out += '\'';
    out += c;
  }
  return out + "'";
}

std::string in_double_quotes(std::string_view text) {
  static constexpr const char* hex = "0123456789ABCDEF";
  std::string out = "\"";
  const auto byte_escape = [&](unsigned value) {
    out += "\\x";
    out += hex[value / 16];
    out += hex[value % 16];
  };
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const unsigned byte = static_cast<unsigned char>(c);
    const std::string_view rest = text.substr(i);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (byte < 0x20 || byte == 0x7F) {
      byte_escape(byte);
    } else if (c == '\xC2' && rest.size() > 1 && static_cast<unsigned char>(rest[1]) < 0xA0) {
      byte_escape(static_cast<unsigned char>(rest[1]));
      ++i;
    } else if (rest.substr(0, 3) == "\xE2\x80\xA8") {
      out += "\\u2028";
      i += 2;
    } else if (rest.substr(0, 3) == "\xE2\x80\xA9") {
      out += "\\u2029";
      i += 2;
    } else if (rest.substr(0, 3) == "\xEF\xBB\xBF") {
      out += "\\uFEFF";
      i += 2;
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  size_t begin = 0;
  for (size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', begin)) {
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  lines.push_back(text.substr(begin));
  return lines;
}

// A folded block of several lines: each newline of the text is an empty line there.
bool wants_folding(const std::vector<std::string_view>& lines, int indent, int width) {
  return std::any_of(lines.begin(), lines.end(), [&](std::string_view line) {
    return indent + static_cast<int>(line.size()) > width && contains(line, " ");
  });
}

// A literal block keeps every line as it is, if no line can be mistaken for its indentation.
bool fits_literal_block(const std::vector<std::string_view>& lines) {
  if (lines.front().empty() || lines.back().empty())
    return false;
  return std::all_of(lines.begin(), lines.end(), [](std::string_view line) {
    return line.empty() || (line.front() != ' ' && line.back() != ' ' && !needs_escapes(line));
  });
}

// Places where a line may be folded: a single space between two other characters.
std::string folded(std::string_view text, int indent, int width) {
  const std::string margin = "\n" + std::string(static_cast<size_t>(indent), ' ');
  const size_t room = static_cast<size_t>(std::max(20, width - indent));
  std::string out;
  size_t begin = 0;
  while (begin < text.size()) {
    size_t end = text.size();
    if (text.size() - begin > room) {
      size_t last = std::string_view::npos;
      for (size_t i = begin + 1; i + 1 < text.size(); ++i) {
        if (i - begin > room && last != std::string_view::npos)
          break;
        if (text[i] == ' ' && text[i - 1] != ' ' && text[i + 1] != ' ')
          last = i;
      }
      if (last != std::string_view::npos)
        end = last;
    }
    out += margin;
    out += text.substr(begin, end - begin);
    begin = end + 1;
  }
  return out;
}

}  // namespace

std::string yaml_scalar(std::string_view text, YamlPlace place) {
  if (is_plain(text, place))
    return std::string(text);
  const bool escapes = text.find_first_of("\"\\") != std::string_view::npos;
  if (escapes && !contains(text, "'") && !needs_escapes(text))
    return in_single_quotes(text);
  return in_double_quotes(text);
}

std::string yaml_value(std::string_view text, int indent, int used, int width) {
  const std::vector<std::string_view> lines = split_lines(text);
  if (lines.size() > 1 && fits_literal_block(lines)) {
    const bool folding = wants_folding(lines, indent, width);
    std::string out = folding ? ">-" : "|-";
    for (size_t i = 0; i < lines.size(); ++i) {
      if (folding)
        out += (i > 0 ? "\n" : "") + folded(lines[i], indent, width);
      else
        out += lines[i].empty()
                   ? "\n"
                   : "\n" + std::string(static_cast<size_t>(indent), ' ') + std::string(lines[i]);
    }
    return out;
  }
  const std::string scalar = yaml_scalar(text);
  const bool fits = used + static_cast<int>(scalar.size()) <= width;
  const bool can_fold = lines.size() == 1 && !text.empty() && text.front() != ' ' &&
                        text.back() != ' ' && contains(text, " ") && !needs_escapes(text);
  return fits || !can_fold ? scalar : ">-" + folded(text, indent, width);
}

}  // namespace topline
