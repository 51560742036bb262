#include "instrument/yaml_guard.hpp"

#include <algorithm>
#include <map>
#include <sstream>
#include <vector>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "text/utf8.hpp"

namespace topline {

namespace {

Place place_of_byte(const std::string& source, const std::string& file, size_t byte) {
  const auto end = source.begin() + static_cast<std::ptrdiff_t>(byte);
  const auto line = static_cast<int>(std::count(source.begin(), end, '\n')) + 1;
  const size_t begin = byte == 0 ? std::string::npos : source.rfind('\n', byte - 1);
  const size_t column = begin == std::string::npos ? byte + 1 : byte - begin;
  return {file, line, static_cast<int>(column), 1};
}

std::optional<Diagnostic> strange_bytes(const std::string& source, const std::string& file) {
  const auto fault = [&](size_t at, std::string message, std::string hint) {
    return Diagnostic{Severity::error, place_of_byte(source, file, at), std::move(message),
                      std::move(hint)};
  };
  if (source.starts_with("\xFF\xFE") || source.starts_with("\xFE\xFF"))
    return fault(0, "this file is UTF-16", "save it as UTF-8");
  if (const std::optional<size_t> at = first_invalid_utf8(source))
    return fault(*at, "these bytes are not UTF-8", "save the file as UTF-8");
  const auto control = std::find_if(source.begin(), source.end(), [](char c) {
    return (c >= 0 && c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7F;
  });
  if (control != source.end())
    return fault(static_cast<size_t>(control - source.begin()),
                 *control == 0 ? "a NUL byte stands here" : "a control character stands here",
                 "remove it; text files hold none");
  return std::nullopt;
}

class Guard final : public YAML::EventHandler {
 public:
  Guard(const std::string& source, const std::string& file) : source_(source), file_(file) {}

  [[nodiscard]] const std::optional<Diagnostic>& found() const { return found_; }

  // At a character that begins no value (`,` or `]`) yaml-cpp reads empty documents without end.
  void OnDocumentStart(const YAML::Mark& mark) override {
    if (mark.pos == document_)
      tell(mark, "no value can begin like this",
           "put quotes around a text that begins with `,` or a bracket");
    document_ = mark.pos;
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { leaf(mark, anchor); }
  void OnScalar(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                const std::string& /*value*/) override {
    leaf(mark, anchor);
    quotes(mark);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto known = sizes_.find(anchor);
    if (known == sizes_.end()) {
      tell(mark, "this alias stands inside what it repeats", "it would never end");
      return;
    }
    count(mark, known->second);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(mark, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(mark, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    YAML::anchor_t anchor;
    int64_t before;
  };

  void tell(const YAML::Mark& mark, std::string message, std::string hint) {
    if (!found_)
      found_ = Diagnostic{Severity::error,
                          {file_, mark.line + 1, mark.column + 1, 1},
                          std::move(message),
                          std::move(hint)};
  }

  void tell_at(size_t byte, std::string message, std::string hint) {
    if (!found_)
      found_ = Diagnostic{Severity::error, place_of_byte(source_, file_, byte), std::move(message),
                          std::move(hint)};
  }

  // Values add up to no more than the limit, so that nothing overflows.
  void count(const YAML::Mark& mark, int64_t values) {
    total_ = std::min<int64_t>(total_ + values, int64_t{max_yaml_values} + 1);
    if (total_ > max_yaml_values)
      tell(mark, "this file holds more than a million values, aliases written out",
           "an alias `*name` repeats all that `&name` has marked; write less of it");
  }

  void leaf(const YAML::Mark& mark, YAML::anchor_t anchor) {
    count(mark, 1);
    if (anchor != 0)
      sizes_[anchor] = 1;
  }

  void open(const YAML::Mark& mark, YAML::anchor_t anchor) {
    open_.push_back({anchor, total_});
    count(mark, 1);
  }

  void close() {
    const Open last = open_.back();
    open_.pop_back();
    if (last.anchor != 0)
      sizes_[last.anchor] = total_ - last.before;
  }

  // yaml-cpp takes the end of the file for the closing quote.
  void quotes(const YAML::Mark& mark) {
    auto begin = static_cast<size_t>(mark.pos);
    if (begin < source_.size() && source_[begin] == '&')  // `&name "text"` is marked at the name
      begin = std::min(source_.find_first_not_of(' ', source_.find(' ', begin)), source_.size());
    if (begin >= source_.size() || (source_[begin] != '"' && source_[begin] != '\''))
      return;
    const char quote = source_[begin];
    for (size_t i = begin + 1; i < source_.size(); ++i) {
      if (source_[i] == '\\' && quote == '"')
        ++i;
      else if (source_[i] == quote && quote == '\'' && source_.compare(i, 2, "''") == 0)
        ++i;
      else if (source_[i] == quote)
        return;
    }
    tell_at(begin, "the quote that opens here is not closed", "add a closing quote");
  }

  const std::string& source_;
  const std::string& file_;
  std::map<YAML::anchor_t, int64_t> sizes_;
  std::vector<Open> open_;
  int64_t total_ = 0;
  int document_ = -1;  // where the last document began
  std::optional<Diagnostic> found_;
};

}  // namespace

std::optional<Diagnostic> guard_yaml(const std::string& source, const std::string& file) {
  if (std::optional<Diagnostic> strange = strange_bytes(source, file))
    return strange;
  Guard guard(source, file);
  try {
    // allow(number): yaml-cpp reads from streams only, and no number is read here
    std::istringstream stream(source);
    YAML::Parser parser(stream);
    while (!guard.found() && parser.HandleNextDocument(guard)) {
    }
  } catch (const YAML::Exception&) {
    return guard.found();
  }
  return guard.found();
}

}  // namespace topline
