#include "io/csv_table.hpp"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

#include "base/files.hpp"
#include "io/csv_write.hpp"

namespace topline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Rows = std::vector<std::vector<std::string>>;

CsvTable parsed(const std::string& bytes, const CsvOptions& options = {}) {
  Result<CsvTable> table = parse_csv(bytes, "answers.csv", options);
  EXPECT_TRUE(table.ok()) << table.fault().message;
  return table ? std::move(table).value() : CsvTable{};
}

Rows rows_of(const CsvTable& table) {
  Rows rows;
  for (size_t r = 0; r < table.rows(); ++r) {
    const auto cells = table.row(r);
    rows.emplace_back(cells.begin(), cells.end());
  }
  return rows;
}

Diagnostic fault_of(const std::string& bytes, const CsvOptions& options = {}) {
  const Result<CsvTable> table = parse_csv(bytes, "answers.csv", options);
  EXPECT_FALSE(table.ok());
  return table ? Diagnostic{} : table.fault();
}

void expect_place(const Diagnostic& fault, int line, int column) {
  EXPECT_EQ(fault.place.file, "answers.csv");
  EXPECT_EQ(fault.place.line, line) << fault.message;
  EXPECT_EQ(fault.place.column, column) << fault.message;
}

TEST(CsvTable, HeaderRowsAndLines) {
  const CsvTable table = parsed("id,q1\n1,yes\n2,\"two\nlines\"\n3,no\n");
  EXPECT_EQ(table.header, (Rows{{"id", "q1"}}));
  EXPECT_EQ(rows_of(table), (Rows{{"1", "yes"}, {"2", "two\nlines"}, {"3", "no"}}));
  EXPECT_THAT(table.lines, ElementsAre(2, 3, 5));
}

TEST(CsvTable, QuotesAreResolved) {
  const CsvTable table =
      parsed("a,b,c\n\"x, y\",\"she said \"\"no\"\"\",\"\"\n\"\"\"\",5\" disk,\" z \"\n");
  EXPECT_EQ(rows_of(table), (Rows{{"x, y", "she said \"no\"", ""}, {"\"", "5\" disk", " z "}}));
}

TEST(CsvTable, EveryLineEndIsOne) {
  for (const std::string end : {"\n", "\r\n", "\r", "\r\r\n"}) {
    const CsvTable table = parsed("a,b" + end + "1,2" + end + "3,\"4" + end + "5\"" + end);
    EXPECT_EQ(rows_of(table), (Rows{{"1", "2"}, {"3", "4" + end + "5"}}));
    EXPECT_THAT(table.lines, ElementsAre(2, 3));
    EXPECT_EQ(table.report.empty_rows, 0);
  }
}

TEST(CsvTable, TheLastLineNeedsNoEnd) {
  EXPECT_EQ(rows_of(parsed("a,b\n1,2")), (Rows{{"1", "2"}}));
  EXPECT_EQ(rows_of(parsed("a,b\n1,")), (Rows{{"1", ""}}));
  EXPECT_EQ(rows_of(parsed("a,b\n1,\"2\"")), (Rows{{"1", "2"}}));
  EXPECT_EQ(parsed("a,b").rows(), 0U);
}

TEST(CsvTable, DelimiterComesFromTheHeader) {
  EXPECT_EQ(rows_of(parsed("a;b\n1,5;2\n")), (Rows{{"1,5", "2"}}));
  EXPECT_EQ(rows_of(parsed("a\tb\n1;5\t2\n")), (Rows{{"1;5", "2"}}));
  EXPECT_EQ(rows_of(parsed("\"a;b;c;d\",e\n1,2\n")), (Rows{{"1", "2"}}));
  EXPECT_EQ(rows_of(parsed("a;b\n1;2\n", {.delimiter = ','})), (Rows{{"1;2"}}));
  EXPECT_EQ(parsed("only\n1\n").width, 1U);
}

TEST(CsvTable, SeveralHeaderRowsBelowATitle) {
  const CsvTable table =
      parsed("A survey; of 2022\n,\nQ1,Q2\nHow?,\"Why,\nthen\"\nResponse,\n1,2\n",
             {.header_rows = 3, .title_lines = 1});
  EXPECT_EQ(table.titles, (Rows{{"A survey; of 2022"}}));
  EXPECT_EQ(table.header, (Rows{{"Q1", "Q2"}, {"How?", "Why,\nthen"}, {"Response", ""}}));
  EXPECT_EQ(rows_of(table), (Rows{{"1", "2"}}));
  EXPECT_THAT(table.lines, ElementsAre(7));
  EXPECT_EQ(table.report.empty_rows, 1);
}

