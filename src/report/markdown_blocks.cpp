#include "report/markdown_blocks.hpp"

#include <algorithm>
#include <md4c.h>

#include "report/character_reference.hpp"

namespace topline {

namespace {

constexpr size_t kNowhere = std::string::npos;

class BlockBuilder {
 public:
  BlockBuilder(const MarkdownPart& part, const std::string& source, const MarkedSource& marked,
               const SourceLines& lines, const FencedBlock& fenced, Diagnostics& faults)
      : part_(part),
        source_(source),
        marked_(marked),
        lines_(lines),
        fenced_(fenced),
        faults_(faults) {
    blocks_.emplace_back();  // the document
  }

  std::vector<Block> run() {
    MD_PARSER parser{};
    parser.flags = MD_FLAG_TABLES;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
      static_cast<BlockBuilder*>(self)->enter_block(type, detail);
      return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void* /*detail*/, void* self) {
      static_cast<BlockBuilder*>(self)->leave_block(type);
      return 0;
    };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) {
      static_cast<BlockBuilder*>(self)->enter_span(type, detail);
      return 0;
    };
    parser.leave_span = [](MD_SPANTYPE type, void* /*detail*/, void* self) {
      static_cast<BlockBuilder*>(self)->leave_span(type);
      return 0;
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* self) {
      static_cast<BlockBuilder*>(self)->text(type, std::string_view(text, size));
      return 0;
    };
    if (md_parse(part_.text.data(), static_cast<MD_SIZE>(part_.text.size()), &parser, this) != 0)
      faults_.error({lines_.file(), 0, 0, 0}, "the text could not be read as Markdown", "");
    return std::move(blocks_.front().children);
  }

 private:
  // ---- places

  // Offset in the file of a piece of the text that md4c hands out; kNowhere for its own strings.
  [[nodiscard]] size_t origin(std::string_view piece) const {
    const char* first = part_.text.data();
    if (piece.data() < first || piece.data() >= first + part_.text.size())
      return kNowhere;
    const auto at = static_cast<size_t>(piece.data() - first);
    return part_.origins == nullptr ? at : (*part_.origins)[at];
  }

  Place place_of(std::string_view piece) {
    const size_t at = origin(piece);
    if (at == kNowhere)
      return lines_.place(last_);
    last_ = std::max(last_, at);
    return lines_.place(at, piece.size());
  }

  // ---- blocks

  void open(BlockKind kind) {
    Block block;
    block.kind = kind;
    blocks_.push_back(std::move(block));
  }

  void close() {
    Block block = std::move(blocks_.back());
    blocks_.pop_back();
    if (block.place.line == 0)
      block.place = !block.children.empty() ? block.children.front().place : lines_.place(last_);
    blocks_.back().children.push_back(std::move(block));
  }

  void enter_block(MD_BLOCKTYPE type, void* detail) {
    if (type != MD_BLOCK_DOC)
      close_loose_text();
    switch (type) {
      case MD_BLOCK_DOC:
      case MD_BLOCK_THEAD:
      case MD_BLOCK_TBODY:
        in_head_ = type == MD_BLOCK_THEAD;
        break;
      case MD_BLOCK_QUOTE:
        open(BlockKind::quote);
        break;
      case MD_BLOCK_UL:
        open(BlockKind::list);
        blocks_.back().tight = static_cast<MD_BLOCK_UL_DETAIL*>(detail)->is_tight != 0;
        break;
      case MD_BLOCK_OL:
        open(BlockKind::list);
        blocks_.back().ordered = true;
        blocks_.back().tight = static_cast<MD_BLOCK_OL_DETAIL*>(detail)->is_tight != 0;
        blocks_.back().start = static_cast<int>(static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start);
        break;
      case MD_BLOCK_LI:
        open(BlockKind::item);
        break;
      case MD_BLOCK_HR:
        open(BlockKind::rule);
        break;
      case MD_BLOCK_H:
        open(BlockKind::heading);
        blocks_.back().level = static_cast<int>(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level);
        break;
      case MD_BLOCK_CODE:
        enter_code(*static_cast<MD_BLOCK_CODE_DETAIL*>(detail));
        break;
      case MD_BLOCK_HTML:
        html_.clear();
        html_place_ = {};
        in_html_ = true;
        break;
      case MD_BLOCK_P:
        open(BlockKind::paragraph);
        break;
      case MD_BLOCK_TABLE:
        open(BlockKind::table);
        break;
      case MD_BLOCK_TR:
        open(BlockKind::row);
        blocks_.back().head = in_head_;
        break;
      case MD_BLOCK_TH:
      case MD_BLOCK_TD:
        open(BlockKind::cell);
        blocks_.back().head = type == MD_BLOCK_TH;
        blocks_.back().align = "\0lcr"[static_cast<MD_BLOCK_TD_DETAIL*>(detail)->align];
        break;
    }
  }

