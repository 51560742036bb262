#include "text/list_format.hpp"

#include <memory>
#include <unicode/listformatter.h>

#include "text/icu_text.hpp"

namespace topline {

namespace {

std::string joined(const std::vector<std::string>& items, const Language& language,
                   UListFormatterType type) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::ListFormatter> formatter(
      icu::ListFormatter::createInstance(icu_locale(language), type, ULISTFMT_WIDTH_WIDE, status));
  if (U_FAILURE(status) || items.empty())
    return {};
  std::vector<icu::UnicodeString> texts;
  texts.reserve(items.size());
  for (const std::string& item : items)
    texts.push_back(to_icu(item));
  icu::UnicodeString text;
  formatter->format(texts.data(), static_cast<int32_t>(texts.size()), text, status);
  return from_icu(text);
}

}  // namespace

std::string format_list(const std::vector<std::string>& items, const Language& language) {
  return joined(items, language, ULISTFMT_TYPE_AND);
}

std::string format_alternatives(const std::vector<std::string>& items, const Language& language) {
  return joined(items, language, ULISTFMT_TYPE_OR);
}

}  // namespace topline
