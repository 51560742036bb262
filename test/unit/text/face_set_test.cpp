#include "text/face_set.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/font_files.hpp"
#include "text/font_subset.hpp"

namespace topline {
namespace {

using testing::HasSubstr;

FaceSet faces(std::string_view tag) {
  return std::move(FaceSet::open(Language::parse(tag).value())).value();
}

TEST(FaceSet, FullWidthCharactersAreOneEm) {
  FaceSet ja = faces("ja");
  EXPECT_DOUBLE_EQ(ja.measure("全体", 10), 20);
  EXPECT_DOUBLE_EQ(ja.measure("回答者ベース：", 14, Weight::bold), 7 * 14);
  FaceSet en = faces("en");
  EXPECT_DOUBLE_EQ(en.measure("全体", 10), 20);
}

TEST(FaceSet, DigitsAreTabular) {
  for (const char* tag : {"en", "ja"}) {
    FaceSet set = faces(tag);
    for (const Weight weight : {Weight::regular, Weight::bold})
      for (char digit = '0'; digit <= '9'; ++digit)
        EXPECT_DOUBLE_EQ(set.measure(std::string(1, digit), 100, weight),
                         set.measure("0", 100, weight));
  }
}

TEST(FaceSet, WidthGrowsWithSizeAndTextAndWeight) {
  FaceSet en = faces("en");
  EXPECT_EQ(en.measure("", 14), 0);
  EXPECT_DOUBLE_EQ(en.measure("Open source", 28), 2 * en.measure("Open source", 14));
  EXPECT_GT(en.measure("Open source", 14, Weight::bold), en.measure("Open source", 14));
  EXPECT_DOUBLE_EQ(en.measure("e\u0301", 14), en.measure("é", 14));  // composed or not
}

TEST(FaceSet, ArabicIsShapedNotAddedUp) {
  FaceSet ar = faces("ar");
  // Joined letters take their medial forms: narrower than the isolated ones one by one.
  const double word = ar.measure("سسس", 100);
  EXPECT_LT(word, 3 * ar.measure("س", 100));
  EXPECT_GT(word, 0);
  // A percentage inside a right-to-left label is measured with it.
  EXPECT_NEAR(ar.measure("عدد 41%", 10), ar.measure("عدد", 10) + ar.measure(" 41%", 10), 0.2);
  EXPECT_TRUE(ar.missing().empty());
}

TEST(FaceSet, OtherScriptsComeWhenATextNeedsThem) {
  FaceSet en = faces("en");
  for (const char* text : {"עברית", "العربية", "हिन्दी", "ไทย", "日本語", "Ελληνικά", "→ ① ▲"}) {
    EXPECT_GT(en.measure(text, 10), 0);
    en.use(text);
  }
  EXPECT_TRUE(en.missing().empty());
  EXPECT_GE(en.used().size(), 6U);
}

TEST(FaceSet, BreaksLinesByWidth) {
  FaceSet en = faces("en");
  const std::string text = "Software for training and testing";
  const auto lines = en.break_lines(text, 120, 14);
  ASSERT_GT(lines.size(), 1U);
  std::string joined;
  for (const std::string& line : lines) {
    EXPECT_LE(en.measure(line, 14), 120);
    joined += (joined.empty() ? "" : " ") + line;
  }
  EXPECT_EQ(joined, text);
  for (const std::string& line : en.break_lines(std::string(200, 'W'), 100, 14))
    EXPECT_LE(en.measure(line, 14), 100);
  EXPECT_EQ(en.break_lines("W", 1, 14), std::vector<std::string>{"W"});
}

TEST(FaceSet, AMissingFontNamesItsPackage) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "no_fonts";
  std::filesystem::create_directories(folder);
  const Result<FaceSet> none = FaceSet::open(Language(), folder.string());
  ASSERT_FALSE(none.ok());
  EXPECT_THAT(none.fault().message, HasSubstr("NotoSans-Regular"));
  EXPECT_THAT(none.fault().hint, HasSubstr("fonts-noto-core"));
  const Result<FaceSet> cjk = FaceSet::open(Language::parse("ja").value(), folder.string());
  ASSERT_FALSE(cjk.ok());
  EXPECT_THAT(cjk.fault().hint, HasSubstr("fonts-noto-cjk"));
  std::ofstream(folder / "NotoSans-Regular.ttf") << "not a font";
  const Result<FaceSet> broken = FaceSet::open(Language(), folder.string());
  ASSERT_FALSE(broken.ok());
  EXPECT_THAT(broken.fault().message, HasSubstr("not a font"));
  std::filesystem::remove_all(folder);
}

TEST(FaceSet, AFontThatOnlyOneTextNeedsIsToldAfterwards) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "latin_only";
  std::filesystem::create_directories(folder);
  for (const char* name : {"NotoSans-Regular.ttf", "NotoSans-Bold.ttf"})
    std::filesystem::copy_file(std::string("/usr/share/fonts/truetype/noto/") + name, folder / name,
                               std::filesystem::copy_options::overwrite_existing);
  FaceSet en = std::move(FaceSet::open(Language(), folder.string())).value();
  EXPECT_GT(en.measure("日本", 10), 0);
  ASSERT_EQ(en.missing().size(), 1U);
  EXPECT_THAT(en.missing()[0].message, HasSubstr("NotoSansCJK-Regular"));
  std::filesystem::remove_all(folder);
}

