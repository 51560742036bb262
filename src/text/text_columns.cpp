#include "text/text_columns.hpp"

#include <algorithm>

#include "text/terminal_width.hpp"

namespace topline {

std::string text_columns(const std::vector<std::vector<std::string>>& lines, int width) {
  constexpr int gap = 2;
  constexpr int least_label = 3;
  std::vector<int> widths;
  for (const std::vector<std::string>& line : lines) {
    widths.resize(std::max(widths.size(), line.size()), 0);
    for (size_t i = 0; i < line.size(); ++i)
      widths[i] = std::max(widths[i], display_width(line[i]));
  }
  if (widths.empty())
    return {};
  int others = 0;
  for (size_t i = 1; i < widths.size(); ++i)
    others += widths[i] + gap;
  widths[0] = std::max(least_label, std::min(widths[0], width - others));
  std::string out;
  for (const std::vector<std::string>& line : lines) {
    const std::vector<std::string> label = wrap_to_width(line.empty() ? "" : line[0], widths[0]);
    for (size_t i = 0; i + 1 < label.size(); ++i)
      out += label[i] + "\n";
    std::string last = pad_to_width(label.back(), widths[0]);
    for (size_t i = 1; i < line.size(); ++i)
      last += std::string(gap, ' ') + pad_to_width(line[i], widths[i], Align::right);
    last.erase(last.find_last_not_of(' ') + 1);
    out += last + "\n";
  }
  return out;
}

}  // namespace topline
