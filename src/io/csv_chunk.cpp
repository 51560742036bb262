#include "io/csv_chunk.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "io/csv_cell.hpp"
#include "io/csv_faults.hpp"

namespace topline {

namespace {

constexpr size_t kNowhere = ~size_t{0};

bool bit_of(const ColumnVector<uint64_t>& mask, size_t position) {
  return (mask[position / 64] >> (position % 64) & 1) != 0;
}

void set_bit(ColumnVector<uint64_t>& mask, size_t position, bool value) {
  const uint64_t bit = uint64_t{1} << (position % 64);
  uint64_t& word = mask[position / 64];
  word = value ? word | bit : word & ~bit;
}

}  // namespace

// Cells that a short row lacks are placed behind its end, one byte each: see make_fit.
CsvChunk::CsvChunk(const CsvSource& source, const CsvFormat& format, size_t width,
                   size_t longest_row)
    : window_(source, format.encoding, kCsvPadding + width),
      delimiter_(format.delimiter),
      width_(width),
      longest_row_(longest_row) {}

bool CsvChunk::load(uint64_t begin, uint64_t end) {
  if (!window_.load(begin, end))
    return false;
  scan_ = scan_csv(window_.text(), window_.stretch_size(), delimiter_, masks_);
  text_after_quote_.clear();
  behind_non_ascii_ = false;
  return true;
}

CsvCarry CsvChunk::resolve(CsvCarry before) {
  first_line_ = before.line;
  const size_t size = window_.stretch_size();
  if (!quotes_are_regular(before.state)) {
    state_after_ = follow_quotes(before.state);
  } else {
    const bool inside = before.state == CsvState::quoted;
    if (inside) {
      for (uint64_t& word : masks_.inside)
        word = ~word;
      if (size % 64 != 0)
        masks_.inside.back() &= ~(~uint64_t{0} << (size % 64));
    }
    CsvMachine machine(delimiter_, CsvState::cell_start);
    if (size == 0)
      state_after_ = before.state;
    else if (inside != scan_.odd_quotes)
      state_after_ = CsvState::quoted;
    else if (window_.text()[size - 1] == '"')
      state_after_ = CsvState::quote_seen;
    else if (machine.separates(window_.text()[size - 1]))
      state_after_ = CsvState::cell_start;
    else
      state_after_ = CsvState::plain;
  }
  return {state_after_, first_line_ + scan_.lines};
}

// Whether counting quotes is enough to know which bytes are in quotes.
bool CsvChunk::quotes_are_regular(CsvState before) const {
  const char head = window_.text()[0];
  const CsvMachine machine(delimiter_, before);
  switch (before) {
    case CsvState::cell_start:
      return !scan_.irregular_from_outside;
    case CsvState::quoted:
      return !scan_.irregular_from_inside;
    case CsvState::plain:
      return !scan_.irregular_from_outside && head != '"';
    case CsvState::quote_seen:
      return !scan_.irregular_from_outside && (head == '"' || machine.separates(head));
    case CsvState::after_quote:
    case CsvState::broken:
      return false;
  }
  return false;
}

// The slow way, byte by byte: corrects masks_.inside, and notes text behind closing quotes.
CsvState CsvChunk::follow_quotes(CsvState before) {
  CsvMachine machine(delimiter_, before);
  const char* text = window_.text();
  for (size_t i = 0; i < window_.stretch_size(); ++i) {
    const CsvState last = machine.state();
    machine.step(text[i]);
    set_bit(masks_.inside, i, machine.state() == CsvState::quoted);
    if (machine.state() == CsvState::broken && last != CsvState::broken)
      text_after_quote_.push_back(i);
  }
  return machine.state();
}

std::optional<Diagnostic> CsvChunk::find_rows(bool first, const std::string& shown) {
  separators_.clear();
  row_ends_.clear();
  first_.clear();
  const std::optional<size_t> begin = first ? size_t{0} : first_row_begin();
  if (!begin)
    return std::nullopt;
  const RowEnd row_end = read_to_row_end();
  separators_.push_back(static_cast<uint32_t>(*begin) - 1);
  row_ends_.push_back(0);
  index_csv(masks_, *begin, end_, separators_, row_ends_);
  return earliest_fault(row_end, *begin, shown);
}

std::optional<size_t> CsvChunk::first_row_begin() const {
  for (size_t w = 0; w < masks_.newlines.size(); ++w)
    if (const uint64_t ends = masks_.newlines[w] & ~masks_.inside[w])
      return 64 * w + static_cast<size_t>(std::countr_zero(ends)) + 1;
  return std::nullopt;
}

// Reads on behind the piece, byte by byte, to the end of the row that begins in it.
CsvChunk::RowEnd CsvChunk::read_to_row_end() {
  const size_t stretch = window_.stretch_size();
  CsvMachine machine(delimiter_, state_after_);
  const bool at_row_begin =
      stretch > 0 && bit_of(masks_.newlines, stretch - 1) && !bit_of(masks_.inside, stretch - 1);
  for (size_t i = stretch;; ++i) {
    end_ = i;
    while (i + 2 >= window_.size() && !window_.at_end())
      if (!window_.extend())
        return RowEnd::cannot_read;
    if (i >= window_.size())
      return i == stretch && (at_row_begin || stretch == 0) ? RowEnd::nothing_left
                                                            : RowEnd::not_closed;
    if (i - stretch > longest_row_)
      return RowEnd::too_long;
    const char c = window_.text()[i];
    const CsvState last = machine.state();
    machine.step(c);
    const bool newline = ends_csv_line(window_.text() + i);
    const bool inside = machine.state() == CsvState::quoted;
    mark(i, newline || c == delimiter_, newline, inside);
    behind_non_ascii_ = behind_non_ascii_ || static_cast<unsigned char>(c) >= 0x80;
    scan_.has_zero = scan_.has_zero || c == '\0';
    if (machine.state() == CsvState::broken && last != CsvState::broken)
      text_after_quote_.push_back(i);
    if (newline && !inside) {
      end_ = i + 1;
      return RowEnd::found;
    }
  }
}

void CsvChunk::mark(size_t position, bool separator, bool newline, bool inside) {
  if (position / 64 >= masks_.separators.size()) {
    masks_.separators.push_back(0);
    masks_.newlines.push_back(0);
    masks_.inside.push_back(0);
  }
  set_bit(masks_.separators, position, separator);
  set_bit(masks_.newlines, position, newline);
  set_bit(masks_.inside, position, inside);
}

std::optional<Diagnostic> CsvChunk::earliest_fault(RowEnd row_end, size_t begin,
                                                   const std::string& shown) const {
  std::optional<Diagnostic> fault;
  size_t fault_at = kNowhere;
  auto earlier = [&](size_t position) {
    if (position >= fault_at)
      return false;
    fault_at = position;
    return true;
  };
  if (scan_.has_zero) {
    const void* zero = std::memchr(window_.text() + begin, '\0', end_ - begin);
    if (zero != nullptr && earlier(position_of(static_cast<const char*>(zero))))
      fault = csv_zero_byte(place_of(fault_at, shown));
  }
  for (const size_t position : text_after_quote_)
    if (position >= begin && earlier(position))
      fault = csv_text_after_quote(place_of(position, shown), line_of(cell_begin(position)));
  if (row_end == RowEnd::not_closed && earlier(cell_begin(end_)))
    fault = csv_unclosed_quote(place_of(fault_at, shown));
  if (row_end == RowEnd::too_long) {
    const bool in_quotes = bit_of(masks_.inside, end_ - 1);
    if (earlier(in_quotes ? cell_begin(end_) : size_t{separators_[row_ends_.back()] + 1}))
      fault = csv_endless_row(place_of(fault_at, shown), in_quotes, longest_row_);
  }
  if (row_end == RowEnd::cannot_read && !fault)
    fault = fault_in(shown, "cannot be read to its end", "has it changed in the meantime?");
  return fault;
}

// Where the cell begins in which `position` is, or that ends there.
size_t CsvChunk::cell_begin(size_t position) const {
  const auto behind =
      std::lower_bound(separators_.begin() + 1, separators_.end(), static_cast<uint32_t>(position));
  return uint32_t{*(behind - 1) + 1};
}

std::string_view CsvChunk::raw_cell(uint32_t separator) const {
  const uint32_t begin = separators_[separator - 1] + 1;
  const size_t end = without_returns(text(), begin, separators_[separator]);
  return {text() + begin, end - begin};
}

std::string_view CsvChunk::cell(size_t row, size_t column) const {
  return raw_cell(first_[row] + static_cast<uint32_t>(column));
}

bool CsvChunk::row_is_empty(uint32_t first, uint32_t count) const {
  for (uint32_t c = 0; c < count; ++c)
    if (!is_empty_cell(raw_cell(first + c)))
      return false;
  return true;
}

CsvMisfits CsvChunk::keep_rows(const std::string& shown) {
  CsvMisfits misfits;
  const size_t found = row_ends_.empty() ? 0 : row_ends_.size() - 1;
  first_.reserve(found);
  for (size_t r = 0; r < found; ++r) {
    const uint32_t first = row_ends_[r] + 1;
    const uint32_t count = row_ends_[r + 1] - row_ends_[r];
    const uint32_t begin = separators_[first - 1] + 1;
    const char head = text()[begin];
    const bool may_be_empty = head == delimiter_ || head == '"' || head == ' ' || head == '\t' ||
                              head == '\r' || head == '\n' || head == '\xC2';
    if (may_be_empty && row_is_empty(first, count)) {
      ++misfits.empty_rows;
      continue;
    }
    if (count == width_) {
      first_.push_back(first);
      continue;
    }
    uint32_t used = count;
    while (used > width_ && is_empty_cell(raw_cell(first + used - 1)))
      --used;
    if (used > width_) {
      if (misfits.wide_rows.count == 0) {
        const auto extra = first + static_cast<uint32_t>(width_);
        misfits.first_wide = place_of(separators_[extra - 1] + 1, shown);
        misfits.first_wide_cells = used;
      }
      misfits.wide_rows.add(line_of(begin));
    } else if (count < width_) {
      misfits.short_rows.add(line_of(begin));
    }
    make_fit(first, count);
  }
  return misfits;
}

// Copies the separators of a row to the end of the list, leaving out those too many and
// inventing those that are missing: each one byte behind the other, so that the cells between
// them are empty. (They are inside the padding, at most.)
void CsvChunk::make_fit(uint32_t first, uint32_t count) {
  const uint32_t before = separators_[first - 1];
  separators_.push_back(before);
  first_.push_back(static_cast<uint32_t>(separators_.size()));
  uint32_t last = before;
  for (uint32_t c = 0; c < width_; ++c) {
    if (c < count) {
      const std::string_view cell = raw_cell(first + c);
      last = static_cast<uint32_t>(position_of(cell.data()) + cell.size());
    } else {
      ++last;
    }
    separators_.push_back(last);
  }
}

int64_t CsvChunk::line_of(size_t position) const {
  int64_t line = first_line_;
  for (size_t w = 0; w < position / 64; ++w)
    line += std::popcount(masks_.newlines[w]);
  if (position % 64 != 0 && position / 64 < masks_.newlines.size())
    line += std::popcount(masks_.newlines[position / 64] & ~(~uint64_t{0} << (position % 64)));
  return line;
}

Place CsvChunk::place_of(size_t position, const std::string& shown) const {
  size_t begin = position;
  while (begin > 0 && !bit_of(masks_.newlines, begin - 1))
    --begin;
  return csv_place(shown, line_of(position), static_cast<int64_t>(position - begin) + 1);
}

}  // namespace topline
