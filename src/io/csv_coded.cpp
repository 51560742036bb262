#include "io/csv_coded.hpp"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>

#include "io/csv_chunk.hpp"
#include "io/csv_faults.hpp"
#include "io/csv_filling.hpp"
#include "io/csv_findings.hpp"

namespace topline {

namespace {

// How far a piece of the file has come. What is done by a thread alone stands in -ing.
enum class Stage { loading, loaded, resolved, finding_rows, rows_found, placed, decoding };

struct Piece {
  explicit Piece(CsvChunk empty) : chunk(std::move(empty)) {}

  uint64_t number = 0;
  Stage stage = Stage::loading;
  CsvChunk chunk;
  CsvFindings findings;
  size_t rows = 0;
  size_t place = 0;  // of its first row
};

// The reading of one file. Every piece is loaded, resolved, searched for rows, given its place
// in the columns, and decoded there. Resolving and placing are quick and need the piece before;
// whoever holds the lock does them as soon as they can be done. The rest is done by any thread,
// and none waits for another as long as there is a piece that it can go on with.
class Reading {
 public:
  Reading(const CsvSource& source, const std::string& shown, const CsvHead& head,
          const std::vector<WantedColumn>& wanted, const CodedCsvOptions& options)
      : source_(&source),
        shown_(&shown),
        head_(&head),
        piece_bytes_(std::max<uint64_t>(2, options.chunk_bytes / 2 * 2)),
        pieces_((source.size() - head.body_offset + piece_bytes_ - 1) / piece_bytes_),
        longest_row_(options.longest_row),
        threads_(static_cast<size_t>(std::clamp<int64_t>(
            options.threads, 1, static_cast<int64_t>(std::clamp<uint64_t>(pieces_, 1, 1024))))),
        most_in_flight_(threads_ == 1 ? 1 : 8 * threads_),
        filling_(wanted, head.width, shown),
        findings_(options.unknown_limit) {
    carry_.line = head.body_line;
  }

  Result<CodedTable> read() {
    std::vector<std::thread> others;
    try {
      for (size_t i = 1; i < threads_; ++i)
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
      std::unique_lock lock(mutex_);
      while (Piece* piece = next_task(lock)) {
        lock.unlock();
        go_on_with(*piece);
        lock.lock();
        finish_stage(*piece);
        advance();
        something_new_.notify_all();
      }
    } catch (const std::bad_alloc&) {
      const std::lock_guard lock(mutex_);
      out_of_memory_ = true;
      something_new_.notify_all();
    }
  }

  // The piece to go on with, in its new stage: the one that is nearest to its end. Waits until
  // there is one; nothing when all is done.
  Piece* next_task(std::unique_lock<std::mutex>& lock) {
    for (; !out_of_memory_; something_new_.wait(lock)) {
      for (const auto& [ready, next] : {std::pair(Stage::placed, Stage::decoding),
                                        std::pair(Stage::resolved, Stage::finding_rows)}) {
        if (Piece* piece = first_in(ready)) {
          piece->stage = next;
          return piece;
        }
      }
      const bool more = !ended_ && next_piece_ < pieces_;
      if (more && in_flight_.size() < most_in_flight_)
        return &new_piece();
      if (!more && in_flight_.empty())
        break;
    }
    return nullptr;
  }

  Piece* first_in(Stage stage) {
    for (auto& [number, piece] : in_flight_)
      if (piece->stage == stage)
        return piece.get();
    return nullptr;
  }

  Piece& new_piece() {
    std::unique_ptr<Piece> piece;
    if (free_.empty()) {
      piece =
          std::make_unique<Piece>(CsvChunk(*source_, head_->format, head_->width, longest_row_));
    } else {  // the last one used, whose memory is still in the cache
      piece = std::move(free_.back());
      free_.pop_back();
    }
    piece->number = next_piece_++;
    piece->stage = Stage::loading;
    piece->findings = {};
    piece->rows = 0;
    return *in_flight_.emplace(piece->number, std::move(piece)).first->second;
  }

