// The parts of the import that understand texts: labels, names, damage, rules, Markdown.
#include <gtest/gtest.h>
#include <set>

#include "instrument/variable.hpp"
#include "io/lf_srm_damage.hpp"
#include "io/lf_srm_markdown.hpp"
#include "io/lf_srm_names.hpp"
#include "io/lf_srm_rules.hpp"
#include "io/lf_srm_text.hpp"

namespace topline::lf_srm {
namespace {

using Choice = Instruction::Choice;

TEST(LfSrmText, InstructionIsTakenOutOfTheQuestion) {
  const AskedText one = parse_asked_text("How big? (in people) (select one)");
  EXPECT_EQ(one.text, "How big? (in people)");
  EXPECT_EQ(one.instruction.choice, Choice::one);
  EXPECT_EQ(parse_asked_text("Which? (Check all that apply)").instruction.choice, Choice::all);
  const AskedText three = parse_asked_text("Top? (select three)");
  EXPECT_EQ(three.instruction.choice, Choice::exactly);
  EXPECT_EQ(three.instruction.number, 3);
  const AskedText most = parse_asked_text("Top? (select up to 3 responses)");
  EXPECT_EQ(most.instruction.choice, Choice::up_to);
  EXPECT_EQ(most.instruction.number, 3);
  EXPECT_TRUE(parse_asked_text("Pay? (select one. OPTIONAL)").instruction.optional);
  EXPECT_EQ(parse_asked_text("Why? (e.g. cost)").instruction.choice, Choice::unsaid);
  EXPECT_EQ(parse_asked_text("Why? (e.g. cost)").text, "Why? (e.g. cost)");
  EXPECT_EQ(
      parse_asked_text("Vendors? (multiple responses per row are allowed)").instruction.choice,
      Choice::several_per_row);
}

TEST(LfSrmText, ColumnsOfAGridStandInBrackets) {
  const AskedText grid =
      parse_asked_text("How often? (select one per row)\n[< 20%,  1,000 or more, Don't know]");
  EXPECT_EQ(grid.text, "How often?");
  EXPECT_EQ(grid.instruction.choice, Choice::one_per_row);
  EXPECT_EQ(grid.columns, (std::vector<std::string>{"< 20%", "1,000 or more", "Don't know"}));
}

TEST(LfSrmText, LabelsThatAreNoOpinion) {
  EXPECT_EQ(missing_reason("Don\xE2\x80\x99t know or not sure"), MissingReason::dont_know);
  EXPECT_EQ(missing_reason("I don't know"), MissingReason::dont_know);
  EXPECT_EQ(missing_reason("Unknown"), MissingReason::dont_know);
  EXPECT_EQ(missing_reason("I prefer not to answer"), MissingReason::refused);
  EXPECT_EQ(missing_reason("Not applicable"), MissingReason::not_applicable);
  EXPECT_EQ(missing_reason("Don't see the value"), MissingReason::none);
  EXPECT_EQ(missing_reason("No preference"), MissingReason::none);
}

TEST(LfSrmText, ComparingLabels) {
  EXPECT_EQ(comparable("Haven\xE2\x80\x99t \xE2\x80\x9Ctried\xE2\x80\x9D  it!"),
            comparable("haven't tried it"));
  EXPECT_DOUBLE_EQ(likeness("a b c d", "a b c"), 6.0 / 7.0);
  EXPECT_EQ(cleaned("**of\xEF\xAC\x81"
                    "ce\xC2\xA0 hours**"),
            "office hours");
  EXPECT_EQ(numbers_in("1,000 to 9,999 in 2 ways"), (std::vector<long long>{1000, 9999, 2}));
}

TEST(LfSrmNames, AreShortAndTellOptionsApart) {
  EXPECT_EQ(short_names({"Consuming open source code", "Contributing upstream",
                         "Not involved in open source", "Don't know or not applicable"},
                        "option"),
            (std::vector<std::string>{"consuming", "contributing_upstream", "not_involved", "dk"}));
  EXPECT_EQ(
      short_names({"Very likely to increase", "Very likely to decrease", "Neutral"}, "option"),
      (std::vector<std::string>{"very_likely_increase", "very_likely_decrease", "neutral"}));
  EXPECT_EQ(short_names({"Under 10", "11 to 49", "1,000 to 9,999", "20,000 or more", "10+"}, "o"),
            (std::vector<std::string>{"under_10", "n11_to_49", "n1000_to_9999", "n20000_more",
                                      "n10_plus"}));
  EXPECT_EQ(short_names({"Other IT (e.g., support)", "Other (please specify)"}, "option"),
            (std::vector<std::string>{"other_it", "other"}));
  EXPECT_EQ(short_names({"Education (college, university)", "Education (K-12)"}, "option"),
            (std::vector<std::string>{"education_college", "education_k12"}));
}

TEST(LfSrmNames, AreAlwaysNamesAndDifferent) {
  const std::vector<std::string> labels{
      "\xE6\x9C\x9D", "\xE5\xA4\x9C", "End",        "True",     "Not", "",   "100%", "A, B",
      "A; B",         "...",          "Don't know", "Not sure", "and", "In", "A, B"};
  const std::vector<std::string> names = short_names(labels, "option");
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), labels.size());
  for (size_t i = 0; i < names.size(); ++i)
    EXPECT_TRUE(is_name(names[i])) << labels[i] << " gave " << names[i];
  EXPECT_EQ(names[0], "option1");
}

