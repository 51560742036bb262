#include "io/yaml_text.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>
#include <yaml-cpp/yaml.h>

namespace topline {
namespace {

const std::vector<std::string>& nasty() {
  static const std::vector<std::string> texts{
      "",
      " ",
      "plain",
      " leading",
      "trailing ",
      "yes: no",
      "what? this",
      "what?",
      "a?b",
      "a:b",
      "http://example.org",
      "a #b",
      "#b",
      "a#b",
      "ends with:",
      "- dash",
      "-5",
      "--",
      "---",
      "...",
      "? question",
      ": colon",
      "a, b",
      "[a]",
      "{a}",
      "a]b",
      "*alias",
      "&anchor",
      "!tag",
      "| bar",
      "> fold",
      "'single'",
      "\"double\"",
      "it's \"both\"",
      "% percent",
      "@ at",
      "` tick",
      "back\\slash",
      "\\",
      "null",
      "~",
      "true",
      "False",
      "0",
      "007",
      "1.5",
      ".5",
      "1e3",
      "0x1F",
      "0o17",
      "12:30",
      "2023-09-01",
      "1-5",
      "0-2 years",
      "+",
      ".inf",
      "<<",
      "=",
      "tab\there",
      "line\nbreak",
      "two\n\nparagraphs",
      "\nfirst empty",
      "last empty\n",
      "  indented\nlines",
      "windows\r\nlines",
      std::string("nul\0byte", 8),
      "bell\x07",
      "delete\x7F",
      "next\xC2\x85line",
      "separator\xE2\x80\xA8line",
      "paragraph\xE2\x80\xA9mark",
      "\xEF\xBB\xBFmark",
      "no\xC2\xA0"
      "break",
      "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E: \xE3\x83\x86\xE3\x82\xB9\xE3\x83\x88",
      "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D, \xD7\xA2\xD7\x95\xD7\x9C\xD7\x9D",
      "emoji \xF0\x9F\x98\x80",
      std::string(3000, 'x')};
  return texts;
}

TEST(YamlText, EveryTextComesBackAsBlockValue) {
  for (const std::string& text : nasty()) {
    const YAML::Node node = YAML::Load("key: " + yaml_scalar(text) + "\nnext: 1\n");
    EXPECT_EQ(node["key"].as<std::string>(), text);
    EXPECT_EQ(node["next"].as<int>(), 1) << text;
  }
}

TEST(YamlText, EveryTextComesBackInsideBrackets) {
  for (const std::string& text : nasty()) {
    const std::string flow = yaml_scalar(text, YamlPlace::flow);
    const YAML::Node node = YAML::Load("{a: " + flow + ", b: [" + flow + ", 1]}");
    EXPECT_EQ(node["a"].as<std::string>(), text);
    EXPECT_EQ(node["b"][0].as<std::string>(), text);
    EXPECT_EQ(node["b"].size(), 2U) << text;
  }
}

TEST(YamlText, EveryTextComesBackFoldedOrLiteral) {
  for (const std::string& text : nasty()) {
    for (const std::string& longer : {text, text + " and " + text, text + "\n" + text}) {
      for (const int width : {20, 40, 100}) {
        const YAML::Node node =
            YAML::Load("- page:\n    key: " + yaml_value(longer, 6, 9, width) + "\n    next: 1\n");
        EXPECT_EQ(node[0]["page"]["key"].as<std::string>(), longer) << width;
        EXPECT_EQ(node[0]["page"]["next"].as<int>(), 1) << longer;
      }
    }
  }
}

TEST(YamlText, QuotesOnlyWhereNeeded) {
  EXPECT_EQ(yaml_scalar("Don't know or not sure"), "Don't know or not sure");
  EXPECT_EQ(yaml_scalar("1-5"), "1-5");
  EXPECT_EQ(yaml_scalar("1,000 to 9,999"), "1,000 to 9,999");
  EXPECT_EQ(yaml_scalar("1,000 to 9,999", YamlPlace::flow), "\"1,000 to 9,999\"");
  EXPECT_EQ(yaml_scalar("10"), "\"10\"");
  EXPECT_EQ(yaml_scalar("say \"yes\""), "say \"yes\"");
  EXPECT_EQ(yaml_scalar("\"yes\" they say"), "'\"yes\" they say'");
}

TEST(YamlText, LongTextsAreFoldedAtSpaces) {
  EXPECT_EQ(yaml_value("one two three four five six", 2, 5, 22),
            ">-\n  one two three four\n  five six");
  EXPECT_EQ(yaml_value("short", 2, 5, 22), "short");
  EXPECT_EQ(yaml_value("first\nsecond", 2, 5, 40), "|-\n  first\n  second");
}

}  // namespace
}  // namespace topline
