#include "io/csv_coded.hpp"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "io/csv_decode.hpp"
#include "io/csv_faults.hpp"

namespace topline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Result<CodedTable> read_coded(const std::string& bytes, const std::vector<WantedColumn>& wanted,
                              const CodedCsvOptions& options = {}, const CsvOptions& format = {}) {
  const Result<CodedCsvReader> reader = CodedCsvReader::over(bytes, "answers.csv", format);
  if (!reader)
    return reader.fault();
  return (*reader).read(wanted, options);
}

CodedTable coded(const std::string& bytes, const std::vector<WantedColumn>& wanted,
                 const CodedCsvOptions& options = {}, const CsvOptions& format = {}) {
  Result<CodedTable> table = read_coded(bytes, wanted, options, format);
  EXPECT_TRUE(table.ok()) << table.fault().message;
  return table ? std::move(table).value() : CodedTable{};
}

const Codes& codes_of(const CodedTable& table, size_t column) {
  return std::get<Codes>(table.columns[column]);
}

TEST(CodedCsv, TextsBecomeCodes) {
  const CodeColumn likert = {.dictionary = {{"Strongly agree", 1},
                                            {"Agree", 2},
                                            {"Neither agree nor disagree", 3},
                                            {"Disagree, \"a bit\"", 4},
                                            {"わからない", 8},
                                            {"8 bytes.", 9}}};
  const CodedTable table = coded(
      "id,q\n1,Agree\n2,Strongly agree\n3,\"Disagree, \"\"a bit\"\"\"\n4,\n5,\"\"\n"
      "6,わからない\n7,\"わからない\"\n8, Agree \n9,8 bytes.\n10,\"8 bytes.\"\n"
      "11,Neither agree nor disagree\xC2\xA0\n",
      {{1, likert}});
  EXPECT_THAT(codes_of(table, 0).codes, ElementsAre(2, 1, 4, -1, -1, 8, 8, 2, 9, 9, 3));
  EXPECT_EQ(codes_of(table, 0).unknown.cells, 0);
}

TEST(CodedCsv, WholeNumbersStandForThemselvesWithinTheirRange) {
  const CodeColumn year = {.dictionary = {{"1900 or before", 1900}},
                           .integers = {{int16_t{1900}, int16_t{2010}}}};
  const CodeColumn wide = {.integers = {{int16_t{0}, int16_t{32767}}}};
  const CodedTable table =
      coded("y,w\n1985,0\n\"2010\",32767\n2011,32768\n1900 or before,-1\n1985.0,007\n 1950 ,1950\n",
            {{0, year}, {1, wide}});
  EXPECT_THAT(codes_of(table, 0).codes, ElementsAre(1985, 2010, -32768, 1900, -32768, 1950));
  EXPECT_THAT(codes_of(table, 1).codes, ElementsAre(0, 32767, -32768, -32768, -32768, 1950));
  EXPECT_THAT(
      codes_of(table, 1).unknown.texts,
      ElementsAre(UnknownText{"32768", 4, 1}, UnknownText{"-1", 5, 1}, UnknownText{"007", 6, 1}));
}

TEST(CodedCsv, TheFirstOfEqualTextsCountsAndTheDictionaryGoesFirst) {
  const CodeColumn column = {
      .dictionary = {{"7", 70}, {"7", 71}, {"a long text", 5}, {"a long text", 6}},
      .integers = {{int16_t{0}, int16_t{9}}}};
  EXPECT_THAT(codes_of(coded("q\n7\n8\na long text\n", {{0, column}}), 0).codes,
              ElementsAre(70, 8, 5));
}

