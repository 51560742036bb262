// What can be wrong with a CSV file, in words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "io/csv_format.hpp"

namespace topline {

// "lines 3, 5 and 9", "line 3", "lines 3, 5, 9 and 12 more".
std::string lines_in_words(const CsvLines& lines);

// A place for a line that may be beyond what Place can count (it then says 0: not known).
Place csv_place(const std::string& shown, int64_t line, int64_t column);

Diagnostic csv_unclosed_quote(Place opened);
Diagnostic csv_endless_row(Place begin, bool in_quotes, size_t longest);
Diagnostic csv_text_after_quote(Place place, int64_t opened_on_line);
Diagnostic csv_zero_byte(Place place);
Diagnostic csv_wide_rows(Place first, size_t cells, size_t width, const CsvLines& lines);
// `bytes` is the cell from its first byte that is not in `encoding`. `cells` counts all such.
Diagnostic csv_undecodable(Place place, std::string_view column, std::string_view bytes,
                           Encoding encoding, int64_t cells);

}  // namespace topline
