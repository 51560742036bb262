#include "io/csv_decode.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <system_error>

namespace topline {

namespace {

constexpr size_t kShort = 8;
constexpr int kLargestRangeInTable = 1024;

// The first bytes of a text as a number; the rest are zeros.
uint64_t as_number(const char* text, size_t length) {
  static constexpr std::array<uint64_t, kShort + 1> kept = {
      0,
      0xFF,
      0xFFFF,
      0xFFFFFF,
      0xFFFFFFFF,
      0xFFFFFFFFFF,
      0xFFFFFFFFFFFF,
      0xFFFFFFFFFFFFFF,
      0xFFFFFFFFFFFFFFFF,
  };
  static_assert(std::endian::native == std::endian::little);
  uint64_t bytes = 0;
  std::memcpy(&bytes, text, sizeof bytes);
  return bytes & kept[length];
}

uint64_t hash_long(std::string_view text) {
  uint64_t head = 0;
  uint64_t tail = 0;
  std::memcpy(&head, text.data(), kShort);
  std::memcpy(&tail, text.data() + text.size() - kShort, kShort);
  uint64_t hash = (head ^ std::rotl(tail, 29) ^ text.size()) * 0x9E3779B97F4A7C15U;
  hash ^= hash >> 32;
  return hash;
}

std::optional<int16_t> whole_number(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text.front() == '0' && text.size() > 1))
    return std::nullopt;
  int32_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9')
      return std::nullopt;
    value = value * 10 + (c - '0');
  }
  if (value > 32767)
    return std::nullopt;
  return static_cast<int16_t>(value);
}

}  // namespace

CodeDecoder::CodeDecoder(const CodeColumn& column) : integers_(column.integers) {
  std::vector<std::pair<std::string, int16_t>> entries = {{"", kEmptyCode}};
  entries.insert(entries.end(), column.dictionary.begin(), column.dictionary.end());
  if (integers_ && integers_->second - integers_->first < kLargestRangeInTable)
    for (int n = integers_->first; n <= integers_->second; ++n)
      entries.emplace_back(std::to_string(n), static_cast<int16_t>(n));
  // Many programs write every cell in quotes: these are found as quickly.
  const size_t plain = entries.size();
  for (size_t i = 0; i < plain; ++i)
    if (entries[i].first.find('"') == std::string::npos)
      entries.emplace_back('"' + entries[i].first + '"', entries[i].second);
  place(entries);
}

// Puts the entries into the two tables. Of equal texts the first one counts.
void CodeDecoder::place(const std::vector<std::pair<std::string, int16_t>>& entries) {
  std::vector<ShortEntry> short_entries;
  std::vector<LongEntry> long_entries;
  for (const auto& [text, code] : entries) {
    if (text.size() > kShort) {
      long_entries.push_back({text, code});
      continue;
    }
    std::array<char, kShort> bytes{};
    std::copy(text.begin(), text.end(), bytes.begin());
    short_entries.push_back({as_number(bytes.data(), text.size()), code});
  }
  std::stable_sort(short_entries.begin(), short_entries.end(),
                   [](const auto& a, const auto& b) { return a.text < b.text; });
  short_entries.erase(std::unique(short_entries.begin(), short_entries.end(),
                                  [](const auto& a, const auto& b) { return a.text == b.text; }),
                      short_entries.end());

  // The smallest table and a factor with which every text has a place of its own, if such can
  // be found quickly; otherwise the least crowded of the larger tables.
  const int least_bits = std::max(2, static_cast<int>(std::bit_width(short_entries.size())));
  const int attempts = short_entries.size() < 4096 ? 64 : 4;
  size_t least = ~size_t{0};
  uint64_t candidate = 0x9E3779B97F4A7C15U;
  for (int bits = least_bits; bits < least_bits + 4; ++bits) {
    for (int attempt = 0; attempt < attempts && least > 0; ++attempt) {
      candidate = candidate * 6364136223846793005U + 1442695040888963407U;
      const size_t crowded = crowding(candidate | 1, bits, short_entries);
      if (crowded < least) {
        least = crowded;
        factor_ = candidate | 1;
        shift_ = 64 - bits;
      }
    }
  }
  short_.assign(size_t{1} << (64 - shift_), {});
  for (const ShortEntry& entry : short_entries) {
    size_t i = static_cast<size_t>(entry.text * factor_ >> shift_);
    while (short_[i].text != kNoText)
      i = (i + 1) & (short_.size() - 1);
    short_[i] = entry;
  }

  long_.assign(std::bit_ceil(4 * long_entries.size() + 1), {});
  for (const LongEntry& entry : long_entries) {
    size_t i = static_cast<size_t>(hash_long(entry.text)) & (long_.size() - 1);
    while (!long_[i].text.empty() && long_[i].text != entry.text)
      i = (i + 1) & (long_.size() - 1);
    if (long_[i].text.empty())
      long_[i] = entry;
  }
}

