#include "small_study.hpp"

namespace topline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Document parsed(const std::string& text) {
  Diagnostics faults;
  Document document = parse_report(text, "report/en.md", faults);
  EXPECT_THAT(told(faults), IsEmpty());
  return document;
}

std::vector<std::string> faults_of(const std::string& text) {
  Diagnostics faults;
  parse_report(text, "report/en.md", faults);
  return told(faults);
}

// "expression@line:column+length" of every value.
std::vector<std::string> values_of(const Document& document) {
  std::vector<std::string> all;
  visit_values(document, [&](const ValueText& value) {
    all.push_back(value.expression + "@" + std::to_string(value.place.line) + ":" +
                  std::to_string(value.place.column) + "+" + std::to_string(value.place.length));
  });
  return all;
}

TEST(ParseReport, EmptyTextHasNoBlocks) {
  for (const char* text : {"", "\n\n  \n"})
    EXPECT_THAT(faults_of(text), ElementsAre(HasSubstr("0:0 warning: this report says nothing")));
}

TEST(ParseReport, ValuesKnowTheirPlace) {
  const Document document =
      parsed("## Of {{ n(Q1) }}\n\nIt is {{share(Q1 == a)}}, *so* {{ n(S) }}.\n");
  EXPECT_THAT(values_of(document),
              ElementsAre("n(Q1)@1:10+5", "share(Q1 == a)@3:9+14", "n(S)@3:35+4"));
}

TEST(ParseReport, ColumnsCountBytesOfJapaneseText) {
  // Four characters of three bytes, two braces, a space.
  EXPECT_THAT(values_of(parsed("割合は、{{ n(Q1) }}だった。\n")), ElementsAre("n(Q1)@1:16+5"));
}

TEST(ParseReport, ValuesAreReadInTablesListsQuotesAndTitles) {
  const Document document = parsed(
      "| a | b |\n| --- | ---: |\n| x | {{ share(Q1 == a | S == x) }} |\n\n"
      "- one {{ n(Q1) }}\n\n> {{ n(S) }}\n\n"
      "```figure\nid: f\ntitle: Of {{ n(M) }} people\nshow: Q1\n```\n");
  EXPECT_THAT(values_of(document), ElementsAre("share(Q1 == a | S == x)@3:10+23", "n(Q1)@5:10+5",
                                               "n(S)@7:6+4", "n(M)@11:14+4"));
  ASSERT_THAT(document.blocks, SizeIs(4));
  const Block& table = document.blocks[0];
  ASSERT_THAT(table.children, SizeIs(2));
  EXPECT_TRUE(table.children[0].head);
  EXPECT_EQ(table.children[1].children[1].align, 'r');
}

TEST(ParseReport, MarkdownLeavesExpressionsAlone) {
  const Document document = parsed("{{ cases(a * b == c * d) }} and {{ cases(_x_ < 3) }} [1]\n");
  EXPECT_THAT(values_of(document),
              ElementsAre("cases(a * b == c * d)@1:4+21", "cases(_x_ < 3)@1:36+14"));
}

TEST(ParseReport, ValuesMayRunOverALineEnd) {
  const Document document = parsed("so {{ share(Q1 == a |\n  S == x) }} of them\n");
  EXPECT_THAT(values_of(document), SizeIs(1));
  EXPECT_EQ(plain_text(document.blocks[0].inlines).find('\x01'), std::string::npos);
}

TEST(ParseReport, FormatsStandBehindColons) {
  std::vector<ValueText> values;
  visit_values(parsed("{{ share(Q1 == a) :1 }} {{ n(Q1):count }} {{ a - b : points : 2 }} "
                      "{{ share(T == \"a:1\") }}\n"),
               [&](const ValueText& value) { values.push_back(value); });
  ASSERT_THAT(values, SizeIs(4));
  EXPECT_EQ(values[0].expression, "share(Q1 == a)");
  EXPECT_EQ(values[0].decimals, 1);
  EXPECT_EQ(values[0].unit, ValueUnit::natural);
  EXPECT_EQ(values[1].unit, ValueUnit::count);
  EXPECT_EQ(values[2].unit, ValueUnit::points);
  EXPECT_EQ(values[2].decimals, 2);
  EXPECT_EQ(values[3].expression, "share(T == \"a:1\")");
  EXPECT_EQ(values[3].decimals, std::nullopt);
}

TEST(ParseReport, CodeAndEscapesHoldNoValues) {
  const Document document = parsed("`{{ n(Q1) }}` and \\{{ n(Q2) }}\n\n```\n{{ n(Q3) }}\n```\n");
  EXPECT_THAT(values_of(document), IsEmpty());
  EXPECT_EQ(plain_text(document.blocks[0].inlines), "{{ n(Q1) }} and {{ n(Q2) }}");
  EXPECT_EQ(document.blocks[1].text, "{{ n(Q3) }}\n");
}

