#include "report/source_marks.hpp"

#include <algorithm>

namespace topline {

namespace {

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

std::string_view line_at(std::string_view text, size_t begin) {
  const size_t end = std::min(text.find('\n', begin), text.size());
  return text.substr(begin, end - begin);
}

// The character and length of a fence that `line` opens; length 0: it opens none.
struct Fence {
  char mark = 0;
  size_t length = 0;
};

Fence fence_of(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t>"), line.size()));
  if (line.empty() || (line[0] != '`' && line[0] != '~'))
    return {};
  const size_t length = std::min(line.find_first_not_of(line[0]), line.size());
  if (length < 3 || (line[0] == '`' && line.find('`', length) != std::string_view::npos))
    return {};
  return {line[0], length};
}

bool closes(const Fence& open, std::string_view line) {
  const Fence fence = fence_of(line);
  if (fence.mark != open.mark || fence.length < open.length)
    return false;
  return is_blank(line.substr(line.find(open.mark) + fence.length));
}

// The offset behind the code span that begins at `at`, or behind its backticks when nothing
// closes it in the same paragraph.
size_t skip_code_span(std::string_view text, size_t at) {
  const size_t length = std::min(text.find_first_not_of('`', at), text.size()) - at;
  for (size_t i = at + length; i < text.size();) {
    if (text[i] == '\n' && is_blank(line_at(text, i + 1)))
      break;
    if (text[i] != '`') {
      ++i;
      continue;
    }
    const size_t run = std::min(text.find_first_not_of('`', i), text.size()) - i;
    i += run;
    if (run == length)
      return i;
  }
  return at + length;
}

// The offset of "}}" that closes the value opened at `at`, in the same paragraph.
size_t value_end(std::string_view text, size_t at) {
  bool quoted = false;
  for (size_t i = at + 2; i + 1 < text.size(); ++i) {
    if (text[i] == '"')
      quoted = !quoted;
    if (text[i] == '\n' && is_blank(line_at(text, i + 1)))
      break;
    if (!quoted && text[i] == '}' && text[i + 1] == '}')
      return i;
  }
  return std::string_view::npos;
}

// The offset of the blank line that ends the paragraph around `at`.
size_t paragraph_end(std::string_view text, size_t at) {
  for (size_t i = text.find('\n', at); i != std::string_view::npos; i = text.find('\n', i + 1))
    if (is_blank(line_at(text, i + 1)))
      return i;
  return text.size();
}

// "[^name]" at `at`: the length of the mark, or 0.
size_t footnote_mark(std::string_view text, size_t at) {
  if (text.substr(at, 2) != "[^")
    return 0;
  const size_t end = text.find_first_of("] \t\r\n[", at + 2);
  if (end == std::string_view::npos || text[end] != ']' || end == at + 2)
    return 0;
  return end + 1 - at;
}

class Marker {
 public:
  Marker(const std::string& text, const SourceLines& lines, Diagnostics& faults)
      : text_(text), lines_(lines), faults_(faults) {
    marked_.covered = text;
  }

  MarkedSource run() {
    mark_inlines();
    take_footnotes();
    return std::move(marked_);
  }

 private:
  void cover(size_t begin, size_t length, char with) {
    std::fill_n(marked_.covered.begin() + static_cast<std::ptrdiff_t>(begin), length, with);
  }

  void mark_inlines() {
    Fence open;
    size_t opened = 0;
    for (size_t at = 0; at < text_.size();) {
      if (at == 0 || text_[at - 1] == '\n') {
        const std::string_view line = line_at(text_, at);
        const bool was_open = open.length > 0;
        if (was_open && closes(open, line))
          open = {};
        else if (!was_open) {
          open = fence_of(line);
          opened = at;
        }
        if (was_open || open.length > 0) {
          fenced_.push_back(at);
          at += line.size() + 1;
          continue;
        }
      }
      at = mark_one(at);
    }
    if (open.length > 0)
      faults_.error(
          lines_.place(opened, line_at(text_, opened).size()), "this block is never closed",
          "it ends with a line that holds nothing but " + std::string(open.length, open.mark));
  }

  // What begins at `at`; returns where to go on.
  size_t mark_one(size_t at) {
    const char c = text_[at];
    if (c == '\\' && at + 1 < text_.size() && text_[at + 1] != '\n')
      return at + 2;
    if (c == '`')
      return skip_code_span(text_, at);
    if (c == kValueByte || c == kFootnoteByte) {
      faults_.error(lines_.place(at), "a control character stands here", "delete it");
      cover(at, 1, ' ');
      return at + 1;
    }
    if (text_.compare(at, 2, "{{") == 0)
      return mark_value(at);
    const bool line_start = at == 0 || text_[at - 1] == '\n';
    const size_t length = footnote_mark(text_, at);
    if (length == 0)
      return at + 1;
    if (!line_start || text_.compare(at + length, 1, ":") != 0) {
      marked_.footnote_marks.emplace(at, text_.substr(at + 2, length - 3));
      cover(at, length, kFootnoteByte);
    }
    return at + length;
  }

  size_t mark_value(size_t at) {
    if (at < unclosed_until_)
      return at + 2;  // told at the first of the paragraph
    const size_t end = value_end(text_, at);
    if (end == std::string::npos) {
      unclosed_until_ = paragraph_end(text_, at);
      faults_.error(lines_.place(at, 2), "this value is never closed",
                    "a value ends with `}}`; plain braces are written `\\{{`");
      return at + 2;
    }
    const std::string_view inside = std::string_view(text_).substr(at + 2, end - at - 2);
    marked_.values.emplace(at, read_value(inside, lines_.place(at + 2, inside.size()), faults_));
    cover(at, end + 2 - at, kValueByte);
    return end + 2;
  }

