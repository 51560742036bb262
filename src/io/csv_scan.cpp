#include "io/csv_scan.hpp"

#include <algorithm>
#include <bit>

// Highway compiles what stands between its namespaces once for each instruction set, and
// chooses at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "io/csv_scan.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace topline::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

constexpr size_t kBlock = 64;          // bytes for one word of each mask
constexpr size_t kBlocksAtOnce = 128;  // so that a word is loaded long after its bytes are stored

// The plain positions of each kind of byte in a few blocks of text.
struct RawMasks {
  alignas(64) uint64_t quotes[kBlocksAtOnce];
  alignas(64) uint64_t delimiters[kBlocksAtOnce];
  alignas(64) uint64_t feeds[kBlocksAtOnce];
  alignas(64) uint64_t returns[kBlocksAtOnce];
};

struct OddBytes {
  bool zero = false;
  bool non_ascii = false;
};

#if HWY_TARGET == HWY_SCALAR

// Without vectors, bit by bit.
void find_bytes(const uint8_t* HWY_RESTRICT text, size_t blocks, uint8_t delimiter, RawMasks& raw,
                OddBytes& odd) {
  for (size_t b = 0; b < blocks; ++b) {
    raw.quotes[b] = raw.delimiters[b] = raw.feeds[b] = raw.returns[b] = 0;
    for (size_t i = 0; i < kBlock; ++i) {
      const uint8_t byte = text[b * kBlock + i];
      raw.quotes[b] |= uint64_t{byte == '"'} << i;
      raw.delimiters[b] |= uint64_t{byte == delimiter} << i;
      raw.feeds[b] |= uint64_t{byte == '\n'} << i;
      raw.returns[b] |= uint64_t{byte == '\r'} << i;
      odd.zero = odd.zero || byte == 0;
      odd.non_ascii = odd.non_ascii || byte >= 0x80;
    }
  }
}

#else

void find_bytes(const uint8_t* HWY_RESTRICT text, size_t blocks, uint8_t delimiter, RawMasks& raw,
                OddBytes& odd) {
  const hn::CappedTag<uint8_t, kBlock> d;
  const size_t lanes = hn::Lanes(d);
  const auto quote = hn::Set(d, uint8_t{'"'});
  const auto separator = hn::Set(d, delimiter);
  const auto feed = hn::Set(d, uint8_t{'\n'});
  const auto carriage = hn::Set(d, uint8_t{'\r'});
  auto smallest = hn::Set(d, uint8_t{0xFF});
  auto all = hn::Zero(d);
  auto* quotes = reinterpret_cast<uint8_t*>(raw.quotes);
  auto* delimiters = reinterpret_cast<uint8_t*>(raw.delimiters);
  auto* feeds = reinterpret_cast<uint8_t*>(raw.feeds);
  auto* returns = reinterpret_cast<uint8_t*>(raw.returns);
  for (size_t i = 0; i < blocks * kBlock; i += lanes) {
    const auto bytes = hn::LoadU(d, text + i);
    hn::StoreMaskBits(d, hn::Eq(bytes, quote), quotes + i / 8);
    hn::StoreMaskBits(d, hn::Eq(bytes, separator), delimiters + i / 8);
    hn::StoreMaskBits(d, hn::Eq(bytes, feed), feeds + i / 8);
    hn::StoreMaskBits(d, hn::Eq(bytes, carriage), returns + i / 8);
    smallest = hn::Min(smallest, bytes);
    all = hn::Or(all, bytes);
  }
  odd.zero = odd.zero || !hn::AllFalse(d, hn::Eq(smallest, hn::Zero(d)));
  odd.non_ascii = odd.non_ascii || !hn::AllTrue(d, hn::Lt(all, hn::Set(d, uint8_t{0x80})));
}

#endif

// Bit i of the result is the parity of the bits 0 to i.
uint64_t prefix_xor(uint64_t bits) {
  for (int shift = 1; shift < 64; shift *= 2)
    bits ^= bits << shift;
  return bits;
}

