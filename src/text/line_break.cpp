#include "text/line_break.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include "text/icu_text.hpp"
#include "text/utf8.hpp"

namespace topline {

namespace {

constexpr std::string_view kSoftHyphen = "\u00AD";

// `phrase` differs from `line` in Japanese only: breaks between phrases rather than anywhere that
// kinsoku allows.
enum class Unit { phrase, line, grapheme };

// Opening a break iterator reads rules and dictionaries (milliseconds), so each is opened once
// for each thread.
icu::BreakIterator* iterator_for(Unit unit, const Language& language) {
  thread_local std::map<std::string, std::unique_ptr<icu::BreakIterator>> opened;
  std::string name = unit == Unit::grapheme ? "grapheme"
                     : unit == Unit::phrase ? "phrase " + language.icu_name()
                                            : "line " + language.icu_name();
  auto found = opened.find(name);
  if (found == opened.end()) {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> iterator;
    if (unit == Unit::grapheme) {
      iterator.reset(icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
    } else {
      icu::Locale locale = icu_locale(language);
      if (language.code() == "ja") {
        locale.setKeywordValue("lb", "strict", status);
        if (unit == Unit::phrase)
          locale.setKeywordValue("lw", "phrase", status);
      }
      iterator.reset(icu::BreakIterator::createLineInstance(locale, status));
    }
    if (U_FAILURE(status))
      iterator.reset();
    found = opened.emplace(std::move(name), std::move(iterator)).first;
  }
  return found->second.get();
}

std::vector<size_t> offsets(Unit unit, std::string_view text, const Language& language) {
  std::vector<size_t> ends;
  icu::BreakIterator* iterator = text.empty() ? nullptr : iterator_for(unit, language);
  if (iterator != nullptr) {
    UErrorCode status = U_ZERO_ERROR;
    UText* utext = utext_openUTF8(nullptr, text.data(), static_cast<int64_t>(text.size()), &status);
    iterator->setText(utext, status);
    if (U_SUCCESS(status)) {
      iterator->first();
      for (int32_t at = iterator->next(); at != icu::BreakIterator::DONE; at = iterator->next())
        ends.push_back(static_cast<size_t>(at));
    }
    // The iterator keeps a shallow copy of the text; it must not outlive the caller's bytes.
    iterator->setText(icu::UnicodeString());
    utext_close(utext);
  }
  if (ends.empty() || ends.back() != text.size())
    ends.push_back(text.size());
  return ends;
}

bool han_at(std::string_view text, size_t at) {
  return at < text.size() &&
         u_hasBinaryProperty(static_cast<UChar32>(read_code_point(text, at).value),
                             UCHAR_IDEOGRAPHIC);
}

// The dictionary parts compounds (品質|保証, 透明|性) that readers take as one word: breaks between
// two Han characters are left for lines that are too short for the whole.
void keep_compounds(std::string_view text, std::vector<size_t>& ends) {
  const auto inside_compound = [&](size_t end) {
    if (end == 0 || end >= text.size())
      return false;
    size_t last = end - 1;
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80)
      --last;
    return han_at(text, last) && han_at(text, end);
  };
  ends.erase(std::remove_if(ends.begin(), ends.end(), inside_compound), ends.end());
}

std::string_view without_spaces_at_end(std::string_view line) {
  static constexpr std::string_view ideographic_space = "\u3000";
  for (;;) {
    if (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r'))
      line.remove_suffix(1);
    else if (line.ends_with(ideographic_space))
      line.remove_suffix(ideographic_space.size());
    else
      return line;
  }
}

// What of a line is shown: soft hyphens only at its end, and there as a hyphen.
std::string shown_line(std::string_view line, bool broken_here) {
  line = without_spaces_at_end(line);
  std::string shown;
  shown.reserve(line.size());
  while (!line.empty()) {
    if (!line.starts_with(kSoftHyphen)) {
      shown += line.front();
      line.remove_prefix(1);
      continue;
    }
    line.remove_prefix(kSoftHyphen.size());
    if (line.empty() && broken_here)
      shown += '-';
  }
  return shown;
}

// Fills the lines of one paragraph (no newline in it).
class ParagraphFiller {
 public:
  ParagraphFiller(std::string_view text, double max_width, const Language& language,
                  const std::function<double(std::string_view)>& width_of,
                  std::vector<std::string>& lines)
      : text_(text),
        max_width_(max_width),
        width_of_(width_of),
        lines_(lines),
        language_(language),
        ends_(line_break_offsets(text, language)) {}

  void fill() {
    size_t piece = 0;
    while (piece < ends_.size()) {
      if (fits(ends_[piece])) {
        line_end_ = ends_[piece++];
        continue;
      }
      if (line_end_ > line_start_)
        finish_line(true);
      else
        break_inside(ends_[piece]);
      while (piece < ends_.size() && ends_[piece] <= line_start_)
        ++piece;
    }
    if (line_end_ > line_start_ || text_.empty())
      finish_line(false);
  }

 private:
  [[nodiscard]] bool fits(size_t end) const {
    const std::string line =
        shown_line(text_.substr(line_start_, end - line_start_), end < text_.size());
    return width_of_(line) <= max_width_;
  }

  void finish_line(bool broken) {
    lines_.push_back(shown_line(text_.substr(line_start_, line_end_ - line_start_), broken));
    line_start_ = line_end_;
  }

  // The piece up to `end` is wider than a line. It is broken where kinsoku allows it inside a
  // Japanese phrase, or else between graphemes, at least one of them to a line.
  void break_inside(size_t end) {
    const std::string_view piece = text_.substr(line_start_, end - line_start_);
    size_t taken = 0;
    if (language_.code() == "ja") {
      taken = longest_fit(offsets(Unit::phrase, piece, language_));
      if (taken == 0)
        taken = longest_fit(offsets(Unit::line, piece, language_));
    }
    if (taken == 0) {
      const std::vector<size_t> graphemes = grapheme_offsets(piece);
      taken = std::max(longest_fit(graphemes), graphemes.front());
    }
    line_end_ = line_start_ + taken;
    if (line_end_ < text_.size())
      finish_line(true);
  }

  // The last of `candidates` (offsets from the line's start) up to which the line fits, or 0.
  // Widths grow with the offset.
  [[nodiscard]] size_t longest_fit(const std::vector<size_t>& candidates) const {
    const auto first_too_wide =
        std::partition_point(candidates.begin(), candidates.end(),
                             [&](size_t offset) { return fits(line_start_ + offset); });
    return first_too_wide == candidates.begin() ? 0 : *(first_too_wide - 1);
  }

  std::string_view text_;
  double max_width_;
  const std::function<double(std::string_view)>& width_of_;
  std::vector<std::string>& lines_;
  const Language& language_;
  std::vector<size_t> ends_;
  size_t line_start_ = 0;
  size_t line_end_ = 0;
};

}  // namespace

std::vector<size_t> line_break_offsets(std::string_view text, const Language& language) {
  std::vector<size_t> ends = offsets(Unit::phrase, text, language);
  if (language.code() == "ja")
    keep_compounds(text, ends);
  return ends;
}

std::vector<size_t> grapheme_offsets(std::string_view text) {
  return offsets(Unit::grapheme, text, Language());
}

std::vector<std::string> fill_lines(std::string_view text, double max_width,
                                    const Language& language,
                                    const std::function<double(std::string_view)>& width_of) {
  std::vector<std::string> lines;
  for (size_t start = 0; start <= text.size();) {
    const size_t newline = std::min(text.find('\n', start), text.size());
    ParagraphFiller(text.substr(start, newline - start), max_width, language, width_of, lines)
        .fill();
    start = newline + 1;
  }
  return lines;
}

}  // namespace topline
