#include "io/csv_faults.hpp"

#include <limits>
#include <utility>

namespace topline {

namespace {

std::string plural(int64_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string hexadecimal(unsigned char byte) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  return {digits[byte >> 4], digits[byte & 15]};
}

}  // namespace

void CsvLines::add(int64_t line) {
  ++count;
  if (first.size() < kKept)
    first.push_back(line);
}

void CsvLines::append(const CsvLines& later) {
  count += later.count;
  for (const int64_t line : later.first)
    if (first.size() < kKept)
      first.push_back(line);
}

std::string lines_in_words(const CsvLines& lines) {
  constexpr size_t kNamed = 5;
  std::string words = lines.count == 1 ? "line " : "lines ";
  const size_t named = std::min(kNamed, lines.first.size());
  const int64_t more = lines.count - static_cast<int64_t>(named);
  for (size_t i = 0; i < named; ++i) {
    if (i > 0)
      words += i + 1 == named && more == 0 ? " and " : ", ";
    words += std::to_string(lines.first[i]);
  }
  if (more > 0)
    words += " and " + std::to_string(more) + " more";
  return words;
}

Place csv_place(const std::string& shown, int64_t line, int64_t column) {
  auto counted = [](int64_t n) {
    return n > std::numeric_limits<int>::max() ? 0 : static_cast<int>(n);
  };
  return {shown, counted(line), counted(column), 0};
}

Diagnostic csv_unclosed_quote(Place opened) {
  return {Severity::error, std::move(opened),
          "the quote opened here is not closed before the end of the file",
          "the file seems to be cut off, or this quote should not be there"};
}

Diagnostic csv_endless_row(Place begin, bool in_quotes, size_t longest) {
  const std::string limit = std::to_string(longest >> 10) + " kB";
  if (in_quotes)
    return {Severity::error, std::move(begin),
            "the quote opened here is not closed within " + limit, "close it, or take it away"};
  return {Severity::error, std::move(begin), "the row that begins here is longer than " + limit,
          "is this a CSV file, with a line for every case?"};
}

Diagnostic csv_text_after_quote(Place place, int64_t opened_on_line) {
  return {Severity::error, std::move(place),
          "text behind the closing quote of a cell that begins on line " +
              std::to_string(opened_on_line),
          "a quote in a quoted cell is written twice (\"\"); or a quote was not closed further up"};
}

Diagnostic csv_zero_byte(Place place) {
  return {Severity::error, std::move(place), "a zero byte, which no text has",
          "the file is damaged, or it is UTF-16: then name its encoding (utf-16le, utf-16be)"};
}

Diagnostic csv_wide_rows(Place first, size_t cells, size_t width, const CsvLines& lines) {
  std::string message =
      "this row has " + std::to_string(cells) + " cells, the header " + std::to_string(width);
  if (lines.count > 1)
    message += "; too many cells in " + lines_in_words(lines);
  return {Severity::error, std::move(first), std::move(message),
          "a cell with a delimiter in it needs quotes; or the header is cut off, or it has title "
          "lines above it"};
}

Diagnostic csv_undecodable(Place place, std::string_view column, std::string_view bytes,
                           Encoding encoding, int64_t cells) {
  std::string message;
  if (encoding == Encoding::utf16_le || encoding == Encoding::utf16_be) {
    message = "half a character of " + std::string(encoding_name(encoding));
  } else {
    message = "byte " + hexadecimal(static_cast<unsigned char>(bytes.front())) + " is not " +
              std::string(encoding_name(encoding));
  }
  if (!column.empty())
    message += ", in column `" + std::string(column) + "`";
  if (cells > 1)
    message += " (and in " + plural(cells - 1, "other cell", "other cells") + ")";
  return {Severity::error, std::move(place), std::move(message),
          encoding == Encoding::utf8
              ? "name the file's encoding (cp1252 or mac_roman, if another program wrote it), or "
                "save it as UTF-8"
              : "name another encoding, or mend the cell"};
}

Diagnostics csv_warnings(const CsvReport& report, const std::string& shown) {
  Diagnostics warnings;
  if (const CsvLines& lines = report.short_rows; lines.count > 0) {
    warnings.warning(csv_place(shown, lines.first.front(), 0),
                     plural(lines.count, "row has", "rows have") +
                         " fewer cells than the header (" + lines_in_words(lines) +
                         "); the missing ones are taken as empty",
                     "check that no line end or delimiter is missing there");
  }
  std::string left_out;
  if (report.empty_rows > 0)
    left_out = plural(report.empty_rows, "empty row", "empty rows");
  if (report.empty_columns > 0) {
    if (!left_out.empty())
      left_out += " and ";
    left_out += plural(report.empty_columns, "empty column", "empty columns");
  }
  if (!left_out.empty())
    warnings.note({shown, 0, 0, 0}, left_out + " left out");
  return warnings;
}

}  // namespace topline