CsvScan Scan(const char* text, size_t size, char delimiter, CsvMasks& masks) {
  const size_t blocks = (size + kBlock - 1) / kBlock;
  masks.separators.resize(blocks);
  masks.newlines.resize(blocks);
  masks.inside.resize(blocks);
  auto bounds_cell = [&](char c) { return c == delimiter || c == '\n' || c == '\r' || c == '"'; };

  CsvScan scan;
  OddBytes odd;
  RawMasks raw{};
  uint64_t inside_before = 0;           // all ones where the block begins in quotes
  uint64_t opens_well = 1;              // may the first byte of the block be an opening quote?
  uint64_t irregular_from_outside = 0;  // positions of quotes that break the pattern
  uint64_t irregular_from_inside = 0;
  for (size_t first = 0; first < blocks; first += kBlocksAtOnce) {
    const size_t count = std::min(kBlocksAtOnce, blocks - first);
    const size_t whole = first + count == blocks && size % kBlock != 0 ? count - 1 : count;
    find_bytes(reinterpret_cast<const uint8_t*>(text) + first * kBlock, whole,
               static_cast<uint8_t>(delimiter), raw, odd);
    if (whole != count) {  // the last, incomplete block: bytes behind `size` are no zeros of ours
      alignas(64) uint8_t rest[kBlock];
      std::fill(rest, rest + kBlock, uint8_t{' '});
      std::copy(text + (first + whole) * kBlock, text + size, rest);
      RawMasks last{};
      find_bytes(rest, 1, static_cast<uint8_t>(delimiter), last, odd);
      raw.quotes[whole] = last.quotes[0];
      raw.delimiters[whole] = last.delimiters[0];
      raw.feeds[whole] = last.feeds[0];
      raw.returns[whole] = last.returns[0];
    }
    for (size_t b = 0; b < count; ++b) {
      const size_t begin = (first + b) * kBlock;
      const size_t length = std::min(kBlock, size - begin);
      const uint64_t last_bit = uint64_t{1} << (length - 1);
      const char* next = text + begin + length;  // the padding allows to look ahead

      const uint64_t quotes = raw.quotes[b];
      uint64_t newlines = raw.feeds[b];
      if (const uint64_t returns = raw.returns[b]) {
        const uint64_t before_feed = returns & (newlines >> 1 | (next[0] == '\n' ? last_bit : 0));
        const uint64_t before_return =
            returns & (before_feed >> 1 | (next[0] == '\r' && next[1] == '\n' ? last_bit : 0));
        newlines |= returns & ~(before_feed | before_return);
      }
      scan.lines += std::popcount(newlines);
      const uint64_t separators = raw.delimiters[b] | newlines;
      uint64_t inside = inside_before;
      const uint64_t bounds = raw.delimiters[b] | raw.feeds[b] | raw.returns[b] | quotes;
      if (quotes != 0) {
        inside ^= prefix_xor(quotes);
        const uint64_t after_bound = bounds << 1 | opens_well;
        const uint64_t before_bound = bounds >> 1 | (bounds_cell(next[0]) ? last_bit : 0);
        const uint64_t odd_opening = quotes & ~after_bound;
        const uint64_t odd_closing = quotes & ~before_bound;
        irregular_from_outside |= (inside & odd_opening) | (~inside & odd_closing);
        irregular_from_inside |= (~inside & odd_opening) | (inside & odd_closing);
        inside_before = (inside & last_bit) != 0 ? ~uint64_t{0} : 0;
      }
      opens_well = (bounds & last_bit) != 0 ? 1 : 0;
      masks.separators[first + b] = separators;
      masks.newlines[first + b] = newlines;
      masks.inside[first + b] = inside & (last_bit - 1 + last_bit);
    }
  }
  scan.odd_quotes = inside_before != 0;
  scan.irregular_from_outside = irregular_from_outside != 0;
  scan.irregular_from_inside = irregular_from_inside != 0;
  scan.has_zero = odd.zero;
  scan.has_non_ascii = odd.non_ascii;
  return scan;
}

void Index(const CsvMasks& masks, size_t from, size_t to, ColumnVector<uint32_t>& separators,
           ColumnVector<uint32_t>& row_ends) {
  constexpr size_t kStride = 8;  // positions written at once, needed or not
  size_t count = separators.size();
  size_t rows = row_ends.size();
  for (size_t block = from / kBlock; block * kBlock < to; ++block) {
    uint64_t wanted = ~uint64_t{0};
    if (block * kBlock < from)
      wanted &= ~uint64_t{0} << (from % kBlock);
    if (to - block * kBlock < kBlock)
      wanted &= ~(~uint64_t{0} << (to - block * kBlock));
    wanted &= ~masks.inside[block];
    uint64_t bits = masks.separators[block] & wanted;
    uint64_t newlines = masks.newlines[block] & wanted;
    if (separators.size() < count + kBlock + kStride)
      separators.resize(std::max(separators.size() * 2, count + 64 * kBlock));
    if (row_ends.size() < rows + kBlock)
      row_ends.resize(std::max(row_ends.size() * 2, rows + 16 * kBlock));

    for (; newlines != 0; newlines &= newlines - 1) {
      const uint64_t before = (newlines & (~newlines + 1)) - 1;
      row_ends[rows++] =
          static_cast<uint32_t>(count) + static_cast<uint32_t>(std::popcount(bits & before));
    }
    const auto total = static_cast<size_t>(std::popcount(bits));
    const auto base = static_cast<uint32_t>(block * kBlock);
    uint32_t* out = separators.data() + count;
    for (size_t written = 0; written < total; written += kStride) {
      for (size_t i = 0; i < kStride; ++i) {
        out[written + i] = base + static_cast<uint32_t>(std::countr_zero(bits));
        bits &= bits - 1;
      }
    }
    count += total;
  }
  separators.resize(count);
  row_ends.resize(rows);
}

}  // namespace topline::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace topline {

HWY_EXPORT(Scan);
HWY_EXPORT(Index);

CsvScan scan_csv(const char* text, size_t size, char delimiter, CsvMasks& masks) {
  return HWY_DYNAMIC_DISPATCH(Scan)(text, size, delimiter, masks);
}

void index_csv(const CsvMasks& masks, size_t from, size_t to, ColumnVector<uint32_t>& separators,
               ColumnVector<uint32_t>& row_ends) {
  HWY_DYNAMIC_DISPATCH(Index)(masks, from, to, separators, row_ends);
}

}  // namespace topline
#endif  // HWY_ONCE