TEST(CsvTable, EmptyRowsAndColumnsAreLeftOutAndCounted) {
  std::string bytes = "a,b,,\n1,2,,\n";
  for (int i = 0; i < 300; ++i)
    bytes += i % 3 == 0 ? ",,,\n" : i % 3 == 1 ? "\n" : " ,\"\",\xC2\xA0\n";
  bytes += "3,4,,\n";
  const CsvTable table = parsed(bytes);
  EXPECT_EQ(rows_of(table), (Rows{{"1", "2"}, {"3", "4"}}));
  EXPECT_THAT(table.lines, ElementsAre(2, 303));
  EXPECT_EQ(table.report.empty_rows, 300);
  EXPECT_EQ(table.report.empty_columns, 2);
  EXPECT_EQ(csv_warnings(table.report, "answers.csv").all().at(0).message,
            "300 empty rows and 2 empty columns left out");
}

TEST(CsvTable, AColumnWithDataStaysWithoutAName) {
  const CsvTable table = parsed("a,,\n1,,\n2,x,\n");
  EXPECT_EQ(table.header, (Rows{{"a", ""}}));
  EXPECT_EQ(rows_of(table), (Rows{{"1", ""}, {"2", "x"}}));
}

TEST(CsvTable, ShortRowsAreFilledAndTold) {
  const CsvTable table = parsed("a,b,c\r\n1\r\n1,2,3\r\n1,2\r\n");
  EXPECT_EQ(rows_of(table), (Rows{{"1", "", ""}, {"1", "2", "3"}, {"1", "2", ""}}));
  EXPECT_EQ(table.report.short_rows.count, 2);
  EXPECT_THAT(table.report.short_rows.first, ElementsAre(2, 4));
  const Diagnostics warnings = csv_warnings(table.report, "answers.csv");
  ASSERT_EQ(warnings.all().size(), 1U);
  EXPECT_EQ(warnings.all()[0].severity, Severity::warning);
  EXPECT_EQ(warnings.all()[0].message,
            "2 rows have fewer cells than the header (lines 2 and 4); the missing ones are taken "
            "as empty");
}

TEST(CsvTable, RowsWithMoreCellsThanTheHeaderAreAFault) {
  EXPECT_EQ(rows_of(parsed("a,b\n1,2,,\n1,2, \n")), (Rows{{"1", "2"}, {"1", "2"}}));
  const Diagnostic fault = fault_of("a,b\n1,2\n3,4,five\n6,7,8,9\n");
  expect_place(fault, 3, 5);
  EXPECT_EQ(fault.message, "this row has 3 cells, the header 2; too many cells in lines 3 and 4");
  EXPECT_THAT(fault.hint, HasSubstr("quotes"));
}

TEST(CsvTable, AQuoteThatIsNotClosedIsNamedWhereItOpens) {
  expect_place(fault_of("a,b\n1,2\n3,\"cut off\n5,6\n"), 3, 3);
  EXPECT_THAT(fault_of("a,b\n1,2\n3,\"cut off").message, HasSubstr("not closed"));
  expect_place(fault_of("\"a,b\n1,2\n"), 1, 1);  // in the header
}

TEST(CsvTable, TextBehindAClosingQuoteIsAFault) {
  const Diagnostic fault = fault_of("a,b\n1,\"x\ny\" z\"\n");
  expect_place(fault, 3, 4);
  EXPECT_THAT(fault.message, HasSubstr("begins on line 2"));
  EXPECT_EQ(rows_of(parsed("a,b\n1,\"x\"  \n")), (Rows{{"1", "x"}}));  // blanks are harmless
}

TEST(CsvTable, ZeroBytesAreAFault) {
  expect_place(fault_of(std::string("a,b\n1,2\n3,x\0y\n", 14)), 3, 4);
}

TEST(CsvTable, WhatIsNoCsvIsSaidSo) {
  EXPECT_EQ(fault_of("").message, "the file is empty");
  EXPECT_EQ(fault_of("\xEF\xBB\xBF").message, "the file is empty");
  EXPECT_EQ(fault_of(",,\n\n  \n").message, "the file is empty");
  EXPECT_THAT(fault_of("PK\x03\x04 and so on").message, HasSubstr("spreadsheet"));
  EXPECT_EQ(fault_of("a,b\n", {.header_rows = 2}).message,
            "the file has only 1 row, but 2 are said to be titles and header");
  EXPECT_THAT(fault_of("a,b\n", {.header_rows = 4}).message, HasSubstr("one to three"));
}

