// Between our UTF-8 and ICU's UTF-16. Only for the .cpp files of this folder.
#pragma once

#include <string>
#include <string_view>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "text/language.hpp"

namespace topline {

inline icu::UnicodeString to_icu(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

inline std::string from_icu(const icu::UnicodeString& text) {
  std::string bytes;
  text.toUTF8String(bytes);
  return bytes;
}

inline icu::Locale icu_locale(const Language& language) {
  return icu::Locale(language.icu_name().c_str());
}

}  // namespace topline
