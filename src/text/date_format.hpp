// Dates and spans of dates in words, in the Gregorian calendar, for titles and notes.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "text/language.hpp"

namespace topline {

// A day, or a month when `day` is 0, or a year when `month` is 0 as well.
struct CalendarDate {
  int year = 0;
  int month = 0;
  int day = 0;
  auto operator<=>(const CalendarDate&) const = default;
};

// Reads "2023-09-14", "2023-09" or "2023"; nothing for anything else or for a day that the
// month does not have. Years 1 to 9999.
std::optional<CalendarDate> parse_calendar_date(std::string_view iso);

// "2023-09-14", "2023-09" or "2023".
std::string iso_date(const CalendarDate& date);

// "September 14, 2023", "September 2023", "2023"; "2023年9月14日", "2023年9月".
std::string format_date(const CalendarDate& date, const Language& language);

// "September–October 2023", "2023年9月～10月". The coarser of the two precisions is used for
// both ends; equal ends give one date. `from` must not be after `to` (if it is, they swap).
std::string format_date_range(const CalendarDate& from, const CalendarDate& to,
                              const Language& language);

}  // namespace topline
