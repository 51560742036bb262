#include "text/messages.hpp"

#include <algorithm>
#include <map>

#include "text/embedded_po.hpp"
#include "text/po_file.hpp"

namespace topline {

namespace {

// Calls `literal` for text between placeholders and `placeholder` for the names in braces.
template <typename Literal, typename Placeholder>
void walk_pattern(std::string_view pattern, const Literal& literal,
                  const Placeholder& placeholder) {
  for (size_t at = 0; at < pattern.size();) {
    const char c = pattern[at];
    const bool doubled = (c == '{' || c == '}') && pattern.substr(at + 1).starts_with(c);
    const size_t close = c == '{' && !doubled ? pattern.find('}', at) : std::string_view::npos;
    if (close != std::string_view::npos) {
      placeholder(pattern.substr(at + 1, close - at - 1));
      at = close + 1;
    } else {
      literal(c);
      at += doubled ? 2 : 1;
    }
  }
}

std::string joined(const EmbeddedPo& embedded) {
  std::string text;
  for (size_t i = 0; i < embedded.count; ++i) {
    if (i > 0)
      text += "\n\n";
    text += embedded.pieces[i];
  }
  return text;
}

// Every catalogue that the build embedded, by its language tag.
const std::map<std::string, PoFile, std::less<>>& embedded_catalogues() {
  static const auto catalogues = [] {
    std::map<std::string, PoFile, std::less<>> all;
    for (size_t i = 0; i < kEmbeddedPoCount; ++i) {
      const EmbeddedPo& embedded = kEmbeddedPo[i];
      Diagnostics faults;  // a test reads each po file and wants none
      all.emplace(embedded.language, parse_po(joined(embedded), "", faults));
    }
    return all;
  }();
  return catalogues;
}

}  // namespace

std::string fill_placeholders(std::string_view pattern,
                              const std::vector<MessageArgument>& arguments) {
  std::string text;
  walk_pattern(
      pattern, [&](char c) { text += c; },
      [&](std::string_view name) {
        const auto found =
            std::find_if(arguments.begin(), arguments.end(),
                         [&](const MessageArgument& argument) { return argument.name == name; });
        if (found != arguments.end())
          text += found->value;
        else
          text.append("{").append(name).append("}");
      });
  return text;
}

std::vector<std::string> placeholder_names(std::string_view pattern) {
  std::vector<std::string> names;
  walk_pattern(
      pattern, [](char) {}, [&](std::string_view name) { names.emplace_back(name); });
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

Messages Messages::for_language(const Language& language) {
  const auto& all = embedded_catalogues();
  auto found = all.find(language.tag());
  if (found == all.end())
    found = all.find(language.code());
  if (found == all.end())
    return {language, nullptr};
  return {language, &found->second};
}

std::string Messages::text(MessageId id) const {
  const PoEntry* entry = catalogue_ != nullptr ? catalogue_->find(id.id()) : nullptr;
  return entry != nullptr && entry->translated() ? entry->text : std::string(id.id());
}

std::string Messages::format(MessageId id, const std::vector<MessageArgument>& arguments) const {
  return fill_placeholders(text(id), arguments);
}

std::string Messages::format(PluralMessageId id, uint64_t n,
                             const std::vector<MessageArgument>& arguments) const {
  const PoEntry* entry = catalogue_ != nullptr ? catalogue_->find(id.one()) : nullptr;
  if (entry == nullptr || !entry->translated() || entry->plural_texts.empty())
    return fill_placeholders(n == 1 ? id.one() : id.many(), arguments);
  const auto form = static_cast<size_t>(catalogue_->plural_forms.index_for(n));
  return fill_placeholders(entry->plural_texts[std::min(form, entry->plural_texts.size() - 1)],
                           arguments);
}

std::vector<std::string> Messages::shipped() {
  std::vector<std::string> tags;
  for (const auto& [tag, file] : embedded_catalogues())
    tags.push_back(tag);
  return tags;
}

}  // namespace topline
