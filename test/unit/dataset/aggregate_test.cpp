#include "dataset/aggregate.hpp"

#include <gtest/gtest.h>

#include "instrument/resolve.hpp"

namespace topline {
namespace {

const char* const questionnaire_text = R"(
- page: all
  questions:
    - A: Single
      options: {1 yes: "Yes", 2 no: "No", 8 dk: {text: Don't know, missing: dont_know}}
    - B: Number
      kind: numeric
)";

//  A  yes yes no dk -
//  B  1   2   6  -  10
class AggregateTest : public testing::Test {
 protected:
  void SetUp() override {
    Diagnostics faults;
    questionnaire = load_questionnaire(questionnaire_text, "questionnaire.yaml", faults);
    ASSERT_TRUE(faults.empty());
    data = Dataset(questionnaire.codebook, 5);
    const VariableId a = questionnaire.codebook.find("A"), b = questionnaire.codebook.find("B");
    const int options[] = {0, 0, 1, 2};
    for (size_t row = 0; row < 4; ++row)
      data.set_option(a, row, options[row]);
    const double numbers[] = {1, 2, 6, -1, 10};
    for (size_t row = 0; row < 5; ++row) {
      if (row != 3)
        data.set_number(b, row, numbers[row]);
    }
  }

  std::optional<double> value(const std::string& text, const RowMask& mask = {}) {
    Diagnostics faults;
    const auto expression = resolve_expression(text, {"t", 1, 1, 0}, questionnaire.codebook,
                                               ExpressionType::number, Aggregates::allowed, faults);
    EXPECT_TRUE(expression.has_value()) << text << ": " << faults.all()[0].message;
    const auto bound = bind_aggregates(*expression, data, mask);
    if (!bound)
      return std::nullopt;
    const Value result = evaluate(*bound, questionnaire.codebook, DatasetCase(data, 0));
    return result.known ? std::optional(result.number) : std::nullopt;
  }

  Questionnaire questionnaire;
  Dataset data;
};

TEST_F(AggregateTest, SharesCountThoseWhoAnswered) {
  EXPECT_EQ(value("share(A == yes)"), 50);  // 2 of 4: don't know is an answer
  EXPECT_EQ(value("share(A == yes | A in (yes, no))"), 100.0 * 2 / 3);
  EXPECT_EQ(value("share(B > 1 | A == yes)"), 50);
  EXPECT_EQ(value("share(A == yes) - share(A == no)"), 25);
}

TEST_F(AggregateTest, CountsAndBases) {
  EXPECT_EQ(value("n(A)"), 4);
  EXPECT_EQ(value("n(B > 5)"), 4);
  EXPECT_EQ(value("cases(B > 5)"), 2);
  EXPECT_EQ(value("cases()"), 5);
}

TEST_F(AggregateTest, Numbers) {
  EXPECT_EQ(value("mean(B)"), 4.75);
  EXPECT_EQ(value("median(B)"), 4);  // (2 + 6) / 2
  EXPECT_EQ(value("median(B | A == yes)"), 1.5);
  EXPECT_EQ(value("sum(B)"), 19);
  EXPECT_EQ(value("smallest(B)"), 1);
  EXPECT_EQ(value("largest(B)"), 10);
  EXPECT_EQ(value("mean(2 * B) / mean(B)"), 2);
}

TEST_F(AggregateTest, AnEmptyBaseHasNoShare) {
  EXPECT_FALSE(value("share(A == yes | B > 100)").has_value());
  EXPECT_FALSE(value("mean(B | B > 100)").has_value());
  EXPECT_EQ(value("cases(B > 100)"), 0);
  EXPECT_EQ(value("share(A == yes)", RowMask{1, 0, 1, 0, 0}), 50);
}

}  // namespace
}  // namespace topline