  void leave_block(MD_BLOCKTYPE type) {
    while (!spans_.empty())
      close_span();
    close_loose_text();
    if (type == MD_BLOCK_DOC || type == MD_BLOCK_THEAD || type == MD_BLOCK_TBODY) {
      in_head_ = false;
      return;
    }
    if (type == MD_BLOCK_HTML) {
      in_html_ = false;
      refuse_html(html_, html_place_);
      return;
    }
    if (type == MD_BLOCK_CODE)
      leave_code();
    else
      close();
  }

  void enter_code(const MD_BLOCK_CODE_DETAIL& detail) {
    open(BlockKind::code);
    code_word_.assign(detail.lang.text == nullptr ? "" : detail.lang.text, detail.lang.size);
    code_fenced_ = detail.fence_char != 0;
    code_begin_ = kNowhere;
    code_end_ = 0;
    // md4c hands out no place of the fence itself: the info string is part of its line.
    const size_t info = detail.info.text == nullptr
                            ? kNowhere
                            : origin(std::string_view(detail.info.text, detail.info.size));
    const size_t at = info != kNowhere ? info : fence_after(last_);
    const size_t line = at == 0 ? 0 : source_.rfind('\n', at - 1) + 1;  // npos + 1 == 0
    last_ = std::max(last_, at);
    blocks_.back().place =
        lines_.place(line, std::min(source_.find('\n', line), source_.size()) - line);
  }

  // The next line at or behind `offset` that holds a fence with this block's word.
  [[nodiscard]] size_t fence_after(size_t offset) const {
    for (const char* fence : {"```", "~~~"}) {
      const size_t at = source_.find(fence + code_word_, offset);
      if (at != std::string::npos)
        return at;
    }
    return offset;
  }

  void leave_code() {
    Block& block = blocks_.back();
    if (code_begin_ != kNowhere) {
      last_ = std::max(last_, code_end_);
      const Place begin = lines_.place(code_begin_);
      if (!code_fenced_)
        block.place = begin;
    }
    const std::vector<std::string>& ours = fenced_words();
    if (!code_fenced_ || std::find(ours.begin(), ours.end(), code_word_) == ours.end()) {
      const std::string meant = code_fenced_ ? did_you_mean(code_word_, ours) : "";
      if (!code_word_.empty() && !meant.empty())
        faults_.warning(block.place, "a block of `" + code_word_ + "` is printed as it stands",
                        meant);
      close();
      return;
    }
    const Place fence = block.place;
    if (blocks_.size() != 2 || !fenced_) {
      faults_.error(fence, "a " + code_word_ + " stands within another block",
                    "it needs lines of its own, not indented and not in a list or a footnote");
      blocks_.pop_back();
      return;
    }
    blocks_.back() = fenced_(code_word_, fenced_content(), fence);
    close();
  }

  // The lines of the block as they stand in the file, behind as many line ends as precede them.
  [[nodiscard]] std::string fenced_content() const {
    if (code_begin_ == kNowhere)
      return {};
    const size_t first =
        code_begin_ == 0 ? 0 : source_.rfind('\n', code_begin_ - 1) + 1;  // npos + 1 == 0
    std::string content(static_cast<size_t>(lines_.place(first).line - 1), '\n');
    content += source_.substr(first, code_end_ - first);
    content += '\n';
    return content;
  }

  // A tight list's items hold text without a paragraph: it becomes one.
  void close_loose_text() {
    if (!loose_)
      return;
    loose_ = false;
    close();
  }

