// Real survey exports, as their publishers released them. The expected numbers were counted with
// Python's csv module: csv.reader over the file decoded as the encoding given, rows in which
// every cell is blank left out, the header rows taken off, columns up to the last that is not
// empty; then the cells that are not empty and the bytes of all cells in UTF-8.
#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "io/csv_coded.hpp"
#include "io/csv_table.hpp"
#include "shared_folder.hpp"

namespace topline {
namespace {

struct Counted {
  const char* file;
  int header_rows;
  Encoding encoding;
  size_t columns;
  size_t rows;
  size_t cells;
  size_t bytes;
};

const Counted counted[] = {
    {"lf-ospo-2022/RawData.csv", 3, Encoding::utf8, 257, 1048, 67823, 165725},
    {"lf-ospo-2023/RawData.csv", 3, Encoding::utf8, 492, 489, 30283, 91895},
    {"cncf-microsurveys/CNCF_GitOps_Microsurvey.csv", 2, Encoding::utf8, 89, 220, 4971, 194567},
    {"fivethirtyeight-small-surveys/food/food-world-cup-data.csv", 1, Encoding::mac_roman, 48, 1373,
     60888, 207989},
    {"fivethirtyeight-small-surveys/star-wars/StarWars.csv", 2, Encoding::cp1252, 38, 1186, 31614,
     483364},
    {"fivethirtyeight-small-surveys/thanksgiving/thanksgiving-2015-poll-data.csv", 1,
     Encoding::utf8, 65, 1058, 28504, 308875},
    {"quantipy-example/Example_Data_A.csv", 1, Encoding::utf8, 78, 8255, 493256, 1971175},
    {"kubernetes-ballots/contributor-survey-2018/contribex-survey-2018.csv", 1, Encoding::utf8, 92,
     160, 14575, 139213},
    {"fivethirtyeight-nonvoters/nonvoters_data.csv", 1, Encoding::utf8, 119, 5836, 694484, 1118688},
};

TEST(SharedCsv, TablesHaveWhatPythonCounts) {
  for (const Counted& expected : counted) {
    TOPLINE_NEEDS_SHARED(path, std::string("data/") + expected.file);
    const Result<CsvTable> table =
        read_csv(*path, expected.file, {.header_rows = expected.header_rows});
    ASSERT_TRUE(table.ok()) << expected.file << ": " << table.fault().message;
    EXPECT_EQ((*table).report.format.encoding, expected.encoding) << expected.file;
    EXPECT_EQ((*table).width, expected.columns) << expected.file;
    EXPECT_EQ((*table).rows(), expected.rows) << expected.file;
    size_t cells = 0;
    size_t bytes = 0;
    for (size_t r = 0; r < (*table).rows(); ++r)
      for (const std::string_view cell : (*table).row(r)) {
        cells += cell.empty() ? 0 : 1;
        bytes += cell.size();
      }
    EXPECT_EQ(cells, expected.cells) << expected.file;
    EXPECT_EQ(bytes, expected.bytes) << expected.file;
  }
}

TEST(SharedCsv, CodedColumnsHaveTheSameTexts) {
  for (const Counted& expected : counted) {
    TOPLINE_NEEDS_SHARED(path, std::string("data/") + expected.file);
    const CsvOptions options = {.header_rows = expected.header_rows};
    const Result<CsvTable> table = read_csv(*path, expected.file, options);
    const Result<CodedCsvReader> reader = CodedCsvReader::open(*path, expected.file, options);
    ASSERT_TRUE(table.ok() && reader.ok()) << expected.file;
    std::vector<WantedColumn> wanted;
    for (size_t c = 0; c < (*table).width; ++c)
      wanted.push_back({c, TextColumn{}});
    const Result<CodedTable> coded = (*reader).read(wanted, {.threads = 2, .chunk_bytes = 10000});
    ASSERT_TRUE(coded.ok()) << expected.file << ": " << coded.fault().message;
    ASSERT_EQ((*coded).rows, (*table).rows()) << expected.file;
    for (size_t c = 0; c < (*table).width; ++c)
      for (size_t r = 0; r < (*table).rows(); ++r)
        ASSERT_EQ(std::get<Texts>((*coded).columns[c]).cells[r], (*table).cell(r, c))
            << expected.file << " row " << r << " column " << c;
  }
}

// The file has 321 columns, of which 64 at the end are empty.
TEST(SharedCsv, EmptyColumnsAtTheEnd) {
  TOPLINE_NEEDS_SHARED(path, "data/lf-ospo-2022/RawData.csv");
  const Result<CsvTable> table = read_csv(*path, "RawData.csv", {.header_rows = 3});
  ASSERT_TRUE(table.ok());
  EXPECT_EQ((*table).report.empty_columns, 64);
}

TEST(SharedCsv, NoBreakSpacesOfMacRoman) {
  TOPLINE_NEEDS_SHARED(path, "data/fivethirtyeight-small-surveys/food/food-world-cup-data.csv");
  const Result<CsvTable> table = read_csv(*path, "food.csv");
  ASSERT_TRUE(table.ok());
  EXPECT_EQ((*table).header[0][1],
            "Generally speaking, how would you rate your level of knowledge\xC2\xA0of cuisines "
            "from different parts of the world?");
}

TEST(SharedCsv, NamedUtf8PointsAtTheDamagedBytes) {
  TOPLINE_NEEDS_SHARED(path, "data/fivethirtyeight-small-surveys/star-wars/StarWars.csv");
  const Result<CsvTable> table = read_csv(*path, "StarWars.csv", {.encoding = Encoding::utf8});
  ASSERT_FALSE(table.ok());
  EXPECT_EQ(table.fault().place.line, 1);
  EXPECT_EQ(table.fault().place.column, 642);  // b.index(b"\x8c\xe6") + 1 in Python
  EXPECT_NE(table.fault().message.find("8C"), std::string::npos);
}

TEST(SharedCsv, ATitleAboveTheHeader) {
  TOPLINE_NEEDS_SHARED(path, "data/lf-ospo-2022/Data-SurveyReferenceModel.csv");
  const Result<CsvTable> table = read_csv(*path, "model.csv", {.title_lines = 1});
  ASSERT_TRUE(table.ok()) << table.fault().message;
  EXPECT_TRUE((*table).report.format.marked);
  EXPECT_EQ((*table).titles[0][1], "OSPO Annual Survey  2022");
  EXPECT_EQ((*table).header[0][3], "Questions and Responses");
  EXPECT_EQ((*table).rows(), 470U);  // 472 rows that are not empty, without title and header
  EXPECT_EQ((*table).report.empty_rows, 73);
}

// Every file reads, or says what to do about it.
TEST(SharedCsv, EveryFileIsReadOrExplained) {
  TOPLINE_NEEDS_SHARED(folder, "data");
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(*folder))
    if (entry.path().extension() == ".csv")
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  ASSERT_GT(files.size(), 60U);
  std::vector<std::string> refused;
  for (const auto& file : files) {
    const Result<CsvTable> table = read_csv(file.string(), file.filename().string());
    if (table) {
      EXPECT_GT((*table).width, 0U) << file;
      continue;
    }
    refused.push_back(file.filename().string());
    EXPECT_GT(table.fault().place.line, 0) << file;
    EXPECT_FALSE(table.fault().hint.empty()) << file;
  }
  // XLSForms as CSV, whose sheets of different widths stand below one another.
  EXPECT_EQ(refused, (std::vector<std::string>{"case_insensitivity.csv", "gps.csv"}));
}

}  // namespace
}  // namespace topline
