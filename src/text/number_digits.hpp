// Numbers in digits for machines and terminals: no language, no locale.
#pragma once

#include <string>

namespace topline {

// The shortest digits that read back as the number: "8", "0.25", "1e-300".
std::string shortest_digits(double value);

// With that many decimals, rounded; never "-0.00".
std::string fixed_digits(double value, int decimals);

}  // namespace topline
