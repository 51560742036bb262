#include "call_text.hpp"

#include <cctype>
#include <charconv>
#include <stdexcept>

namespace topline::refs {

std::vector<double> numbers_of(const std::string& text) {
  std::vector<double> result;
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at < end;) {
    const bool within_name =
        at > text.data() &&
        (std::isalpha(static_cast<unsigned char>(at[-1])) != 0 || at[-1] == '_');
    double value = 0;
    const auto [after, error] = std::from_chars(at, end, value);
    if (error == std::errc() && !within_name &&
        std::isalpha(static_cast<unsigned char>(*at)) == 0) {
      result.push_back(value);
      at = after;
    } else {
      ++at;
    }
  }
  return result;
}

std::vector<double> vector_of(const std::string& text, size_t index) {
  size_t from = 0;
  for (size_t i = 0; i <= index; ++i) {
    from = text.find("c(", from);
    if (from == std::string::npos)
      throw std::runtime_error("no such vector in " + text);
    from += 2;
  }
  return numbers_of(text.substr(from, text.find(')', from) - from));
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace topline::refs
