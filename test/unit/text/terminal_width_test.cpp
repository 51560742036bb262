#include "text/terminal_width.hpp"

#include <gtest/gtest.h>

#include "text/line_break.hpp"
#include "text/utf8.hpp"

namespace topline {
namespace {

TEST(DisplayWidth, WideIsTwoAndCombiningNothing) {
  EXPECT_EQ(display_width(""), 0);
  EXPECT_EQ(display_width("Total"), 5);
  EXPECT_EQ(display_width("全体"), 4);
  EXPECT_EQ(display_width("n＝249"), 6);
  EXPECT_EQ(display_width("ｶﾅ"), 2);        // half-width kana
  EXPECT_EQ(display_width("e\u0301t"), 2);  // combining acute
  EXPECT_EQ(display_width("か\u3099"), 2);  // combining voiced mark
  EXPECT_EQ(display_width("שלום"), 4);
  EXPECT_EQ(display_width("한글"), 4);
  EXPECT_EQ(display_width("\u1112\u1161\u11AB"), 2);  // one syllable of three jamo
  EXPECT_EQ(display_width("👩\u200D👩\u200D👧"), 2);     // joined into one picture
  EXPECT_EQ(display_width("\xFFz"), 2);               // not UTF-8
}

TEST(PadToWidth, AlignsByColumnsNotBytes) {
  EXPECT_EQ(pad_to_width("全体", 6), "全体  ");
  EXPECT_EQ(pad_to_width("全体", 6, Align::right), "  全体");
  EXPECT_EQ(pad_to_width("ab", 5, Align::centre), " ab  ");
  EXPECT_EQ(pad_to_width("longer", 3), "longer");
}

TEST(CutToWidth, EndsInAnEllipsis) {
  EXPECT_EQ(cut_to_width("Open source", 11), "Open source");
  EXPECT_EQ(cut_to_width("Open source", 5), "Open…");
  EXPECT_EQ(cut_to_width("オープンソース", 6),
            "オー…");  // 4 columns and the ellipsis fit, 6 would not
  EXPECT_EQ(cut_to_width("abc", 0), "");
}

TEST(WrapToWidth, BreaksAtWordsAndInsideLongOnes) {
  EXPECT_EQ(wrap_to_width("Open source is preferred", 12),
            (std::vector<std::string>{"Open source", "is preferred"}));
  EXPECT_EQ(wrap_to_width("abcdefgh", 3), (std::vector<std::string>{"abc", "def", "gh"}));
  EXPECT_EQ(wrap_to_width("", 10), std::vector<std::string>{""});
  EXPECT_EQ(wrap_to_width("one\ntwo", 10), (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(wrap_to_width("one\n\ntwo", 10), (std::vector<std::string>{"one", "", "two"}));
  for (const std::string& line : wrap_to_width("回答者ベース：全回答者（n = 249）", 10))
    EXPECT_LE(display_width(line), 10) << line;
}

TEST(LineBreak, JapaneseKeepsKinsoku) {
  const Language ja = Language::parse("ja").value();
  const std::string text = "「生成ＡＩ」は、キャッシュではなく、重要です。";
  const auto narrow = fill_lines(
      text, 6, ja, [](std::string_view line) { return static_cast<double>(display_width(line)); });
  for (const std::string& line : narrow) {
    for (const char* forbidden : {"、", "。", "」", "ャ", "ッ", "ュ", "ー"})
      EXPECT_FALSE(line.starts_with(forbidden)) << line;
    EXPECT_FALSE(line.ends_with("「")) << line;
    EXPECT_LE(display_width(line), 6) << line;
  }
}

TEST(LineBreak, JapanesePhrasesStayTogetherWhereTheyFit) {
  const Language ja = Language::parse("ja").value();
  const auto lines = fill_lines("ソフトウェアの品質保証", 16, ja, [](std::string_view line) {
    return static_cast<double>(display_width(line));
  });
  EXPECT_EQ(lines, (std::vector<std::string>{"ソフトウェアの", "品質保証"}));
}

TEST(LineBreak, NothingIsLostAndGraphemesStayWhole) {
  const std::string text = "e\u0301e\u0301e\u0301👩\u200D👧👩\u200D👧";
  std::string joined;
  for (const std::string& line : fill_lines(text, 1, Language(), [](std::string_view part) {
         return static_cast<double>(display_width(part));
       })) {
    joined += line;
    EXPECT_FALSE(line.empty());
    EXPECT_NE(line.substr(0, 2), "\u0301");
  }
  EXPECT_EQ(joined, text);
}

TEST(LineBreak, SoftHyphenShowsOnlyAtABreak) {
  const auto width = [](std::string_view part) { return static_cast<double>(display_width(part)); };
  EXPECT_EQ(fill_lines("Daten\u00ADschutz", 20, Language(), width),
            std::vector<std::string>{"Datenschutz"});
  EXPECT_EQ(fill_lines("Daten\u00ADschutz", 8, Language(), width),
            (std::vector<std::string>{"Daten-", "schutz"}));
}

TEST(Utf8, FindsWhatIsNotUtf8) {
  EXPECT_EQ(first_invalid_utf8("全体 ok"), std::nullopt);
  EXPECT_EQ(first_invalid_utf8("ab\xC0\xAF"), 2U);        // overlong
  EXPECT_EQ(first_invalid_utf8("\xED\xA0\x80"), 0U);      // surrogate
  EXPECT_EQ(first_invalid_utf8("a\xE5\x85"), 1U);         // cut off
  EXPECT_EQ(first_invalid_utf8("\xF4\x90\x80\x80"), 0U);  // past U+10FFFF
  EXPECT_EQ(first_invalid_utf8("\x83\x41"), 0U);          // Shift_JIS
  std::string text;
  for (const char32_t c : {U'a', U'é', U'全', U'𠮷', static_cast<char32_t>(0xD800)})
    append_utf8(text, c);
  EXPECT_EQ(text, "aé全𠮷\uFFFD");
}

}  // namespace
}  // namespace topline