  // What a thread does alone.
  void go_on_with(Piece& piece) {
    switch (piece.stage) {
      case Stage::loading: {
        const uint64_t begin = head_->body_offset + piece.number * piece_bytes_;
        if (!piece.chunk.load(begin, std::min(begin + piece_bytes_, source_->size())))
          piece.findings.fault =
              fault_in(*shown_, "cannot be read to its end", "has it changed in the meantime?");
        return;
      }
      case Stage::finding_rows:
        if (!piece.findings.fault)
          piece.findings.fault = piece.chunk.find_rows(piece.number == 0, *shown_);
        if (piece.findings.fault)
          return;
        piece.findings.misfits = piece.chunk.keep_rows(*shown_);
        piece.rows = piece.chunk.rows();
        return;
      case Stage::decoding:
        if (piece.rows > 0)
          filling_.decode(piece.chunk, piece.place, piece.findings);
        findings_.add(piece.number, std::move(piece.findings));
        return;
      case Stage::loaded:
      case Stage::resolved:
      case Stage::rows_found:
      case Stage::placed:
        return;
    }
  }

  void finish_stage(Piece& piece) {
    if (piece.findings.fault)
      ended_ = true;
    if (piece.stage == Stage::decoding) {
      const auto done = in_flight_.find(piece.number);
      free_.push_back(std::move(done->second));
      in_flight_.erase(done);
    } else {
      piece.stage = piece.stage == Stage::loading ? Stage::loaded : Stage::rows_found;
    }
  }

  // The steps that are done in the order of the file.
  void advance() {
    while (Piece* piece = in_stage(next_to_resolve_, Stage::loaded)) {
      if (!piece->findings.fault)
        carry_ = piece->chunk.resolve(carry_);
      piece->stage = Stage::resolved;
      ++next_to_resolve_;
    }
    while (Piece* piece = in_stage(next_to_place_, Stage::rows_found)) {
      piece->place = rows_;
      rows_ += piece->rows;
      if (rows_ > filling_.room())
        filling_.make_room(expected_rows());
      piece->stage = Stage::placed;
      ++next_to_place_;
    }
  }

  Piece* in_stage(uint64_t number, Stage stage) {
    const auto piece = in_flight_.find(number);
    return piece != in_flight_.end() && piece->second->stage == stage ? piece->second.get()
                                                                      : nullptr;
  }

  // How many rows there will be if it goes on as it did, and some more. Where that is too few,
  // the columns are moved again.
  [[nodiscard]] size_t expected_rows() const {
    const double pieces = static_cast<double>(pieces_) / static_cast<double>(next_to_place_ + 1);
    return rows_ + rows_ / 8 +
           static_cast<size_t>(static_cast<double>(rows_) * (pieces - 1) * 1.05);
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
    table.columns = std::move(filling_).take(rows_);
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
  uint64_t piece_bytes_;
  uint64_t pieces_;
  size_t longest_row_;
  size_t threads_;
  size_t most_in_flight_;
  CsvFilling filling_;
  FindingsInOrder findings_;

  std::mutex mutex_;  // for all that follows
  std::condition_variable something_new_;
  std::map<uint64_t, std::unique_ptr<Piece>> in_flight_;
  std::vector<std::unique_ptr<Piece>> free_;
  uint64_t next_piece_ = 0;
  uint64_t next_to_resolve_ = 0;
  uint64_t next_to_place_ = 0;
  CsvCarry carry_;      // what the piece next_to_resolve_ has to know
  size_t rows_ = 0;     // in the pieces before next_to_place_
  bool ended_ = false;  // a fault: no more pieces are begun
  bool out_of_memory_ = false;
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
  return Reading(source_, shown_, head_, wanted, options).read();
}

}  // namespace topline
