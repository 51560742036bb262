// Both readers against the plain one, on text that a seed makes, with every instruction set that
// this machine has, several numbers of threads and chunks of a few bytes.
#include <algorithm>
#include <gtest/gtest.h>
#include <hwy/targets.h>
#include <set>
#include <string>
#include <vector>

#include "csv_reference.hpp"
#include "io/csv_coded.hpp"
#include "io/csv_head.hpp"
#include "io/csv_table.hpp"

namespace topline {
namespace {

using test::CsvNoise;
using test::read_reference;
using test::ReferenceCsv;

constexpr size_t kColumns = 5;

// The instruction sets that this machine has and that the reader is compiled for. Each is asked
// for by name, so that the kernels in use are known.
class EachTarget : public testing::TestWithParam<int64_t> {
 protected:
  void SetUp() override { hwy::SetSupportedTargetsForTest(GetParam()); }
  void TearDown() override { hwy::SetSupportedTargetsForTest(0); }
};

std::string header(char delimiter) {
  std::string text = "q0";
  for (size_t c = 1; c < kColumns; ++c)
    text += delimiter + ("q" + std::to_string(c));
  return text + "\n";
}

// What a reader that makes every row as wide as the header gives.
std::vector<std::vector<std::string>> fitted(const ReferenceCsv& csv) {
  std::vector<std::vector<std::string>> rows;
  for (size_t r = 1; r < csv.rows.size(); ++r) {
    rows.push_back(csv.rows[r].cells);
    rows.back().resize(kColumns);
  }
  return rows;
}

// Is there a row with text beyond the header's columns? (A misplaced quote can make one.)
bool has_wide_row(const ReferenceCsv& csv) {
  for (const test::ReferenceRow& row : csv.rows)
    for (size_t c = kColumns; c < row.cells.size(); ++c)
      if (row.cells[c].find_first_not_of(" \t") != std::string::npos)
        return true;
  return false;
}

std::vector<WantedColumn> wanted_columns() {
  CodeColumn codes;
  for (int16_t code = 0; code < 60; ++code)
    codes.dictionary.emplace_back(std::to_string(code), code);
  return {{0, TextColumn{}}, {1, codes}, {2, NumberColumn{}}, {4, TextColumn{}}, {4, codes}};
}

std::string describe(const CodedTable& table) {
  std::string text = std::to_string(table.rows) + " rows, " +
                     std::to_string(table.report.empty_rows) + " empty, " +
                     std::to_string(table.report.short_rows.count) + " short\n";
  auto unknown = [&](const UnknownTexts& texts) {
    text += "unknown " + std::to_string(texts.cells) + (texts.all_kept ? " all:" : " first:");
    for (const UnknownText& one : texts.texts)
      text += " [" + one.text + "] line " + std::to_string(one.first_line) + " x" +
              std::to_string(one.count);
    text += '\n';
  };
  for (const CodedColumn& column : table.columns) {
    if (const auto* codes = std::get_if<Codes>(&column)) {
      for (const int16_t code : codes->codes)
        text += std::to_string(code) + ' ';
      unknown(codes->unknown);
    } else if (const auto* numbers = std::get_if<Numbers>(&column)) {
      for (size_t r = 0; r < table.rows; ++r)
        text += numbers->valid[r] != 0 ? std::to_string(numbers->values[r]) + ' ' : "- ";
      unknown(numbers->unknown);
    } else {
      for (const std::string_view cell : std::get<Texts>(column).cells)
        text += '[' + std::string(cell) + ']';
      text += '\n';
    }
  }
  return text;
}

TEST_P(EachTarget, TableIsThatOfThePlainReader) {
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    CsvNoise noise(seed);
    const char delimiter = ",;\t"[seed % 3];
    const bool nasty = seed % 2 == 0;
    const std::string text =
        header(delimiter) + noise.table(kColumns, 1 + noise.below(40), delimiter, nasty);
    const ReferenceCsv expected = read_reference(text, delimiter);
    const Result<CsvTable> table = parse_csv(text, "noise.csv", {.delimiter = delimiter});
    ASSERT_EQ(table.ok(), !expected.broken && !has_wide_row(expected)) << "seed " << seed << '\n'
                                                                       << text;
    if (!table)
      continue;
    const auto rows = fitted(expected);
    ASSERT_EQ(table->rows(), rows.size()) << "seed " << seed << '\n' << text;
    EXPECT_EQ(table->report.empty_rows, expected.empty_rows) << "seed " << seed;
    for (size_t r = 0; r < rows.size(); ++r) {
      EXPECT_EQ(table->lines[r], expected.rows[r + 1].line) << "seed " << seed << " row " << r;
      for (size_t c = 0; c < kColumns; ++c)
        ASSERT_EQ(table->cell(r, c), rows[r][c]) << "seed " << seed << '\n' << text;
    }
  }
}

TEST_P(EachTarget, CodedTextsAreThoseOfThePlainReaderForAnyChunks) {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    CsvNoise noise(seed);
    const bool nasty = seed % 2 == 0;
    const std::string text = header(',') + noise.table(kColumns, 1 + noise.below(12), ',', nasty);
    const ReferenceCsv expected = read_reference(text, ',');
    const bool readable = !expected.broken && !has_wide_row(expected);
    const auto rows = fitted(expected);
    const auto reader = CodedCsvReader::over(text, "noise.csv", {.delimiter = ','});
    ASSERT_TRUE(reader.ok());
    const auto whole = (*reader).read({{0, TextColumn{}}, {3, TextColumn{}}, {4, TextColumn{}}});
    for (const size_t chunk : {2U, 64U, 130U, 1000U}) {
      for (const int threads : {1, 2, 7}) {
        const auto table = (*reader).read({{0, TextColumn{}}, {3, TextColumn{}}, {4, TextColumn{}}},
                                          {.threads = threads, .chunk_bytes = chunk});
        ASSERT_EQ(table.ok(), readable)
            << "seed " << seed << " chunk " << chunk << " threads " << threads << '\n'
            << text;
        if (!table) {
          ASSERT_EQ(table.fault(), whole.fault()) << "seed " << seed << " chunk " << chunk;
          continue;
        }
        ASSERT_EQ((*table).rows, rows.size()) << "seed " << seed << " chunk " << chunk;
        EXPECT_EQ((*table).report.empty_rows, expected.empty_rows);
        const size_t positions[] = {0, 3, 4};
        for (size_t i = 0; i < 3; ++i)
          for (size_t r = 0; r < rows.size(); ++r)
            ASSERT_EQ(std::get<Texts>((*table).columns[i]).cells[r], rows[r][positions[i]])
                << "seed " << seed << " chunk " << chunk << " row " << r << '\n'
                << text;
      }
    }
  }
}

