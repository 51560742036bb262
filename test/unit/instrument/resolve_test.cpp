#include "instrument/resolve.hpp"

#include <gtest/gtest.h>

#include "sample_codebook.hpp"

namespace topline {
namespace {

// "" when the formula is right, else "column+length message / hint" of its faults.
std::string resolved(const std::string& text, ExpressionType wanted = ExpressionType::boolean,
                     Aggregates aggregates = Aggregates::refused) {
  static const Codebook codebook = sample_codebook();
  Diagnostics faults;
  const std::optional<Expression> expression =
      resolve_expression(text, {"f", 1, 1, 0}, codebook, wanted, aggregates, faults);
  EXPECT_EQ(expression.has_value(), faults.empty()) << text;
  std::string all;
  for (const Diagnostic& fault : faults.all())
    all += (all.empty() ? "" : "; ") + std::to_string(fault.place.column) + "+" +
           std::to_string(fault.place.length) + " " + fault.message +
           (fault.hint.empty() ? "" : " / " + fault.hint);
  return all;
}

std::string as_number(const std::string& text) {
  return resolved(text, ExpressionType::number);
}
std::string over_all(const std::string& text) {
  return resolved(text, ExpressionType::number, Aggregates::allowed);
}

TEST(Resolve, EveryFormOfTheLanguage) {
  for (const char* text : {"S == a",
                           "S != a",
                           "a == S",
                           "S == 1",
                           "S in (a, 2)",
                           "S not in (a, dk)",
                           "S == T",
                           "M.x",
                           "M.1",
                           "M.x and not M.dk",
                           "G.r == a",
                           "MG.r.x",
                           "R.x == 1",
                           "R.x < R.y",
                           "N >= 18",
                           "N + 2 * N2 - 1 / 3 < -N",
                           "min(N, N2, 3) == max(1)",
                           "abs(N) > round(N2)",
                           "N in (1, 2.5)",
                           "S + 1 == 11",
                           "D >= date(2023, 9, 1)",
                           "D == D2",
                           "D - D2 > 7",
                           "W == \"none\"",
                           "W in (\"a\", 'b')",
                           "O.other.text != \"\"",
                           "count(M) >= 2",
                           "count(R) == 3",
                           "count(S == a, M.x, N > 3) > 1",
                           "count(S == a) == 1",
                           "answered(M)",
                           "answered(G)",
                           "asked(MG)",
                           "asked(O.other.text)",
                           "reached(second)",
                           "reached(end)",
                           "F",
                           "not F",
                           "F and true",
                           "F == true",
                           "D in (date(2023, 1, 1))"})
    EXPECT_EQ(resolved(text), "") << text;
  for (const char* text : {"N", "N * 2", "S", "R.y", "F", "S == a", "count(M)", "D - D2"})
    EXPECT_EQ(as_number(text), "") << text;
  for (const char* text :
       {"share(S == a)", "share(S == a | M.x)", "n(S)", "n(G)", "n(S == a)", "n(F | M.x)",
        "cases()", "cases(M.x)", "cases( | M.x)", "mean(N | F)", "median(N)", "sum(S)",
        "smallest(N2)", "largest(N - N2)", "share(F) - share(M.x)", "mean(D - D2)"})
    EXPECT_EQ(over_all(text), "") << text;
}

TEST(Resolve, UnknownNamesAndOptionsGetTheNearest) {
  EXPECT_EQ(resolved("SS == a"), "1+2 there is no question or variable `SS` / did you mean `S`?");
  EXPECT_EQ(resolved("nothing == a"),
            "1+7 there is no question or variable `nothing` / names of questions, hidden and "
            "derived variables may stand here");
  EXPECT_EQ(resolved("S == aa"), "6+2 S has no option `aa` / did you mean `a`?");
  EXPECT_EQ(resolved("S in (a, 7)"), "10+1 S has no option `7` / its options: 1 a, 2 b, 8 dk");
  EXPECT_EQ(resolved("M.xx"), "3+2 M has no option `xx` / did you mean `x`?");
  EXPECT_EQ(resolved("G.rr == a"), "3+2 G has no row `rr` / did you mean `r`?");
  EXPECT_EQ(resolved("N.x"), "3+1 N is a number and has no options");
  EXPECT_EQ(resolved("reached(secnd)"), "9+5 there is no page `secnd` / did you mean `second`?");
  EXPECT_EQ(resolved("anwsered(M)"),
            "1+8 there is no function `anwsered` / did you mean `answered`?");
  EXPECT_EQ(resolved("answered(MM)"),
            "10+2 there is no question or variable `MM` / did you mean `M`?");
  EXPECT_EQ(resolved("S == a or b"),
            "11+1 `b` is an option of S, and no condition by itself / write `S in (a, b)`");
  EXPECT_EQ(resolved("S == a and T == bb"), "17+2 T has no option `bb` / did you mean `b`?");
}

TEST(Resolve, AllNamesOfAFormulaAreTold) {
  EXPECT_EQ(resolved("S in (aa, bb)"),
            "7+2 S has no option `aa` / did you mean `a`?; "
            "11+2 S has no option `bb` / did you mean `b`?");
  EXPECT_EQ(resolved("S == aa and T == bb"),
            "6+2 S has no option `aa` / did you mean `a`?; "
            "18+2 T has no option `bb` / did you mean `b`?");
}

TEST(Resolve, KindsOfQuestionAreToldApart) {
  EXPECT_EQ(resolved("S"),
            "1+1 this is an option, where yes or no is needed / compare it with something: "
            "`… == …`");
  EXPECT_EQ(resolved("N + 1"),
            "1+5 this is a number, where yes or no is needed / compare it with something: "
            "`… == …`");
  EXPECT_EQ(resolved("M == x"),
            "1+1 M is a multiple question: it cannot be compared as a whole / write `M.x` for: "
            "this option is ticked");
  EXPECT_EQ(resolved("M in (x, y)"),
            "1+1 M is a multiple question: it cannot be compared as a whole / write `M.x` for: "
            "this option is ticked");
  EXPECT_EQ(resolved("M"), "1+1 M is a multiple question: name one of its options / such as `M.x`");
  EXPECT_EQ(resolved("R"), "1+1 R is a ranking: name one of its options / such as `R.x`");
  EXPECT_EQ(resolved("G == a"), "1+1 G is a grid: name one of its rows / such as `G.r`");
  EXPECT_EQ(resolved("S.a"), "1+3 S is a single question / write `S == a`");
  EXPECT_EQ(resolved("S == \"a\""),
            "6+3 an option of S should stand here / options are named without quotes: `S == a`");
  EXPECT_EQ(resolved("S == 1.5"),
            "6+3 an option of S should stand here / its options: 1 a, 2 b, 8 dk");
  EXPECT_EQ(resolved("S == G.r"), "1+8 S and G.r have different options and cannot be compared");
  EXPECT_EQ(resolved("S < b"),
            "1+1 options have no order that `<` could use / list the options that you mean: "
            "`S in (…, …)`");
  EXPECT_EQ(resolved("N == \"five\""), "1+11 a number cannot equal a text");
  EXPECT_EQ(resolved("W < \"a\""), "1+7 a text and a text cannot be compared by `<`");
  EXPECT_EQ(resolved("D > 2023"),
            "1+8 a date and a number cannot be compared by `>` / a date is written "
            "date(2023, 9, 1)");
  EXPECT_EQ(resolved("W + 1 > 2"), "1+1 this is a text, where a number is needed");
  EXPECT_EQ(resolved("N > 1 + T"),
            "9+1 T has options, not numbers / give its options a `value`, if they stand for "
            "numbers");
  EXPECT_EQ(resolved("N and F"),
            "1+1 this is a number, where yes or no is needed / compare it with something: "
            "`… == …`");
  EXPECT_EQ(resolved("N in (1, \"a\")"), "10+3 a text stands in a list for a number");
}

TEST(Resolve, Functions) {
  EXPECT_EQ(resolved("date(2023, 2, 29) == D"),
            "1+17 there is no such day / date() takes year, "
            "month, day");
  EXPECT_EQ(resolved("D > date(2023, 9)"),
            "5+13 date() takes a year, a month and a day: date(2023, 9, 1)");
  EXPECT_EQ(resolved("D > date(2023.5, 9, 1)"),
            "5+18 there is no such day / date() takes year, month, day");
  EXPECT_EQ(resolved("D > date(9999999999, 9, 1)"),
            "5+22 there is no such day / date() takes year, month, day");
  EXPECT_EQ(resolved("answered(M.x)"),
            "10+3 answered() takes a question, not one of its options / write `answered(M)`");
  EXPECT_EQ(resolved("answered(S, T)"), "1+14 answered() takes the name of a question");
  EXPECT_EQ(resolved("count() > 1"), "1+7 count() takes a multiple question, or conditions");
  EXPECT_EQ(resolved("abs(1, 2) > 1"), "1+9 abs() takes one number");
  EXPECT_EQ(resolved("min() > 1"), "1+5 min() takes one or more numbers");
  EXPECT_EQ(resolved("reached(\"end\")"), "1+14 reached() takes the name of a page, or `end`");
  EXPECT_EQ(resolved("count(M | S == a) > 1"),
            "11+6 `|` has no meaning in count() / it restricts share(), n(), mean() and their "
            "like to some of the cases");
}

TEST(Resolve, LooksAtAllCasesOnlyWhereTheyAreThere) {
  EXPECT_EQ(resolved("share(S == a) > 50"),
            "1+13 share() looks at all respondents; here there is only one / share(), n(), "
            "median() and their like stand in reports and, for numbers, in the rules of "
            "processing.yaml");
  EXPECT_EQ(over_all("share(share(S == a) > 50)"),
            "7+13 share() cannot stand inside another look at all cases");
  EXPECT_EQ(over_all("share(N)"),
            "7+1 this is a number, where yes or no is needed / compare it with something: "
            "`… == …`");
  EXPECT_EQ(over_all("mean(W)"), "6+1 this is a text, where a number is needed");
  EXPECT_EQ(over_all("share()"), "1+7 share() takes one condition");
  EXPECT_EQ(over_all("mean(N, N2)"), "1+11 mean() takes one number");
}

TEST(Resolve, PlacesFollowTheFormulaIntoItsFile) {
  const Codebook codebook = sample_codebook();
  Diagnostics faults;
  resolve_expression("S == aa", {"q.yaml", 7, 21, 7}, codebook, ExpressionType::boolean,
                     Aggregates::refused, faults);
  ASSERT_EQ(faults.all().size(), 1U);
  EXPECT_EQ(faults.all()[0].place, (Place{"q.yaml", 7, 26, 2}));
  // A formula that is folded over lines: only its line is known.
  Diagnostics folded;
  resolve_expression("S == aa", {"q.yaml", 7, 0, 0}, codebook, ExpressionType::boolean,
                     Aggregates::refused, folded);
  EXPECT_EQ(folded.all()[0].place, (Place{"q.yaml", 7, 0, 0}));
}

TEST(Resolve, HugeNumbersAreNoOptions) {
  EXPECT_NE(resolved("S == 99999999999999999999999"), "");
  EXPECT_NE(resolved("S == -99999999999999999999999"), "");
  EXPECT_NE(resolved("M.99999999999999999999999"), "");
}

}  // namespace
}  // namespace topline
