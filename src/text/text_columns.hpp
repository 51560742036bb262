// Lines of cells set in columns for a terminal.
#pragma once

#include <string>
#include <vector>

namespace topline {

// The first cell of each line is its label, set left and wrapped where the columns would not fit
// into `width`; the others are set right. Lines may be shorter than the longest. Each line ends
// with a newline.
std::string text_columns(const std::vector<std::vector<std::string>>& lines, int width);

}  // namespace topline
