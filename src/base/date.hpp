// Calendar days, counted from 1970-01-01 (Gregorian calendar, as std::chrono does).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace topline {

// Days since 1970-01-01 of "2023-09-01", or nothing if it is no such day.
std::optional<int> parse_date(std::string_view text);

// "2023-09-01". `days` as above, years 0000 to 9999.
std::string format_date(int days);

// Days since 1970-01-01; nothing for a day that does not exist.
std::optional<int> days_of(int year, int month, int day);

}  // namespace topline
