#include "io/lf_srm_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace topline::lf_srm {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string with_plain_characters(std::string_view text) {
  static const std::vector<std::pair<std::string, std::string>> plain{{"\xC2\xA0", " "},
                                                                      {"\xE2\x80\xAF", " "},
                                                                      {"\xE3\x80\x80", " "},
                                                                      {"\xEF\xBB\xBF", ""},
                                                                      {"\xE2\x80\x8B", ""},
                                                                      {"\xEF\xAC\x80", "ff"},
                                                                      {"\xEF\xAC\x81", "fi"},
                                                                      {"\xEF\xAC\x82", "fl"},
                                                                      {"\xEF\xAC\x83", "ffi"},
                                                                      {"\xEF\xAC\x84", "ffl"},
                                                                      {"\t", " "},
                                                                      {"\r", ""}};
  std::string out(text);
  for (const auto& [from, to] : plain)
    out = replaced(std::move(out), from, to);
  return out;
}

std::string single_spaced(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const char plain = c == '\n' ? ' ' : c;
    if (plain != ' ' || (!out.empty() && out.back() != ' '))
      out += plain;
  }
  return trimmed(out);
}

std::string without_emphasis(std::string text) {
  for (const std::string_view mark : {"**", "*", "__"}) {
    if (text.size() > 2 * mark.size() && starts_with(text, mark) && text.ends_with(mark) &&
        !contains(std::string_view(text).substr(mark.size(), text.size() - 2 * mark.size()), mark))
      text = trimmed(text.substr(mark.size(), text.size() - 2 * mark.size()));
  }
  return text;
}

// The number that follows one of `words` in `text`, articles and "top" passed over.
std::optional<int> number_after(const std::vector<std::string>& text,
                                const std::vector<std::string>& starts) {
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    if (std::find(starts.begin(), starts.end(), text[i]) == starts.end())
      continue;
    size_t next = i + 1;
    while (next + 1 < text.size() && (text[next] == "the" || text[next] == "top"))
      ++next;
    if (const std::optional<int> number = number_in_words(text[next]))
      return number;
  }
  return std::nullopt;
}

bool is_instruction(std::string_view words) {
  for (const std::string_view start : {"select", "check", "choose", "please select", "please check",
                                       "please choose", "multiple responses"})
    if (starts_with(words, start))
      return true;
  return false;
}

Instruction read_instruction(const std::string& words) {
  using Choice = Instruction::Choice;
  Instruction instruction;
  instruction.optional = contains(words, "optional");
  const std::vector<std::string> list = words_of(words);
  if (contains(words, "per row")) {
    const bool several = contains(words, "multiple") || contains(words, "all that");
    instruction.choice = several ? Choice::several_per_row : Choice::one_per_row;
  } else if (contains(words, "all that apply") || contains(words, "select all")) {
    instruction.choice = Choice::all;
  } else if (const std::optional<int> most = number_after(list, {"to", "most", "than"})) {
    instruction.choice = *most == 1 ? Choice::one : Choice::up_to;
    instruction.number = *most;
  } else if (const std::optional<int> number = number_after(list, {"select", "check", "choose"})) {
    instruction.choice = *number == 1 ? Choice::one : Choice::exactly;
    instruction.number = *number;
  }
  return instruction;
}

// The last pair of brackets without others inside whose content is an instruction.
std::optional<std::pair<size_t, size_t>> find_instruction(std::string_view text) {
  for (size_t close = text.rfind(')'); close != std::string_view::npos && close > 0;
       close = text.rfind(')', close - 1)) {
    const size_t open = text.rfind('(', close);
    if (open == std::string_view::npos)
      return std::nullopt;
    if (is_instruction(trimmed(lower(text.substr(open + 1, close - open - 1)))))
      return std::pair{open, close};
  }
  return std::nullopt;
}

}  // namespace

std::string trimmed(std::string_view text) {
  static constexpr std::string_view spaces = " \t\r\n";
  const auto strip = [&](std::string_view t) {
    const size_t first = t.find_first_not_of(spaces);
    if (first == std::string_view::npos)
      return std::string_view{};
    return t.substr(first, t.find_last_not_of(spaces) - first + 1);
  };
  std::string_view out = strip(text);
  static constexpr std::string_view no_break = "\xC2\xA0";
  while (starts_with(out, no_break))
    out = strip(out.substr(2));
  while (out.size() >= 2 && out.substr(out.size() - 2) == no_break)
    out = strip(out.substr(0, out.size() - 2));
  return std::string(out);
}

std::string cleaned(std::string_view text) {
  return without_emphasis(single_spaced(with_plain_characters(text)));
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  size_t begin = 0;
  while (begin <= text.size()) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    std::string line(text.substr(begin, end - begin));
    if (!line.empty() && line.back() == '\r')
      line.pop_back();
    lines.push_back(std::move(line));
    begin = end + 1;
  }
  return lines;
}