  Inlines& inlines() {
    if (!spans_.empty())
      return spans_.back().children;
    if (blocks_.back().kind == BlockKind::item) {
      open(BlockKind::paragraph);
      loose_ = true;
    }
    return blocks_.back().inlines;
  }

  // ---- spans and text

  void enter_span(MD_SPANTYPE type, void* detail) {
    inlines();  // a tight item's text may begin with a span
    Inline span;
    switch (type) {
      case MD_SPAN_EM:
        span.kind = InlineKind::emphasis;
        break;
      case MD_SPAN_STRONG:
        span.kind = InlineKind::strong;
        break;
      case MD_SPAN_A:
        span.kind = InlineKind::link;
        span.target = attribute(static_cast<MD_SPAN_A_DETAIL*>(detail)->href);
        break;
      case MD_SPAN_CODE:
        span.kind = InlineKind::code;
        break;
      case MD_SPAN_IMG:
        picture_ = attribute(static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src);
        break;
      default:
        break;
    }
    spans_.push_back(std::move(span));
    span_types_.push_back(type);
  }

  // md4c 0.4.8 may leave a span that it never entered, or leave none that it did enter, where
  // brackets and code overlap: spans close in order, and at the latest with their block.
  void leave_span(MD_SPANTYPE type) {
    if (std::find(span_types_.begin(), span_types_.end(), type) == span_types_.end())
      return;
    while (span_types_.back() != type)
      close_span();
    close_span();
  }

  void close_span() {
    const MD_SPANTYPE type = span_types_.back();
    span_types_.pop_back();
    Inline span = std::move(spans_.back());
    spans_.pop_back();
    span.place = span.children.empty() ? lines_.place(last_) : span.children.front().place;
    if (type == MD_SPAN_IMG) {
      faults_.error(span.place, "a report cannot hold the picture `" + picture_ + "`",
                    "figures are made by `figure` blocks");
      return;
    }
    if (type == MD_SPAN_CODE) {
      for (const Inline& child : span.children)
        span.text += child.text;
      span.children.clear();
    }
    if (type == MD_SPAN_A && span.target.find(kValueByte) != std::string::npos)
      refuse_value_in_address(span.place);
    inlines().push_back(std::move(span));
  }

  std::string attribute(const MD_ATTRIBUTE& value) {
    std::string result;
    if (value.text == nullptr)
      return result;
    for (size_t i = 0; value.substr_offsets[i] < value.size; ++i) {
      const std::string piece(value.text + value.substr_offsets[i],
                              value.substr_offsets[i + 1] - value.substr_offsets[i]);
      const std::optional<std::string> decoded =
          value.substr_types[i] == MD_TEXT_ENTITY ? decode_reference(piece) : std::nullopt;
      result += decoded.value_or(piece);
    }
    return result;
  }

  void add_text(std::string text, const Place& place) {
    Inlines& all = inlines();
    if (blocks_.back().place.line == 0)
      blocks_.back().place = place;
    if (!all.empty() && all.back().kind == InlineKind::text) {
      all.back().text += text;
      return;
    }
    all.push_back({InlineKind::text, std::move(text), {}, {}, {}, place});
  }

  void text(MD_TEXTTYPE type, std::string_view piece) {
    const Place place = place_of(piece);
    if (in_html_) {
      if (html_place_.line == 0)
        html_place_ = place;
      html_ += piece;
      return;
    }
    switch (type) {
      case MD_TEXT_NORMAL:
        normal_text(piece);
        break;
      case MD_TEXT_NULLCHAR:
        add_text("\xEF\xBF\xBD", place);
        break;
      case MD_TEXT_BR:
        inlines().push_back({InlineKind::line_break, {}, {}, {}, {}, place});
        break;
      case MD_TEXT_SOFTBR:
        add_text("\n", place);
        break;
      case MD_TEXT_ENTITY:
        if (const std::optional<std::string> decoded = decode_reference(piece))
          add_text(*decoded, place);
        else
          faults_.error(place, "`" + std::string(piece) + "` is not known here",
                        "write the character itself, or its number as in `&#8212;`");
        break;
      case MD_TEXT_CODE:
        code_text(piece, place);
        break;
      case MD_TEXT_HTML:
        refuse_html(std::string(piece), place);
        break;
      default:
        add_text(std::string(piece), place);
        break;
    }
  }

