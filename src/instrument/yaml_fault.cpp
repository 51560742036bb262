#include "instrument/yaml_fault.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace topline {

namespace {

std::vector<std::string_view> lines_of(std::string_view source) {
  std::vector<std::string_view> lines;
  for (size_t begin = 0; begin <= source.size();) {
    const size_t end = std::min(source.find('\n', begin), source.size());
    lines.push_back(source.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

std::string_view trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos)
    return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

struct OpenBracket {
  int line = 0;
  int column = 0;
  char bracket = 0;
};

// The innermost { or [ that stands open before (line, column), quotes and comments apart.
std::optional<OpenBracket> open_bracket(const std::vector<std::string_view>& lines, int line,
                                        int column) {
  std::vector<OpenBracket> open;
  char quote = 0;
  for (int at = 1; at <= line && at <= static_cast<int>(lines.size()); ++at) {
    const std::string_view text = lines[static_cast<size_t>(at) - 1];
    for (size_t i = 0; i < text.size(); ++i) {
      if (at == line && static_cast<int>(i) + 1 >= column)
        break;
      const char c = text[i];
      if (quote != 0) {
        if (c == '\\' && quote == '"')
          ++i;
        else if (c == quote)
          quote = 0;
      } else if (c == '#' && (i == 0 || text[i - 1] == ' ')) {
        break;
      } else if ((c == '"' || c == '\'') &&
                 (i == 0 || std::string_view(" [{,").find(text[i - 1]) != std::string_view::npos)) {
        quote = c;
      } else if (c == '{' || c == '[') {
        open.push_back({at, static_cast<int>(i) + 1, c});
      } else if ((c == '}' || c == ']') && !open.empty()) {
        open.pop_back();
      }
    }
  }
  if (open.empty())
    return std::nullopt;
  return open.back();
}

class Explainer {
 public:
  Explainer(std::string_view source, std::string file, int line, int column)
      : lines_(lines_of(source)), file_(std::move(file)), line_(line), column_(column) {}

  Diagnostic explain(const std::string& message) {
    if (const std::optional<Diagnostic> tab = tab_in_indentation())
      return *tab;
    if (message == "illegal map value")
      return colon();
    if (message.find("map flow not found") != std::string::npos ||
        message.find("sequence flow not found") != std::string::npos)
      return unclosed();
    if (message == "end of map not found" || message == "end of sequence not found")
      return misfit();
    if (message == "unknown token")
      return fault("`" + character() + "` cannot begin a value", "put the value in quotes");
    if (message == "illegal block entry")
      return fault("a list cannot begin behind a name in the same line",
                   "begin it in the next line, each item with `- `, or write [one, two]");
    if (message == "illegal flow end")
      return closes_nothing();
    if (message == "the referenced anchor is not defined")
      return unknown_anchor();
    if (message.rfind("unknown escape character", 0) == 0)
      return fault("a backslash in double quotes must be followed by n, t, \" or \\",
                   "write two backslashes for one, or use single quotes");
    if (message == "bad file")
      return fault_at(0, 0, "this file is nested more than 500 levels deep",
                      "no part of a study is; look for brackets that are not closed");
    return fault("this is not YAML: " + message,
                 "check the indentation, and put quotes around texts with `: ` or ` #` in them "
                 "or with { [ * & ! % @ at their beginning");
  }

  Diagnostic second_document() {
    if (text(line_ - 1).substr(0, 3) == "---" || text(line_).substr(0, 3) == "---")
      return fault("a second YAML document begins here",
                   "one file holds one document; remove the line `---`");
    return fault("this line does not belong to what stands above it",
                 "check its indentation: entries of one list or map begin in the same column");
  }

 private:
  [[nodiscard]] std::string_view text(int line) const {
    return line >= 1 && line <= static_cast<int>(lines_.size())
               ? lines_[static_cast<size_t>(line) - 1]
               : std::string_view();
  }

  [[nodiscard]] Diagnostic fault_at(int line, int column, std::string message,
                                    std::string hint) const {
    return {Severity::error, {file_, line, column, 1}, std::move(message), std::move(hint)};
  }
  [[nodiscard]] Diagnostic fault(std::string message, std::string hint) const {
    return fault_at(line_, column_, std::move(message), std::move(hint));
  }

  [[nodiscard]] std::string character() const {
    const std::string_view line = text(line_);
    const auto at = static_cast<size_t>(column_) - 1;
    return at < line.size() ? std::string(1, line[at]) : std::string("this");
  }

  [[nodiscard]] std::optional<Diagnostic> tab_in_indentation() const {
    const std::string_view line = text(line_);
    const size_t first = line.find_first_not_of(' ');
    if (first == std::string_view::npos || line[first] != '\t')
      return std::nullopt;
    return fault_at(line_, static_cast<int>(first) + 1, "a tab stands in the indentation",
                    "YAML is indented with spaces; let the editor replace tabs");
  }

  // A colon where no value can begin: the second in its line, or in a line that is indented
  // below something that is not open.
  [[nodiscard]] Diagnostic colon() const {
    const std::string_view line = text(line_);
    const std::string_view before = line.substr(0, static_cast<size_t>(column_) - 1);
    if (before.find(": ") != std::string_view::npos)
      return fault("a second `: ` stands in this line",
                   "put the text in quotes if the colon belongs to it");
    int above = line_ - 1;
    while (above > 0 && (trimmed(text(above)).empty() || trimmed(text(above))[0] == '#'))
      --above;
    const std::string_view previous = trimmed(text(above));
    const size_t own = line.find_first_not_of(' ');
    const size_t indent = text(above).find_first_not_of(' ');
    if (above > 0 && own <= indent && previous.find(": ") == std::string_view::npos &&
        previous.back() != ':') {
      const bool joined = previous.find(':') != std::string_view::npos;
      return fault_at(
          above, static_cast<int>(indent) + 1,
          joined ? "a space is missing behind the colon" : "a name and a colon are missing",
          "an entry is written `name: value`");
    }
    return fault("this line is indented further than line " + std::to_string(above) +
                     ", which has its value already",
                 "entries of one map begin in the same column; a text that goes on in the next "
                 "line and holds `: ` needs quotes");
  }

  [[nodiscard]] Diagnostic closes_nothing() const {
    const std::optional<OpenBracket> open = open_bracket(lines_, line_, column_);
    if (open)  // `[a, b}`
      return unclosed();
    return fault("`" + character() + "` closes nothing", "remove it, or open it before");
  }

  [[nodiscard]] Diagnostic unclosed() const {
    const std::optional<OpenBracket> open = open_bracket(lines_, line_, column_);
    if (!open)
      return fault("a closing bracket is missing before this", "add `}` or `]`");
    const std::string close = open->bracket == '{' ? "}" : "]";
    return fault_at(open->line, open->column,
                    std::string("the `") + open->bracket + "` that opens here is not closed",
                    "add `" + close + "`; or put the value in quotes, if it is a text");
  }

  // Something follows that is neither a further entry nor the end.
  [[nodiscard]] Diagnostic misfit() const {
    const std::string_view before =
        trimmed(text(line_).substr(0, static_cast<size_t>(column_) - 1));
    if (!before.empty() && (before.back() == '"' || before.back() == '\''))
      return fault("something follows the closing quote",
                   "put the whole value into one pair of quotes; inside double quotes, write \\\" "
                   "for a quote");
    return fault("this line does not fit what stands above it",
                 "check its indentation: entries of one list or map begin in the same column");
  }

  [[nodiscard]] Diagnostic unknown_anchor() const {
    const std::string_view line = text(line_);
    const auto begin = static_cast<size_t>(column_) - 1;
    const size_t end = std::min(line.find_first_of(" ,]}\r", begin), line.size());
    const std::string name(line.substr(begin + 1, end - begin - 1));
    std::vector<std::string> anchors;
    for (int at = 1; at <= line_; ++at) {
      const std::string_view earlier = text(at);
      for (size_t i = earlier.find('&'); i != std::string_view::npos;
           i = earlier.find('&', i + 1)) {
        const size_t stop = std::min(earlier.find_first_of(" ,]}\r", i), earlier.size());
        anchors.emplace_back(earlier.substr(i + 1, stop - i - 1));
      }
    }
    const std::string near = did_you_mean(name, anchors);
    Diagnostic result =
        fault("nothing above is marked `&" + name + "`",
              near.empty() ? "`*" + name + "` repeats what `&" + name +
                                 "` has marked; put the value in quotes if it is a text"
                           : near);
    result.place.length = static_cast<int>(end - begin);
    return result;
  }

  std::vector<std::string_view> lines_;
  std::string file_;
  int line_;
  int column_;
};

}  // namespace

Diagnostic explain_yaml_fault(std::string_view source, const std::string& file, int line,
                              int column, const std::string& message) {
  return Explainer(source, file, line, column).explain(message);
}

Diagnostic explain_second_document(std::string_view source, const std::string& file, int line,
                                   int column) {
  return Explainer(source, file, line, column).second_document();
}

}  // namespace topline
