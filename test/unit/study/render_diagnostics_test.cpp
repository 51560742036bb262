#include "study/render_diagnostics.hpp"

#include <gtest/gtest.h>

#include "text/terminal_width.hpp"

namespace topline {
namespace {

Diagnostics one(Severity severity, Place place, std::string message, std::string hint = {}) {
  Diagnostics faults;
  faults.add({severity, std::move(place), std::move(message), std::move(hint)});
  return faults;
}

TEST(RenderDiagnostics, PointsAtThePlaceAndSaysWhatToDo) {
  std::string text;
  for (int line = 1; line < 48; ++line)
    text += "#\n";
  text += "      show_if: Q14.owm\n";
  EXPECT_EQ(render_diagnostics(one(Severity::error, {"questionnaire.yaml", 48, 20, 3},
                                   "Q14 has no option `owm`", "did you mean `own`?"),
                               {{"questionnaire.yaml", text}}),
            "questionnaire.yaml:48:20: error: Q14 has no option `owm`\n"
            "   48 |       show_if: Q14.owm\n"
            "      |                    ^~~ did you mean `own`?\n");
}

TEST(RenderDiagnostics, WithoutALine) {
  EXPECT_EQ(render_diagnostics(
                one(Severity::warning, {"locale/ja.po", 0, 0, 0}, "Q18.ux is not translated"), {}),
            "locale/ja.po: warning: Q18.ux is not translated\n");
  EXPECT_EQ(render_diagnostics(one(Severity::note, {"", 0, 0, 0}, "so it is", "do this"), {}),
            "note: so it is\n   do this\n");
  // A line that the text does not have, and a file whose text is not known.
  EXPECT_EQ(render_diagnostics(one(Severity::error, {"a", 9, 1, 1}, "m", "h"), {{"a", "x\n"}}),
            "a:9:1: error: m\n   h\n");
  EXPECT_EQ(render_diagnostics(one(Severity::error, {"a", 9, 0, 0}, "m"), {}), "a:9: error: m\n");
}

TEST(RenderDiagnostics, ALineWithoutAColumnIsQuotedWhole) {
  EXPECT_EQ(render_diagnostics(one(Severity::error, {"a", 2, 0, 0}, "m", "h"), {{"a", "x\ny z\n"}}),
            "a:2: error: m\n    2 | y z\n      | h\n");
}

TEST(RenderDiagnostics, EastAsianCharactersTakeTwoColumnsAndTabsFourSpaces) {
  // 名前 are six bytes and four columns.
  EXPECT_EQ(render_diagnostics(one(Severity::error, {"a", 1, 9, 6}, "m"), {{"a", "名前: 日本\n"}}),
            "a:1:9: error: m\n"
            "    1 | 名前: 日本\n"
            "      |       ^~~~\n");
  EXPECT_EQ(render_diagnostics(one(Severity::error, {"a", 1, 2, 1}, "m"), {{"a", "\tx\n"}}),
            "a:1:2: error: m\n    1 |     x\n      |     ^\n");
}

TEST(RenderDiagnostics, NothingSteersTheTerminal) {
  // Escape, a right-to-left override, a NUL and a broken byte, all of one column.
  const std::string line = std::string("a\x1B") + "[31m\xE2\x80\xAE" + '\0' + "\xFF" + "b\r\n";
  EXPECT_EQ(render_diagnostics(one(Severity::error, {"a", 1, 1, 1}, "m\x1B"), {{"a", line}}),
            "a:1:1: error: m\uFFFD\n"
            "    1 | a\uFFFD[31m\uFFFD\uFFFD\uFFFDb\n"
            "      | ^\n");
}

TEST(RenderDiagnostics, PlacesAtAndBehindTheEndOfALine) {
  EXPECT_EQ(render_diagnostics(one(Severity::error, {"a", 1, 4, 1}, "m"), {{"a", "abc"}}),
            "a:1:4: error: m\n    1 | abc\n      |    ^\n");
  EXPECT_EQ(render_diagnostics(one(Severity::error, {"a", 1, 99, 5}, "m"), {{"a", "abc\n"}}),
            "a:1:99: error: m\n    1 | abc\n      |    ^\n");
  EXPECT_EQ(render_diagnostics(one(Severity::error, {"a", 1, 2, 500}, "m"), {{"a", "abc\n"}}),
            "a:1:2: error: m\n    1 | abc\n      |  ^~\n");
}

TEST(RenderDiagnostics, LongLinesAreCutAroundThePlace) {
  const std::string line = std::string(5'000'000, 'x') + "HERE" + std::string(5'000'000, 'y');
  const std::string shown = render_diagnostics(
      one(Severity::error, {"a", 1, 5'000'001, 4}, "m", std::string(90, 'h')), {{"a", line}});
  const std::string kept(59, 'x');
  EXPECT_EQ(shown,
            "a:1:5000001: error: m\n"
            "    1 | …" +
                kept + "HERE" + std::string(35, 'y') + "…\n" + "      | " + std::string(60, ' ') +
                "^~~~\n" + "      | " + std::string(90, 'h') + "\n");
}

TEST(RenderDiagnostics, AByteOrderMarkIsNoPartOfTheFirstLine) {
  EXPECT_EQ(render_diagnostics(one(Severity::error, {"a", 1, 1, 1}, "m"),
                               {{"a", "\xEF\xBB\xBFx: y\r\n"}}),
            "a:1:1: error: m\n    1 | x: y\n      | ^\n");
}

TEST(RenderDiagnostics, ColoursOnRequest) {
  EXPECT_EQ(render_diagnostics(one(Severity::error, {"a", 1, 1, 1}, "m"), {{"a", "x"}},
                               Colours::terminal),
            "\x1B[1ma:1:1:\x1B[0m \x1B[1;31merror\x1B[0m: m\n"
            "    1 | x\n"
            "      | \x1B[1;31m^\x1B[0m\n");
}

TEST(DiagnosticsSummary, CountsInWords) {
  Diagnostics faults;
  EXPECT_EQ(diagnostics_summary(faults), "");
  faults.warning({}, "w");
  EXPECT_EQ(diagnostics_summary(faults), "1 warning\n");
  for (int i = 0; i < 3; ++i)
    faults.error({}, "e");
  EXPECT_EQ(diagnostics_summary(faults), "3 errors, 1 warning\n");
  faults.note({}, "n");
  EXPECT_EQ(diagnostics_summary(faults), "3 errors, 1 warning, 1 note\n");
}

TEST(DiagnosticsJson, IsAnArrayOfObjects) {
  EXPECT_EQ(diagnostics_json({}), "[]\n");
  EXPECT_EQ(diagnostics_json(one(Severity::warning, {"a b", 2, 3, 4}, "say \"x\" \xFF", "h")),
            "[\n"
            "  {\n"
            "    \"severity\": \"warning\",\n"
            "    \"file\": \"a b\",\n"
            "    \"line\": 2,\n"
            "    \"column\": 3,\n"
            "    \"length\": 4,\n"
            "    \"message\": \"say \\\"x\\\" \uFFFD\",\n"
            "    \"hint\": \"h\"\n"
            "  }\n"
            "]\n");
}

}  // namespace
}  // namespace topline
