#include <algorithm>
#include <set>

#include "report/document.hpp"
#include "report/exhibit_reader.hpp"
#include "report/markdown_blocks.hpp"
#include "report/source_marks.hpp"
#include "text/utf8.hpp"

namespace topline {

namespace {

// A heading's address, as Markdown viewers make it: letters and digits of any script in lower
// case, spaces as hyphens, other punctuation left out.
std::string anchor_of(const std::string& heading) {
  std::string anchor;
  for (const char c : heading) {
    if (c >= 'A' && c <= 'Z')
      anchor += static_cast<char>(c - 'A' + 'a');
    else if (c == ' ' || c == '\n' || c == '-')
      anchor += '-';
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80) != 0)
      anchor += c;
  }
  return anchor.empty() ? "section" : anchor;
}

// Gives every heading an address that neither another heading nor a figure has.
void set_anchors(Document& document) {
  std::set<std::string> taken;
  for (const ExhibitText& exhibit : document.exhibits)
    taken.insert(exhibit.id);
  for (Block& block : document.blocks) {
    if (block.kind != BlockKind::heading)
      continue;
    const std::string wanted = anchor_of(plain_text(block.inlines));
    block.anchor = wanted;
    for (int i = 2; !taken.insert(block.anchor).second; ++i)
      block.anchor = wanted + "-" + std::to_string(i);
  }
}

void check_headings(const Document& document, Diagnostics& faults) {
  int before = 1;
  for (const Block& block : document.blocks) {
    if (block.kind != BlockKind::heading)
      continue;
    if (block.level == 1)
      faults.warning(block.place, "the report's title comes from study.yaml",
                     "sections begin with `## `");
    else if (block.level > before + 1)
      faults.warning(
          block.place,
          "a heading of level " + std::to_string(block.level) + " follows one of level " +
              std::to_string(before),
          "readers who listen to a page count on levels; use level " + std::to_string(before + 1));
    before = std::max(2, block.level);
  }
}

// Footnotes in the order of their first reference; the others are told of.
void order_footnotes(Document& document, Diagnostics& faults) {
  std::vector<Footnote> ordered;
  std::set<std::string> missing;
  std::vector<Footnote>& all = document.footnotes;
  visit_inlines(document, [&](const Inline& piece) {
    if (piece.kind != InlineKind::footnote)
      return;
    const auto same = [&](const Footnote& note) { return note.name == piece.target; };
    if (std::any_of(ordered.begin(), ordered.end(), same))
      return;
    const auto found = std::find_if(all.begin(), all.end(), same);
    if (found != all.end())
      ordered.push_back(*found);
    else if (missing.insert(piece.target).second)
      faults.error(piece.place, "there is no footnote `" + piece.target + "`",
                   "write it on a line of its own: `[^" + piece.target + "]: …`");
  });
  for (const Footnote& note : all) {
    const auto same = [&](const Footnote& other) { return other.name == note.name; };
    if (std::count_if(all.begin(), all.end(), same) > 1)
      faults.error(note.place, "the footnote `" + note.name + "` is written more than once", "");
    else if (std::none_of(ordered.begin(), ordered.end(), same))
      faults.warning(note.place, "nothing refers to the footnote `" + note.name + "`",
                     "refer to it by `[^" + note.name + "]`");
  }
  all = std::move(ordered);
}

void visit_inline(const Inline& piece, const std::function<void(const Inline&)>& visit) {
  visit(piece);
  for (const Inline& child : piece.children)
    visit_inline(child, visit);
}

}  // namespace

Document parse_report(const std::string& original, const std::string& file, Diagnostics& faults) {
  Document document;
  document.file = file;
  std::string text = original;
  if (text.starts_with("\xEF\xBB\xBF"))
    text.replace(0, 3, "");
  const SourceLines lines(text, file);
  if (const std::optional<size_t> bad = first_invalid_utf8(text)) {
    faults.error(lines.place(*bad), "these bytes are not UTF-8", "save the file as UTF-8");
    return document;
  }
  const MarkedSource marked = mark_source(text, lines, faults);
  const FencedBlock fenced = [&](const std::string& word, const std::string& content,
                                 const Place& fence) {
    Block block;
    block.place = fence;
    if (word == "about") {
      block.kind = BlockKind::about;
      document.has_about = true;
    } else if (word == "findings") {
      block.kind = BlockKind::findings;
      block.index = document.findings.size();
      document.findings.push_back(read_findings(content, fence, faults));
    } else {
      block.kind = BlockKind::exhibit;
      block.index = document.exhibits.size();
      document.exhibits.push_back(read_exhibit(content, word == "table", fence, faults));
    }
    return block;
  };
  document.blocks = read_blocks({marked.covered, nullptr}, text, marked, lines, fenced, faults);
  for (const FootnoteSource& note : marked.footnotes)
    document.footnotes.push_back(
        {note.name, read_blocks({note.text, &note.origins}, text, marked, lines, {}, faults),
         lines.place(note.offset, note.name.size() + 4)});
  if (document.blocks.empty())
    faults.warning({file, 0, 0, 0}, "this report says nothing yet",
                   "write it in Markdown; `topline new` shows how one begins");
  order_footnotes(document, faults);
  set_anchors(document);
  check_headings(document, faults);
  return document;
}

std::string_view ValueText::study_entry() const {
  constexpr std::string_view prefix = "study.";
  const std::string_view text = expression;
  return text.starts_with(prefix) ? text.substr(prefix.size()) : std::string_view();
}

std::string plain_text(const Inlines& inlines) {
  std::string text;
  for (const Inline& piece : inlines) {
    if (piece.kind == InlineKind::line_break)
      text += ' ';
    else if (piece.kind == InlineKind::value)
      text += piece.value->expression;
    else
      text += piece.text + plain_text(piece.children);
  }
  return text;
}

void visit_inlines(const Document& document, const std::function<void(const Inline&)>& visit) {
  const auto run = [&](const Inlines& inlines) {
    for (const Inline& piece : inlines)
      visit_inline(piece, visit);
  };
  const std::function<void(const std::vector<Block>&)> walk =
      [&](const std::vector<Block>& blocks) {
        for (const Block& block : blocks) {
          run(block.inlines);
          if (block.kind == BlockKind::exhibit) {
            run(document.exhibits[block.index].title);
            run(document.exhibits[block.index].note);
          }
          if (block.kind == BlockKind::findings)
            for (const FindingText& finding : document.findings[block.index])
              run(finding.text);
          walk(block.children);
        }
      };
  walk(document.blocks);
  for (const Footnote& note : document.footnotes)
    walk(note.blocks);
}

void visit_values(const Document& document, const std::function<void(const ValueText&)>& visit) {
  for (const std::vector<FindingText>& findings : document.findings)
    for (const FindingText& finding : findings)
      visit(finding.value);
  visit_inlines(document, [&](const Inline& piece) {
    if (piece.kind == InlineKind::value)
      visit(*piece.value);
  });
}

}  // namespace topline
