#include "instrument/evaluate.hpp"

#include <array>
#include <gtest/gtest.h>

#include "base/date.hpp"
#include "sample_codebook.hpp"

namespace topline {
namespace {

const Codebook& codebook() {
  static const Codebook book = sample_codebook();
  return book;
}

Value value(const std::string& text, const HandCase& from,
            ExpressionType type = ExpressionType::number) {
  Diagnostics faults;
  const std::optional<Expression> expression =
      resolve_expression(text, {"f", 1, 1, 0}, codebook(), type, Aggregates::refused, faults);
  if (!expression) {
    ADD_FAILURE() << text << ": " << faults.all()[0].message;
    return {};
  }
  return evaluate(*expression, codebook(), from);
}

// "true", "false", "unknown", or the number.
std::string shown(const std::string& text, const HandCase& from) {
  const Value result = value(text, from);
  if (!result.known)
    return "unknown";
  std::string digits = std::to_string(result.number);
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.')
    digits.pop_back();
  return digits;
}

std::string truth(const std::string& text, const HandCase& from) {
  const Value result = value(text, from, ExpressionType::boolean);
  return !result.known ? "unknown" : result.number != 0 ? "true" : "false";
}

// Kleene's strong tables. T is answered by a; N is not answered, so that `N > 0` is unknown.
TEST(Evaluate, KleenesTables) {
  HandCase from(codebook());
  from.option("T", "a");
  const std::string t = "T == a", f = "T == b", u = "N > 0";
  const std::vector<std::array<std::string, 4>> tables = {
      // a, b, a and b, a or b
      {t, t, "true", "true"},    {t, f, "false", "true"},    {t, u, "unknown", "true"},
      {f, t, "false", "true"},   {f, f, "false", "false"},   {f, u, "false", "unknown"},
      {u, t, "unknown", "true"}, {u, f, "false", "unknown"}, {u, u, "unknown", "unknown"}};
  for (const auto& [a, b, conjunction, disjunction] : tables) {
    EXPECT_EQ(truth("(" + a + ") and (" + b + ")", from), conjunction) << a << ", " << b;
    EXPECT_EQ(truth("(" + a + ") or (" + b + ")", from), disjunction) << a << ", " << b;
  }
  EXPECT_EQ(truth("not (" + t + ")", from), "false");
  EXPECT_EQ(truth("not (" + f + ")", from), "true");
  EXPECT_EQ(truth("not (" + u + ")", from), "unknown");
}

TEST(Evaluate, ASingleQuestionInEveryState) {
  HandCase from(codebook());
  from.option("S", "b").option("T", "dk");
  EXPECT_EQ(truth("S == b", from), "true");
  EXPECT_EQ(truth("S == 2", from), "true");
  EXPECT_EQ(truth("S != b", from), "false");
  EXPECT_EQ(truth("S in (a, dk)", from), "false");
  EXPECT_EQ(truth("S not in (a, dk)", from), "true");
  // Don't know is an answer: it equals dk and nothing else.
  EXPECT_EQ(truth("T == dk", from), "true");
  EXPECT_EQ(truth("T == a", from), "false");
  EXPECT_EQ(truth("S == T", from), "false");
  EXPECT_EQ(truth("S == T", from.option("S", "dk")), "true");
  for (const AnswerState state :
       {AnswerState::skipped, AnswerState::not_asked, AnswerState::not_reached}) {
    from.state("S", state);
    for (const char* text : {"S == a", "S != a", "S in (a, b, dk)", "S not in (a)", "S == T"})
      EXPECT_EQ(truth(text, from), "unknown") << text;
  }
}

TEST(Evaluate, TicksAndTheirCount) {
  HandCase from(codebook());
  from.marks("M", {"x", "z"}, false);
  EXPECT_EQ(truth("M.x and not M.y and M.3", from), "true");
  EXPECT_EQ(shown("count(M)", from), "2");
  from.marks("M", {"dk"}, false);
  EXPECT_EQ(shown("count(M)", from), "0");  // don't know is no choice
  EXPECT_EQ(truth("M.dk", from), "true");
  EXPECT_EQ(truth("M.x", from), "false");
  from.state("M", AnswerState::skipped);
  EXPECT_EQ(truth("M.x", from), "unknown");
  EXPECT_EQ(shown("count(M)", from), "unknown");
}

TEST(Evaluate, CountOfConditions) {
  HandCase from(codebook());
  from.option("T", "a");
  EXPECT_EQ(shown("count(T == a, T == b, N > 0)", from), "1");
  EXPECT_EQ(shown("count(N > 0, N2 > 0)", from), "unknown");
  EXPECT_EQ(shown("count(T == b)", from), "0");
}

TEST(Evaluate, Ranks) {
  HandCase from(codebook());
  from.marks("R", {"y", "x"}, true);
  EXPECT_EQ(shown("R.y", from), "1");
  EXPECT_EQ(shown("R.x", from), "2");
  EXPECT_EQ(shown("R.z", from), "unknown");
  EXPECT_EQ(truth("R.y < R.x", from), "true");
  EXPECT_EQ(shown("count(R)", from), "2");
}

TEST(Evaluate, Numbers) {
  HandCase from(codebook());
  from.number("N", -2.5).number("N2", 4);
  EXPECT_EQ(shown("N + N2 * 2", from), "5.5");
  EXPECT_EQ(shown("N - N2 - 1", from), "-7.5");
  EXPECT_EQ(shown("-N / 5", from), "0.5");
  EXPECT_EQ(shown("N2 / 0", from), "unknown");
  EXPECT_EQ(shown("min(3, N, N2)", from), "-2.5");
  EXPECT_EQ(shown("max(3, N, N2)", from), "4");
  EXPECT_EQ(shown("abs(N)", from), "2.5");
  EXPECT_EQ(shown("round(N2 / 8 * 5)", from), "3");  // 2.5: halves go up, away from zero
  EXPECT_EQ(shown("round(N)", from), "-3");
  EXPECT_EQ(truth("N < 0 and N2 >= 4 and N2 <= 4 and N != N2 and not N > N2", from), "true");
  EXPECT_EQ(truth("N2 in (1, 4)", from), "true");
  EXPECT_EQ(truth("N2 not in (1, 4)", from), "false");
  from.state("N", AnswerState::dont_know);
  for (const char* text : {"N + 1", "min(N, 1)", "abs(N)", "round(N)", "-N", "N2 / N"})
    EXPECT_EQ(shown(text, from), "unknown") << text;
  EXPECT_EQ(truth("N < 0", from), "unknown");
}

TEST(Evaluate, ValuesOfOptions) {
  HandCase from(codebook());
  from.option("S", "b");
  EXPECT_EQ(shown("S", from), "20");
  EXPECT_EQ(shown("S / 5 + 1", from), "5");
  EXPECT_EQ(shown("S", from.option("S", "dk")), "unknown");  // it has none
}

TEST(Evaluate, DatesAndTexts) {
  HandCase from(codebook());
  from.number("D", *days_of(2023, 9, 14)).number("D2", *days_of(2023, 8, 31)).text("W", "なし");
  EXPECT_EQ(truth("D > date(2023, 9, 1)", from), "true");
  EXPECT_EQ(truth("D == date(2023, 9, 14)", from), "true");
  EXPECT_EQ(truth("D < D2", from), "false");
  EXPECT_EQ(shown("D - D2", from), "14");
  EXPECT_EQ(truth("W == \"なし\"", from), "true");
  EXPECT_EQ(truth("W != \"なし\"", from), "false");
  EXPECT_EQ(truth("W in (\"a\", \"なし\")", from), "true");
  EXPECT_EQ(truth("O.other.text == \"\"", from), "unknown");
  EXPECT_EQ(truth("O.other.text == \"\"", from.text("O.other.text", "")), "true");
}

TEST(Evaluate, StatesAreNeverUnknown) {
  HandCase from(codebook());
  from.option("S", "dk").state("T", AnswerState::not_asked).state("N", AnswerState::dont_know);
  from.state("W", AnswerState::refused).state("R", AnswerState::not_reached);
  EXPECT_EQ(truth("answered(S)", from), "true");  // don't know included
  EXPECT_EQ(truth("answered(N)", from), "true");
  EXPECT_EQ(truth("answered(W)", from), "true");
  EXPECT_EQ(truth("answered(T)", from), "false");
  EXPECT_EQ(truth("answered(M)", from), "false");  // skipped
  EXPECT_EQ(truth("asked(M)", from), "true");
  EXPECT_EQ(truth("asked(T)", from), "false");
  EXPECT_EQ(truth("asked(R)", from), "false");
  EXPECT_EQ(truth("not asked(T)", from), "true");
  // Of a grid: in any of its rows.
  EXPECT_EQ(truth("answered(G)", from), "false");
  EXPECT_EQ(truth("answered(G)", from.option("G.s", "a")), "true");
  EXPECT_EQ(truth("reached(first)", from.got_to(0, false)), "true");
  EXPECT_EQ(truth("reached(second)", from), "false");
  EXPECT_EQ(truth("reached(end)", from), "false");
  EXPECT_EQ(truth("reached(second) and reached(end)", from.got_to(1, true)), "true");
}

TEST(Evaluate, Flags) {
  HandCase from(codebook());
  EXPECT_EQ(truth("F", from), "unknown");
  EXPECT_EQ(truth("F", from.flag("F", true)), "true");
  EXPECT_EQ(truth("not F", from.flag("F", false)), "true");
}

TEST(Evaluate, UnknownIsNoWhereAnAnswerIsNeeded) {
  Diagnostics faults;
  const HandCase from(codebook());
  const auto unknown = resolve_expression("N > 0", {"f", 1, 1, 0}, codebook(),
                                          ExpressionType::boolean, Aggregates::refused, faults);
  ASSERT_TRUE(unknown);
  EXPECT_FALSE(holds(unknown, codebook(), from));
  EXPECT_TRUE(holds(std::nullopt, codebook(), from));  // no condition always holds
}

}  // namespace
}  // namespace topline