// Every code finds its own place, however many there are.
TEST(CodedCsv, ManyTextsInADictionary) {
  CodeColumn column;
  std::string bytes = "q\n";
  for (int16_t code = 0; code < 20000; ++code) {
    const std::string text = (code % 2 == 0 ? "t" : "a longer text ") + std::to_string(code);
    column.dictionary.emplace_back(text, code);
    bytes += text + '\n';
  }
  const CodedTable table = coded(bytes, {{0, column}});
  ASSERT_EQ(table.rows, 20000U);
  for (int16_t code = 0; code < 20000; ++code)
    ASSERT_EQ(codes_of(table, 0).codes[static_cast<size_t>(code)], code);
}

TEST(CodedCsv, UnknownTextsAreCountedAndKeptUpToALimit) {
  const CodeColumn column = {.dictionary = {{"yes", 1}}};
  std::string bytes = "q\n";
  for (int i = 0; i < 1000; ++i)
    bytes += i % 4 == 0 ? "yes\n" : "other " + std::to_string(i % 4) + "\n";
  for (const size_t chunk : {10U, 100000U}) {
    const CodedTable table =
        coded(bytes, {{0, column}}, {.threads = 3, .unknown_limit = 2, .chunk_bytes = chunk});
    const UnknownTexts& unknown = codes_of(table, 0).unknown;
    EXPECT_EQ(unknown.cells, 750);
    EXPECT_FALSE(unknown.all_kept);
    EXPECT_THAT(unknown.texts,
                ElementsAre(UnknownText{"other 1", 3, 250}, UnknownText{"other 2", 4, 250}));
  }
}

TEST(CodedCsv, NumbersHaveAValidityAndNoNaN) {
  const CodedTable table = coded(
      "x,y,id\n1.5,\"1,5\",1\n,,2\n-0.25e2,\"-2\",3\nNaN,1.5,4\n\"12\",\" 3 \",5\n+7,inf,6\n"
      "1e999,,7\n0.1,.5,8\n",
      {{0, NumberColumn{}}, {1, NumberColumn{.decimal_comma = true}}});
  const Numbers& x = std::get<Numbers>(table.columns[0]);
  EXPECT_THAT(x.values, ElementsAre(1.5, 0, -25, 0, 12, 7, 0, 0.1));
  EXPECT_THAT(x.valid, ElementsAre(1, 0, 1, 0, 1, 1, 0, 1));
  EXPECT_THAT(x.unknown.texts, ElementsAre(UnknownText{"NaN", 5, 1}, UnknownText{"1e999", 8, 1}));
  const Numbers& y = std::get<Numbers>(table.columns[1]);
  EXPECT_THAT(y.values, ElementsAre(1.5, 0, -2, 0, 3, 0, 0, 0));
  EXPECT_THAT(y.unknown.texts, ElementsAre(UnknownText{"1.5", 5, 1}, UnknownText{"inf", 7, 1},
                                           UnknownText{".5", 9, 1}));
}

TEST(CodedCsv, NumbersAreRoundedAsTheCompilerDoes) {
  EXPECT_EQ(parse_number("9007199254740993", '.'), 9007199254740993.0);  // 2^53 + 1
  EXPECT_EQ(parse_number("0.3", '.'), 0.3);
  EXPECT_EQ(parse_number("123456789012345678901234567890", '.'), 123456789012345678901234567890.0);
  EXPECT_EQ(parse_number("1.7976931348623157e308", '.'), 1.7976931348623157e308);
  EXPECT_EQ(parse_number("2.2250738585072014E-308", '.'), 2.2250738585072014e-308);
  EXPECT_EQ(parse_number("0.000000000000000000000000000000001", '.'), 1e-33);
  EXPECT_EQ(parse_number("1.", '.'), 1.0);
  EXPECT_TRUE(std::signbit(*parse_number("-0", '.')));
  for (const char* text : {"", ".", "-", "+-1", "1e", "1e+", "1e+-2", "1 2", "0x10", "1,5", "1.5.",
                           "--1", "infinity", "1e99999999999"})
    EXPECT_EQ(parse_number(text, '.'), std::nullopt) << text;
}

