// Numbers in digits for machines and terminals: no language, no locale.
#pragma once

#include <string>

namespace topline {

// The shortest digits that read back as the number: "8", "0.25", "1e-300".
std::string shortest_digits(double value);

// With that many decimals, rounded; never "-0.00".
std::string fixed_digits(double value, int decimals);

// The number to `digits` significant digits, without an exponent: 14.038445 to 4 digits is "14.04",
// 12345 is "12345". Zeros at the end of decimals are left out.
std::string significant_digits(double value, int digits);

}  // namespace topline
