// Enumerations in running text.
#pragma once

#include <string>
#include <vector>

#include "text/language.hpp"

namespace topline {

// "a, b, and c" / "a、b、c". No items give an empty string.
std::string format_list(const std::vector<std::string>& items, const Language& language);

// "a, b, or c" / "a、b、またはc".
std::string format_alternatives(const std::vector<std::string>& items, const Language& language);

}  // namespace topline