TEST(CodedCsv, TextsAreKeptAsTheyAre) {
  const CodedTable table =
      coded("id,t\r\n1,\"a\r\nb \"\"c\"\"\"\r\n2,\r\n3, עברית \r\n4\r\n", {{1, TextColumn{}}});
  EXPECT_THAT(std::get<Texts>(table.columns[0]).cells,
              ElementsAre("a\r\nb \"c\"", "", " עברית ", ""));
  EXPECT_EQ(table.report.short_rows.count, 1);
}

TEST(CodedCsv, OnlyWantedColumnsAreLookedAt) {
  const CodeColumn digits = {.integers = {{int16_t{0}, int16_t{9}}}};
  const CodedTable table = coded("a,b,c\n1,\xFF\xFE,3\n4,x\"y,6\n", {{2, digits}, {0, digits}}, {},
                                 {.encoding = Encoding::utf8});
  EXPECT_THAT(codes_of(table, 0).codes, ElementsAre(3, 6));
  EXPECT_THAT(codes_of(table, 1).codes, ElementsAre(1, 4));
}

TEST(CodedCsv, FaultsNameTheFirstPlaceForAnyThreads) {
  std::string bytes = "id,q\n";
  for (int i = 2; i < 3000; ++i)
    bytes += i == 1001 ? "1,2,3\n" : i == 1500 ? "1,2,3,4\n" : "7,some text\n";
  for (const int threads : {1, 2, 5}) {
    const auto table =
        read_coded(bytes, {{1, TextColumn{}}}, {.threads = threads, .chunk_bytes = 64});
    ASSERT_FALSE(table.ok());
    EXPECT_EQ(table.fault().place, csv_place("answers.csv", 1001, 5));
    EXPECT_EQ(table.fault().message,
              "this row has 3 cells, the header 2; too many cells in lines 1001 and 1500");
  }
}

TEST(CodedCsv, FaultsInQuotesGoBeforeOthers) {
  std::string bytes = "id,q\n1,2,3\n";
  for (int i = 3; i < 500; ++i)
    bytes += "7,some text\n";
  bytes += "8,\"open\n";
  for (int i = 0; i < 500; ++i)
    bytes += "9,more text\n";
  for (const int threads : {1, 2, 5}) {
    const auto table =
        read_coded(bytes, {{1, TextColumn{}}}, {.threads = threads, .chunk_bytes = 64});
    ASSERT_FALSE(table.ok());
    EXPECT_EQ(table.fault().place, csv_place("answers.csv", 500, 3));
    EXPECT_THAT(table.fault().message, HasSubstr("not closed"));
  }
}

TEST(CodedCsv, UndecodableCellsOfWantedColumnsAreAFault) {
  std::string bytes = "id,q\n";
  for (int i = 2; i < 300; ++i)
    bytes += i == 99 || i == 150 ? "1,ab\xE9\n" : "1,\xC3\xA9\n";
  const CodeColumn codes = {.dictionary = {{"é", 1}}};
  for (const bool as_text : {true, false}) {
    const WantedColumn wanted = as_text ? WantedColumn{1, TextColumn{}} : WantedColumn{1, codes};
    const auto table = read_coded(bytes, {wanted}, {.threads = 2, .chunk_bytes = 32});
    ASSERT_FALSE(table.ok());
    EXPECT_EQ(table.fault().place, csv_place("answers.csv", 99, 5));
    EXPECT_EQ(table.fault().message, "byte E9 is not utf-8, in column `q` (and in 1 other cell)");
  }
}

