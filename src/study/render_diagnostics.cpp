#include "study/render_diagnostics.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "text/terminal_width.hpp"
#include "text/utf8.hpp"

namespace topline {

namespace {

constexpr int gutter = 5;     // columns of a line's number
constexpr int widest = 100;   // columns of a shown line; longer ones are cut around the place
constexpr int tab_width = 4;  // each tab, wherever it stands
constexpr size_t most_bytes = 1000;
constexpr int kept_before = 60;  // columns kept before the place in a line that is cut

const char* word_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return "";
}

// Code points that steer a terminal or reorder what is read on it.
bool steers(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0xFEFF;
}

// `text` made fit for one line of a terminal.
std::string harmless(std::string_view text) {
  std::string result;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = read_code_point(text, at);
    if (point.value == '\t')
      result.append(tab_width, ' ');
    else
      append_utf8(result, point.valid && steers(point.value) ? U'\uFFFD' : point.value);
    at = point.next;
  }
  return result;
}

std::optional<std::string_view> line_of(std::string_view text, int number) {
  if (text.starts_with("\xEF\xBB\xBF"))
    text.remove_prefix(3);
  for (int at = 1; at < number; ++at) {
    const size_t end = text.find('\n');
    if (end == std::string_view::npos)
      return std::nullopt;
    text.remove_prefix(end + 1);
  }
  std::string_view line = text.substr(0, text.find('\n'));
  if (line.ends_with('\r'))
    line.remove_suffix(1);
  return line;
}

// A line can be a whole file; what is shown of it is near the place. Cut between characters.
std::string_view first_bytes(std::string_view text) {
  size_t end = std::min(text.size(), most_bytes);
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    ++end;
  return text.substr(0, end);
}

std::string_view last_bytes(std::string_view text) {
  size_t begin = text.size() - std::min(text.size(), most_bytes);
  while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U)
    --begin;
  return text.substr(begin);
}

// The beginning of `text` that takes at most `width` columns.
std::string_view head_of(std::string_view text, int width) {
  size_t end = 0;
  for (size_t at = 0; at < text.size();) {
    at = read_code_point(text, at).next;
    if (display_width(text.substr(0, at)) > width)
      break;
    end = at;
  }
  return text.substr(0, end);
}

// The end of `text` that takes at most `width` columns.
std::string_view tail_of(std::string_view text, int width) {
  size_t begin = 0;
  while (display_width(text.substr(begin)) > width)
    begin = read_code_point(text, begin).next;
  return text.substr(begin);
}

class Renderer {
 public:
  Renderer(const std::map<std::string, std::string>& files, Colours colours)
      : files_(files), coloured_(colours == Colours::terminal) {}

  void add(const Diagnostic& diagnostic) {
    headline(diagnostic);
    const std::optional<std::string_view> line = source_line(diagnostic.place);
    if (line)
      quote(diagnostic, *line);
    else if (!diagnostic.hint.empty())
      out_ += "   " + harmless(diagnostic.hint) + "\n";
  }

  std::string take() { return std::move(out_); }

 private:
  std::string painted(const std::string& text, const char* code) const {
    return coloured_ ? std::string("\x1B[") + code + "m" + text + "\x1B[0m" : text;
  }

  static const char* colour_of(Severity severity) {
    return severity == Severity::error ? "1;31" : severity == Severity::warning ? "1;33" : "1;36";
  }

  void headline(const Diagnostic& diagnostic) {
    const Place& place = diagnostic.place;
    std::string where = harmless(place.file);
    if (!where.empty() && place.line > 0) {
      where += ":" + std::to_string(place.line);
      if (place.column > 0)
        where += ":" + std::to_string(place.column);
    }
    if (!where.empty())
      out_ += painted(where + ":", "1") + " ";
    out_ += painted(word_of(diagnostic.severity), colour_of(diagnostic.severity)) + ": " +
            harmless(diagnostic.message) + "\n";
  }

  std::optional<std::string_view> source_line(const Place& place) const {
    const auto file = files_.find(place.file);
    if (file == files_.end() || place.line <= 0)
      return std::nullopt;
    return line_of(file->second, place.line);
  }

  void quote(const Diagnostic& diagnostic, std::string_view line) {
    const Place& place = diagnostic.place;
    const std::string margin = std::string(gutter, ' ') + " | ";
    const std::string number = std::to_string(place.line);
    const std::string pad(gutter > number.size() ? gutter - number.size() : 0, ' ');
    if (place.column <= 0) {
      out_ += pad + number + " | " + cut_to_width(harmless(line), widest) + "\n";
      if (!diagnostic.hint.empty())
        out_ += margin + harmless(diagnostic.hint) + "\n";
      return;
    }
    const size_t begin = std::min(static_cast<size_t>(place.column) - 1, line.size());
    const auto length = static_cast<size_t>(std::max(1, place.length));
    std::string before = harmless(last_bytes(line.substr(0, begin)));
    std::string marked = harmless(first_bytes(line.substr(begin, length)));
    std::string after = harmless(first_bytes(line.substr(std::min(begin + length, line.size()))));
    cut(before, marked, after);
    out_ += pad + number + " | " + before + marked + after + "\n";
    const int width = std::max(1, display_width(marked));
    const std::string underline = "^" + std::string(static_cast<size_t>(width) - 1, '~');
    const int indent = display_width(before);
    out_ += margin + std::string(static_cast<size_t>(indent), ' ') +
            painted(underline, colour_of(diagnostic.severity));
    hint(harmless(diagnostic.hint), margin, indent + width);
  }

  // Behind the underline where there is room, in the next line otherwise.
  void hint(const std::string& text, const std::string& margin, int used) {
    if (!text.empty() && used + 1 + display_width(text) <= widest)
      out_ += " " + text;
    else if (!text.empty())
      out_ += "\n" + margin + text;
    out_ += "\n";
  }

  static void cut(std::string& before, std::string& marked, std::string& after) {
    if (display_width(before) + display_width(marked) + display_width(after) <= widest)
      return;
    if (display_width(before) > kept_before)
      before = "…" + std::string(tail_of(before, kept_before - 1));
    const int room = widest - display_width(before);
    if (display_width(marked) > room) {
      marked = std::string(head_of(marked, room - 1)) + "…";
      after.clear();
    } else {
      after = cut_to_width(after, room - display_width(marked));
    }
  }

  const std::map<std::string, std::string>& files_;
  const bool coloured_;
  std::string out_;
};

}  // namespace

std::string render_diagnostics(const Diagnostics& faults,
                               const std::map<std::string, std::string>& files, Colours colours) {
  Renderer renderer(files, colours);
  for (const Diagnostic& diagnostic : faults.all())
    renderer.add(diagnostic);
  return renderer.take();
}

std::string diagnostics_summary(const Diagnostics& faults) {
  std::string summary;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
    const int count = faults.count(severity);
    if (count > 0)
      summary += (summary.empty() ? "" : ", ") + std::to_string(count) + " " + word_of(severity) +
                 (count == 1 ? "" : "s");
  }
  return summary.empty() ? summary : summary + "\n";
}

std::string diagnostics_json(const Diagnostics& faults) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const Diagnostic& diagnostic : faults.all()) {
    nlohmann::ordered_json one;
    one["severity"] = word_of(diagnostic.severity);
    one["file"] = diagnostic.place.file;
    one["line"] = diagnostic.place.line;
    one["column"] = diagnostic.place.column;
    one["length"] = diagnostic.place.length;
    one["message"] = diagnostic.message;
    one["hint"] = diagnostic.hint;
    all.push_back(std::move(one));
  }
  using Json = nlohmann::ordered_json;
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace topline
