#include "analysis/text_parts.hpp"

namespace topline {

Place TextPart::place(const std::string& file) const {
  return {file, 1, static_cast<int>(begin) + 1, static_cast<int>(text.size())};
}

TextPart trimmed_part(const std::string& text, size_t begin, size_t end) {
  while (begin < end && text[begin] == ' ')
    ++begin;
  while (end > begin && text[end - 1] == ' ')
    --end;
  return {text.substr(begin, end - begin), begin};
}

TextPart trimmed_part(const std::string& text) {
  return trimmed_part(text, 0, text.size());
}

std::vector<TextPart> parts_between(const std::string& text, const TextPart& whole, char mark) {
  std::vector<TextPart> parts;
  int depth = 0;
  bool quoted = false;
  size_t begin = whole.begin;
  const size_t end = whole.begin + whole.text.size();
  for (size_t i = begin; i < end; ++i) {
    const char c = text[i];
    if (c == '"')
      quoted = !quoted;
    if (quoted)
      continue;
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == mark && depth == 0) {
      parts.push_back(trimmed_part(text, begin, i));
      begin = i + 1;
    }
  }
  parts.push_back(trimmed_part(text, begin, end));
  return parts;
}

}  // namespace topline
