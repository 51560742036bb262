#include "text/date_format.hpp"

#include <charconv>
#include <memory>
#include <unicode/datefmt.h>
#include <unicode/dtitvfmt.h>
#include <unicode/gregocal.h>
#include <unicode/smpdtfmt.h>
#include <unicode/uchar.h>
#include <utility>

#include "text/icu_text.hpp"

namespace topline {

namespace {

constexpr double kMillisecondsOfADay = 86'400'000.0;

bool leap(int year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int days_in(int year, int month) {
  static constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap(year) ? 29 : days[month - 1];
}

// Days since 1970-01-01 in the proleptic Gregorian calendar.
int64_t day_number(const CalendarDate& date) {
  int64_t days = 0;
  const int64_t before = date.year - 1;
  days = before * 365 + before / 4 - before / 100 + before / 400 - 719'162;
  for (int month = 1; month < date.month; ++month)
    days += days_in(date.year, month);
  return days + (date.day > 0 ? date.day - 1 : 0);
}

// Noon, so that no zone's offset could move the day.
double instant(const CalendarDate& date) {
  return (static_cast<double>(day_number(date)) + 0.5) * kMillisecondsOfADay;
}

bool all_digits(std::string_view text) {
  for (const char c : text)
    if (c < '0' || c > '9')
      return false;
  return !text.empty();
}

int digits(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

const char* skeleton(const CalendarDate& date) {
  return date.day > 0 ? "yMMMMd" : date.month > 0 ? "yMMMM" : "y";
}

icu::Locale gregorian(const Language& language) {
  UErrorCode status = U_ZERO_ERROR;
  icu::Locale locale = icu_locale(language);
  locale.setKeywordValue("calendar", "gregorian", status);
  return locale;
}

std::unique_ptr<icu::GregorianCalendar> utc_calendar(const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  auto calendar =
      std::make_unique<icu::GregorianCalendar>(*icu::TimeZone::getGMT(), locale, status);
  // Gregorian all the way back: a survey's date is never meant in the Julian calendar.
  calendar->setGregorianChange(-1e17, status);
  return calendar;
}

bool is_digit(char16_t c) {
  return u_isdigit(c) != 0;
}

// Length of the run of digits (or of letters) that ends before, or begins at, `at`.
int run_length(const icu::UnicodeString& text, int at, int step, bool of_digits) {
  int length = 0;
  for (; at >= 0 && at < text.length(); at += step, ++length) {
    const char16_t c = text.charAt(at);
    if (of_digits ? !is_digit(c) : u_isalpha(c) == 0)
      break;
  }
  return length;
}

// ICU sets thin spaces around every dash of a span. Here a dash between two words or two numbers
// of a kind is closed up ("September–October 2023", "14–16"), and one between longer dates gets
// ordinary spaces.
icu::UnicodeString close_up_dash(const icu::UnicodeString& text) {
  const icu::UnicodeString dash(u"\u2009–\u2009");
  const int at = text.indexOf(dash);
  if (at < 0)
    return text;
  const int after = at + dash.length();
  const int numbers_before = run_length(text, at - 1, -1, true);
  const int numbers_after = run_length(text, after, 1, true);
  const bool words =
      run_length(text, at - 1, -1, false) > 0 && run_length(text, after, 1, false) > 0;
  const bool numbers =
      numbers_before > 0 && numbers_after > 0 && (numbers_before > 2) == (numbers_after > 2);
  icu::UnicodeString closed(text);
  closed.replace(at, dash.length(), icu::UnicodeString(words || numbers ? u"–" : u" – "));
  return closed;
}

}  // namespace

std::optional<CalendarDate> parse_calendar_date(std::string_view iso) {
  CalendarDate date;
  const bool shape = iso.size() == 4 || (iso.size() == 7 && iso[4] == '-') ||
                     (iso.size() == 10 && iso[4] == '-' && iso[7] == '-');
  if (!shape || !all_digits(iso.substr(0, 4)))
    return std::nullopt;
  date.year = digits(iso.substr(0, 4));
  if (date.year < 1)
    return std::nullopt;
  if (iso.size() >= 7) {
    if (!all_digits(iso.substr(5, 2)))
      return std::nullopt;
    date.month = digits(iso.substr(5, 2));
    if (date.month < 1 || date.month > 12)
      return std::nullopt;
  }
  if (iso.size() == 10) {
    if (!all_digits(iso.substr(8, 2)))
      return std::nullopt;
    date.day = digits(iso.substr(8, 2));
    if (date.day < 1 || date.day > days_in(date.year, date.month))
      return std::nullopt;
  }
  return date;
}

std::string iso_date(const CalendarDate& date) {
  const auto two = [](int value) {
    return std::string(value < 10 ? "0" : "") + std::to_string(value);
  };
  std::string text = std::to_string(date.year);
  text.insert(0, 4 - std::min<size_t>(4, text.size()), '0');
  if (date.month > 0)
    text += "-" + two(date.month);
  if (date.day > 0)
    text += "-" + two(date.day);
  return text;
}

std::string format_date(const CalendarDate& date, const Language& language) {
  const icu::Locale locale = gregorian(language);
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::DateFormat> format(
      icu::DateFormat::createInstanceForSkeleton(skeleton(date), locale, status));
  if (U_FAILURE(status))
    return iso_date(date);
  format->adoptCalendar(utc_calendar(locale).release());
  icu::UnicodeString text;
  format->format(instant(date), text);
  return from_icu(text);
}

std::string format_date_range(const CalendarDate& from, const CalendarDate& to,
                              const Language& language) {
  CalendarDate first = from;
  CalendarDate last = to;
  if (first.month == 0 || last.month == 0)
    first.month = first.day = last.month = last.day = 0;
  if (first.day == 0 || last.day == 0)
    first.day = last.day = 0;
  if (last < first)
    std::swap(first, last);
  if (first == last)
    return format_date(first, language);

  const icu::Locale locale = gregorian(language);
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::DateIntervalFormat> format(
      icu::DateIntervalFormat::createInstance(skeleton(first), locale, status));
  if (U_FAILURE(status))
    return iso_date(first) + "/" + iso_date(last);
  format->setTimeZone(*icu::TimeZone::getGMT());
  const icu::DateInterval interval(instant(first), instant(last));
  icu::UnicodeString text;
  icu::FieldPosition position;
  format->format(&interval, text, position, status);
  return from_icu(close_up_dash(text));
}

}  // namespace topline
