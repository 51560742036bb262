#include "io/read_responses.hpp"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.hpp"

namespace topline {
namespace {

const char* const questionnaire_text = R"(
- hidden:
    source: {text: Source, options: {1 web: Web, 2 panel: Panel}}
- page: all
  questions:
    - Q1: Single
      options: {1 a: Apple, 2 b: りんご, 8 dk: {text: Don't know, missing: dont_know}}
    - Q2: Multiple
      kind: multiple
      options: {1 x: X, 2 y: "Y, too", 0 dk: {text: None, missing: dont_know, exclusive: true}}
    - Q3: Grid
      kind: grid
      rows: {r1: Row one, r2: Row two}
      options: {1 yes: "Yes", 2 no: "No"}
    - Q4: Ranking
      kind: ranking
      options: {1 p: P, 2 q: Q}
    - Q5: Number
      kind: numeric
      options: {98 dk: {text: Don't know, missing: dont_know}}
    - Q6: Date
      kind: date
    - Q7: Text
      kind: text
)";

class ReadResponsesTest : public testing::Test {
 protected:
  void SetUp() override {
    // A folder for this test alone: tests run beside one another.
    folder = (std::filesystem::path(testing::TempDir()) /
              (std::string("topline_responses_") +
               testing::UnitTest::GetInstance()->current_test_info()->name()))
                 .string();
    std::filesystem::remove_all(folder);
    questionnaire = load_questionnaire(questionnaire_text, "questionnaire.yaml", faults);
    ASSERT_TRUE(faults.empty());
    study.data.file = "responses.csv";
    study.data.id = "case";
  }

  std::optional<Responses> read(const std::string& csv, const std::string& columns = {}) {
    EXPECT_TRUE(write_file(folder + "/responses.csv", csv).ok());
    if (!columns.empty()) {
      study.data.columns = "columns.yaml";
      EXPECT_TRUE(write_file(folder + "/columns.yaml", columns).ok());
    }
    return read_responses(folder, study, questionnaire, {}, 2, faults);
  }

  Answer answer(const Responses& responses, const std::string& name, size_t row) const {
    return responses.dataset.answer(questionnaire.codebook.find(name), row);
  }

  std::string folder;
  Study study;
  Questionnaire questionnaire;
  Diagnostics faults;
};

TEST_F(ReadResponsesTest, TheCanonicalLayout) {
  const auto read_back = read(
      "case,source,Q1,Q2.x,Q2.y,Q2.dk,Q3.r1,Q3.r2,Q4.p,Q4.q,Q5,Q6,Q7,remark\n"
      "A1,web,1,1,0,0,yes,2,2,1,4.5,2023-09-01,\"so, so\",-\n"
      "A2,2,りんご,,,,,,,,98,,,-\n"
      "A3,,Don't know,0,0,1,No,Yes,1,2,,2023-12-31 10:00,,-\n");
  ASSERT_TRUE(read_back.has_value()) << faults.all()[0].message;
  const Responses& r = *read_back;
  EXPECT_EQ(r.columns_left_alone, std::vector<std::string>{"remark"});
  EXPECT_EQ(r.dataset.ids[2], "A3");
  EXPECT_EQ(answer(r, "source", 0).option, 0);
  EXPECT_EQ(answer(r, "source", 1).option, 1);
  EXPECT_EQ(answer(r, "Q1", 0).option, 0);
  EXPECT_EQ(answer(r, "Q1", 1).option, 1);
  EXPECT_EQ(answer(r, "Q1", 2).option, 2);
  EXPECT_EQ(answer(r, "Q2", 0).marks[0], 1);
  EXPECT_EQ(answer(r, "Q2", 0).marks[1], 0);
  EXPECT_FALSE(answer(r, "Q2", 1).answered());
  EXPECT_EQ(answer(r, "Q2", 2).marks[2], 1);
  EXPECT_EQ(answer(r, "Q3.r1", 0).option, 0);
  EXPECT_EQ(answer(r, "Q3.r2", 0).option, 1);
  EXPECT_EQ(answer(r, "Q4", 0).marks[1], 1);
  EXPECT_EQ(answer(r, "Q5", 0).number, 4.5);
  EXPECT_EQ(answer(r, "Q5", 1).state, AnswerState::dont_know);
  EXPECT_EQ(answer(r, "Q6", 0).number, 19601);  // days from 1970-01-01 to 2023-09-01
  EXPECT_EQ(answer(r, "Q6", 2).number, 19722);
  EXPECT_EQ(answer(r, "Q7", 0).text, "so, so");
}

TEST_F(ReadResponsesTest, OtherLayoutsThroughAMap) {
  study.data.header_rows = 2;
  study.data.missing = {{"-99", AnswerState::refused}};
  // Q1 with a column per option, Q2 as a delimited list, Q3 by position, an answer put right.
  const auto read_back = read(
      "case,fruit,,areas,g,g2,first,second,n,d,t\n"
      ",Apple,りんご,,,,,,,,\n"
      "1,1,,\"1; Y, too\",yess,-99,,,3,,\n"
      "2,,2,x;y,2,1,,,-99,,\n",
      "source: none\n"
      "Q1: {columns: {a: 2, b: りんご}}\n"
      "Q2: {column: areas, separator: \"; \"}\n"
      "Q3.r1: {column: g, codes: {yess: yes}}\n"
      "Q3.r2: 6\n"
      "Q4: {columns: {p: first, q: second}}\n"
      "Q5: n\n"
      "Q6: d\n"
      "Q7: t\n");
  ASSERT_FALSE(read_back.has_value());  // "x;y" has another separator
  ASSERT_EQ(faults.all().size(), 1U);
  EXPECT_NE(faults.all()[0].message.find("case 2, column `areas`: `x;y`"), std::string::npos);

  faults = {};
  const auto right = read(
      "case,fruit,,areas,g,g2,first,second,n,d,t\n"
      ",Apple,りんご,,,,,,,,\n"
      "1,1,,1;y,yess,-99,,,3,,\n"
      "2,,2,x,2,1,,,-99,,\n",
      "source: none\n"
      "Q1: {columns: {a: 2, b: りんご}}\n"
      "Q2: {column: areas, separator: \";\"}\n"
      "Q3.r1: {column: g, codes: {yess: yes}}\n"
      "Q3.r2: 6\n"
      "Q4: {columns: {p: first, q: second}}\n"
      "Q5: n\n"
      "Q6: d\n"
      "Q7: t\n");
  ASSERT_TRUE(right.has_value()) << faults.all()[0].message;
  EXPECT_EQ(answer(*right, "Q1", 0).option, 0);
  EXPECT_EQ(answer(*right, "Q1", 1).option, 1);
  EXPECT_EQ(answer(*right, "Q2", 0).marks[0], 1);
  EXPECT_EQ(answer(*right, "Q2", 0).marks[1], 1);
  EXPECT_EQ(answer(*right, "Q3.r1", 0).option, 0);
  EXPECT_EQ(answer(*right, "Q3.r2", 0).state, AnswerState::refused);
  EXPECT_EQ(answer(*right, "Q5", 1).state, AnswerState::refused);
}

TEST_F(ReadResponsesTest, UnknownCodesNameColumnLineAndNearestOption) {
  const auto none = read(
      "case,source,Q1,Q2.x,Q2.y,Q2.dk,Q3.r1,Q3.r2,Q4.p,Q4.q,Q5,Q6,Q7\n"
      "1,web,Aple,1,,,,,,,,,\n"
      "2,web,Aple,7,,,,,,,many,1.9.2023,\n");
  EXPECT_FALSE(none.has_value());
  faults.sort();
  std::vector<std::string> told;
  for (const Diagnostic& fault : faults.all())
    told.push_back(std::to_string(fault.place.line) + " " + fault.message + " | " + fault.hint);
  EXPECT_THAT(told, testing::Contains("2 column `Q1`: `Aple` is no code, name or text of an option "
                                      "of Q1, 2 times | did you mean `Apple`?"));
  EXPECT_THAT(told, testing::Contains(testing::StartsWith("3 case 2, column `Q5`: `many` is")));
  EXPECT_THAT(told, testing::Contains("3 case 2, column `Q6`: `1.9.2023` is no date | "
                                      "a date is written 2023-09-01"));
  EXPECT_THAT(told, testing::Contains(testing::StartsWith("3 column `Q2.x`: `7` is")));
}

TEST_F(ReadResponsesTest, AQuestionWithoutAColumnIsAFault) {
  const auto none =
      read("case,source,q1,Q2.x,Q2.y,Q2.dk,Q3.r1,Q3.r2,Q4.p,Q4.q,Q5,Q6,Q7\n1,1,1,1,,,1,1,1,,1,,\n");
  EXPECT_FALSE(none.has_value());
  ASSERT_EQ(faults.all().size(), 1U);
  EXPECT_EQ(faults.all()[0].message, "has no column for Q1");
  EXPECT_EQ(faults.all()[0].hint, "did you mean `q1`?");
}

TEST_F(ReadResponsesTest, AZeroIsATickWhereTheOptionsCodeIsZero) {
  const std::string head = "case,source,Q1,Q2.x,Q2.y,Q2.dk,Q3.r1,Q3.r2,Q4.p,Q4.q,Q5,Q6,Q7\n";
  const auto codes = read(head + "1,,,1,,,,,,,,,\n2,,,,,0,,,,,,,\n");
  ASSERT_TRUE(codes.has_value()) << faults.all()[0].message;
  EXPECT_EQ(answer(*codes, "Q2", 1).marks[2], 1);
  const auto ticks = read(head + "1,,,1,0,0,,,,,,,\n2,,,0,0,1,,,,,,,\n");
  ASSERT_TRUE(ticks.has_value());
  EXPECT_EQ(answer(*ticks, "Q2", 0).marks[2], 0);
  EXPECT_EQ(answer(*ticks, "Q2", 1).marks[2], 1);
}

TEST_F(ReadResponsesTest, ManyColumnsForASingleQuestionMustAgree) {
  study.data.columns = "columns.yaml";
  const auto none = read(
      "case,source,A,B,Q2.x,Q2.y,Q2.dk,Q3.r1,Q3.r2,Q4.p,Q4.q,Q5,Q6,Q7\n1,1,1,2,1,,,1,1,1,,1,,\n",
      "Q1: {columns: {a: A, b: B}}\n");
  EXPECT_FALSE(none.has_value());
  EXPECT_EQ(faults.all()[0].message, "case 1 has two answers to Q1: a and b");
}

}  // namespace
}  // namespace topline