std::string cleaned_lines(std::string_view text) {
  std::string out;
  bool gap = false;
  for (const std::string& line : lines_of(text)) {
    const std::string clean = cleaned(line);
    if (clean.empty()) {
      gap = !out.empty();
      continue;
    }
    if (!out.empty())
      out += gap ? "\n\n" : "\n";
    out += clean;
    gap = false;
  }
  return out;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string comparable(std::string_view text) {
  std::string plain = with_plain_characters(text);
  for (const std::string_view apostrophe : {"'", "\xE2\x80\x99", "\xE2\x80\x98"})
    plain = replaced(std::move(plain), apostrophe, "");
  for (const std::string_view mark :
       {"\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xEF\xBC\x8C",
        "\xEF\xBC\x88", "\xEF\xBC\x89", "\xE3\x80\x82", "\xEF\xBC\x9F"})
    plain = replaced(std::move(plain), mark, " ");
  std::string out;
  for (const char c : lower(plain)) {
    const bool kept =
        static_cast<unsigned char>(c) >= 0x80 || is_digit(c) || (c >= 'a' && c <= 'z');
    if (kept)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  return trimmed(out);
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : comparable(text) + " ") {
    if (c != ' ') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

double likeness(std::string_view a, std::string_view b) {
  std::vector<std::string> left = words_of(a);
  std::vector<std::string> right = words_of(b);
  if (left.empty() && right.empty())
    return 1;
  std::sort(left.begin(), left.end());
  std::sort(right.begin(), right.end());
  std::vector<std::string> both;
  std::set_intersection(left.begin(), left.end(), right.begin(), right.end(),
                        std::back_inserter(both));
  return 2.0 * static_cast<double>(both.size()) / static_cast<double>(left.size() + right.size());
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0)
      out += between;
    out += parts[i];
  }
  return out;
}

std::optional<int> whole_number(std::string_view text) {
  int number = 0;
  const char* end = text.data() + text.size();
  if (text.empty() || !is_digit(text[0]))
    return std::nullopt;
  const auto [last, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || last != end)
    return std::nullopt;
  return number;
}

std::optional<int> number_in_words(std::string_view text) {
  static constexpr std::array<std::string_view, 13> words{
      "zero",  "one",   "two",  "three", "four",   "five",  "six",
      "seven", "eight", "nine", "ten",   "eleven", "twelve"};
  if (const std::optional<int> digits = whole_number(text))
    return digits;
  const auto found = std::find(words.begin() + 1, words.end(), lower(text));
  if (found == words.end())
    return std::nullopt;
  return static_cast<int>(found - words.begin());
}

std::vector<long long> numbers_in(std::string_view text) {
  const std::string plain = replaced(std::string(text), "\xEF\xBC\x8C", ",");
  std::vector<long long> numbers;
  for (size_t i = 0; i < plain.size(); ++i) {
    if (!is_digit(plain[i]))
      continue;
    long long number = 0;
    int digits = 0;
    for (; i < plain.size(); ++i) {
      const bool grouping = plain[i] == ',' && i + 3 < plain.size() && is_digit(plain[i + 1]) &&
                            is_digit(plain[i + 2]) && is_digit(plain[i + 3]);
      if (grouping)
        continue;
      if (!is_digit(plain[i]) || ++digits > 15)
        break;
      number = number * 10 + (plain[i] - '0');
    }
    numbers.push_back(number);
  }
  return numbers;
}

MissingReason missing_reason(std::string_view label) {
  const std::string text = comparable(label);
  for (const std::string_view start :
       {"dont know", "i dont know", "do not know", "i do not know", "unknown", "not sure",
        "im not sure", "i am not sure", "unsure", "no opinion"})
    if (starts_with(text, start))
      return MissingReason::dont_know;
  for (const std::string_view start :
       {"prefer not", "i prefer not", "rather not", "i would rather not", "decline to", "refused"})
    if (starts_with(text, start))
      return MissingReason::refused;
  if (starts_with(text, "not applicable") || text == "n a" || starts_with(text, "does not apply"))
    return MissingReason::not_applicable;
  return MissingReason::none;
}

bool is_other(std::string_view label) {
  const std::string text = comparable(label);
  return text == "other" || starts_with(text, "other please") ||
         (starts_with(text, "other ") && asks_for_text(label));
}

bool asks_for_text(std::string_view label) {
  const std::string text = lower(label);
  for (const std::string_view word :
       {"specify", "explain", "describe", "please list", "please type", "please name"})
    if (contains(text, word))
      return true;
  return false;
}

bool is_none(std::string_view label) {
  const std::vector<std::string> words = words_of(label);
  return !words.empty() && words[0] == "none";
}

std::vector<std::string> list_items(std::string_view text) {
  std::string inside = trimmed(text);
  if (inside.size() > 1 && contains("[{", inside.substr(0, 1)) &&
      contains("]}", std::string_view(inside).substr(inside.size() - 1)))
    inside = inside.substr(1, inside.size() - 2);
  const char part = contains(inside, " / ") ? '/' : ',';
  std::vector<std::string> items;
  std::string item;
  for (size_t i = 0; i <= inside.size(); ++i) {
    const bool in_number = i > 0 && i + 3 < inside.size() && is_digit(inside[i - 1]) &&
                           is_digit(inside[i + 1]) && is_digit(inside[i + 2]) &&
                           is_digit(inside[i + 3]);
    if (i == inside.size() || (inside[i] == part && !in_number)) {
      item = cleaned(item);
      if (!item.empty())
        items.push_back(item);
      item.clear();
    } else {
      item += inside[i];
    }
  }
  return items;
}

AskedText parse_asked_text(std::string_view text) {
  AskedText asked;
  std::string rest = trimmed(text);
  if (!rest.empty() && rest.back() == ']') {
    const size_t open = rest.rfind('[');
    if (open != std::string::npos && open > 0) {
      asked.columns = list_items(std::string_view(rest).substr(open));
      rest.resize(open);
    }
  }
  if (const auto brackets = find_instruction(rest)) {
    const auto [open, close] = *brackets;
    asked.instruction = read_instruction(lower(rest.substr(open + 1, close - open - 1)));
    rest.erase(open, close - open + 1);
  }
  asked.text = cleaned(rest);
  return asked;
}

}  // namespace topline::lf_srm