  void code_text(std::string_view piece, const Place& place) {
    const size_t at = origin(piece);
    // What was covered in a code block or span stands there as it was written.
    const std::string written =
        at == kNowhere ? std::string(piece) : source_.substr(at, piece.size());
    if (blocks_.back().kind != BlockKind::code) {
      add_text(written, place);
      return;
    }
    blocks_.back().text += written;
    if (at == kNowhere)
      return;
    code_begin_ = std::min(code_begin_, at);
    code_end_ = std::max(code_end_, at + piece.size());
  }

  // Text with covered values and footnotes in it.
  void normal_text(std::string_view piece) {
    for (size_t done = 0; done < piece.size();) {
      const char c = piece[done];
      if (c != kValueByte && c != kFootnoteByte) {
        const size_t next = std::min(piece.find_first_of("\x01\x02", done), piece.size());
        const std::string_view plain = piece.substr(done, next - done);
        add_text(std::string(plain), place_of(plain));
        done = next;
        continue;
      }
      done += covered_mark(piece.substr(done));
    }
  }

  // The mark at the beginning of `piece`; returns its length.
  size_t covered_mark(std::string_view piece) {
    const size_t at = origin(piece);
    Inline mark;
    if (const auto value = marked_.values.find(at); value != marked_.values.end()) {
      mark.kind = InlineKind::value;
      mark.value = value->second;
      mark.place = lines_.place(at, source_.find("}}", at) + 2 - at);
      if (in_link_address(at))
        refuse_value_in_address(mark.place);
    } else if (const auto note = marked_.footnote_marks.find(at);
               note != marked_.footnote_marks.end()) {
      mark.kind = InlineKind::footnote;
      mark.target = note->second;
      mark.place = lines_.place(at, note->second.size() + 3);
    } else {
      return 1;  // the rest of a mark
    }
    Inlines& all = inlines();
    if (blocks_.back().place.line == 0)
      blocks_.back().place = mark.place;
    all.push_back(std::move(mark));
    return 1;
  }

  // Whether what stands at `at` follows "](" without a space: a link that the value has broken.
  [[nodiscard]] bool in_link_address(size_t at) const {
    const size_t before = at == 0 ? kNowhere : source_.find_last_of(" \t\n()", at - 1);
    return before != kNowhere && before > 0 && source_[before] == '(' && source_[before - 1] == ']';
  }

  void refuse_value_in_address(const Place& place) {
    faults_.error(place, "a link's address cannot hold a value", "write the address out");
  }

  void refuse_html(const std::string& html, const Place& place) {
    if (html.starts_with("<!--"))
      return;  // a remark of the writer's
    faults_.error(place, "a report takes no HTML",
                  "use Markdown; a plain `<` is written `\\<`, a remark `<!-- … -->`");
  }

  const MarkdownPart& part_;
  const std::string& source_;
  const MarkedSource& marked_;
  const SourceLines& lines_;
  const FencedBlock& fenced_;
  Diagnostics& faults_;

  std::vector<Block> blocks_;  // the open ones, outermost first
  Inlines spans_;              // the open ones
  std::vector<MD_SPANTYPE> span_types_;
  size_t last_ = 0;  // the offset in the file that was reached
  bool loose_ = false;
  bool in_head_ = false;
  bool in_html_ = false;
  std::string html_;
  Place html_place_;
  std::string picture_;
  std::string code_word_;
  bool code_fenced_ = false;
  size_t code_begin_ = kNowhere;
  size_t code_end_ = 0;
};

}  // namespace

const std::vector<std::string>& fenced_words() {
  static const std::vector<std::string> words = {"figure", "table", "findings", "about"};
  return words;
}

std::vector<Block> read_blocks(const MarkdownPart& part, const std::string& source,
                               const MarkedSource& marked, const SourceLines& lines,
                               const FencedBlock& fenced, Diagnostics& faults) {
  return BlockBuilder(part, source, marked, lines, fenced, faults).run();
}

}  // namespace topline