TEST(LfSrmNames, Pages) {
  EXPECT_EQ(page_name("License Compliance and Security", {}), "license_compliance_security");
  EXPECT_EQ(page_name("Follow-up Discussion", {"follow_up_discussion"}), "follow_up_discussion_2");
  EXPECT_EQ(file_name_of("OSPO Annual Survey  2022!"), "ospo-annual-survey-2022");
}

TEST(LfSrmDamage, NeighboursShowTheRange) {
  std::vector<std::string> labels{"0", "5-Jan", "10-Jun", "Nov-50", "51-100"};
  const std::vector<LabelRepair> repairs = repair_labels(labels, {});
  EXPECT_EQ(labels, (std::vector<std::string>{"0", "1-5", "6-10", "11-50", "51-100"}));
  ASSERT_EQ(repairs.size(), 3U);
  EXPECT_EQ(repairs[0].before, "5-Jan");
  EXPECT_EQ(repairs[0].after, "1-5");
}

TEST(LfSrmDamage, AnotherListShowsTheRange) {
  std::vector<std::string> labels{"none", "4-Feb"};
  repair_labels(labels, {{"none", "2-4"}});
  EXPECT_EQ(labels[1], "2-4");
}

TEST(LfSrmDamage, WithoutEvidenceNothingIsChanged) {
  std::vector<std::string> labels{"before", "4-Feb", "after", "May-2"};
  const std::vector<LabelRepair> repairs = repair_labels(labels, {});
  EXPECT_EQ(labels, (std::vector<std::string>{"before", "4-Feb", "after", "May-2"}));
  ASSERT_EQ(repairs.size(), 1U);  // 5-2 would be no range
  EXPECT_EQ(repairs[0].after, "");
}

TEST(LfSrmRules, ScreeningAndExclusive) {
  EXPECT_EQ(parse_rules("DQ")[0].kind, Rule::Kind::screen_out);
  EXPECT_EQ(parse_rules("DQ for Panel")[0].kind, Rule::Kind::unread);
  const Rule all = parse_rules("DQ if Never for all seven responses.")[0];
  EXPECT_EQ(all.kind, Rule::Kind::screen_out_all);
  EXPECT_EQ(all.label, "Never");
  const std::vector<Rule> two = parse_rules(
      "Q1 = C7 AND Q1 IN [C2, C3] => INVALIDATE Q1\n\"You can't select \"None\" and another "
      "option.\"");
  ASSERT_EQ(two.size(), 2U);
  EXPECT_EQ(two[0].kind, Rule::Kind::exclusive_code);
  EXPECT_EQ(two[0].refs, (std::vector<RuleRef>{{1, "7"}}));
  EXPECT_EQ(two[1].kind, Rule::Kind::exclusive_label);
  EXPECT_EQ(two[1].label, "None");
}