TEST(ParseReport, FootnotesAreNumberedByTheirFirstReference) {
  const Document document = parsed(
      "One[^late] and two[^early] and one again[^late].\n\n"
      "[^early]: Of {{ n(Q1) }}.\n[^late]: First paragraph\n    goes on.\n\n    "
      "Second.\n\nAfter.\n");
  ASSERT_THAT(document.footnotes, SizeIs(2));
  EXPECT_EQ(document.footnotes[0].name, "late");
  ASSERT_THAT(document.footnotes[0].blocks, SizeIs(2));
  EXPECT_EQ(plain_text(document.footnotes[0].blocks[0].inlines), "First paragraph\ngoes on.");
  EXPECT_EQ(plain_text(document.footnotes[0].blocks[1].inlines), "Second.");
  EXPECT_EQ(document.footnotes[1].place.line, 3);
  EXPECT_THAT(values_of(document), ElementsAre("n(Q1)@3:17+5"));
  ASSERT_THAT(document.blocks, SizeIs(2));
  EXPECT_EQ(plain_text(document.blocks[1].inlines), "After.");
}

TEST(ParseReport, FootnoteFaults) {
  EXPECT_THAT(faults_of("A[^none].\n"),
              ElementsAre("1:2 error: there is no footnote `none` | write it on a line of its own: "
                          "`[^none]: …`"));
  EXPECT_THAT(faults_of("A.\n\n[^lost]: text\n"),
              ElementsAre("3:1 warning: nothing refers to the footnote `lost` | refer to it by "
                          "`[^lost]`"));
  EXPECT_THAT(faults_of("A[^x].\n\n[^x]: one\n[^x]: two\n"),
              ElementsAre("3:1 error: the footnote `x` is written more than once",
                          "4:1 error: the footnote `x` is written more than once"));
}

TEST(ParseReport, WhatAReportDoesNotTake) {
  EXPECT_THAT(faults_of("a <b>bold</b> word\n"),
              ElementsAre(HasSubstr("1:3 error: a report takes no HTML"),
                          HasSubstr("1:10 error: a report takes no HTML")));
  EXPECT_THAT(faults_of("\n<div>\nx\n</div>\n\ntext\n"),
              ElementsAre(HasSubstr("2:1 error: a report takes no HTML")));
  EXPECT_THAT(faults_of("<!-- a remark -->\n\ntext <!-- another -->\n"), IsEmpty());
  EXPECT_THAT(faults_of("![alt](pic.png)\n"),
              ElementsAre(HasSubstr("error: a report cannot hold the picture `pic.png`")));
  EXPECT_THAT(faults_of("see {{ n(Q1) }\n\nnext\n"),
              ElementsAre(HasSubstr("1:5 error: this value is never closed")));
  EXPECT_THAT(faults_of("{{ n(Q1) :pounds }}\n"),
              ElementsAre(HasSubstr("1:10 error: there is no format `pounds`")));
  EXPECT_THAT(faults_of("{{ }}\n"), ElementsAre(HasSubstr("1:3 error: this value is empty")));
  EXPECT_THAT(faults_of("a &nosuch; b\n"),
              ElementsAre(HasSubstr("1:3 error: `&nosuch;` is not known here")));
  EXPECT_THAT(faults_of("a\x01"
                        "b\n"),
              ElementsAre(HasSubstr("1:2 error: a control character stands here")));
  EXPECT_THAT(faults_of("caf\xE9\n"),
              ElementsAre(HasSubstr("1:4 error: these bytes are not UTF-8")));
  EXPECT_THAT(faults_of("[x](https://a.org/{{ n(Q1) }})\n"),
              ElementsAre(HasSubstr("1:19 error: a link's address cannot hold a value")));
  EXPECT_THAT(faults_of("[x](<https://a.org/{{ n(Q1) }}>)\n"),
              ElementsAre(HasSubstr("a link's address cannot hold a value")));
  EXPECT_THAT(faults_of("[x] ({{ n(Q1) }})\n"), IsEmpty());
}

TEST(ParseReport, HeadingsGetAddressesThatNothingElseHas) {
  const Document document = parsed(
      "## Key findings\n\n## Key findings\n\n## 主な結果\n\n## f\n\n"
      "```figure\nid: f\ntitle: F\nshow: Q1\n```\n");
  EXPECT_EQ(document.blocks[0].anchor, "key-findings");
  EXPECT_EQ(document.blocks[1].anchor, "key-findings-2");
  EXPECT_EQ(document.blocks[2].anchor, "主な結果");
  EXPECT_EQ(document.blocks[3].anchor, "f-2");
}

