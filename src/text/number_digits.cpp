#include "text/number_digits.hpp"

#include <array>
#include <charconv>

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

}  // namespace topline