TEST(CsvTable, AFileThatIsNotThereIsAFault) {
  const Result<CsvTable> table = read_csv("/no/such/answers.csv", "answers.csv");
  ASSERT_FALSE(table.ok());
  EXPECT_EQ(table.fault().place.file, "answers.csv");
  EXPECT_THAT(table.fault().message, HasSubstr("no such file"));
}

TEST(CsvTable, AFileIsReadAsItsContentIs) {
  const std::string path = testing::TempDir() + "csv_table_test.csv";
  ASSERT_TRUE(write_file(path, "a,b\n1,り\n").ok());
  const Result<CsvTable> table = read_csv(path, "answers.csv");
  std::filesystem::remove(path);
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(rows_of(*table), (Rows{{"1", "り"}}));
}

TEST(CsvTable, EncodingsAreDetectedAndNamed) {
  const CsvTable marked = parsed(
      "\xEF\xBB\xBF"
      "質問,q\nはい,שלום\n");
  EXPECT_EQ(marked.header, (Rows{{"質問", "q"}}));
  EXPECT_EQ(rows_of(marked), (Rows{{"はい", "שלום"}}));
  EXPECT_TRUE(marked.report.format.marked);

  EXPECT_EQ(rows_of(parsed("q\ncaf\xE9, oui\n", {.delimiter = ';'})), (Rows{{"café, oui"}}));
  EXPECT_EQ(rows_of(parsed("q\ncaf\x8E\n", {.encoding = Encoding::mac_roman})), (Rows{{"café"}}));
  std::string utf16;
  for (const char16_t unit : u"id,質問\r\n1,\"は\nい\"\r\n2,\xD83D\xDE00") {
    if (unit == 0)
      break;
    utf16 += static_cast<char>(unit & 0xFF);
    utf16 += static_cast<char>(unit >> 8);
  }
  const CsvTable wide = parsed(utf16);
  EXPECT_EQ(wide.report.format.encoding, Encoding::utf16_le);
  EXPECT_EQ(wide.header, (Rows{{"id", "質問"}}));
  EXPECT_EQ(rows_of(wide), (Rows{{"1", "は\nい"}, {"2", "😀"}}));
  EXPECT_EQ(rows_of(parsed("\xFF\xFE" + utf16)), rows_of(wide));
}

TEST(CsvTable, BytesOutsideOfTheEncodingAreAFaultWithTheirPlace) {
  const Diagnostic fault =
      fault_of("id,city\n1,K\xC3\xB6ln\n2,M\xFCnchen\n3,\xFF\n", {.encoding = Encoding::utf8});
  expect_place(fault, 3, 4);
  EXPECT_EQ(fault.message, "byte FC is not utf-8, in column `city` (and in 1 other cell)");
  EXPECT_THAT(fault.hint, HasSubstr("cp1252"));
  const Diagnostic undefined = fault_of("id,city\n1,a\x81\n", {.encoding = Encoding::cp1252});
  expect_place(undefined, 2, 4);
  EXPECT_EQ(undefined.message, "byte 81 is not cp1252, in column `city`");
  expect_place(fault_of("id,c\xE9\n1,2\n", {.encoding = Encoding::utf8}), 1, 5);
}

TEST(CsvTable, StaysWholeWhenMoved) {
  CsvTable first = parsed("a\nshort\n");
  const CsvTable second = std::move(first);
  EXPECT_EQ(second.cell(0, 0), "short");
}

TEST(CsvWrite, QuotesWhatNeedsThem) {
  EXPECT_EQ(csv_field("plain text"), "plain text");
  EXPECT_EQ(csv_field(""), "");
  EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_field("5\" disk"), "\"5\"\" disk\"");
  EXPECT_EQ(csv_field("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(csv_field("\r"), "\"\r\"");
  EXPECT_EQ(csv_field(" x"), "\" x\"");
  EXPECT_EQ(csv_field("はい"), "はい");
}

TEST(CsvWrite, WhatIsWrittenIsReadBack) {
  const Rows rows = {
      {"id", "text"}, {"1", "a \"b\", c"}, {"2", "x\r\ny"}, {"3", " blanks "}, {"4", "質"}};
  CsvWriter writer;
  for (const auto& row : rows)
    writer.row(row);
  const CsvTable table = parsed(writer.text());
  EXPECT_EQ(table.header, (Rows{rows[0]}));
  EXPECT_EQ(rows_of(table), (Rows{rows[1], rows[2], rows[3], rows[4]}));
  EXPECT_THAT(table.report.short_rows.first, IsEmpty());
}

}  // namespace
}  // namespace topline
