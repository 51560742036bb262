#include "text/po_file.hpp"

#include <algorithm>

namespace topline {

namespace {

// Gettext's own separator between context and id.
constexpr char kContextEnd = '\x04';

std::string key(std::string_view context, bool has_context, std::string_view id) {
  return has_context ? std::string(context) + kContextEnd + std::string(id) : std::string(id);
}

}  // namespace

bool PoEntry::translated() const {
  if (fuzzy)
    return false;
  if (id_plural.empty())
    return !text.empty();
  return !plural_texts.empty() &&
         std::none_of(plural_texts.begin(), plural_texts.end(),
                      [](const std::string& form) { return form.empty(); });
}

void PoFile::index() {
  by_key_.clear();
  for (size_t i = 0; i < entries.size(); ++i)
    by_key_.emplace(key(entries[i].context, entries[i].has_context, entries[i].id), i);
}

const PoEntry* PoFile::find(std::string_view id) const {
  const auto found = by_key_.find(id);
  return found == by_key_.end() ? nullptr : &entries[found->second];
}

const PoEntry* PoFile::find(std::string_view context, std::string_view id) const {
  return find(key(context, true, id));
}

std::string_view PoFile::header_field(std::string_view name) const {
  for (const auto& [field, value] : header)
    if (field == name)
      return value;
  return {};
}

}  // namespace topline
