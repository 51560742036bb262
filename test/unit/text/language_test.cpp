#include "text/language.hpp"

#include <gtest/gtest.h>

#include "text/date_format.hpp"
#include "text/list_format.hpp"
#include "text/number_format.hpp"

namespace topline {
namespace {

Language language(std::string_view tag) {
  return Language::parse(tag).value();
}

TEST(Language, ReadsTags) {
  EXPECT_EQ(language("en").tag(), "en");
  EXPECT_EQ(language("PT-br").tag(), "pt-BR");
  EXPECT_EQ(language("pt-BR").code(), "pt");
  EXPECT_EQ(language("ja").script(), "Jpan");
  EXPECT_EQ(language("zh-Hant").script(), "Hant");
  EXPECT_FALSE(language("ja").right_to_left());
  EXPECT_TRUE(language("ar").right_to_left());
  EXPECT_TRUE(language("he").right_to_left());
  EXPECT_TRUE(language("ja").east_asian());
  EXPECT_FALSE(language("de").east_asian());
  EXPECT_EQ(Language(), language("en"));
}

TEST(Language, NamesItself) {
  EXPECT_EQ(language("ja").name_in(language("en")), "Japanese");
  EXPECT_EQ(language("ja").name_in(language("ja")), "日本語");
  EXPECT_EQ(language("en").name_in(language("ja")), "英語");
}

TEST(Language, FaultsSayWhatIsWrong) {
  const Result<Language> underscore = Language::parse("pt_BR", {"study.yaml", 4, 12, 5});
  ASSERT_FALSE(underscore.ok());
  EXPECT_EQ(underscore.fault().place.line, 4);
  EXPECT_EQ(underscore.fault().hint, "did you mean `pt-BR`?");
  for (const char* wrong : {"", "e", "english", "qq", "en--US", "日本語", "en us"})
    EXPECT_FALSE(Language::parse(wrong).ok()) << wrong;
}

TEST(NumberFormat, PercentAsTheLanguageWritesIt) {
  EXPECT_EQ(NumberFormat(language("en")).percent(41), "41%");
  EXPECT_EQ(NumberFormat(language("ja")).percent(41), "41%");
  EXPECT_EQ(NumberFormat(language("de")).percent(41.5, 1), "41,5\u00A0%");
  EXPECT_EQ(NumberFormat(language("tr")).percent(9), "%9");
  EXPECT_EQ(NumberFormat(language("en")).percent(0), "0%");
  EXPECT_EQ(NumberFormat(language("en")).percent(100, 2), "100.00%");
}

TEST(NumberFormat, CountsAreGrouped) {
  EXPECT_EQ(NumberFormat(language("en")).count(1234567), "1,234,567");
  EXPECT_EQ(NumberFormat(language("de")).count(1234567), "1.234.567");
  EXPECT_EQ(NumberFormat(language("hi")).count(1234567), "12,34,567");
  EXPECT_EQ(NumberFormat(language("ja")).count(249), "249");
  EXPECT_EQ(NumberFormat(language("en")).count(0), "0");
  EXPECT_EQ(NumberFormat(language("en")).count(-5), "-5");
}

TEST(NumberFormat, DecimalsAndPoints) {
  EXPECT_EQ(NumberFormat(language("en")).decimal(3.25, 2), "3.25");
  EXPECT_EQ(NumberFormat(language("de")).decimal(3.25, 2), "3,25");
  EXPECT_EQ(NumberFormat(language("en")).points(32.1, 1), "32.1 points");
  EXPECT_EQ(NumberFormat(language("en")).points(1, 0), "1 point");
  EXPECT_EQ(NumberFormat(language("en")).points(1, 1), "1.0 points");
  EXPECT_EQ(NumberFormat(language("en")).points(4, 0, true), "+4 points");
  EXPECT_EQ(NumberFormat(language("ja")).points(32.1, 1), "32.1ポイント");
}

TEST(NumberFormat, PluralCategories) {
  EXPECT_EQ(NumberFormat(language("en")).plural(1), PluralCategory::one);
  EXPECT_EQ(NumberFormat(language("en")).plural(1, 1), PluralCategory::other);
  EXPECT_EQ(NumberFormat(language("en")).plural(2), PluralCategory::other);
  EXPECT_EQ(NumberFormat(language("ja")).plural(1), PluralCategory::other);
  EXPECT_EQ(NumberFormat(language("ru")).plural(3), PluralCategory::few);
  EXPECT_EQ(NumberFormat(language("ru")).plural(11), PluralCategory::many);
  EXPECT_EQ(NumberFormat(language("ar")).plural(0), PluralCategory::zero);
  EXPECT_EQ(NumberFormat(language("ar")).plural(2), PluralCategory::two);
}

TEST(Dates, ReadIso) {
  EXPECT_EQ(parse_calendar_date("2023-09-14"), (CalendarDate{2023, 9, 14}));
  EXPECT_EQ(parse_calendar_date("2023-09"), (CalendarDate{2023, 9, 0}));
  EXPECT_EQ(parse_calendar_date("2023"), (CalendarDate{2023, 0, 0}));
  EXPECT_EQ(parse_calendar_date("2024-02-29"), (CalendarDate{2024, 2, 29}));
  for (const char* wrong : {"", "23-09", "2023-13", "2023-00", "2023-02-29", "2023-04-31",
                            "2023/09", "2023-9", "2023-09-1x", "0000", "1900-02-29"})
    EXPECT_EQ(parse_calendar_date(wrong), std::nullopt) << wrong;
  EXPECT_EQ(iso_date({2023, 9, 4}), "2023-09-04");
  EXPECT_EQ(iso_date({812, 0, 0}), "0812");
}

TEST(Dates, InWords) {
  EXPECT_EQ(format_date({2023, 9, 0}, language("en")), "September 2023");
  EXPECT_EQ(format_date({2023, 9, 14}, language("en")), "September 14, 2023");
  EXPECT_EQ(format_date({2023, 9, 0}, language("ja")), "2023年9月");
  EXPECT_EQ(format_date({2023, 9, 14}, language("ja")), "2023年9月14日");
  EXPECT_EQ(format_date({2023, 0, 0}, language("en")), "2023");
  EXPECT_EQ(format_date({2023, 12, 31}, language("de")), "31. Dezember 2023");
  EXPECT_EQ(format_date({1, 1, 1}, language("en")), "January 1, 1");
  // The Gregorian year also where the country counts otherwise.
  EXPECT_NE(format_date({2023, 9, 0}, language("th")).find("2023"), std::string::npos);
}

TEST(Dates, Spans) {
  const Language en = language("en");
  EXPECT_EQ(format_date_range({2023, 9, 0}, {2023, 10, 0}, en), "September–October 2023");
  EXPECT_EQ(format_date_range({2023, 9, 0}, {2023, 10, 0}, language("ja")), "2023年9月～10月");
  EXPECT_EQ(format_date_range({2023, 9, 14}, {2023, 9, 16}, en), "September 14–16, 2023");
  EXPECT_EQ(format_date_range({2023, 9, 14}, {2023, 10, 2}, en), "September 14 – October 2, 2023");
  EXPECT_EQ(format_date_range({2023, 12, 0}, {2024, 1, 0}, en), "December 2023 – January 2024");
  EXPECT_EQ(format_date_range({2023, 9, 0}, {2023, 9, 0}, en), "September 2023");
  // The coarser precision, and the order of time.
  EXPECT_EQ(format_date_range({2023, 10, 5}, {2023, 9, 0}, en), "September–October 2023");
  EXPECT_EQ(format_date_range({2022, 0, 0}, {2023, 9, 0}, en), "2022–2023");
}

TEST(Lists, InTheLanguage) {
  EXPECT_EQ(format_list({"a", "b", "c"}, language("en")), "a, b, and c");
  EXPECT_EQ(format_list({"a", "b"}, language("en")), "a and b");
  EXPECT_EQ(format_list({"a"}, language("en")), "a");
  EXPECT_EQ(format_list({}, language("en")), "");
  EXPECT_EQ(format_list({"a", "b", "c"}, language("ja")), "a、b、c");
  EXPECT_EQ(format_alternatives({"a", "b", "c"}, language("en")), "a, b, or c");
}

}  // namespace
}  // namespace topline
