#include "io/csv_head.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "io/csv_cell.hpp"
#include "io/csv_faults.hpp"
#include "io/csv_machine.hpp"
#include "io/csv_scan.hpp"

namespace topline {

namespace {

constexpr uint64_t kPrefix = uint64_t{256} << 10;  // where the header is looked for first
constexpr uint64_t kLongestHead = uint64_t{64} << 20;
constexpr uint64_t kSample = uint64_t{16} << 10;
constexpr uint64_t kSamples = 32;

// Rows at the beginning of a text, and where they end.
struct HeadRows {
  std::vector<std::vector<std::string>> titles;
  std::vector<std::vector<std::string>> header;
  int64_t empty_rows = 0;
  size_t end = 0;
  int64_t lines = 0;
  bool complete = false;            // as many as asked for
  std::optional<Diagnostic> fault;  // in the form of a row
};

class HeadParser {
 public:
  HeadParser(std::string_view text, char delimiter, const CsvOptions& options,
             const std::string& shown)
      : text_(text),
        machine_(delimiter, CsvState::cell_start),
        delimiter_(delimiter),
        options_(&options),
        shown_(&shown) {}

  HeadRows parse() {
    for (size_t i = 0; i < text_.size() && !rows_.complete && !rows_.fault; ++i)
      step(i);
    if (!rows_.complete && !rows_.fault && machine_.state() == CsvState::quoted)
      rows_.fault = csv_unclosed_quote(cell_place_);
    return std::move(rows_);
  }

 private:
  void step(size_t i) {
    const char c = text_[i];
    const CsvState before = machine_.state();
    if (cell_begin_ == i)
      cell_place_ = place(i);
    machine_.step(c);
    if (c == '\0')
      rows_.fault = csv_zero_byte(place(i));
    else if (machine_.state() == CsvState::broken && before != CsvState::broken)
      rows_.fault = csv_text_after_quote(place(i), cell_place_.line);
    const bool newline = ends_csv_line(text_.data() + i);
    if (newline) {
      ++rows_.lines;
      line_begin_ = i + 1;
    }
    if (machine_.state() == CsvState::quoted || (c != delimiter_ && !newline))
      return;
    const size_t end = without_returns(text_.data(), cell_begin_, i);
    row_.emplace_back(csv_cell_text(text_.substr(cell_begin_, end - cell_begin_), scratch_));
    cell_begin_ = i + 1;
    if (newline)
      take_row(i + 1);
  }

  void take_row(size_t end) {
    const bool empty = std::all_of(row_.begin(), row_.end(), [](const std::string& cell) {
      return trim_blanks(cell).empty();
    });
    if (rows_.titles.size() < static_cast<size_t>(options_->title_lines))
      rows_.titles.push_back(std::move(row_));
    else if (empty && rows_.header.empty())
      ++rows_.empty_rows;
    else
      rows_.header.push_back(std::move(row_));
    row_.clear();
    rows_.end = end;
    rows_.complete = rows_.header.size() == static_cast<size_t>(options_->header_rows);
  }

  [[nodiscard]] Place place(size_t i) const {
    return csv_place(*shown_, rows_.lines + 1, static_cast<int64_t>(i - line_begin_) + 1);
  }

