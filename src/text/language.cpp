#include "text/language.hpp"

#include <algorithm>
#include <unicode/locid.h>
#include <unicode/uscript.h>

#include "text/icu_text.hpp"

namespace topline {

namespace {

bool well_formed(std::string_view tag) {
  const auto letter_or_digit = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return !tag.empty() && tag.size() <= 64 && std::all_of(tag.begin(), tag.end(), [&](char c) {
    return c == '-' || letter_or_digit(c);
  });
}

// ICU names a language by its own code when it does not know it.
bool known(const icu::Locale& locale) {
  icu::UnicodeString name;
  locale.getDisplayLanguage(icu::Locale::getEnglish(), name);
  return from_icu(name) != locale.getLanguage();
}

}  // namespace

Result<Language> Language::parse(std::string_view tag, const Place& place) {
  const std::string shown(tag);
  const auto fault = [&](std::string message, std::string hint) {
    return Diagnostic{Severity::error, place, std::move(message), std::move(hint)};
  };
  const char* examples = "write a BCP-47 tag such as en, ja, pt-BR or zh-Hant";
  if (tag.find('_') != std::string_view::npos) {
    std::string with_hyphens(tag);
    std::replace(with_hyphens.begin(), with_hyphens.end(), '_', '-');
    return fault("`" + shown + "` is not a language tag", "did you mean `" + with_hyphens + "`?");
  }
  if (!well_formed(tag))
    return fault("`" + shown + "` is not a language tag", examples);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale = icu::Locale::forLanguageTag(
      icu::StringPiece(tag.data(), static_cast<int32_t>(tag.size())), status);
  if (U_FAILURE(status) || *locale.getLanguage() == 0)
    return fault("`" + shown + "` is not a language tag", examples);
  if (!known(locale))
    return fault("`" + shown + "` names no known language", examples);

  Language language;
  language.tag_ = locale.toLanguageTag<std::string>(status);
  language.icu_name_ = locale.getName();
  language.code_ = locale.getLanguage();
  language.right_to_left_ = locale.isRightToLeft() != 0;
  icu::Locale likely = locale;
  likely.addLikelySubtags(status);
  language.script_ = *likely.getScript() == 0 ? "Latn" : likely.getScript();
  if (U_FAILURE(status))
    return fault("`" + shown + "` is not a language tag", examples);
  return language;
}

bool Language::east_asian() const {
  return code_ == "ja" || code_ == "zh" || code_ == "ko";
}

std::string Language::name_in(const Language& reader) const {
  icu::UnicodeString name;
  icu_locale(*this).getDisplayName(icu_locale(reader), name);
  return from_icu(name);
}

}  // namespace topline
