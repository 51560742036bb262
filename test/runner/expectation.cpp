#include "expectation.hpp"

#include <algorithm>

namespace suite {

namespace {

constexpr const char* anything = "...";

}  // namespace

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  size_t from = 0;
  while (from < text.size()) {
    const size_t end = text.find('\n', from);
    if (end == std::string::npos) {
      lines.push_back(text.substr(from) + "\\ (no end of line)");
      break;
    }
    lines.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return lines;
}

// Wildcard matching: on a mismatch, the last `...` takes one more line.
bool matches(const std::vector<std::string>& expected, const std::vector<std::string>& actual) {
  size_t e = 0, a = 0;
  size_t after_dots = std::string::npos, dots_reach = 0;
  while (a < actual.size()) {
    if (e < expected.size() && expected[e] == anything) {
      after_dots = ++e;
      dots_reach = a;
    } else if (e < expected.size() && expected[e] == actual[a]) {
      ++e;
      ++a;
    } else if (after_dots != std::string::npos) {
      e = after_dots;
      a = ++dots_reach;
    } else {
      return false;
    }
  }
  while (e < expected.size() && expected[e] == anything)
    ++e;
  return e == expected.size();
}

std::string difference(const std::vector<std::string>& expected,
                       const std::vector<std::string>& actual) {
  // Longest common subsequence over what is left between the common beginning and end, which
  // keeps long outputs cheap.
  size_t head = 0;
  while (head < expected.size() && head < actual.size() && expected[head] == actual[head])
    ++head;
  size_t tail = 0;
  while (tail + head < expected.size() && tail + head < actual.size() &&
         expected[expected.size() - 1 - tail] == actual[actual.size() - 1 - tail])
    ++tail;
  const size_t rows = expected.size() - head - tail;
  const size_t columns = actual.size() - head - tail;
  std::vector<std::vector<size_t>> common(rows + 1, std::vector<size_t>(columns + 1, 0));
  for (size_t i = rows; i-- > 0;)
    for (size_t j = columns; j-- > 0;)
      common[i][j] = expected[head + i] == actual[head + j]
                         ? common[i + 1][j + 1] + 1
                         : std::max(common[i + 1][j], common[i][j + 1]);

  std::string text;
  auto put = [&](const char* mark, const std::string& line) { text += mark + line + "\n"; };
  for (size_t i = 0; i < head; ++i)
    put("  ", expected[i]);
  size_t i = 0, j = 0;
  while (i < rows || j < columns) {
    if (i < rows && j < columns && expected[head + i] == actual[head + j]) {
      put("  ", expected[head + i]);
      ++i;
      ++j;
    } else if (j == columns || (i < rows && common[i + 1][j] >= common[i][j + 1])) {
      put("- ", expected[head + i++]);
    } else {
      put("+ ", actual[head + j++]);
    }
  }
  for (size_t k = expected.size() - tail; k < expected.size(); ++k)
    put("  ", expected[k]);
  return text;
}

}  // namespace suite
