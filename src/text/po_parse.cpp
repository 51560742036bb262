#include <algorithm>
#include <array>
#include <optional>

#include "text/po_file.hpp"
#include "text/utf8.hpp"

namespace topline {

namespace {

enum class Keyword { none, msgctxt, msgid, msgid_plural, msgstr };

bool is_space(char c) {
  return c == ' ' || c == '\t';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && (is_space(text.back()) || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

bool same_word(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

// One pass over the lines. An entry is complete when the next one, or the file's end, begins.
class Reader {
 public:
  Reader(std::string_view text, const std::string& shown_path, Diagnostics& diagnostics)
      : text_(text), path_(shown_path), diagnostics_(diagnostics) {}

  PoFile read() {
    if (text_.starts_with("\xEF\xBB\xBF"))
      text_.remove_prefix(3);
    check_encoding();
    for (size_t start = 0; start < text_.size();) {
      const size_t end = std::min(text_.find('\n', start), text_.size());
      line_text_ = text_.substr(start, end - start);
      ++line_;
      read_line();
      start = end + 1;
    }
    finish_entry();
    if (!header_seen_)
      error(1, 1, 0, "the header is missing, so the charset is not known", kCharsetHint);
    file_.index();
    check_repetitions();
    return std::move(file_);
  }

 private:
  static constexpr const char* kCharsetHint =
      "begin the file with msgid \"\", msgstr \"\" and "
      "\"Content-Type: text/plain; charset=UTF-8\\n\"";

  void error(int line, int column, int length, std::string message, std::string hint = {}) {
    diagnostics_.error({path_, line, column, length}, std::move(message), std::move(hint));
  }

  // Column of `at`, a position inside the present line.
  [[nodiscard]] int column(size_t at) const { return static_cast<int>(at) + 1; }

  void check_encoding() {
    const std::optional<size_t> invalid = first_invalid_utf8(text_);
    if (!invalid)
      return;
    const std::string_view before = text_.substr(0, *invalid);
    const auto line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
    const size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0: the first line
    error(line, static_cast<int>(*invalid - line_start) + 1, 1, "this byte is not UTF-8",
          "save the file in UTF-8, or convert it: msgconv -t UTF-8");
  }

  void read_line() {
    size_t at = 0;
    while (at < line_text_.size() && is_space(line_text_[at]))
      ++at;
    const std::string_view rest = trimmed(line_text_);
    if (rest.empty()) {
      if (keyword_ == Keyword::msgstr)
        finish_entry();
      return;
    }
    if (rest.front() == '#')
      read_comment(rest);
    else if (rest.front() == '"')
      read_string(at);
    else
      read_keyword(at);
  }

  void read_comment(std::string_view comment) {
    // A comment after a msgstr belongs to the next entry.
    if (keyword_ == Keyword::msgstr)
      finish_entry();
    if (comment.starts_with("#~"))  // obsolete: kept by translators' tools, of no use here
      return;
    const std::string_view body = trimmed(comment.substr(std::min<size_t>(2, comment.size())));
    if (comment.starts_with("#,"))
      read_flags(body);
    else if (comment.starts_with("#."))
      entry_.extracted.emplace_back(body);
    else if (comment.starts_with("#:"))
      entry_.references.emplace_back(body);
    else if (!comment.starts_with("#|"))  // "#|" repeats what the text was before
      entry_.comments.emplace_back(trimmed(comment.substr(1)));
  }

  void read_flags(std::string_view flags) {
    while (!flags.empty()) {
      const size_t comma = std::min(flags.find(','), flags.size());
      const std::string_view flag = trimmed(flags.substr(0, comma));
      if (flag == "fuzzy")
        entry_.fuzzy = true;
      else if (!flag.empty())
        entry_.flags.emplace_back(flag);
      flags.remove_prefix(std::min(comma + 1, flags.size()));
    }
  }

  static bool in_keyword(char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9') || c == '_';
  }

  void read_keyword(size_t at) {
    size_t end = at;
    while (end < line_text_.size() && in_keyword(line_text_[end]))
      ++end;
    const std::string_view word = line_text_.substr(at, end - at);
    if (word == "msgctxt" || (word == "msgid" && keyword_ != Keyword::msgctxt))
      finish_entry();
    target_ = nullptr;
    if (word == "msgctxt") {
      begin(Keyword::msgctxt, entry_.context);
      entry_.has_context = true;
    } else if (word == "msgid") {
      if (entry_.line == 0)
        entry_.line = line_;
      begin(Keyword::msgid, entry_.id);
    } else if (word == "msgid_plural") {
      if (keyword_ != Keyword::msgid)
        error(line_, column(at), static_cast<int>(word.size()), "msgid_plural must follow a msgid");
      begin(Keyword::msgid_plural, entry_.id_plural);
    } else if (word == "msgstr") {
      end = read_msgstr(at, end);
    } else {
      const std::string shown(word.empty() ? line_text_.substr(at, 1) : word);
      error(line_, column(at), static_cast<int>(std::max<size_t>(1, word.size())),
            "`" + shown + "` is not a PO keyword",
            did_you_mean(word, {"msgctxt", "msgid", "msgid_plural", "msgstr"}));
      broken_ = true;
      return;
    }
    while (end < line_text_.size() && is_space(line_text_[end]))
      ++end;
    if (end < line_text_.size() && line_text_[end] == '"') {
      read_string(end);
      return;
    }
    error(line_, column(end), 0, "a string in double quotes expected after " + std::string(word));
    broken_ = true;
  }

  void begin(Keyword keyword, std::string& target) {
    keyword_ = keyword;
    target_ = &target;
    if (entry_.line == 0)
      entry_.line = line_;
  }

  // Handles "msgstr" and "msgstr[2]"; gives the position after it.
  size_t read_msgstr(size_t at, size_t end) {
    if (keyword_ != Keyword::msgid && keyword_ != Keyword::msgid_plural &&
        keyword_ != Keyword::msgstr) {
      error(line_, column(at), 6, "this msgstr has no msgid before it");
      broken_ = true;
    }
    if (entry_.text_line == 0)
      entry_.text_line = line_;
    const bool indexed = end < line_text_.size() && line_text_[end] == '[';
    if (!indexed) {
      if (!entry_.id_plural.empty())
        error(line_, column(at), 6, "an entry with msgid_plural needs msgstr[0], msgstr[1], …");
      else if (keyword_ == Keyword::msgstr)
        error(line_, column(at), 6, "this entry has a msgstr already");
      keyword_ = Keyword::msgstr;
      target_ = &entry_.text;
      return end;
    }
    const size_t close = line_text_.find(']', end);
    const std::string_view number = close == std::string_view::npos
                                        ? std::string_view()
                                        : line_text_.substr(end + 1, close - end - 1);
    keyword_ = Keyword::msgstr;
    const std::string expected = std::to_string(entry_.plural_texts.size());
    if (number != expected) {
      error(line_, column(end), 0, "msgstr[" + expected + "] expected",
            "the forms are numbered from 0 without gaps");
      broken_ = true;
      return close == std::string_view::npos ? line_text_.size() : close + 1;
    }
    if (entry_.id_plural.empty())
      error(line_, column(at), 6, "msgstr[" + expected + "] without a msgid_plural");
    target_ = &entry_.plural_texts.emplace_back();
    return close + 1;
  }

  // Appends the string that begins at the quote `at` to what is being read.
  void read_string(size_t at) {
    if (target_ == nullptr) {
      if (!broken_)
        error(line_, column(at), 0, "this string belongs to no keyword",
              "strings follow msgctxt, msgid, msgid_plural or msgstr");
      return;
    }
    std::string& target = *target_;
    for (size_t i = at + 1; i < line_text_.size(); ++i) {
      const char c = line_text_[i];
      if (c == '"') {
        const size_t rest = line_text_.find_first_not_of(" \t\r", i + 1);
        if (rest != std::string_view::npos)
          error(line_, column(rest), 0, "unexpected text after the string",
                "write \\\" for a quote inside a string");
        return;
      }
      if (c == '\\')
        i = read_escape(i, target);
      else
        target += c;
    }
    error(line_, column(at), 0, "this string has no closing quote",
          "a string ends on its line; go on with a further string on the next");
  }

  // Reads the escape at the backslash `at`; gives the position of its last character.
  size_t read_escape(size_t at, std::string& target) {
    static constexpr std::string_view names = "ntrabvf\\\"'?";
    static constexpr std::string_view values = "\n\t\r\a\b\v\f\\\"'?";
    const char c = at + 1 < line_text_.size() ? line_text_[at + 1] : '\0';
    if (const size_t known = names.find(c); c != '\0' && known != std::string_view::npos) {
      target += values[known];
      return at + 1;
    }
    const int base = c == 'x' ? 16 : 8;
    size_t end = at + (base == 16 ? 2 : 1);
    const size_t most = end + (base == 16 ? 2 : 3);
    unsigned value = 0;
    size_t digits = 0;
    for (; end < std::min(most, line_text_.size()); ++end, ++digits) {
      const size_t digit =
          std::string_view("0123456789abcdef").find(static_cast<char>(line_text_[end] | 0x20));
      if (digit == std::string_view::npos || digit >= static_cast<size_t>(base))
        break;
      value = value * static_cast<unsigned>(base) + static_cast<unsigned>(digit);
    }
    if (digits == 0 || value == 0 || value > 0x7F) {
      error(line_, column(at), 2, "this escape is not known",
            "known are \\n \\t \\\" \\\\ and numbers of ASCII characters");
      return at + 1;
    }
    target += static_cast<char>(value);
    return end - 1;
  }

  void finish_entry() {
    const bool anything = keyword_ != Keyword::none;
    if (broken_)
      entry_ = {};
    else if (anything && keyword_ != Keyword::msgstr)
      error(entry_.line, 1, 0, "this entry has no msgstr", "add msgstr \"\" if not translated yet");
    else if (anything && !entry_.has_context && entry_.id.empty())
      take_header();
    else if (anything)
      take_entry();
    if (anything)
      entry_ = {};
    keyword_ = Keyword::none;
    target_ = nullptr;
    broken_ = false;
  }

  void take_entry() {
    const auto forms = static_cast<size_t>(file_.plural_forms.count());
    if (entry_.translated() && !entry_.id_plural.empty() && entry_.plural_texts.size() != forms)
      error(entry_.text_line, 1, 0,
            "this entry has " + std::to_string(entry_.plural_texts.size()) +
                " plural forms, the language has " + std::to_string(forms),
            "Plural-Forms in the header says how many");
    file_.entries.push_back(std::move(entry_));
  }

  void take_header() {
    if (header_seen_) {
      error(entry_.line, 1, 0, "an entry with an empty msgid is the header, and there is one",
            "merge the two, or give the entry its msgid");
      return;
    }
    header_seen_ = true;
    file_.header_comments = std::move(entry_.comments);
    std::string_view rest = entry_.text;
    while (!rest.empty()) {
      const size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view field = rest.substr(0, end);
      const size_t colon = field.find(':');
      if (colon != std::string_view::npos)
        file_.header.emplace_back(trimmed(field.substr(0, colon)),
                                  trimmed(field.substr(colon + 1)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    check_charset();
    read_plural_forms();
  }

  void check_charset() {
    static constexpr std::string_view name = "charset=";
    const std::string_view type = file_.header_field("Content-Type");
    const size_t at = type.find(name);
    if (at == std::string_view::npos) {
      error(entry_.text_line, 1, 0, "the header does not name the charset", kCharsetHint);
      return;
    }
    const std::string_view charset = trimmed(type.substr(at + name.size()));
    if (!same_word(charset, "UTF-8") && !same_word(charset, "UTF8"))
      error(entry_.text_line, 1, 0,
            "the header names the charset `" + std::string(charset) + "`, only UTF-8 is read",
            "convert the file: msgconv -t UTF-8");
  }

  void read_plural_forms() {
    const std::string_view rule = file_.header_field("Plural-Forms");
    if (rule.empty())
      return;
    Result<PluralForms> forms = PluralForms::parse(rule);
    if (forms.ok()) {
      file_.plural_forms = std::move(forms).value();
      return;
    }
    error(entry_.text_line, 1, 0, forms.fault().message, forms.fault().hint);
  }

  void check_repetitions() {
    for (const PoEntry& entry : file_.entries) {
      const PoEntry* first =
          entry.has_context ? file_.find(entry.context, entry.id) : file_.find(entry.id);
      if (first != nullptr && first != &entry)
        error(entry.line, 1, 0,
              "this message is given a second time; it stands on line " +
                  std::to_string(first->line) + " already",
              "keep one of the two");
    }
  }

  std::string_view text_;
  const std::string& path_;
  Diagnostics& diagnostics_;
  PoFile file_;
  PoEntry entry_;
  Keyword keyword_ = Keyword::none;
  std::string* target_ = nullptr;  // what strings are appended to
  bool broken_ = false;            // a fault was told; the rest of the entry is passed over
  bool header_seen_ = false;
  std::string_view line_text_;
  int line_ = 0;
};

}  // namespace

PoFile parse_po(std::string_view text, const std::string& shown_path, Diagnostics& diagnostics) {
  return Reader(text, shown_path, diagnostics).read();
}

}  // namespace topline
