// Writes an invented survey as CSV to the standard output, always the same one for a size:
//   bench_csv_generate <megabytes>
// 60 columns: an id, codes, ticks, an agreement in words, an open answer (some with quotes,
// line ends, Japanese), an age, a weight and the seconds taken.
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <string>

#include "layout.hpp"

namespace {

using namespace topline::bench;

class Numbers {
 public:
  uint64_t next() {  // xorshift64*, Vigna 2016
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return state_ * 0x2545F4914F6CDD1DU;
  }
  uint64_t below(uint64_t bound) { return (next() >> 33) % bound; }

 private:
  uint64_t state_ = 20231123;
};

constexpr std::array<std::string_view, 14> kWords = {
    "we",      "use",     "open",  "models", "because", "cost",    "matters",
    "quality", "control", "later", "team",   "privacy", "nothing", "support",
};

void add_open_answer(Numbers& numbers, std::string& row) {
  const uint64_t kind = numbers.below(100);
  if (kind < 60)
    return;
  const bool quoted = kind >= 90;
  if (quoted)
    row += '"';
  for (uint64_t words = 3 + numbers.below(9); words > 0; --words) {
    row += kWords[numbers.below(kWords.size())];
    row += ' ';
  }
  if (kind == 97)
    row += "and \"\"so on\"\", ";
  if (kind == 98)
    row += "\nSecond line, ";
  if (kind == 99)
    row += "特になし、";
  row += "done";
  if (quoted)
    row += '"';
}

std::string header() {
  std::string row = "id";
  for (int i = 1; i <= kCodeColumns; ++i)
    row += ",code_" + std::to_string(i);
  for (int i = 1; i <= kPickColumns; ++i)
    row += ",pick_" + std::to_string(i);
  return row + ",label,open,age,weight,seconds\n";
}

void add_row(uint64_t id, Numbers& numbers, std::string& row) {
  row += std::to_string(id);
  for (int i = 0; i < kCodeColumns; ++i) {
    row += ',';
    if (numbers.below(20) != 0)
      row += std::to_string(1 + numbers.below(i % 3 == 0 ? 98 : 7));
  }
  const bool asked = numbers.below(4) != 0;
  for (int i = 0; i < kPickColumns; ++i) {
    row += ',';
    if (asked)
      row += numbers.below(3) == 0 ? '1' : '0';
  }
  row += ',';
  const std::string_view label = kLabels[numbers.below(kLabels.size())];
  if (label.find(',') != std::string_view::npos)
    row += '"' + std::string(label) + '"';
  else
    row += label;
  row += ',';
  add_open_answer(numbers, row);
  row += ',' + std::to_string(18 + numbers.below(70));
  const uint64_t weight = 1000 + numbers.below(40000);
  row += ',' + std::to_string(weight / 10000) + '.';
  row += std::to_string(10000 + weight % 10000).substr(1);
  row += ',' + std::to_string(60 + numbers.below(3000)) + '\n';
}

}  // namespace

int main(int count, char** words) {
  const std::string_view size = count == 2 ? words[1] : "";
  uint64_t megabytes = 0;
  const auto [end, error] = std::from_chars(size.data(), size.data() + size.size(), megabytes);
  if (error != std::errc() || end != size.data() + size.size()) {
    std::fputs("usage: bench_csv_generate <megabytes>\n", stderr);
    return 2;
  }
  Numbers numbers;
  std::string text = header();
  uint64_t written = 0;
  for (uint64_t id = 1; written + text.size() < megabytes * 1000000; ++id) {
    add_row(id, numbers, text);
    if (text.size() < (size_t{1} << 20))
      continue;
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
      return 3;
    written += text.size();
    text.clear();
  }
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? 0 : 3;
}
