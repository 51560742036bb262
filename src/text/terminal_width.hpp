// Text in the columns of a terminal: East Asian wide characters take two, combining marks none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace topline {

// Columns that `text` (UTF-8, one line) takes. Invalid bytes count one each; control
// characters none.
int display_width(std::string_view text);

enum class Align { left, right, centre };

// `text` with spaces added up to `width` columns; unchanged when it is as wide or wider.
std::string pad_to_width(std::string_view text, int width, Align align = Align::left);

// `text` cut to at most `width` columns, the last one an ellipsis when something was cut.
std::string cut_to_width(std::string_view text, int width);

// Lines of at most `width` columns (>= 2), broken where the Unicode rules allow it and inside a
// word only when the word alone is wider than a line. Newlines in `text` stay line ends. Always
// at least one line.
std::vector<std::string> wrap_to_width(std::string_view text, int width);

}  // namespace topline
