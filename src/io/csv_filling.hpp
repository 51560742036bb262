// The wanted columns of a file while it is read: their decoders, and the room for their values.
#pragma once

#include <mutex>
#include <shared_mutex>
#include <string>
#include <variant>
#include <vector>

#include "io/csv_chunk.hpp"
#include "io/csv_columns.hpp"
#include "io/csv_decode.hpp"
#include "io/csv_findings.hpp"

namespace topline {

class CsvFilling {
 public:
  // `wanted` and `shown` must outlive it. `width` is the number of columns of the file.
  CsvFilling(const std::vector<WantedColumn>& wanted, size_t width, const std::string& shown);

  // Makes every column `rows` long, and waits for those who decode if that moves the values.
  void make_room(size_t rows);
  [[nodiscard]] size_t room() const { return room_; }

  // Decodes the wanted cells of the rows of `chunk` to the rows from `place` on, for which there
  // must be room. Several threads at once, for different rows.
  void decode(const CsvChunk& chunk, size_t place, CsvFindings& findings);

  // The columns, cut to `rows`.
  std::vector<CodedColumn> take(size_t rows) &&;

 private:
  using Decoder = std::variant<CodeDecoder, NumberDecoder, TextColumn>;

  static Decoder decoder_of(const WantedColumn& wanted);
  static CodedColumn empty_column(const Decoder& decoder);
  [[nodiscard]] CsvCells cells_of(const CsvChunk& chunk, size_t first, size_t count,
                                  size_t index) const;
  void decode_some(const CsvChunk& chunk, size_t first, size_t place, CsvFindings& findings);
  void take_texts(const CsvChunk& chunk, size_t place, size_t index, CsvFindings& findings);
  void note_undecoded(const CsvChunk& chunk, size_t row, size_t index, const std::string& text,
                      CsvFindings& findings) const;
  void note_undecodable(const CsvChunk& chunk, size_t row, size_t index,
                        CsvFindings& findings) const;

  const std::vector<WantedColumn>* wanted_;
  size_t width_;
  const std::string* shown_;
  std::vector<Decoder> decoders_;
  size_t room_ = 0;
  std::shared_mutex columns_stay_;  // shared by those who decode
  std::vector<CodedColumn> columns_;
  std::mutex blocks_mutex_;
};

}  // namespace topline
