#include <filesystem>

#include "base/files.hpp"
#include "study/open_study.hpp"
#include "study/translations.hpp"

namespace topline {

OpenStudy in_language(const OpenStudy& study, const std::string& language, Diagnostics& faults) {
  OpenStudy edition = study;
  if (language == study.study.language)
    return edition;
  std::optional<std::string> text = translation_text(study, language, faults);
  if (!text)
    return edition;
  const std::string file = translation_file(language);
  const PoFile translations = parse_po(*text, file, faults);
  edition.files[file] = std::move(*text);
  visit_texts(edition, [&](const std::string& context, std::string& original, const Place&) {
    const PoEntry* entry = translations.find(context, original);
    if (entry != nullptr && entry->translated())
      original = entry->text;
  });
  return edition;
}

std::string translation_file(const std::string& language) {
  return "locale/" + language + ".po";
}

std::optional<std::string> translation_text(const OpenStudy& study, const std::string& language,
                                            Diagnostics& faults) {
  const std::string file = translation_file(language);
  if (const auto known = study.files.find(file); known != study.files.end())
    return known->second;
  std::error_code ignored;
  if (!std::filesystem::exists(study.path(file), ignored))
    return std::nullopt;
  Result<std::string> text = read_file(study.path(file), file);
  if (text)
    return std::move(*text);
  faults.add(text.fault());
  return std::nullopt;
}

}  // namespace topline
