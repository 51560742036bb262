// Reads every column of the invented survey into codes, numbers and texts:
//   bench_csv_read <file> <threads> [kilobytes of a chunk]
// and prints the number of rows and a sum over all values, so that nothing can be left out.
#include <charconv>
#include <cstdio>
#include <string>

#include "io/csv_coded.hpp"
#include "layout.hpp"

namespace {

using namespace topline;

WantedColumn decoder_for(const std::string& name, size_t position) {
  if (name == "open")
    return {position, TextColumn{}};
  if (name == "id" || name == "weight" || name == "seconds")
    return {position, NumberColumn{}};
  CodeColumn codes;
  if (name == "label") {
    int16_t code = 1;
    for (const std::string_view label : bench::kLabels)
      codes.dictionary.emplace_back(label, code++);
  } else {
    codes.integers = {int16_t{0}, int16_t{99}};
  }
  return {position, codes};
}

double sum_of(const CodedColumn& column) {
  double sum = 0;
  if (const auto* codes = std::get_if<Codes>(&column)) {
    int64_t codes_sum = 0;
    for (const int16_t code : codes->codes)
      codes_sum += code;
    sum += static_cast<double>(codes_sum);
    sum += 1e9 * static_cast<double>(codes->unknown.cells);
  } else if (const auto* numbers = std::get_if<Numbers>(&column)) {
    for (const double value : numbers->values)
      sum += value;
  } else {
    for (const std::string_view cell : std::get<Texts>(column).cells)
      sum += static_cast<double>(cell.size());
  }
  return sum;
}

int number(std::string_view word, int otherwise) {
  int value = otherwise;
  std::from_chars(word.data(), word.data() + word.size(), value);
  return value;
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) {
    std::fputs("usage: bench_csv_read <file> <threads> [kilobytes of a chunk]\n", stderr);
    return 2;
  }
  const auto reader = CodedCsvReader::open(words[1], words[1]);
  if (!reader) {
    std::fprintf(stderr, "%s\n", reader.fault().message.c_str());
    return 1;
  }
  std::vector<WantedColumn> wanted;
  const std::vector<std::string>& names = (*reader).head().header.front();
  for (size_t i = 0; i < names.size(); ++i)
    wanted.push_back(decoder_for(names[i], i));
  CodedCsvOptions options;
  options.threads = number(words[2], 1);
  if (count > 3)
    options.chunk_bytes = static_cast<size_t>(number(words[3], 512)) << 10;
  const auto table = (*reader).read(wanted, options);
  if (!table) {
    std::fprintf(stderr, "%s\n", table.fault().message.c_str());
    return 1;
  }
  double sum = 0;
  for (const CodedColumn& column : (*table).columns)
    sum += sum_of(column);
  std::printf("%zu rows, sum %.0f\n", (*table).rows, sum);
  return 0;
}
