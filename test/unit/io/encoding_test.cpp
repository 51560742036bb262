#include "io/encoding.hpp"

#include <gtest/gtest.h>
#include <string>

namespace topline {
namespace {

std::string decoded(std::string_view bytes, Encoding encoding) {
  ColumnVector<char> text;
  EXPECT_EQ(append_as_utf8(bytes, encoding, true, text), bytes.size());
  EXPECT_EQ(encoded_length({text.data(), text.size()}, encoding), bytes.size());
  return {text.begin(), text.end()};
}

// `text`, which is ASCII and the characters of the Basic Multilingual Plane given by number.
std::string utf16(std::u16string_view text, bool little) {
  std::string bytes;
  for (const char16_t unit : text) {
    const char low = static_cast<char>(unit & 0xFF);
    const char high = static_cast<char>(unit >> 8);
    bytes += little ? low : high;
    bytes += little ? high : low;
  }
  return bytes;
}

TEST(Encoding, NamesAreKnownInAnySpelling) {
  EXPECT_EQ(encoding_named("UTF-8"), Encoding::utf8);
  EXPECT_EQ(encoding_named("Windows-1252"), Encoding::cp1252);
  EXPECT_EQ(encoding_named("mac_roman"), Encoding::mac_roman);
  EXPECT_EQ(encoding_named("UTF-16LE"), Encoding::utf16_le);
  EXPECT_EQ(encoding_named("shift_jis"), std::nullopt);
  for (const Encoding encoding : {Encoding::utf8, Encoding::cp1252, Encoding::mac_roman,
                                  Encoding::utf16_le, Encoding::utf16_be})
    EXPECT_EQ(encoding_named(encoding_name(encoding)), encoding);
}

// Code charts: cp1252 80 = U+20AC, 92 = U+2019, E9 = U+00E9; Mac Roman 8E = U+00E9,
// CA = U+00A0, D5 = U+2019.
TEST(Encoding, SingleBytesFollowTheCodeCharts) {
  EXPECT_EQ(decoded("5 \x80, don\x92t, caf\xE9", Encoding::cp1252), "5 €, don’t, café");
  EXPECT_EQ(decoded("caf\x8E of\xCA"
                    "Australia, don\xD5t",
                    Encoding::mac_roman),
            "café of\xC2\xA0"
            "Australia, don’t");
}

TEST(Encoding, WhatAnEncodingDoesNotDefineIsNotValidAfterwards) {
  EXPECT_EQ(find_invalid_utf8(decoded("ab\x81", Encoding::cp1252)), 2U);
  const std::string half = decoded(utf16(u"ab\xD83D,c", true), Encoding::utf16_le);
  EXPECT_EQ(find_invalid_utf8(half), 2U);
  EXPECT_EQ(half.substr(half.size() - 2), ",c");
  EXPECT_EQ(find_invalid_utf8(decoded(std::string_view("a\0b", 3), Encoding::utf16_le)), 1U);
}

TEST(Encoding, Utf16OfBothOrders) {
  const std::u16string text = u"質問,é,\xD83D\xDE00\n";
  EXPECT_EQ(decoded(utf16(text, true), Encoding::utf16_le), "質問,é,😀\n");
  EXPECT_EQ(decoded(utf16(text, false), Encoding::utf16_be), "質問,é,😀\n");
}

TEST(Encoding, HalfACharacterWaitsForItsOtherHalf) {
  const std::string bytes = utf16(u"a\xD83D\xDE00", true);
  ColumnVector<char> text;
  EXPECT_EQ(append_as_utf8(bytes.substr(0, 4), Encoding::utf16_le, false, text), 2U);
  EXPECT_EQ(append_as_utf8(bytes.substr(2), Encoding::utf16_le, true, text), 4U);
  EXPECT_EQ(std::string(text.begin(), text.end()), "a😀");
}

// The table "Well-Formed UTF-8 Byte Sequences" of the Unicode Standard (3-7), at its borders.
TEST(Encoding, InvalidUtf8IsFoundWhereItBegins) {
  EXPECT_EQ(find_invalid_utf8("plain and 質問 and é and 😀"), std::string_view::npos);
  EXPECT_EQ(find_invalid_utf8(""), std::string_view::npos);
  EXPECT_EQ(find_invalid_utf8("twelve bytes\x80"), 12U);
  EXPECT_EQ(find_invalid_utf8("a\xC0\x80"), 1U);          // overlong
  EXPECT_EQ(find_invalid_utf8("a\xE0\x9F\xBF"), 1U);      // overlong
  EXPECT_EQ(find_invalid_utf8("a\xED\xA0\x80"), 1U);      // a surrogate
  EXPECT_EQ(find_invalid_utf8("a\xF4\x90\x80\x80"), 1U);  // above U+10FFFF
  EXPECT_EQ(find_invalid_utf8("a\xF4\x8F\xBF\xBF"), std::string_view::npos);
  EXPECT_EQ(find_invalid_utf8("caf\xC3"), 3U);  // cut off
}

TEST(Encoding, MarksDecide) {
  EXPECT_EQ(detect_encoding("\xEF\xBB\xBF"
                            "a,b",
                            {})
                .mark_length,
            3U);
  const EncodingGuess little = detect_encoding(
      "\xFF\xFE"
      "a",
      {});
  EXPECT_EQ(little.encoding, Encoding::utf16_le);
  EXPECT_EQ(little.mark_length, 2U);
  EXPECT_EQ(detect_encoding("\xFE\xFF", {}).encoding, Encoding::utf16_be);
}

TEST(Encoding, DetectedWithoutAMark) {
  auto guess = [](std::string_view head) { return detect_encoding(head, {}).encoding; };
  EXPECT_EQ(guess("id,answer\n1,yes\n"), Encoding::utf8);
  EXPECT_EQ(guess("id,質問\n"), Encoding::utf8);
  EXPECT_EQ(guess(utf16(u"id,質問の答え\n1,はい\n", true)), Encoding::utf16_le);
  EXPECT_EQ(guess(utf16(u"id,質問の答え\n1,はい\n", false)), Encoding::utf16_be);
  EXPECT_EQ(guess("id\nI don\x92t know, caf\xE9\n"), Encoding::cp1252);
  EXPECT_EQ(guess("id\nI don\xD5t know, caf\x8E\n"), Encoding::mac_roman);
  EXPECT_EQ(guess("id\nknowledge\xCAof cuisines\n"), Encoding::mac_roman);  // a no-break space
  EXPECT_EQ(guess("id\nM\xFCnchen, Stra\xDF"
                  "e, K\xF6ln\n"),
            Encoding::cp1252);
  EXPECT_EQ(guess("id\nM\x9Fnchen, Stra\xA7"
                  "e, K\x9Aln\n"),
            Encoding::mac_roman);
}

TEST(Encoding, ADamagedByteDoesNotMakeUtf8AnotherEncoding) {
  EXPECT_EQ(detect_encoding("質問, 答え, \xFF, é", {}).encoding, Encoding::utf8);
}

TEST(Encoding, SamplesCountAndMayCutCharacters) {
  const std::string japanese = "質問の答え";
  EXPECT_EQ(detect_encoding("id,q\n", {std::string_view(japanese).substr(1, 10)}).encoding,
            Encoding::utf8);
  EXPECT_EQ(detect_encoding("id,q\n", {"don\x92t know"}).encoding, Encoding::cp1252);
}

}  // namespace
}  // namespace topline
