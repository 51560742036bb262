#include "text/number_digits.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace topline {

std::string shortest_digits(double value) {
  std::array<char, 32> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() ? std::string(text.data(), end) : std::string();
}

std::string fixed_digits(double value, int decimals) {
  std::array<char, 400> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value,
                                          std::chars_format::fixed, decimals);
  std::string result =
      error == std::errc() ? std::string(text.data(), end) : shortest_digits(value);
  if (result.starts_with('-') && result.find_first_not_of("-0.") == std::string::npos)
    result.erase(0, 1);
  return result;
}

std::string significant_digits(double value, int digits) {
  if (value == 0 || !std::isfinite(value))
    return shortest_digits(value);
  const int decimals = digits - 1 - static_cast<int>(std::floor(std::log10(std::abs(value))));
  std::string result = fixed_digits(value, std::max(0, decimals));
  if (result.find('.') != std::string::npos) {
    result.erase(result.find_last_not_of('0') + 1);
    if (result.ends_with('.'))
      result.pop_back();
  }
  return result;
}

}  // namespace topline
