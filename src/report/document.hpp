// report/<lang>.md as a tree of blocks, every piece with its place in the file. Only the text is
// read here: names are resolved by check_report, numbers are computed by render_report.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "figure/figure_model.hpp"
#include "instrument/yaml.hpp"
#include "tabulation/plan.hpp"

namespace topline {

enum class ValueUnit {
  natural,  // what the expression gives: shares as percentages, bases as counts, …
  points,   // percentage points
  count,    // a plain count
};

// {{ share(Q17 == open) :1 }}
struct ValueText {
  std::string expression;  // without the format; "study.title" for an entry of study.yaml
  Place place;             // of the expression
  ValueUnit unit = ValueUnit::natural;
  std::optional<int> decimals;

  // The entry of study.yaml that is meant ("title"), or empty.
  [[nodiscard]] std::string_view study_entry() const;
};

enum class InlineKind {
  text,
  strong,
  emphasis,
  code,
  link,
  line_break,
  value,
  footnote,  // a reference; `target` is the footnote's name
};

struct Inline {
  InlineKind kind = InlineKind::text;
  std::string text;    // text, code
  std::string target;  // link, footnote
  std::vector<Inline> children;
  std::optional<ValueText> value;
  Place place;
};

using Inlines = std::vector<Inline>;

// A figure or a table, as its fenced block describes it.
struct ExhibitText {
  bool table = false;
  bool unreadable = false;  // no YAML, or no map: told when it was read
  std::string id;
  std::string number;  // "2a"; empty: counted
  Inlines title;
  Inlines note;
  std::vector<FormulaText> show;
  std::vector<FormulaText> by;
  std::vector<FormulaText> only;
  std::optional<FormulaText> where;
  std::optional<FormulaText> net;
  std::optional<FormulaText> planned;  // `table:` names a table of tables.yaml
  std::optional<std::string> as;       // a word of exhibit_kinds()
  std::optional<Percentages> percent;
  std::optional<SortOrder> sort;
  std::optional<DontKnow> dont_know;
  std::string base;
  Place place;     // of the fence
  Place id_place;  // of the id, or of the fence
  Place as_place;
  Place title_place;
};

// bars, grouped, stacked, segments, heat, panels
const std::vector<std::string>& exhibit_kinds();

struct FindingText {
  ValueText value;
  Inlines text;
  std::string show;  // id of a figure, or empty
  Place show_place;
};

enum class BlockKind {
  heading,
  paragraph,
  list,
  item,
  quote,
  rule,
  code,
  table,  // a Markdown table: rows of cells
  row,
  cell,
  exhibit,
  findings,
  about,
};

struct Block {
  BlockKind kind = BlockKind::paragraph;
  int level = 0;         // heading: 1 to 6
  std::string anchor;    // heading: unique in the document
  bool ordered = false;  // list
  bool tight = false;    // list: items without paragraphs of their own
  int start = 1;         // ordered list
  bool head = false;     // row, cell
  char align = 0;        // cell: 'l', 'c', 'r', or 0
  std::string text;      // code
  size_t index = 0;      // exhibit, findings: position in the document's list
  Inlines inlines;       // heading, paragraph, cell
  std::vector<Block> children;
  Place place;
};

struct Footnote {
  std::string name;
  std::vector<Block> blocks;
  Place place;
};

struct Document {
  std::string file;
  std::vector<Block> blocks;
  std::vector<ExhibitText> exhibits;  // in the order of the text
  std::vector<std::vector<FindingText>> findings;
  std::vector<Footnote> footnotes;  // in the order of their first reference
  bool has_about = false;
};

// Parses CommonMark with tables, footnotes and our fenced blocks. `file` is the path shown in
// diagnostics. Faults of form (unknown keys, HTML, pictures, values that are never closed) go to
// `faults`; what could be read is returned even so.
Document parse_report(const std::string& original, const std::string& file, Diagnostics& faults);

// The words of a run of inlines without their markup; values as they are written.
std::string plain_text(const Inlines& inlines);

// Calls `visit` for every value of the document, in titles, notes and findings too.
void visit_values(const Document& document, const std::function<void(const ValueText&)>& visit);

// Calls `visit` for every inline of the document, children after their parent.
void visit_inlines(const Document& document, const std::function<void(const Inline&)>& visit);

}  // namespace topline
