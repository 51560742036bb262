// Numbers as people write them into a form.
#pragma once

#include <optional>
#include <string_view>

namespace topline {

struct WrittenNumber {
  double value = 0;
  int decimals = 0;  // places written behind the point
};

// Digits of any script, full-width ones included; grouping by blanks, apostrophes or the sign that
// is not the decimal sign, where every group has three digits; a sign in front. `decimal_comma`:
// whether "2,5" is two and a half rather than a fault. Nothing for what is no number, and for
// more than 15 digits, which a double does not hold.
std::optional<WrittenNumber> read_written_number(std::string_view text, bool decimal_comma);

}  // namespace topline
