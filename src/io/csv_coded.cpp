#include "io/csv_coded.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <new>
#include <shared_mutex>
#include <system_error>
#include <thread>

#include "io/csv_chunk.hpp"
#include "io/csv_decode.hpp"
#include "io/csv_faults.hpp"
#include "io/csv_findings.hpp"
#include "io/csv_turns.hpp"

namespace topline {

namespace {

// So many rows of one column are decoded before the next column: their text and separators
// stay in the first-level cache.
constexpr size_t kRowsAtOnce = 64;

using Decoder = std::variant<CodeDecoder, NumberDecoder, TextColumn>;

Decoder decoder_of(const WantedColumn& wanted) {
  if (const auto* codes = std::get_if<CodeColumn>(&wanted.decoder))
    return CodeDecoder(*codes);
  if (const auto* numbers = std::get_if<NumberColumn>(&wanted.decoder))
    return NumberDecoder(*numbers);
  return TextColumn{};
}

CodedColumn empty_column(const Decoder& decoder) {
  if (std::holds_alternative<CodeDecoder>(decoder))
    return Codes{};
  if (std::holds_alternative<NumberDecoder>(decoder))
    return Numbers{};
  return Texts{};
}

void resize(CodedColumn& column, size_t rows) {
  if (auto* codes = std::get_if<Codes>(&column)) {
    codes->codes.resize(rows);
  } else if (auto* numbers = std::get_if<Numbers>(&column)) {
    numbers->values.resize(rows);
    numbers->valid.resize(rows);
  } else {
    std::get<Texts>(column).cells.resize(rows);
  }
}

// The reading of one file: pieces are taken in file order by several threads, and each writes
// its rows to their place in the columns.
class Reading {
 public:
  Reading(const CsvSource& source, const std::string& shown, const CsvHead& head,
          const std::vector<WantedColumn>& wanted, const CodedCsvOptions& options)
      : source_(&source),
        shown_(&shown),
        head_(&head),
        wanted_(&wanted),
        piece_bytes_(std::max<uint64_t>(2, options.chunk_bytes / 2 * 2)),
        pieces_((source.size() - head.body_offset + piece_bytes_ - 1) / piece_bytes_),
        longest_row_(options.longest_row),
        findings_(options.unknown_limit) {
    for (const WantedColumn& column : wanted) {
      decoders_.push_back(decoder_of(column));
      columns_.push_back(empty_column(decoders_.back()));
    }
    carry_.line = head.body_line;
  }

  Result<CodedTable> read(int threads) {
    const auto useful = static_cast<int>(std::min<uint64_t>(pieces_, 1024));
    std::vector<std::thread> others;
    try {
      for (int i = 1; i < std::min(threads, useful); ++i)
        others.emplace_back([this] { work(); });
    } catch (const std::system_error&) {  // no more threads to be had: those there are suffice
    }
    work();
    for (std::thread& other : others)
      other.join();
    return finish();
  }

 private:
  // The life of a thread.
  void work() {
    try {
      CsvChunk chunk(*source_, head_->format, head_->width, longest_row_);
      while (!ended_) {
        const uint64_t piece = next_piece_++;
        if (piece >= pieces_ || !read_piece(piece, chunk))
          return;
      }
    } catch (const std::bad_alloc&) {
      out_of_memory_ = true;
      ended_ = true;
      resolving_.give_up();
      placing_.give_up();
    }
  }

  // False if the reading has been given up.
  bool read_piece(uint64_t piece, CsvChunk& chunk) {
    CsvFindings findings;
    const uint64_t begin = head_->body_offset + piece * piece_bytes_;
    const bool loaded = chunk.load(begin, std::min(begin + piece_bytes_, source_->size()));

    if (!resolving_.wait(piece))
      return false;
    if (loaded)
      carry_ = chunk.resolve(carry_);
    resolving_.pass();

    if (!loaded)
      findings.fault =
          fault_in(*shown_, "cannot be read to its end", "has it changed in the meantime?");
    else
      findings.fault = chunk.find_rows(piece == 0, *shown_);
    if (findings.fault)
      ended_ = true;
    const size_t rows = findings.fault ? 0 : keep_rows(chunk, findings);

    if (!placing_.wait(piece))
      return false;
    const size_t place = rows_;
    make_room(piece, place + rows);
    placing_.pass();

    if (rows > 0) {
      const std::shared_lock lock(columns_stay_);
      decode(chunk, place, findings);
    }
    findings_.add(piece, std::move(findings));
    return true;
  }

