#include "text/written_number.hpp"

#include <gtest/gtest.h>

namespace topline {
namespace {

double value(std::string_view text, bool decimal_comma = false) {
  const std::optional<WrittenNumber> number = read_written_number(text, decimal_comma);
  return number ? number->value : -999;
}

TEST(WrittenNumber, ReadsPlainAndGroupedNumbers) {
  EXPECT_EQ(value("12"), 12);
  EXPECT_EQ(value(" -3.25 "), -3.25);
  EXPECT_EQ(value("+7"), 7);
  EXPECT_EQ(value(".5"), 0.5);
  EXPECT_EQ(value("1,234,567.5"), 1234567.5);
  EXPECT_EQ(value("1 234"), 1234);
  EXPECT_EQ(value("1’234"), 1234);
}

TEST(WrittenNumber, ReadsTheDigitsOfOtherScripts) {
  EXPECT_EQ(value("１２．５"), 12.5);
  EXPECT_EQ(value("－３"), -3);
  EXPECT_EQ(value("٣٫٥"), 3.5);
  EXPECT_EQ(value("१२"), 12);
}

TEST(WrittenNumber, ReadsADecimalCommaWhereTheLanguageHasOne) {
  EXPECT_EQ(value("2,5", true), 2.5);
  EXPECT_EQ(value("1.234,5", true), 1234.5);
  EXPECT_EQ(value("1.234", true), 1234);
  EXPECT_EQ(value("1.5", true), 1.5);  // no group has one digit
}

TEST(WrittenNumber, CountsTheDecimals) {
  EXPECT_EQ(read_written_number("2.50", false)->decimals, 2);
  EXPECT_EQ(read_written_number("2", false)->decimals, 0);
}

TEST(WrittenNumber, RefusesWhatIsNoNumber) {
  for (const std::string_view text :
       {"", "  ", "a", "1a", "--1", "1.2.3", "1,23", "2,5", "1e5", "12,3456", "-", ".", "0x10",
        "nan", "inf", "1234567890123456"})
    EXPECT_FALSE(read_written_number(text, false)) << text;
}

}  // namespace
}  // namespace topline
