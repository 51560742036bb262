#include "report/value_printer.hpp"

#include "small_study.hpp"

namespace topline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class PrintValue : public testing::Test {
 protected:
  // What stands for `{{ inside }}`.
  std::string print(const std::string& inside, const std::string& tag = "en") {
    const Document document = parse_report("{{ " + inside + " }}\n", "report/en.md", faults);
    const Language language = *Language::parse(tag);
    const TablePrinter printer(small.open.study, small.open.codebook(), small.open.questionnaire,
                               language);
    const WeighedCases cases = small.cases();
    ValuePrinter values(small.open, language, cases, printer, faults);
    std::string text;
    visit_values(document, [&](const ValueText& value) { text += values.print(value).text; });
    return text;
  }

  SmallStudy small;
  Diagnostics faults;
};

TEST_F(PrintValue, SharesAreRoundedHalfUpOnceFromTheCounts) {
  EXPECT_EQ(print("share(Q1 == a)"), "63%");  // 25 of 40: 62.5
  EXPECT_EQ(print("share(Q1 == a) :1"), "62.5%");
  EXPECT_EQ(print("share(Q1 == dk)"), "13%");          // 5 of 40: 12.5
  EXPECT_EQ(print("share(Q1 in (a, b))"), "88%");      // 35 of 40: 87.5
  EXPECT_EQ(print("share(Q1 == a | S == y)"), "42%");  // 5 of 12: 41.67
  EXPECT_EQ(print("share(M.p)"), "67%");               // 20 of the 30 who answered
  EXPECT_EQ(print("share(M.r)"), "0%");
  EXPECT_EQ(print("share(likes_a)"), "63%");
  EXPECT_THAT(told(faults), IsEmpty());
}

TEST_F(PrintValue, LessThanHalfOfTheLastPlaceIsNotNothing) {
  small.open.study.decimals = 0;
  EXPECT_EQ(print("share(N == 0)"), "3%");  // 1 of 40: 2.5
  // Of 300 cases one is 0.33 %.
  Dataset many(small.open.questionnaire.codebook, 300);
  const VariableId q1 = small.open.questionnaire.codebook.find("Q1");
  for (size_t row = 0; row < 300; ++row)
    many.set_option(q1, row, row == 0 ? 0 : 1);
  small.screened = screen(small.open.questionnaire, small.open.processing, std::move(many));
  EXPECT_EQ(print("share(Q1 == a)"), "<1%");
  EXPECT_EQ(print("share(Q1 == a) :1"), "0.3%");
  EXPECT_EQ(print("share(Q1 == b)"), "100%");  // 299 of 300: 99.67
}

TEST_F(PrintValue, UnitsFollowFromTheExpression) {
  EXPECT_EQ(print("n(Q1)"), "40");
  EXPECT_EQ(print("cases(S == z)"), "3");
  EXPECT_EQ(print("cases()"), "40");
  EXPECT_EQ(print("n(Q1) - n(S)"), "5");
  EXPECT_EQ(print("share(Q1 == a) - share(Q1 == b)"), "38 points");   // 37.5
  EXPECT_EQ(print("share(Q1 == b) - share(Q1 == a)"), "-38 points");  // away from zero
  EXPECT_EQ(print("share(Q1 == a) - share(Q1 == b) :1"), "37.5 points");
  EXPECT_EQ(print("share(Q1 == a) :points"), "63 points");
  EXPECT_EQ(print("share(Q1 == a) :count"), "63");
  EXPECT_EQ(print("share(Q1 == a) + share(Q1 == b)"), "88%");
  EXPECT_EQ(print("share(Q1 == a) / share(Q1 == b)"), "2.5");
  EXPECT_EQ(print("mean(N)"), "19.5");
  EXPECT_EQ(print("median(N | S == x)"), "9.5");
  EXPECT_EQ(print("largest(N) :0"), "39");
  EXPECT_THAT(told(faults), IsEmpty());
}

TEST_F(PrintValue, NumbersAreWrittenAsTheLanguageWants) {
  EXPECT_EQ(print("share(Q1 == a) :1", "de"), "62,5\xC2\xA0%");
  EXPECT_EQ(print("share(Q1 == a) - share(Q1 == b)", "ja"), "38ポイント");
}

TEST_F(PrintValue, EntriesOfTheStudy) {
  EXPECT_EQ(print("study.title"), "Small & <simple>");
  EXPECT_EQ(print("study.sponsors"), "The Fund");
  EXPECT_THAT(print("study.fieldwork"), HasSubstr("2023"));
  EXPECT_EQ(print("study.confidence"), "95%");
}

TEST_F(PrintValue, SmallBasesAreRefusedWithTheirPlace) {
  EXPECT_EQ(print("share(Q1 == b | S == z)"), "–");  // base 3
  EXPECT_THAT(told(faults),
              ElementsAre(HasSubstr("1:4 error: this value rests on 3 respondents, and the study "
                                    "shows none on fewer than 5")));
}

TEST_F(PrintValue, OnlyThePartOnTooSmallABaseIsNamed) {
  print("share(Q1 == a) - mean(N | S == z)");
  EXPECT_THAT(told(faults), ElementsAre(HasSubstr("1:21 error: this value rests on 3")));
}

TEST_F(PrintValue, CountsMayBeSmall) {
  EXPECT_EQ(print("n(Q1 | S == z)"), "3");
  EXPECT_EQ(print("cases(S == z and Q1 == a)"), "0");
  EXPECT_THAT(told(faults), IsEmpty());
}

TEST_F(PrintValue, NobodyInTheBase) {
  EXPECT_EQ(print("share(Q1 == a | N > 100)"), "–");
  EXPECT_THAT(told(faults), ElementsAre(HasSubstr("error: nobody is in the base of this value")));
}

TEST_F(PrintValue, DivisionByZero) {
  EXPECT_EQ(print("n(Q1) / cases(N > 100)"), "–");
  EXPECT_THAT(told(faults), ElementsAre(HasSubstr("error: this value cannot be computed")));
}

}  // namespace
}  // namespace topline
