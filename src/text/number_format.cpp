#include "text/number_format.hpp"

#include <cmath>
#include <unicode/numberformatter.h>
#include <unicode/plurrule.h>

#include "text/icu_text.hpp"
#include "text/messages.hpp"

namespace topline {

namespace {

using icu::number::LocalizedNumberFormatter;
using icu::number::NumberFormatter;
using icu::number::Precision;

constexpr int kMostDecimals = 9;

std::string formatted(const LocalizedNumberFormatter& formatter, double value) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString text = formatter.formatDouble(value, status).toString(status);
  return U_SUCCESS(status) ? from_icu(text) : std::string();
}

// Values come in rounded; half-up here only keeps a value such as 0.125 from turning to even.
LocalizedNumberFormatter decimals_of(const LocalizedNumberFormatter& formatter, int decimals) {
  return formatter.precision(Precision::fixedFraction(decimals)).roundingMode(UNUM_ROUND_HALFUP);
}

}  // namespace

struct NumberFormat::Parts {
  Language language;
  Messages messages;
  LocalizedNumberFormatter plain;
  std::vector<LocalizedNumberFormatter> percents, decimals, signed_decimals;
  std::unique_ptr<icu::PluralRules> plural_rules;
};

NumberFormat::NumberFormat(const Language& language) {
  const icu::Locale locale = icu_locale(language);
  const LocalizedNumberFormatter base = NumberFormatter::withLocale(locale);
  UErrorCode status = U_ZERO_ERROR;
  auto parts = std::make_shared<Parts>(
      Parts{language,
            Messages::for_language(language),
            base,
            {},
            {},
            {},
            std::unique_ptr<icu::PluralRules>(icu::PluralRules::forLocale(locale, status))});
  for (int decimals = 0; decimals <= kMostDecimals; ++decimals) {
    const LocalizedNumberFormatter fixed = decimals_of(base, decimals);
    parts->decimals.push_back(fixed);
    parts->signed_decimals.push_back(fixed.sign(UNUM_SIGN_EXCEPT_ZERO));
    parts->percents.push_back(fixed.unit(icu::NoUnit::percent()));
  }
  parts_ = std::move(parts);
}

std::string NumberFormat::percent(double value, int decimals) const {
  return formatted(parts_->percents.at(static_cast<size_t>(decimals)), value);
}

std::string NumberFormat::decimal(double value, int decimals) const {
  return formatted(parts_->decimals.at(static_cast<size_t>(decimals)), value);
}

std::string NumberFormat::count(int64_t value) const {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString text = parts_->plain.formatInt(value, status).toString(status);
  return U_SUCCESS(status) ? from_icu(text) : std::string();
}

std::string NumberFormat::points(double value, int decimals, bool signed_value) const {
  const auto& formatters = signed_value ? parts_->signed_decimals : parts_->decimals;
  const std::string number = formatted(formatters.at(static_cast<size_t>(decimals)), value);
  // "1 point", but "1.0 points": a printed decimal makes the plural in English.
  const bool one = plural(std::fabs(value), decimals) == PluralCategory::one;
  return parts_->messages.format(tr("{n} point", "{n} points"), one ? 1 : 2, {{"n", number}});
}

PluralCategory NumberFormat::plural(double value, int decimals) const {
  if (!parts_->plural_rules)
    return PluralCategory::other;
  UErrorCode status = U_ZERO_ERROR;
  const auto number =
      parts_->decimals.at(static_cast<size_t>(decimals)).formatDouble(value, status);
  const std::string keyword = from_icu(parts_->plural_rules->select(number, status));
  if (keyword == "zero")
    return PluralCategory::zero;
  if (keyword == "one")
    return PluralCategory::one;
  if (keyword == "two")
    return PluralCategory::two;
  if (keyword == "few")
    return PluralCategory::few;
  if (keyword == "many")
    return PluralCategory::many;
  return PluralCategory::other;
}

const Language& NumberFormat::language() const {
  return parts_->language;
}

}  // namespace topline
