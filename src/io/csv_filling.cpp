#include "io/csv_filling.hpp"

#include <algorithm>
#include <memory>

#include "io/csv_head.hpp"

namespace topline {

namespace {

// So many rows of one column are decoded before the next column: their text and separators
// stay in the first-level cache.
constexpr size_t kRowsAtOnce = 64;

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

}  // namespace

CsvFilling::CsvFilling(const std::vector<WantedColumn>& wanted, size_t width,
                       const std::string& shown)
    : wanted_(&wanted), width_(width), shown_(&shown) {
  for (const WantedColumn& column : wanted) {
    decoders_.push_back(decoder_of(column));
    columns_.push_back(empty_column(decoders_.back()));
  }
}

CsvFilling::Decoder CsvFilling::decoder_of(const WantedColumn& wanted) {
  if (const auto* codes = std::get_if<CodeColumn>(&wanted.decoder))
    return CodeDecoder(*codes);
  if (const auto* numbers = std::get_if<NumberColumn>(&wanted.decoder))
    return NumberDecoder(*numbers);
  return TextColumn{};
}

CodedColumn CsvFilling::empty_column(const Decoder& decoder) {
  if (std::holds_alternative<CodeDecoder>(decoder))
    return Codes{};
  if (std::holds_alternative<NumberDecoder>(decoder))
    return Numbers{};
  return Texts{};
}

void CsvFilling::make_room(size_t rows) {
  const std::unique_lock lock(columns_stay_);
  for (CodedColumn& column : columns_)
    resize(column, rows);
  room_ = rows;
}

std::vector<CodedColumn> CsvFilling::take(size_t rows) && {
  make_room(rows);
  return std::move(columns_);
}

void CsvFilling::decode(const CsvChunk& chunk, size_t place, CsvFindings& findings) {
  const std::shared_lock lock(columns_stay_);
  for (size_t first = 0; first < chunk.rows(); first += kRowsAtOnce)
    decode_some(chunk, first, place, findings);
  for (size_t i = 0; i < decoders_.size(); ++i)
    if (std::holds_alternative<TextColumn>(decoders_[i]))
      take_texts(chunk, place, i, findings);
}

// The codes and numbers of a few rows.
void CsvFilling::decode_some(const CsvChunk& chunk, size_t first, size_t place,
                             CsvFindings& findings) {
  std::vector<Undecoded> undecoded;
  const size_t count = std::min(kRowsAtOnce, chunk.rows() - first);
  for (size_t i = 0; i < decoders_.size(); ++i) {
    const CsvCells cells = cells_of(chunk, first, count, i);
    if (const auto* codes = std::get_if<CodeDecoder>(&decoders_[i])) {
      codes->decode(cells, std::get<Codes>(columns_[i]).codes.data() + place + first, undecoded);
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

CsvCells CsvFilling::cells_of(const CsvChunk& chunk, size_t first, size_t count,
                              size_t index) const {
  const size_t column = (*wanted_)[index].position;
  return {chunk.text(),
          chunk.separators(),
          chunk.first() + first,
          count,
          static_cast<uint32_t>(column),
          column + 1 == width_};
}

void CsvFilling::take_texts(const CsvChunk& chunk, size_t place, size_t index,
                            CsvFindings& findings) {
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

void CsvFilling::note_undecoded(const CsvChunk& chunk, size_t row, size_t index,
                                const std::string& text, CsvFindings& findings) const {
  if (find_invalid_utf8(text) != std::string_view::npos) {
    note_undecodable(chunk, row, index, findings);
    return;
  }
  if (findings.unknown.empty())
    findings.unknown.resize(decoders_.size());
  const char* cell = chunk.cell(row, (*wanted_)[index].position).data();
  findings.unknown[index].add(text, [&] { return chunk.line_of(chunk.position_of(cell)); });
}

void CsvFilling::note_undecodable(const CsvChunk& chunk, size_t row, size_t index,
                                  CsvFindings& findings) const {
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

}  // namespace topline