// How many entries would find their place taken.
size_t CodeDecoder::crowding(uint64_t factor, int bits, const std::vector<ShortEntry>& entries) {
  std::vector<bool> taken(size_t{1} << bits, false);
  size_t crowded = 0;
  for (const ShortEntry& entry : entries) {
    const auto i = static_cast<size_t>(entry.text * factor >> (64 - bits));
    crowded += taken[i] ? 1 : 0;
    taken[i] = true;
  }
  return crowded;
}

const int16_t* CodeDecoder::find_short(uint64_t text) const {
  for (auto i = static_cast<size_t>(text * factor_ >> shift_);; i = (i + 1) & (short_.size() - 1)) {
    if (short_[i].text == text)
      return &short_[i].code;
    if (short_[i].text == kNoText)
      return nullptr;
  }
}

const int16_t* CodeDecoder::find(std::string_view text) const {
  if (text.size() <= kShort) {
    std::array<char, kShort> bytes{};
    std::copy(text.begin(), text.end(), bytes.begin());
    return find_short(as_number(bytes.data(), text.size()));
  }
  for (auto i = static_cast<size_t>(hash_long(text)) & (long_.size() - 1);;
       i = (i + 1) & (long_.size() - 1)) {
    if (long_[i].text.empty())
      return nullptr;
    if (long_[i].text == text)
      return &long_[i].code;
  }
}

void CodeDecoder::decode(const CsvCells& all_cells, int16_t* codes,
                         std::vector<Undecoded>& undecoded) const {
  const CsvCells cells = all_cells;  // copies stay in registers
  const ShortEntry* const table = short_.data();
  const uint64_t factor = factor_;
  const int shift = shift_;
  for (size_t r = 0; r < cells.rows; ++r) {
    const std::string_view cell = cells.cell(r);
    if (cell.size() <= kShort) {
      const uint64_t text = as_number(cell.data(), cell.size());
      const ShortEntry& entry = table[text * factor >> shift];
      codes[r] = entry.text == text ? entry.code : decode_slowly(cell, r, undecoded);
    } else {
      const int16_t* code = find(cell);
      codes[r] = code != nullptr ? *code : decode_slowly(cell, r, undecoded);
    }
  }
}

int16_t CodeDecoder::decode_slowly(std::string_view cell, size_t row,
                                   std::vector<Undecoded>& undecoded) const {
  std::string scratch;
  const std::string_view text = csv_cell_text(cell, scratch);
  if (const int16_t* code = find(text))
    return *code;
  const std::string_view trimmed = trim_blanks(text);
  if (const int16_t* code = find(trimmed))
    return *code;
  if (integers_)
    if (const auto number = whole_number(trimmed))
      if (*number >= integers_->first && *number <= integers_->second)
        return *number;
  undecoded.push_back({row, std::string(text)});
  return kUnknownCode;
}

