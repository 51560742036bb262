// The example study: its invented respondents print what the published survey printed.
#include <gtest/gtest.h>

#include "base/files.hpp"
#include "base/rounding.hpp"
#include "inline_study.hpp"

namespace topline {

namespace {

struct Published {
  std::string share;
  int percent;
  int base;  // 0: not printed
};

// From the published report, figure by figure; none of it read from targets.yaml.
const std::vector<Published>& published() {
  static const std::string crosstab =
      " | use_stage in (improve, embed, create) and technology in (ready, custom, own)";
  static const std::vector<Published> all = {
      {"Q11 in (extremely, very)", 63, 280},
      {"Q11 in (extremely, very, somewhat, slightly)", 88, 280},
      {"Q2 in (extremely, very)", 80, 284},
      {"Q16 in (very_large, significant)", 60, 249},
      {"Q12.assurance", 35, 280},
      {"Q12.testing", 34, 280},
      {"Q12.documentation", 34, 280},
      {"Q12.cybersecurity", 31, 280},
      {"Q12.development", 29, 280},
      {"use_stage == improve and technology == ready" + crosstab, 4, 245},
      {"use_stage == improve and technology == custom" + crosstab, 7, 245},
      {"use_stage == improve and technology == own" + crosstab, 5, 245},
      {"use_stage == improve" + crosstab, 16, 245},
      {"use_stage == embed and technology == ready" + crosstab, 6, 245},
      {"use_stage == embed and technology == custom" + crosstab, 18, 245},
      {"use_stage == embed and technology == own" + crosstab, 6, 245},
      {"use_stage == embed" + crosstab, 29, 245},
      {"use_stage == create and technology == ready" + crosstab, 3, 245},
      {"use_stage == create and technology == custom" + crosstab, 33, 245},
      {"use_stage == create and technology == own" + crosstab, 19, 245},
      {"use_stage == create" + crosstab, 55, 245},
      {"technology == ready" + crosstab, 13, 245},
      {"technology == custom" + crosstab, 57, 245},
      {"technology == own" + crosstab, 30, 245},
      {"concerned | technology in (ready, custom, own)", 63, 247},
      {"concerned | technology == own", 71, 0},
      {"concerned | technology == custom", 62, 0},
      {"concerned | technology == ready", 48, 0},
      {"Q17 == open", 41, 249},
      {"Q17 == proprietary", 9, 249},
      {"Q17 == both", 22, 249},
      {"Q17 == indifferent", 28, 249},
      {"Q22.datasets", 47, 249},
      {"Q22.applications", 44, 249},
      {"Q22.training", 37, 249},
      {"Q22.monitoring", 36, 249},
      {"Q15.security", 49, 249},
      {"Q20 in (strongly_agree, agree)", 69, 0},
      {"Q18.access == open", 42, 249},
      {"Q18.access == proprietary", 35, 249},
      {"Q18.transparency == open", 42, 249},
      {"Q18.cost == open", 41, 249},
      {"Q18.cost == proprietary", 32, 249},
      {"Q24 in (extremely, very)", 88, 72},
      {"Q19.community == open", 43, 249},
      {"Q19.sustainability == open", 42, 249},
      {"Q19.sustainability == proprietary", 32, 249},
      {"Q19.responsibility == open", 40, 249},
      {"Q19.accuracy == open", 35, 249},
      {"Q19.accuracy == proprietary", 36, 249},
      {"Q19.experience == open", 38, 249},
      {"Q19.experience == proprietary", 41, 249},
      {"Q1 == very", 42, 284},
      {"Q1 == fairly", 44, 284},
      {"Q3 == end_user", 57, 284},
      {"Q3 == vendor", 39, 284},
      {"Q4 == ai_engineer", 31, 284},
      {"Q4 == executive", 20, 284},
      {"Q4 == it_manager", 17, 284},
      {"Q4 == data_scientist", 13, 284},
      {"Q5 == north_america", 92, 284},
      {"Q6 == small", 29, 284},
      {"Q6 == medium", 47, 284},
      {"Q6 == large", 24, 284},
      {"Q7 == extremely", 53, 284},
      {"Q7 == very", 35, 284},
      {"Q8 == production", 50, 0},
  };
  return all;
}

const std::string folder = std::string(TOPLINE_SOURCE_DIR) + "/examples/genai-2023";

TEST(ExampleTest, PrintsWhatWasPublished) {
  Diagnostics faults;
  const OpenStudy study = open_study(folder, faults);
  ASSERT_EQ(told(faults), "");
  const Result<std::string> text = read_file(folder + "/targets.yaml", "targets.yaml");
  ASSERT_TRUE(text.ok());
  for (uint64_t seed : {1U, 2023U}) {
    const Screened cases = screened(study, simulated(study, *text, seed));
    EXPECT_EQ(cases.ledger.valid, 284);
    EXPECT_EQ(cases.ledger.complete, 249);
    for (const Published& one : published()) {
      const Aggregate got = over(study, cases, "share(" + one.share + ")");
      EXPECT_EQ(percent_rounded(got.hits, got.base), one.percent) << one.share;
      if (one.base > 0) {
        EXPECT_EQ(got.base, one.base) << one.share;
      }
    }
    for (int64_t count : cases.ledger.answered_though_not_asked)
      EXPECT_EQ(count, 0);
  }
}

// The published key findings give 95 percent where figure 12 gives 88.
TEST(ExampleTest, ThePublishedSlipIsNoWholeNumberOfCases) {
  Diagnostics faults;
  const OpenStudy study = open_study(folder, faults);
  Result<std::string> text = read_file(folder + "/targets.yaml", "targets.yaml");
  ASSERT_TRUE(text.ok());
  const std::string right = "share: Q24 in (extremely, very)\n    is: 88";
  const size_t at = text->find(right);
  ASSERT_NE(at, std::string::npos);
  text->replace(at, right.size(), "share: Q24 in (extremely, very)\n    is: 95");
  const Targets targets = load_targets(*text, "targets.yaml", study, faults);
  ASSERT_EQ(told(faults), "");
  EXPECT_FALSE(simulate(study, targets, 1, faults).has_value());
  const std::string said = told(faults);
  EXPECT_NE(said.find("share(Q24 in (extremely, very)) = 95 %"), std::string::npos) << said;
  EXPECT_NE(said.find("n(Q24) = 72"), std::string::npos) << said;
  EXPECT_NE(said.find("no whole number of 72 is 95 %, 68 are 94 %, 69 are 96 %"), std::string::npos)
      << said;
}

}  // namespace

}  // namespace topline
