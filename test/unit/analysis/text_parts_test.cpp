#include "analysis/text_parts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace topline {
namespace {

std::vector<std::string> texts(const std::string& text, char mark) {
  std::vector<std::string> result;
  for (const TextPart& part : parts_between(text, trimmed_part(text), mark))
    result.push_back(part.text);
  return result;
}

TEST(TextParts, LieBetweenMarksOutsideOfBracketsAndQuotes) {
  EXPECT_THAT(texts("a + b", '+'), testing::ElementsAre("a", "b"));
  EXPECT_THAT(texts(" (a + b) + \"c + d\" ", '+'), testing::ElementsAre("(a + b)", "\"c + d\""));
  EXPECT_THAT(texts("a", '+'), testing::ElementsAre("a"));
  EXPECT_THAT(texts("", '+'), testing::ElementsAre(""));
  EXPECT_THAT(texts("a ++ b +", '+'), testing::ElementsAre("a", "", "b", ""));
}

TEST(TextParts, KnowTheirPlaceInTheWhole) {
  const std::string text = "y ~  ä + b";
  const std::vector<TextPart> sides = parts_between(text, trimmed_part(text), '~');
  ASSERT_EQ(sides.size(), 2U);
  const std::vector<TextPart> terms = parts_between(text, sides[1], '+');
  ASSERT_EQ(terms.size(), 2U);
  EXPECT_EQ(terms[0].place("formula"), (Place{"formula", 1, 6, 2}));  // two bytes of UTF-8
  EXPECT_EQ(terms[1].place("formula"), (Place{"formula", 1, 11, 1}));
}

}  // namespace
}  // namespace topline