void NumberDecoder::decode(const CsvCells& cells, double* values, uint8_t* valid,
                           std::vector<Undecoded>& undecoded) const {
  std::string scratch;
  for (size_t r = 0; r < cells.rows; ++r) {
    const std::string_view text = csv_cell_text(cells.cell(r), scratch);
    const std::optional<double> number = text.empty() ? std::nullopt : parse_number(text, point_);
    values[r] = number.value_or(0);
    valid[r] = number ? 1 : 0;
    if (!number && !trim_blanks(text).empty())
      undecoded.push_back({r, std::string(text)});
  }
}

std::unique_ptr<char[]> copy_texts(const CsvCells& cells, std::string_view* views) {
  size_t size = 0;
  for (size_t r = 0; r < cells.rows; ++r)
    size += cells.cell(r).size();
  std::unique_ptr<char[]> block(new char[size]);
  char* end = block.get();
  for (size_t r = 0; r < cells.rows; ++r) {
    const std::string_view cell = cells.cell(r);
    size_t length = cell.size();
    if (!cell.empty() && cell.front() == '"')
      length = unquote_csv(cell, end);
    else
      std::memcpy(end, cell.data(), length);
    views[r] = {end, length};
    end += length;
  }
  return block;
}

namespace {

// The number as digits and a power of ten; 19 digits fit into 64 bits.
struct Decimal {
  uint64_t digits = 0;
  int count = 0;     // digits behind leading zeros
  int exponent = 0;  // of ten
  bool any = false;  // is there a digit at all
};

// Reads digits with at most one point; the characters used are removed.
Decimal read_digits(std::string_view& text, char point) {
  Decimal decimal;
  bool behind_point = false;
  size_t i = 0;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c == point && !behind_point) {
      behind_point = true;
      continue;
    }
    if (c < '0' || c > '9')
      break;
    decimal.any = true;
    if (decimal.count < 19)
      decimal.digits = decimal.digits * 10 + static_cast<uint64_t>(c - '0');
    if (decimal.digits != 0)
      ++decimal.count;
    if (behind_point)
      --decimal.exponent;
  }
  text.remove_prefix(i);
  return decimal;
}

// Reads e, a sign and digits up to the end of the text; nothing if it is anything else.
std::optional<int> read_exponent(std::string_view text) {
  if (text.empty())
    return 0;
  if (text.front() != 'e' && text.front() != 'E')
    return std::nullopt;
  text.remove_prefix(1);
  if (text.size() > 1 && text.front() == '+' && text[1] != '-')
    text.remove_prefix(1);
  int exponent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (error != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return exponent;
}

}  // namespace

std::optional<double> parse_number(std::string_view text, char point) {
  static constexpr std::array<double, 23> powers = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  text = trim_blanks(text);
  const bool negative = !text.empty() && text.front() == '-';
  if (negative || (!text.empty() && text.front() == '+'))
    text.remove_prefix(1);
  std::string_view rest = text;
  const Decimal decimal = read_digits(rest, point);
  if (!decimal.any)
    return std::nullopt;
  const std::optional<int> exponent = read_exponent(rest);
  if (!exponent)
    return std::nullopt;

  // Exact factors give a correctly rounded result (Clinger, PLDI 1990); the other numbers are
  // left to the library.
  const int64_t power = int64_t{*exponent} + decimal.exponent;
  if (decimal.count <= 19 && decimal.digits <= uint64_t{1} << 53 && power >= -22 && power <= 22) {
    auto value = static_cast<double>(decimal.digits);
    value = power < 0 ? value / powers[static_cast<size_t>(-power)]
                      : value * powers[static_cast<size_t>(power)];
    return negative ? -value : value;
  }
  std::string plain(text);
  std::replace(plain.begin(), plain.end(), point, '.');
  double value = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (error != std::errc())
    return std::nullopt;
  return negative ? -value : value;
}

}  // namespace topline