  size_t keep_rows(CsvChunk& chunk, CsvFindings& findings) {
    findings.misfits = chunk.keep_rows(*shown_);
    return chunk.rows();
  }

  // Lengthens the columns to `rows`, with the room that the whole file will probably need. Only
  // where that was wrong do the other threads have to wait.
  void make_room(uint64_t piece, size_t rows) {
    if (rows > room_) {
      const std::unique_lock lock(columns_stay_);
      const double expected =
          static_cast<double>(rows) / static_cast<double>(piece + 1) * static_cast<double>(pieces_);
      room_ = rows + rows / 8 +
              static_cast<size_t>(std::max(0.0, expected - static_cast<double>(rows)) * 1.05);
      for (CodedColumn& column : columns_)
        resize(column, room_);
    }
    rows_ = rows;
  }

  void decode(const CsvChunk& chunk, size_t place, CsvFindings& findings) {
    std::vector<Undecoded> undecoded;
    for (size_t first = 0; first < chunk.rows(); first += kRowsAtOnce) {
      const size_t count = std::min(kRowsAtOnce, chunk.rows() - first);
      for (size_t i = 0; i < decoders_.size(); ++i) {
        const CsvCells cells = cells_of(chunk, first, count, i);
        if (const auto* codes = std::get_if<CodeDecoder>(&decoders_[i])) {
          codes->decode(cells, std::get<Codes>(columns_[i]).codes.data() + place + first,
                        undecoded);
        } else if (const auto* numbers = std::get_if<NumberDecoder>(&decoders_[i])) {
          Numbers& column = std::get<Numbers>(columns_[i]);
          numbers->decode(cells, column.values.data() + place + first,
                          column.valid.data() + place + first, undecoded);
        }
        for (const Undecoded& cell : undecoded)
          note_undecoded(chunk, first + cell.row, i, cell.text, findings);
        undecoded.clear();
      }
    }
    for (size_t i = 0; i < decoders_.size(); ++i)
      if (std::holds_alternative<TextColumn>(decoders_[i]))
        take_texts(chunk, place, i, findings);
  }

  [[nodiscard]] CsvCells cells_of(const CsvChunk& chunk, size_t first, size_t count,
                                  size_t index) const {
    const size_t column = (*wanted_)[index].position;
    return {chunk.text(),
            chunk.separators(),
            chunk.first() + first,
            count,
            static_cast<uint32_t>(column),
            column + 1 == head_->width};
  }

  void take_texts(const CsvChunk& chunk, size_t place, size_t index, CsvFindings& findings) {
    const CsvCells cells = cells_of(chunk, 0, chunk.rows(), index);
    Texts& column = std::get<Texts>(columns_[index]);
    std::unique_ptr<char[]> block = copy_texts(cells, column.cells.data() + place);
    {
      const std::lock_guard lock(blocks_mutex_);
      column.blocks.push_back(std::move(block));
    }
    if (!chunk.has_non_ascii())
      return;
    for (size_t r = 0; r < chunk.rows(); ++r)
      if (find_invalid_utf8(column.cells[place + r]) != std::string_view::npos)
        note_undecodable(chunk, r, index, findings);
  }

  void note_undecoded(const CsvChunk& chunk, size_t row, size_t index, const std::string& text,
                      CsvFindings& findings) {
    if (find_invalid_utf8(text) != std::string_view::npos) {
      note_undecodable(chunk, row, index, findings);
      return;
    }
    if (findings.unknown.empty())
      findings.unknown.resize(decoders_.size());
    const char* cell = chunk.cell(row, (*wanted_)[index].position).data();
    findings.unknown[index].add(text, [&] { return chunk.line_of(chunk.position_of(cell)); });
  }