TEST(LfSrmRules, ShowAndHide) {
  const Rule hide = parse_rules("Hide if 6.3, 6.4")[0];
  EXPECT_EQ(hide.kind, Rule::Kind::hide_if);
  EXPECT_EQ(hide.refs, (std::vector<RuleRef>{{6, "3"}, {6, "4"}}));
  EXPECT_EQ(parse_rules("Hide for 20.2, 20.3")[0].refs.size(), 2U);
  EXPECT_EQ(parse_rules("Show if 5.4")[0].kind, Rule::Kind::show_if);
  EXPECT_EQ(parse_rules("Show Q7")[0].questions, (std::vector<int>{7}));
  EXPECT_EQ(parse_rules("Hide Pages 5. 6. 7, 9")[0].pages,
            (std::vector<std::string>{"5", "6", "7", "9"}));
  EXPECT_EQ(parse_rules("Hide Pages, 9, 10")[0].pages, (std::vector<std::string>{"9", "10"}));
  const Rule unless = parse_rules("Q43 != C1 => HIDE Q52")[0];
  EXPECT_EQ(unless.kind, Rule::Kind::hide_unless);
  EXPECT_EQ(unless.refs, (std::vector<RuleRef>{{43, "1"}}));
  EXPECT_EQ(unless.questions, (std::vector<int>{52}));
  EXPECT_EQ(parse_rules("Q43 != C1 => SHOW Q52")[0].kind, Rule::Kind::hide_when);
  const Rule answer = parse_rules("IF OSPO = YES on Q9")[0];
  EXPECT_EQ(answer.kind, Rule::Kind::if_answer);
  EXPECT_EQ(answer.label, "yes");
}

TEST(LfSrmRules, WhatIsNotUnderstoodSaysSo) {
  for (const char* text :
       {"Hide if 6.3 unless 7.1", "Hide if six", "Show the next page", "Q1 > C3 => HIDE Q2",
        "Q1 = C1 => GOTO Q9", "Hide Pages", "Show Q", "=>", "Q1 = [C1 => HIDE Q2"})
    EXPECT_EQ(parse_rules(text)[0].kind, Rule::Kind::unread) << text;
  EXPECT_TRUE(parse_rules("\n \n").empty());
}

const char* const markdown = R"(Welcome to the survey.

## First things
1. What do you drink? (select all that apply)
* Coffee * Tea
* Don't know

2. How often?
*options: Never	Often	Don't know*
* At home
***
> IF DRINK = YES on Q1

3. Tell us more.

[OPEN QUESTION]

Thank you!
)";

TEST(LfSrmMarkdown, PagesQuestionsOptions) {
  ASSERT_TRUE(is_markdown_questionnaire(markdown));
  const MarkdownQuestionnaire read = read_markdown_questionnaire(markdown, "questions.md");
  EXPECT_EQ(read.language, "en");
  ASSERT_EQ(read.pages.size(), 2U);
  EXPECT_EQ(read.pages[0].title, "First things");
  EXPECT_EQ(read.pages[0].text, "Welcome to the survey.");
  ASSERT_EQ(read.pages[1].rules.size(), 1U);
  EXPECT_EQ(read.pages[1].rules[0].text, "IF DRINK = YES on Q1");
  ASSERT_EQ(read.questions.size(), 3U);
  EXPECT_EQ(read.questions[0].options, (std::vector<std::string>{"Coffee", "Tea", "Don't know"}));
  EXPECT_EQ(read.questions[1].asked.columns,
            (std::vector<std::string>{"Never", "Often", "Don't know"}));
  EXPECT_TRUE(read.questions[2].open);
  EXPECT_EQ(read.questions[2].page, 1U);
  ASSERT_EQ(read.unplaced.size(), 1U);
  EXPECT_EQ(read.unplaced[0].text, "Thank you!");
  EXPECT_EQ(read.questions[0].where, "questions.md:4");
}

TEST(LfSrmMarkdown, Language) {
  EXPECT_EQ(language_of("1. \xE6\x82\xA8\xE5\x96\x9D\xE4\xBB\x80\xE4\xB9\x88", "q.md"), "zh");
  EXPECT_EQ(language_of("\xE3\x81\xAA\xE3\x81\xAB\xE3\x82\x92\xE9\xA3\xB2\xE3\x81\xBF", "q.md"),
            "ja");
  EXPECT_EQ(language_of("1. Que buvez-vous ?", "questions_fr.md"), "fr");
  EXPECT_EQ(language_of("1. What?", "questions.md"), "en");
}

TEST(LfSrmMarkdown, ReadmeIsNoQuestionnaire) {
  EXPECT_FALSE(is_markdown_questionnaire("# Readme\n\n* one\n* two\n\n1. Install\n2. Run\n"));
}

}  // namespace
}  // namespace topline::lf_srm
