#include "report/used_text.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace topline {

namespace {

// The style sheet sets these elements and classes in bold, and everything within them.
constexpr std::string_view kBoldElements[] = {
    "h1", "h2", "h3", "h4", "h5", "h6", "strong", "th", "dt", "caption", "a", "b", "figcaption"};
constexpr std::string_view kBoldClasses[] = {"large", "publisher", "net", "total", "number"};
constexpr std::string_view kVoidElements[] = {"br", "hr", "meta", "link", "img"};

bool among(const std::string_view* begin, const std::string_view* end, std::string_view word) {
  return std::find(begin, end, word) != end;
}

bool is_bold(std::string_view name, std::string_view tag) {
  if (among(std::begin(kBoldElements), std::end(kBoldElements), name))
    return true;
  const size_t at = tag.find("class=\"");
  if (at == std::string_view::npos)
    return false;
  std::string_view classes = tag.substr(at + 7);
  classes = classes.substr(0, classes.find('"'));
  while (!classes.empty()) {
    const size_t end = std::min(classes.find(' '), classes.size());
    if (among(std::begin(kBoldClasses), std::end(kBoldClasses), classes.substr(0, end)))
      return true;
    classes.remove_prefix(std::min(end + 1, classes.size()));
  }
  return false;
}

std::string decoded(std::string_view text) {
  static const std::pair<std::string_view, char> kReferences[] = {
      {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
  std::string out;
  for (size_t i = 0; i < text.size();) {
    size_t length = 1;
    char c = text[i];
    if (c == '&')
      for (const auto& [reference, character] : kReferences)
        if (text.substr(i, reference.size()) == reference) {
          length = reference.size();
          c = character;
        }
    out += c;
    i += length;
  }
  return out;
}

}  // namespace

void note_used_text(std::string_view html, FaceSet& faces) {
  std::vector<bool> bold = {false};  // of the open elements
  std::string regular_text, bold_text;
  for (size_t at = 0; at < html.size();) {
    const size_t tag = std::min(html.find('<', at), html.size());
    const std::string text = decoded(html.substr(at, tag - at));
    regular_text += text;  // links are bold in the list of contents only, for example
    if (bold.back())
      bold_text += text;
    if (tag == html.size())
      break;
    const size_t end = std::min(html.find('>', tag), html.size() - 1);
    const std::string_view inside = html.substr(tag + 1, end - tag - 1);
    at = end + 1;
    if (inside.starts_with('!'))
      continue;
    if (inside.starts_with('/')) {
      if (bold.size() > 1)
        bold.pop_back();
      continue;
    }
    const std::string_view name = inside.substr(0, inside.find_first_of(" /\n"));
    if (name == "style") {
      at = std::min(html.find("</style>", at), html.size());
      bold.push_back(false);
      continue;
    }
    const bool open =
        !inside.ends_with('/') && !among(std::begin(kVoidElements), std::end(kVoidElements), name);
    if (open)
      bold.push_back(bold.back() || is_bold(name, inside));
  }
  faces.use(regular_text);
  faces.use(bold_text, Weight::bold);
}

}  // namespace topline
