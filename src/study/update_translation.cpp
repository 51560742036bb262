#include "study/update_translation.hpp"

#include <map>
#include <set>

#include "study/translations.hpp"
#include "text/po_file.hpp"

namespace topline {

namespace {

PoFile begin_file(const OpenStudy& study, const std::string& language) {
  PoFile file;
  file.header_comments = {study.study.title + ": " + language};
  file.header = {{"Language", language},
                 {"MIME-Version", "1.0"},
                 {"Content-Type", "text/plain; charset=UTF-8"},
                 {"Content-Transfer-Encoding", "8bit"}};
  return file;
}

// The entry for a text: as it is, or from its context's earlier original, fuzzy.
PoEntry entry_for(const PoFile& old, const std::map<std::string, const PoEntry*>& by_context,
                  const std::string& context, const std::string& text, const Place& place) {
  PoEntry entry;
  if (const PoEntry* same = old.find(context, text)) {
    entry = *same;
  } else if (const auto changed = by_context.find(context); changed != by_context.end()) {
    entry = *changed->second;
    entry.fuzzy = !entry.text.empty();
  }
  entry.context = context;
  entry.has_context = true;
  entry.id = text;
  entry.references = {place.file};
  return entry;
}

}  // namespace

std::string updated_translation(const OpenStudy& study, const std::string& language,
                                Diagnostics& faults) {
  PoFile old = begin_file(study, language);
  if (const std::optional<std::string> text = translation_text(study, language, faults))
    old = parse_po(*text, translation_file(language), faults);
  if (faults.has_errors())
    return {};
  std::map<std::string, const PoEntry*> by_context;
  for (const PoEntry& entry : old.entries)
    by_context.emplace(entry.context, &entry);

  PoFile updated;
  updated.header = old.header;
  updated.header_comments = old.header_comments;
  std::set<std::string> used;
  OpenStudy visited = study;
  visit_texts(visited, [&](const std::string& context, std::string& text, const Place& place) {
    if (used.insert(context).second)
      updated.entries.push_back(entry_for(old, by_context, context, text, place));
  });
  for (const PoEntry& entry : old.entries) {
    if (used.contains(entry.context))
      continue;
    updated.entries.push_back(entry);
    updated.entries.back().fuzzy = true;
    updated.entries.back().references.clear();
  }
  return write_po(updated);
}

}  // namespace topline
