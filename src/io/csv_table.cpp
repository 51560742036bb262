#include "io/csv_table.hpp"

#include <algorithm>
#include <optional>

#include "io/csv_cell.hpp"
#include "io/csv_chunk.hpp"
#include "io/csv_faults.hpp"
#include "io/csv_head.hpp"

namespace topline {

namespace {

constexpr uint64_t kLargest = uint64_t{1} << 30;  // positions have 32 bits; UTF-8 can grow

// The first cell that is not in the file's encoding.
std::optional<Diagnostic> undecodable(const CsvChunk& chunk, const CsvHead& head,
                                      const std::string& shown) {
  if (!chunk.has_non_ascii())
    return std::nullopt;
  std::optional<Diagnostic> first;
  std::string_view bytes;
  Place place;
  std::string column;
  int64_t cells = 0;
  for (size_t r = 0; r < chunk.rows(); ++r) {
    for (size_t c = 0; c < head.width; ++c) {
      const std::string_view cell = chunk.cell(r, c);
      const size_t bad = find_invalid_utf8(cell);
      if (bad == std::string_view::npos)
        continue;
      if (++cells > 1)
        continue;
      bytes = cell.substr(bad);
      place = chunk.place_of(chunk.position_of(bytes.data()), shown);
      column = csv_column_name(head, c);
    }
  }
  if (cells > 0)
    first = csv_undecodable(place, column, bytes, head.format.encoding, cells);
  return first;
}

}  // namespace

class CsvTableReader {
 public:
  CsvTableReader(const CsvSource& source, const std::string& shown)
      : source_(&source), shown_(&shown) {}

  Result<CsvTable> read(const CsvOptions& options) {
    if (source_->size() > kLargest)
      return fault_in(*shown_, "the file is too large to be read in one piece (1 GB at most)");
    Result<CsvHead> head = read_csv_head(*source_, *shown_, options);
    if (!head)
      return head.fault();
    CsvChunk chunk(*source_, head->format, head->width);
    if (!chunk.load(head->body_offset, source_->size()))
      return fault_in(*shown_, "cannot be read to its end", "has it changed in the meantime?");
    chunk.resolve({CsvState::cell_start, head->body_line});
    if (auto fault = chunk.find_rows(true, *shown_))
      return *fault;
    const CsvMisfits misfits = chunk.keep_rows(*shown_);
    if (misfits.wide_rows.count > 0)
      return csv_wide_rows(misfits.first_wide, misfits.first_wide_cells, head->width,
                           misfits.wide_rows);
    if (auto fault = undecodable(chunk, *head, *shown_))
      return *fault;
    return table_of(*head, misfits, chunk);
  }

 private:
  static CsvTable table_of(CsvHead& head, const CsvMisfits& misfits, CsvChunk& chunk) {
    CsvTable table;
    table.width = used_columns(head, chunk);
    table.report.format = head.format;
    table.report.short_rows = misfits.short_rows;
    table.report.empty_rows = misfits.empty_rows + head.empty_rows;
    table.report.empty_columns = static_cast<int64_t>(head.width - table.width);
    table.titles = std::move(head.titles);
    table.header = std::move(head.header);
    for (auto& row : table.header)
      row.resize(table.width);

    table.lines = lines_of_rows(chunk, head.body_line);
    table.cells_.reserve(chunk.rows() * table.width);
    char* text = chunk.window().text();
    for (size_t r = 0; r < chunk.rows(); ++r) {
      for (size_t c = 0; c < table.width; ++c) {
        std::string_view cell = chunk.cell(r, c);
        if (!cell.empty() && cell.front() == '"') {  // resolved where it stands
          char* begin = text + chunk.position_of(cell.data());
          cell = {begin, unquote_csv(cell, begin)};
        }
        table.cells_.push_back(cell);
      }
    }
    table.text_ = std::move(chunk.window()).take_text();
    return table;
  }

  // Without the columns at the end that have neither header nor data.
  static size_t used_columns(const CsvHead& head, const CsvChunk& chunk) {
    size_t used = 0;
    for (const auto& row : head.header)
      for (size_t c = used; c < row.size(); ++c)
        if (!trim_blanks(row[c]).empty())
          used = c + 1;
    for (size_t r = 0; r < chunk.rows() && used < head.width; ++r)
      for (size_t c = head.width; c > used; --c)
        if (!is_empty_cell(chunk.cell(r, c - 1))) {
          used = c;
          break;
        }
    return used;
  }

  // As chunk.line_of for the beginning of each row, but counted in one go.
  static std::vector<int64_t> lines_of_rows(const CsvChunk& chunk, int64_t first_line) {
    std::vector<int64_t> lines;
    lines.reserve(chunk.rows());
    size_t position = 0;
    int64_t line = first_line;
    for (size_t r = 0; r < chunk.rows(); ++r) {
      const size_t begin = chunk.position_of(chunk.row_begin(r));
      for (; position < begin; ++position)
        if (ends_csv_line(chunk.text() + position))
          ++line;
      lines.push_back(line);
    }
    return lines;
  }

  const CsvSource* source_;
  const std::string* shown_;
};

Result<CsvTable> read_csv(const std::string& path, const std::string& shown_path,
                          const CsvOptions& options) {
  const Result<CsvSource> source = CsvSource::open(path, shown_path);
  if (!source)
    return source.fault();
  return CsvTableReader(*source, shown_path).read(options);
}

Result<CsvTable> parse_csv(std::string bytes, const std::string& shown_path,
                           const CsvOptions& options) {
  const CsvSource source = CsvSource::owning(std::move(bytes));
  return CsvTableReader(source, shown_path).read(options);
}

}  // namespace topline