  std::string_view text_;
  CsvMachine machine_;
  char delimiter_;
  const CsvOptions* options_;
  const std::string* shown_;
  HeadRows rows_;
  std::vector<std::string> row_;
  std::string scratch_;
  size_t cell_begin_ = 0;
  size_t line_begin_ = 0;
  Place cell_place_;
};

struct Prefix {
  HeadRows rows;
  char delimiter = ',';
};

// The delimiter that gives the first header row the most cells.
Prefix parse_prefix(std::string_view text, const CsvOptions& options, const std::string& shown) {
  const std::string candidates =
      options.delimiter != 0 ? std::string(1, options.delimiter) : ",;\t";
  Prefix best;
  size_t most = 1;
  for (const char delimiter : candidates) {
    HeadRows rows = HeadParser(text, delimiter, options, shown).parse();
    const size_t cells = rows.header.empty() ? 0 : rows.header.front().size();
    if (delimiter == candidates.front() || (cells > most && !rows.fault)) {
      best = {std::move(rows), delimiter};
      most = std::max(most, cells);
    }
  }
  return best;
}

Result<EncodingGuess> find_encoding(const CsvSource& source, const std::string& shown,
                                    const CsvOptions& options) {
  const Diagnostic unreadable = fault_in(shown, "cannot be read");
  std::string head(static_cast<size_t>(std::min(kPrefix, source.size())), '\0');
  if (!source.read(0, head.size(), head.data()))
    return unreadable;
  if (head.starts_with("PK\x03\x04"))
    return fault_in(shown, "this is a spreadsheet or a zip archive, not a CSV file",
                    "export it as CSV in UTF-8");
  if (options.encoding)
    return EncodingGuess{*options.encoding, mark_length(*options.encoding, head)};
  std::vector<std::string> samples;
  if (source.size() > kPrefix + kSample) {
    const uint64_t remainder = source.size() - kPrefix - kSample;
    for (uint64_t i = 0; i < kSamples; ++i) {
      samples.emplace_back(static_cast<size_t>(kSample), '\0');
      const uint64_t offset = kPrefix + remainder / (kSamples - 1) * i;
      if (!source.read(offset, samples.back().size(), samples.back().data()))
        return unreadable;
    }
  }
  return detect_encoding(head, {samples.begin(), samples.end()});
}

std::optional<Diagnostic> undecodable_cell(const CsvHead& head, std::string_view text, size_t body,
                                           const std::string& shown) {
  const size_t bad = find_invalid_utf8(text.substr(0, body));
  if (bad == std::string_view::npos)
    return std::nullopt;
  int64_t line = 1;
  size_t begin = 0;
  for (size_t i = 0; i < bad; ++i)
    if (ends_csv_line(text.data() + i)) {
      ++line;
      begin = i + 1;
    }
  return csv_undecodable(csv_place(shown, line, static_cast<int64_t>(bad - begin) + 1), {},
                         text.substr(bad), head.format.encoding, 1);
}

std::optional<Diagnostic> wrong_options(const CsvOptions& options, const std::string& shown) {
  if (options.header_rows < 1 || options.header_rows > 3)
    return fault_in(shown, "a CSV file is read with one to three header rows, not " +
                               std::to_string(options.header_rows));
  if (options.title_lines < 0)
    return fault_in(shown, "the number of title lines cannot be negative");
  if (options.delimiter != 0 && options.delimiter != ',' && options.delimiter != ';' &&
      options.delimiter != '\t')
    return fault_in(shown, "the delimiter of a CSV file is a comma, a semicolon or a tab");
  return std::nullopt;
}

Diagnostic too_few_rows(const HeadRows& rows, const CsvOptions& options, const std::string& shown) {
  if (rows.titles.empty() && rows.header.empty())
    return fault_in(shown, "the file is empty", "it needs at least a header row");
  const size_t found = rows.titles.size() + rows.header.size();
  const auto wanted =
      static_cast<size_t>(options.title_lines) + static_cast<size_t>(options.header_rows);
  return fault_in(shown,
                  "the file has only " + std::to_string(found) + (found == 1 ? " row" : " rows") +
                      ", but " + std::to_string(wanted) + " are said to be titles and header",
                  "check title_rows and header_rows");
}

}  // namespace

Result<CsvHead> read_csv_head(const CsvSource& source, const std::string& shown,
                              const CsvOptions& options) {
  if (auto fault = wrong_options(options, shown))
    return *fault;
  const Result<EncodingGuess> guess = find_encoding(source, shown, options);
  if (!guess)
    return guess.fault();
  CsvHead head;
  head.format.encoding = guess->encoding;
  head.format.marked = guess->mark_length > 0;
  const uint64_t begin = guess->mark_length;

  CsvWindow window(source, guess->encoding, kCsvPadding);
  Prefix prefix;
  for (uint64_t length = kPrefix;; length *= 4) {
    if (!window.load(begin, std::min(begin + length, source.size())))
      return fault_in(shown, "cannot be read");
    prefix = parse_prefix({window.text(), window.size()}, options, shown);
    if (prefix.rows.complete || window.at_end() || length >= kLongestHead)
      break;
  }
  const HeadRows& rows = prefix.rows;
  const std::string_view text(window.text(), window.size());
  if (rows.fault)
    return *rows.fault;
  if (!rows.complete)
    return too_few_rows(rows, options, shown);
  if (auto fault = undecodable_cell(head, text, rows.end, shown))
    return *fault;

  head.format.delimiter = prefix.delimiter;
  head.titles = std::move(prefix.rows.titles);
  head.header = std::move(prefix.rows.header);
  for (const auto& row : head.header)
    head.width = std::max(head.width, row.size());
  for (auto& row : head.header)
    row.resize(head.width);
  head.empty_rows = rows.empty_rows;
  head.body_offset =
      std::min(source.size(), begin + encoded_length(text.substr(0, rows.end), guess->encoding));
  head.body_line = 1 + rows.lines;
  return head;
}

std::string csv_column_name(const CsvHead& head, size_t column) {
  for (const auto& row : head.header)
    if (column < row.size() && !trim_blanks(row[column]).empty())
      return row[column];
  return {};
}

}  // namespace topline
