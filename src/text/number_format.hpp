// Numbers as a reader of the language expects them: signs, digits, grouping, spacing. All
// values come in rounded (see base/rounding.hpp); nothing here rounds a statistic. Non-breaking
// spaces stay in the text where the language sets them ("41 %" in German).
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "text/language.hpp"

namespace topline {

enum class PluralCategory { zero, one, two, few, many, other };

class NumberFormat {
 public:
  explicit NumberFormat(const Language& language);

  // `value` is a percentage that is already rounded to `decimals` places: percent(41) is "41%",
  // percent(41.5, 1) is "41,5 %" in German. Decimals 0 to 9.
  [[nodiscard]] std::string percent(double value, int decimals = 0) const;

  // The same without the percent sign, for columns whose head says "%".
  [[nodiscard]] std::string decimal(double value, int decimals) const;

  // A count with grouping: "1,234", "1.234", "१,२३४".
  [[nodiscard]] std::string count(int64_t value) const;

  // A difference of two percentages, with its sign when `signed_value`: "+3.2 points",
  // "3.2ポイント". The noun comes from the message catalogue of the language.
  [[nodiscard]] std::string points(double value, int decimals, bool signed_value = false) const;

  // Which plural form a number printed with `decimals` places takes in this language.
  [[nodiscard]] PluralCategory plural(double value, int decimals = 0) const;

  [[nodiscard]] const Language& language() const;

 private:
  struct Parts;  // ICU's formatters; immutable after construction, shared by copies
  std::shared_ptr<const Parts> parts_;
};

}  // namespace topline
