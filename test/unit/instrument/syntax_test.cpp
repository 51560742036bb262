#include "instrument/syntax.hpp"

#include <gtest/gtest.h>

#include "syntax_text.hpp"

namespace topline {
namespace {

std::string parsed(const std::string& text) {
  Diagnostics faults;
  const std::optional<Syntax> syntax = parse_syntax(text, {"f", 1, 1, 0}, faults);
  EXPECT_EQ(syntax.has_value(), faults.empty());
  return syntax ? bracketed(*syntax) : "fault: " + faults.all()[0].message;
}

// "column+length message / hint" of the fault, for a formula that begins in column 1.
std::string fault(const std::string& text) {
  Diagnostics faults;
  EXPECT_FALSE(parse_syntax(text, {"f", 1, 1, 0}, faults)) << text;
  if (faults.all().size() != 1)
    return std::to_string(faults.all().size()) + " faults";
  const Diagnostic& told = faults.all()[0];
  return std::to_string(told.place.column) + "+" + std::to_string(told.place.length) + " " +
         told.message + (told.hint.empty() ? "" : " / " + told.hint);
}

TEST(Syntax, NotBindsBeforeAndAndBeforeOr) {
  EXPECT_EQ(parsed("a or b and not c"), "(or a (and b (not c)))");
  EXPECT_EQ(parsed("a and b or c and d"), "(or (and a b) (and c d))");
  EXPECT_EQ(parsed("(a or b) and c"), "(and (or a b) c)");
  EXPECT_EQ(parsed("not a and b"), "(and (not a) b)");
  EXPECT_EQ(parsed("not (a and b)"), "(not (and a b))");
  EXPECT_EQ(parsed("not not a"), "(not (not a))");
  EXPECT_EQ(parsed("not a == b"), "(not (== a b))");
  EXPECT_EQ(parsed("not a in (b)"), "(not (in a b))");
}

TEST(Syntax, ArithmeticBindsBeforeComparison) {
  EXPECT_EQ(parsed("a + b * c == d - e / f"), "(== (+ a (* b c)) (- d (/ e f)))");
  EXPECT_EQ(parsed("-a * b"), "(* (- a) b)");
  EXPECT_EQ(parsed("a - -b"), "(- a (- b))");
  EXPECT_EQ(parsed("- - a"), "(- (- a))");
  EXPECT_EQ(parsed("a < b and c >= d"), "(and (< a b) (>= c d))");
}

TEST(Syntax, ChainsGoFromTheLeft) {
  EXPECT_EQ(parsed("a - b - c"), "(- (- a b) c)");
  EXPECT_EQ(parsed("a / b * c"), "(* (/ a b) c)");
  EXPECT_EQ(parsed("a or b or c"), "(or (or a b) c)");
}

TEST(Syntax, NamesNumbersTextsAndCalls) {
  EXPECT_EQ(parsed("Q18.accuracy"), "Q18.accuracy");
  EXPECT_EQ(parsed("Q14.3"), "Q14.3");
  EXPECT_EQ(parsed("Q12.other.text == \"a b\""), "(== Q12.other.text \"a b\")");
  EXPECT_EQ(parsed("x == 'it is \"so\"'"), "(== x \"it is \"so\"\")");
  EXPECT_EQ(parsed("0.5 + 2"), "(+ 0.5 2)");
  EXPECT_EQ(parsed("true and false"), "(and true false)");
  EXPECT_EQ(parsed("cases()"), "(cases())");
  EXPECT_EQ(parsed("max(a, b, 3)"), "(max() a b 3)");
  EXPECT_EQ(parsed("share(a or b | c == d)"), "(share() (or a b) | (== c d))");
  EXPECT_EQ(parsed("Q2 not in (a, -3)"), "(not in Q2 a (- 3))");
  EXPECT_EQ(parsed("note == 1"), "(== note 1)");  // begins with `not`
  EXPECT_EQ(parsed("inside or order"), "(or inside order)");
  EXPECT_EQ(parsed("\n a\tand\r\n b "), "(and a b)");
}

TEST(Syntax, PositionsCountBytesFromTheBeginning) {
  Diagnostics faults;
  const std::optional<Syntax> syntax =
      parse_syntax("x == \"日本\" or (Q2 in (a, b))", {"f", 1, 1, 0}, faults);
  ASSERT_TRUE(syntax);
  const Syntax& equal = syntax->children[0];
  EXPECT_EQ(equal.begin, 0);
  EXPECT_EQ(equal.length, 13);  // 日本 are six bytes
  EXPECT_EQ(equal.children[1].begin, 5);
  EXPECT_EQ(equal.children[1].length, 8);
  const Syntax& in = syntax->children[1];
  EXPECT_EQ(in.begin, 17);  // the bracket around it belongs to it
  EXPECT_EQ(in.length, 14);
  EXPECT_EQ(syntax->length, 31);
}

TEST(Syntax, FaultsAreToldWhereTheyStand) {
  EXPECT_EQ(fault("a = b"), "3+1 `=` has no meaning in a formula / a comparison is written `==`");
  EXPECT_EQ(fault("a && b"), "3+1 `&` has no meaning in a formula / write `and`");
  EXPECT_EQ(fault("!a"), "1+1 `!` has no meaning in a formula / write `not`, or `!=` to compare");
  EXPECT_EQ(fault("a == ？"),
            "6+3 `？` has no meaning in a formula / this is a full-width character; write `?`");
  EXPECT_EQ(fault("a == "), "6+0 the formula ends where a name or a number should be");
  EXPECT_EQ(fault("a b"), "3+1 `b` stands where an operator, or the end should be");
  EXPECT_EQ(fault("(a or b"), "1+1 the `(` that opens here is not closed / add `)`");
  EXPECT_EQ(fault("a)"), "2+1 `)` stands where an operator, or the end should be");
  EXPECT_EQ(fault("a in b"), "6+1 `b` stands where a list in parentheses should be");
  EXPECT_EQ(fault("a in ()"), "7+1 `)` stands where a name or a number should be");
  EXPECT_EQ(fault("a not b"), "7+1 `b` stands where `in` should be");
  EXPECT_EQ(fault("a and or b"), "7+2 `or` stands where a name or a number should be");
  EXPECT_EQ(fault("max(a b)"), "7+1 `b` stands where `,` or `)` should be");
  EXPECT_EQ(fault("max(a,)"), "7+1 `)` stands where a name or a number should be");
  EXPECT_EQ(fault("Q1."), "4+0 the formula ends where a name after the dot should be");
  EXPECT_EQ(fault("x == \"open"), "6+1 the text that begins here has no closing quote");
  EXPECT_EQ(fault("5abc"),
            "1+2 this is not a number / a name begins with a letter; a number has digits and at "
            "most one decimal point");
  EXPECT_EQ(fault(""), "1+0 a formula is missing here");
  EXPECT_EQ(fault("  "), "1+0 a formula is missing here");
}

// What people write who come from other languages, or slip.
TEST(Syntax, SlipsGetAHint) {
  EXPECT_EQ(fault("a || b"), "3+1 `|` stands where an operator, or the end should be / write `or`");
  EXPECT_EQ(fault("a == b == c"),
            "8+2 `==` stands where an operator, or the end should be / join comparisons with "
            "`and`: `a == b and b == c`");
  EXPECT_EQ(fault("18 <= age < 30"),
            "11+1 `<` stands where an operator, or the end should be / join comparisons with "
            "`and`: `a == b and b == c`");
  EXPECT_EQ(fault("a AND b"),
            "3+3 `AND` stands where an operator, or the end should be / did you mean `and`?");
  EXPECT_EQ(fault("a == not b"),
            "6+3 `not` stands where a name or a number should be / put what `not` denies into "
            "parentheses: `(not …)`");
  EXPECT_EQ(fault("a <> b"),
            "4+1 `>` stands where a name or a number should be / unequal is written `!=`");
}

TEST(Syntax, SignsOfOtherKeyboards) {
  EXPECT_EQ(fault("Q1 ＝＝ a"),
            "4+6 `＝＝` has no meaning in a formula / this is a full-width character; write `=`");
  EXPECT_EQ(fault("age ≥ 18"), "5+3 `≥` has no meaning in a formula / write `>=`");
  EXPECT_EQ(fault("W == “x”"), "6+3 `“` has no meaning in a formula / write `\"`");
  EXPECT_EQ(fault("a かつ b"),
            "3+6 `かつ` has no meaning in a formula / names, and words such as `and`, are written "
            "in letters from a to z");
}

TEST(Syntax, ChainsOfAThousandTermsAndNoMore) {
  const auto chain = [](int links) {
    std::string text = "a";
    for (int i = 0; i < links; ++i)
      text += "+a";
    return text;
  };
  EXPECT_EQ(parsed(chain(1000)).substr(0, 1), "(");
  EXPECT_EQ(parsed(chain(1001)), "fault: this formula chains more than 1000 terms");
}

TEST(Syntax, SixtyFourLevelsAndNoMore) {
  const auto nested = [](int levels) {
    return std::string(static_cast<size_t>(levels), '(') + "a" +
           std::string(static_cast<size_t>(levels), ')');
  };
  EXPECT_EQ(parsed(nested(64)), "a");
  EXPECT_EQ(parsed(nested(65)).substr(0, 50), "fault: this formula is nested more than 64 levels ");
  std::string nots;
  for (int i = 0; i < 100'000 / 50; ++i)
    nots += "not ";
  EXPECT_EQ(parsed(nots + "a").substr(0, 27), "fault: this formula is nest");
  EXPECT_EQ(parsed(std::string(5000, '-') + "a").substr(0, 27), "fault: this formula is nest");
}

TEST(Syntax, TenThousandCharactersAndNoMore) {
  std::string longest = "a";
  while (longest.size() + 2 <= 1000)
    longest += "+a";
  EXPECT_EQ(parsed(longest).substr(0, 1), "(");
  const std::string spaces = "a" + std::string(9'999, ' ');
  EXPECT_EQ(parsed(spaces), "a");
  EXPECT_EQ(parsed(spaces + " "), "fault: this formula is longer than 10000 characters");
}

}  // namespace
}  // namespace topline