TEST(ParseReport, HeadingLevelsAreWatched) {
  EXPECT_THAT(faults_of("# Title\n\n## A\n\n#### B\n"),
              ElementsAre(HasSubstr("1:3 warning: the report's title comes from study.yaml"),
                          HasSubstr("5:6 warning: a heading of level 4 follows one of level 2")));
}

TEST(ParseReport, CharacterReferencesAndLineEnds) {
  EXPECT_EQ(plain_text(parsed("a&nbsp;b &#8212; &amp; &#x3042;\n").blocks[0].inlines),
            "a\xC2\xA0"
            "b — & あ");
  const Document document = parsed("\xEF\xBB\xBF## A\r\n\r\nx {{ n(Q1) }}\r\n");
  EXPECT_EQ(plain_text(document.blocks[0].inlines), "A");
  EXPECT_THAT(values_of(document), ElementsAre("n(Q1)@3:6+5"));
}

TEST(ParseReport, FencedBlocksAreReadWithTheirPlaces) {
  const Document document = parsed(
      "text\n\n```figure\nid: use\nnumber: 2a\ntitle: T\nshow: [Q1, S]\nas: panels\n"
      "sort: size\ndont_know: excluded\nonly: [g1]\nwhere: S == x\nnote: N {{ n(Q1) }}\n```\n\n"
      "```table\nshow: Q1\ntitle: T\npercent: row\n```\n\n```about\n```\n\n"
      "```findings\n- {value: share(Q1 == a), text: like it, show: use}\n```\n");
  ASSERT_THAT(document.exhibits, SizeIs(2));
  const ExhibitText& figure = document.exhibits[0];
  EXPECT_EQ(figure.id, "use");
  EXPECT_EQ(figure.number, "2a");
  EXPECT_EQ(figure.place.line, 3);
  ASSERT_THAT(figure.show, SizeIs(2));
  EXPECT_EQ(figure.show[1].text, "S");
  EXPECT_EQ(figure.show[1].place.line, 7);
  EXPECT_EQ(figure.show[1].place.column, 12);
  EXPECT_EQ(figure.as, "panels");
  EXPECT_EQ(figure.sort, SortOrder::size);
  EXPECT_EQ(figure.dont_know, DontKnow::excluded);
  EXPECT_EQ(figure.where->place.line, 12);
  EXPECT_EQ(figure.where->place.column, 8);
  EXPECT_TRUE(document.exhibits[1].table);
  EXPECT_EQ(document.exhibits[1].percent, Percentages::row);
  EXPECT_TRUE(document.has_about);
  ASSERT_THAT(document.findings, SizeIs(1));
  EXPECT_EQ(document.findings[0][0].value.expression, "share(Q1 == a)");
  EXPECT_EQ(document.findings[0][0].show, "use");
}

TEST(ParseReport, FaultsInFencedBlocks) {
  EXPECT_THAT(faults_of("```figure\nid: f\nshow: Q1\ntitel: T\n```\n"),
              ElementsAre("4:1 error: a figure has no entry `titel` | did you mean `title`?"));
  EXPECT_THAT(faults_of("```figure\nshow: Q1\nas: bar\n```\n"),
              ElementsAre("3:5 error: `as` cannot be `bar` | did you mean `bars`?"));
  EXPECT_THAT(faults_of("```figure\nid: 1 x\nshow: Q1\n```\n"),
              ElementsAre(HasSubstr("2:5 error: `1 x` is no id")));
  EXPECT_THAT(faults_of("```figure\n```\n"),
              ElementsAre(HasSubstr("1:1 error: this figure says nothing")));
  EXPECT_THAT(faults_of("```figure\nshow: [Q1\n```\n"), SizeIs(1));
  // A parser of YAML that reads on for ever here was found by random input.
  EXPECT_THAT(faults_of("```figure\n, Q1\n```\n"),
              ElementsAre(HasSubstr("2:1 error: no value can begin like this")));
  EXPECT_THAT(faults_of("- item\n\n  ```figure\n  show: Q1\n  ```\n"),
              ElementsAre(HasSubstr("3:1 error: a figure stands within another block")));
  EXPECT_THAT(faults_of("```figur\nshow: Q1\n```\n"),
              ElementsAre(HasSubstr("1:1 warning: a block of `figur` is printed as it stands | did "
                                    "you mean `figure`?")));
  EXPECT_THAT(faults_of("```findings\n- {value: n(Q1)}\n- {text: x, vale: 1}\n```\n"),
              ElementsAre(HasSubstr("2:3 error: a finding needs a value and a text"),
                          HasSubstr("3:13 error: a finding has no entry `vale`"),
                          HasSubstr("3:3 error: a finding needs a value and a text")));
  EXPECT_THAT(faults_of("```findings\n```\n"),
              ElementsAre(HasSubstr("1:1 error: there are no findings here")));
}

}  // namespace
}  // namespace topline