TEST_P(EachTarget, EverythingIsTheSameForAnyThreadsAndChunks) {
  for (uint64_t seed = 1000; seed < 1010; ++seed) {
    CsvNoise noise(seed);
    const std::string text = header(',') + noise.table(kColumns, 60, ',', seed % 5 == 0);
    const auto reader = CodedCsvReader::over(text, "noise.csv");
    ASSERT_TRUE(reader.ok());
    const auto whole = (*reader).read(wanted_columns(), {.unknown_limit = 7});
    for (const size_t chunk : {14U, 512U}) {
      for (const int threads : {1, 2, 7}) {
        const auto table = (*reader).read(
            wanted_columns(), {.threads = threads, .unknown_limit = 7, .chunk_bytes = chunk});
        ASSERT_EQ(table.ok(), whole.ok()) << "seed " << seed << " chunk " << chunk;
        if (table) {
          ASSERT_EQ(describe(*table), describe(*whole)) << "seed " << seed << " chunk " << chunk;
        } else {
          ASSERT_EQ(table.fault(), whole.fault()) << "seed " << seed << " chunk " << chunk;
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Csv, EachTarget, testing::ValuesIn(hwy::SupportedAndGeneratedTargets()),
                         [](const testing::TestParamInfo<int64_t>& target) {
                           std::string name = hwy::TargetName(target.param);
                           name.erase(std::remove(name.begin(), name.end(), '_'), name.end());
                           return name;
                         });

}  // namespace
}  // namespace topline