TEST(FontSubset, HoldsTheUsedCharactersInTheFaceThatWasMeasured) {
  FaceSet ja = faces("ja");
  ja.use("全体41%");
  ja.use("太字", Weight::bold);
  ASSERT_EQ(ja.used().size(), 2U);
  EXPECT_EQ(ja.used()[0].characters, (std::set<char32_t>{U'%', U'1', U'4', U'体', U'全'}));
  EXPECT_THAT(ja.used()[0].file, HasSubstr("NotoSansCJK-Regular"));

  FaceSet en = faces("en");
  en.use("fi 全");
  ASSERT_EQ(en.used().size(), 2U);
  EXPECT_THAT(en.used()[0].file, HasSubstr("NotoSans-Regular"));
  EXPECT_THAT(en.used()[1].file, HasSubstr("NotoSansCJK-Regular"));
}

// Written to a folder as a font of the language, the subset measures like the whole.
TEST(FontSubset, MeasuresLikeTheWholeFont) {
  const std::string text = "Waving Type: AVATAR, fi ffl – 41%";
  FaceSet en = faces("en");
  en.use(text);
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "subset";
  std::filesystem::create_directories(folder);
  const std::string bytes = subset_font(en.used()[0]).value();
  EXPECT_LT(bytes.size(), 60'000U);
  for (const char* name : {"NotoSans-Regular.ttf", "NotoSans-Bold.ttf"})
    std::ofstream(folder / name, std::ios::binary) << bytes;
  FaceSet small = std::move(FaceSet::open(Language(), folder.string())).value();
  EXPECT_DOUBLE_EQ(small.measure(text, 14), en.measure(text, 14));
  EXPECT_EQ(subset_font(en.used()[0]).value(), bytes);
  std::filesystem::remove_all(folder);
}

TEST(FontSubset, CssSaysWhichCharactersEachFaceHas) {
  FaceSet en = faces("en");
  EXPECT_EQ(font_face_css(en).value(), "");
  en.use("abcx");
  en.use("全");
  const std::string css = font_face_css(en).value();
  EXPECT_THAT(css, HasSubstr("font-family:'Topline Sans';font-weight:400"));
  EXPECT_THAT(css, HasSubstr("unicode-range:U+61-63,U+78}"));
  EXPECT_THAT(css, HasSubstr("unicode-range:U+5168}"));
  EXPECT_THAT(css, HasSubstr("data:font/ttf;base64,AAEAAA"));  // TrueType's first bytes
  EXPECT_THAT(css, HasSubstr("data:font/otf;base64,T1RUTw"));  // "OTTO"
  EXPECT_EQ(css.find("http"), std::string::npos);
}

// RFC 4648, section 10.
TEST(Base64, PublishedExamples) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foob"), "Zm9vYg==");
  EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

TEST(FontFiles, ScriptsHaveTheirFonts) {
  EXPECT_EQ(font_for_script("Arab"), "NotoSansArabic");
  EXPECT_EQ(font_for_script("Deva"), "NotoSansDevanagari");
  EXPECT_EQ(font_for_script("Jpan"), "NotoSansCJK");
  EXPECT_EQ(font_for_script("Latn"), "NotoSans");
}

}  // namespace
}  // namespace topline