  // Definitions leave the text, each with the indented lines below it.
  void take_footnotes() {
    for (size_t at = 0; at < text_.size();) {
      const std::string_view line = line_at(text_, at);
      const size_t mark = footnote_mark(text_, at);
      if (mark == 0 || text_.compare(at + mark, 1, ":") != 0 ||
          std::binary_search(fenced_.begin(), fenced_.end(), at)) {
        at += line.size() + 1;
        continue;
      }
      at = take_footnote(at, mark);
    }
  }

  size_t take_footnote(size_t at, size_t mark) {
    FootnoteSource note{text_.substr(at + 2, mark - 3), at, {}, {}};
    size_t next = at;
    bool after_blank = false;
    for (bool first = true; next < text_.size(); first = false) {
      const std::string_view line = line_at(text_, next);
      size_t skip = first ? mark + 1 : 0;
      while (skip < line.size() && line[skip] == ' ' && (first || skip < 4))
        ++skip;
      const bool blank = is_blank(line.substr(std::min(skip, line.size())));
      const bool another = footnote_mark(text_, next) > 0 || line.starts_with('#') ||
                           (skip < 4 && fence_of(line).length > 0);
      if (!first && !blank && skip < 4 && (after_blank || another))
        break;
      for (size_t i = next + skip; i <= next + line.size() && i < text_.size(); ++i) {
        note.text += marked_.covered[i];
        note.origins.push_back(i);
      }
      cover(next, line.size(), ' ');
      if (next + line.size() < text_.size())
        marked_.covered[next + line.size()] = '\n';  // a value may have covered it
      after_blank = !first && blank;
      next += line.size() + 1;
    }
    marked_.footnotes.push_back(std::move(note));
    return next;
  }

  const std::string& text_;
  const SourceLines& lines_;
  Diagnostics& faults_;
  MarkedSource marked_;
  size_t unclosed_until_ = 0;   // the end of a paragraph in which a value is never closed
  std::vector<size_t> fenced_;  // offsets of the lines of fenced blocks
};

Place within(const Place& place, size_t offset, size_t length) {
  if (place.column == 0)
    return place;
  return {place.file, place.line, place.column + static_cast<int>(offset),
          static_cast<int>(length)};
}

// The last `:` outside of quotes, or npos.
size_t format_colon(std::string_view text) {
  bool quoted = false;
  size_t found = std::string_view::npos;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"')
      quoted = !quoted;
    else if (text[i] == ':' && !quoted)
      found = i;
  }
  return found;
}

std::string_view trimmed(std::string_view text, size_t& cut_before) {
  cut_before = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  text.remove_prefix(cut_before);
  return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}

void apply_format(std::string_view word, const Place& place, ValueText& value,
                  Diagnostics& faults) {
  if (word == "points")
    value.unit = ValueUnit::points;
  else if (word == "count")
    value.unit = ValueUnit::count;
  else if (word.size() == 1 && word[0] >= '0' && word[0] <= '6')
    value.decimals = word[0] - '0';
  else
    faults.error(place, "there is no format `" + std::string(word) + "`",
                 "formats are `:points`, `:count` and a number of decimals from `:0` to `:6`");
}

}  // namespace

SourceLines::SourceLines(std::string_view text, std::string file) : file_(std::move(file)) {
  starts_.push_back(0);
  for (size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n')
      starts_.push_back(i + 1);
}

Place SourceLines::place(size_t offset, size_t length) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const auto line = after - starts_.begin();
  return {file_, static_cast<int>(line), static_cast<int>(offset - *(after - 1)) + 1,
          static_cast<int>(length)};
}

MarkedSource mark_source(const std::string& text, const SourceLines& lines, Diagnostics& faults) {
  return Marker(text, lines, faults).run();
}

ValueText read_value(std::string_view inside, const Place& place, Diagnostics& faults) {
  ValueText value;
  size_t begin = 0;
  std::string_view expression = trimmed(inside, begin);
  // Formats stand at the end, each behind a colon; the language itself has no colons.
  for (size_t colon = format_colon(expression); colon != std::string_view::npos;
       colon = format_colon(expression)) {
    size_t before = 0;
    const std::string_view word = trimmed(expression.substr(colon + 1), before);
    apply_format(word, within(place, begin + colon, word.size() + before + 1), value, faults);
    expression = expression.substr(0, colon);
    expression = expression.substr(0, expression.find_last_not_of(" \t\r\n") + 1);
  }
  value.expression = expression;
  value.place = within(place, begin, expression.size());
  if (expression.empty())
    faults.error(place, "this value is empty", "write an expression, as in `{{ share(Q1 == a) }}`");
  return value;
}

Inlines read_values(const std::string& text, const Place& place, Diagnostics& faults) {
  Inlines pieces;
  auto add_text = [&](std::string_view piece, size_t offset) {
    if (!piece.empty())
      pieces.push_back(
          {InlineKind::text, std::string(piece), {}, {}, {}, within(place, offset, piece.size())});
  };
  size_t done = 0;
  for (size_t at = text.find("{{"); at != std::string::npos; at = text.find("{{", done)) {
    const size_t end = value_end(text, at);
    if (end == std::string::npos) {
      faults.error(within(place, at, 2), "this value is never closed", "a value ends with `}}`");
      break;
    }
    add_text(std::string_view(text).substr(done, at - done), done);
    const std::string_view inside = std::string_view(text).substr(at + 2, end - at - 2);
    Inline piece;
    piece.kind = InlineKind::value;
    piece.place = within(place, at, end + 2 - at);
    piece.value = read_value(inside, within(place, at + 2, inside.size()), faults);
    pieces.push_back(std::move(piece));
    done = end + 2;
  }
  add_text(std::string_view(text).substr(done), done);
  return pieces;
}

}  // namespace topline