  void note_undecodable(const CsvChunk& chunk, size_t row, size_t index, CsvFindings& findings) {
    UndecodableCells& found = findings.undecodable;
    ++found.cells;
    const std::string_view cell = chunk.cell(row, (*wanted_)[index].position);
    const std::string_view bytes = cell.substr(find_invalid_utf8(cell));
    const Place place = chunk.place_of(chunk.position_of(bytes.data()), *shown_);
    if (found.cells > 1 && found.place <= place)
      return;
    found.place = place;
    found.column = (*wanted_)[index].position;
    found.bytes = bytes.substr(0, 4);
  }

  Result<CodedTable> finish() {
    CsvFindings& found = findings_.all();
    if (out_of_memory_)
      return fault_in(*shown_, "there is not enough memory to read it");
    if (found.fault)
      return *found.fault;
    if (found.misfits.wide_rows.count > 0)
      return csv_wide_rows(found.misfits.first_wide, found.misfits.first_wide_cells, head_->width,
                           found.misfits.wide_rows);
    if (const UndecodableCells& bad = found.undecodable; bad.cells > 0)
      return csv_undecodable(bad.place, csv_column_name(*head_, bad.column), bad.bytes,
                             head_->format.encoding, bad.cells);
    CodedTable table;
    table.rows = rows_;
    table.report.format = head_->format;
    table.report.short_rows = found.misfits.short_rows;
    table.report.empty_rows = found.misfits.empty_rows + head_->empty_rows;
    for (CodedColumn& column : columns_)
      resize(column, rows_);
    table.columns = std::move(columns_);
    for (size_t i = 0; i < found.unknown.size(); ++i) {
      if (auto* codes = std::get_if<Codes>(&table.columns[i]))
        codes->unknown = std::move(found.unknown[i]).take();
      else if (auto* numbers = std::get_if<Numbers>(&table.columns[i]))
        numbers->unknown = std::move(found.unknown[i]).take();
    }
    return table;
  }

  const CsvSource* source_;
  const std::string* shown_;
  const CsvHead* head_;
  const std::vector<WantedColumn>* wanted_;
  uint64_t piece_bytes_;
  uint64_t pieces_;
  size_t longest_row_;
  std::vector<Decoder> decoders_;

  std::atomic<uint64_t> next_piece_ = 0;
  std::atomic<bool> ended_ = false;
  std::atomic<bool> out_of_memory_ = false;
  Turns resolving_;
  CsvCarry carry_;  // belongs to the piece whose turn it is in resolving_
  Turns placing_;
  size_t rows_ = 0;  // these two to the piece whose turn it is in placing_
  size_t room_ = 0;
  std::shared_mutex columns_stay_;
  std::vector<CodedColumn> columns_;
  std::mutex blocks_mutex_;
  FindingsInOrder findings_;
};

}  // namespace

CodedCsvReader::CodedCsvReader(CsvSource source, std::string shown, CsvHead head)
    : source_(std::move(source)), shown_(std::move(shown)), head_(std::move(head)) {}

Result<CodedCsvReader> CodedCsvReader::open(const std::string& path, const std::string& shown,
                                            const CsvOptions& options) {
  Result<CsvSource> source = CsvSource::open(path, shown);
  if (!source)
    return source.fault();
  return begin(std::move(source).value(), shown, options);
}

Result<CodedCsvReader> CodedCsvReader::over(std::string_view bytes, const std::string& shown,
                                            const CsvOptions& options) {
  return begin(CsvSource::over(bytes), shown, options);
}

Result<CodedCsvReader> CodedCsvReader::begin(CsvSource source, const std::string& shown,
                                             const CsvOptions& options) {
  Result<CsvHead> head = read_csv_head(source, shown, options);
  if (!head)
    return head.fault();
  return CodedCsvReader(std::move(source), shown, std::move(head).value());
}

Result<CodedTable> CodedCsvReader::read(const std::vector<WantedColumn>& wanted,
                                        const CodedCsvOptions& options) const {
  for (const WantedColumn& column : wanted)
    if (column.position >= head_.width)
      return fault_in(shown_, "there is no column " + std::to_string(column.position + 1) +
                                  ": the header has " + std::to_string(head_.width));
  return Reading(source_, shown_, head_, wanted, options).read(options.threads);
}

}  // namespace topline
