// Gettext's PO files: what translators' tools read and write. Only UTF-8 is taken.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.hpp"
#include "text/plural_forms.hpp"

namespace topline {

struct PoEntry {
  std::string context;  // msgctxt; `has_context` tells "" from none
  bool has_context = false;
  std::string id;                         // msgid
  std::string text;                       // msgstr; empty when not translated
  std::string id_plural;                  // msgid_plural, empty when there is none
  std::vector<std::string> plural_texts;  // msgstr[0], msgstr[1], … when there is a plural
  bool fuzzy = false;
  std::vector<std::string> flags;       // of "#,", without fuzzy
  std::vector<std::string> comments;    // translators' comments, "# " taken off
  std::vector<std::string> extracted;   // "#." comments for the translator
  std::vector<std::string> references;  // "#:" lines
  int line = 0;                         // of msgid (or msgctxt), from 1
  int text_line = 0;                    // of msgstr, where a fault in the translation is reported

  // True when there is a translation to use: a text (every plural form) and not fuzzy.
  [[nodiscard]] bool translated() const;
};

class PoFile {
 public:
  std::vector<PoEntry> entries;  // in the order of the file, without header and obsolete ones
  std::vector<std::pair<std::string, std::string>> header;  // "Language" → "ja", in order
  std::vector<std::string> header_comments;
  PluralForms plural_forms;  // from the header; English when it has none

  // The entry without context, or with it, or nullptr. parse_po() has indexed the entries; after
  // changing `entries` call index() again.
  [[nodiscard]] const PoEntry* find(std::string_view id) const;
  [[nodiscard]] const PoEntry* find(std::string_view context, std::string_view id) const;
  void index();

  // The header's field of that name, or an empty view.
  [[nodiscard]] std::string_view header_field(std::string_view name) const;

 private:
  std::map<std::string, size_t, std::less<>> by_key_;
};

// Reads `text`, the content of the file that the user knows as `shown_path`. Faults (bad syntax,
// an entry given twice, bytes that are not UTF-8, a charset other than UTF-8 or none, wrong
// plural forms) go to `diagnostics` with line and column; what could be read is returned.
PoFile parse_po(std::string_view text, const std::string& shown_path, Diagnostics& diagnostics);

// The file as text, always the same for the same content: header first, entries in order, one
// empty line between them, strings broken after "\n". parse_po(write_po(file)) gives `file`.
std::string write_po(const PoFile& file);

}  // namespace topline