TEST(CodedCsv, OtherEncodingsInChunksThatCutCharacters) {
  const std::u16string text = u"id,q\r\n1,\xD83D\xDE00\xD83D\xDE00\r\n2,\"は\nい\"\r\n3,é";
  for (const bool little : {true, false}) {
    std::string bytes;
    for (const char16_t unit : text) {
      bytes += static_cast<char>(little ? unit & 0xFF : unit >> 8);
      bytes += static_cast<char>(little ? unit >> 8 : unit & 0xFF);
    }
    for (const size_t chunk : {2U, 4U, 6U, 10U, 1000U}) {
      const CodedTable table =
          coded(bytes, {{1, TextColumn{}}}, {.threads = 2, .chunk_bytes = chunk});
      EXPECT_THAT(std::get<Texts>(table.columns[0]).cells, ElementsAre("😀😀", "は\nい", "é"));
    }
  }
  for (const size_t chunk : {2U, 8U, 1000U}) {
    const CodedTable table = coded("q\ncaf\x8E\r\r\nna\x95ve\r\r\n", {{0, TextColumn{}}},
                                   {.chunk_bytes = chunk}, {.encoding = Encoding::mac_roman});
    EXPECT_THAT(std::get<Texts>(table.columns[0]).cells, ElementsAre("café", "naïve"));
  }
}

// A cell much longer than a chunk belongs to one row.
TEST(CodedCsv, CellsLongerThanManyChunks) {
  std::string essay;
  for (int i = 0; i < 3000; ++i)
    essay += "line " + std::to_string(i) + ", with a comma\n";
  const std::string bytes = "id,q\n1,\"" + essay + "\"\n2,\"" + essay + "\"\n3,end\n";
  for (const size_t chunk : {64U, 5000U}) {
    const CodedTable table = coded(bytes, {{0, NumberColumn{}}, {1, TextColumn{}}},
                                   {.threads = 3, .chunk_bytes = chunk});
    EXPECT_THAT(std::get<Numbers>(table.columns[0]).values, ElementsAre(1, 2, 3));
    EXPECT_THAT(std::get<Texts>(table.columns[1]).cells, ElementsAre(essay, essay, "end"));
  }
}

TEST(CodedCsv, ARowWithoutEndIsAFaultBeforeMemoryIs) {
  const std::string much(200 << 10, 'x');
  for (const std::string begin : {"2,\"open\n", "2,"}) {
    const auto table = read_coded("id,q\n1,2\n" + begin + much, {{1, TextColumn{}}},
                                  {.threads = 2, .chunk_bytes = 1024, .longest_row = 64 << 10});
    ASSERT_FALSE(table.ok());
    const bool in_quotes = begin.size() > 2;
    EXPECT_EQ(table.fault().place, csv_place("answers.csv", 3, in_quotes ? 3 : 1));
    EXPECT_THAT(table.fault().message,
                HasSubstr(in_quotes ? "not closed within 64 kB" : "longer than 64 kB"));
  }
}

TEST(CodedCsv, NoRowsAndNoSuchColumn) {
  EXPECT_EQ(coded("id,q\n", {{1, TextColumn{}}}, {.threads = 2}).rows, 0U);
  EXPECT_EQ(coded("id,q\n,\n\n", {{1, TextColumn{}}}).report.empty_rows, 2);
  const auto table = read_coded("id,q\n", {{2, TextColumn{}}});
  ASSERT_FALSE(table.ok());
  EXPECT_EQ(table.fault().message, "there is no column 3: the header has 2");
}

// Rows get longer towards the end or shorter: the room made after the first rows is wrong.
TEST(CodedCsv, RowsOfVeryDifferentLength) {
  std::string bytes = "id,q\n";
  for (int i = 0; i < 200; ++i)
    bytes += std::to_string(i) + ',' + std::string(500, 'x') + '\n';
  for (int i = 200; i < 20000; ++i)
    bytes += std::to_string(i) + ",\n";
  const CodedTable table =
      coded(bytes, {{0, NumberColumn{}}, {1, TextColumn{}}}, {.threads = 4, .chunk_bytes = 256});
  ASSERT_EQ(table.rows, 20000U);
  const auto& values = std::get<Numbers>(table.columns[0]).values;
  for (size_t i = 0; i < values.size(); ++i)
    ASSERT_EQ(values[i], static_cast<double>(i));
}

}  // namespace
}  // namespace topline
