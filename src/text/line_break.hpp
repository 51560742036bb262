// Where a text may be broken into lines, and filling lines up to a width, however the width of a
// piece is measured (pixels of a face, columns of a terminal).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "text/language.hpp"

namespace topline {

// Byte offsets after which a line may end, ascending, the last one text.size(). Japanese is
// broken between phrases where ICU's dictionary knows them, and never against kinsoku.
std::vector<size_t> line_break_offsets(std::string_view text, const Language& language);

// Byte offsets after each grapheme (what a reader takes for one character).
std::vector<size_t> grapheme_offsets(std::string_view text);

// Fills lines greedily: each is as long as `width_of` allows. A piece wider than `max_width`
// alone is broken between graphemes. Newlines end lines; spaces at line ends are dropped; a soft
// hyphen shows only where a line was broken at it.
std::vector<std::string> fill_lines(std::string_view text, double max_width,
                                    const Language& language,
                                    const std::function<double(std::string_view)>& width_of);

}  // namespace topline
