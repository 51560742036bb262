#include "small_study.hpp"

namespace topline {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class CheckReport : public testing::Test {
 protected:
  std::vector<std::string> faults_of(const std::string& text) const {
    Diagnostics faults;
    const Document document = parse_report(text, "report/en.md", faults);
    EXPECT_THAT(told(faults), IsEmpty());
    check_report(document, small.open, faults);
    return told(faults);
  }
  // Of a figure with these lines, which begin in line 4.
  std::vector<std::string> figure(const std::string& lines,
                                  const std::string& word = "figure") const {
    return faults_of("```" + word + "\nid: f\ntitle: T\n" + lines + "\n```\n");
  }

  SmallStudy small;
};

TEST_F(CheckReport, GoodValuesPass) {
  EXPECT_THAT(faults_of("{{ share(Q1 == a | S == x) }} {{ mean(N) - 2 }} {{ cases() }} "
                        "{{ share(likes_a) }} {{ study.title }} {{ study.fieldwork }}\n"),
              IsEmpty());
}

TEST_F(CheckReport, ValuesThatDoNotResolve) {
  EXPECT_THAT(faults_of("Of {{ share(Q9 == a) }}.\n"),
              Contains(HasSubstr("1:13 error: there is no question or variable `Q9`")));
  EXPECT_THAT(faults_of("a\n\nOf {{ share(Q1 == aa) }}.\n"),
              ElementsAre(HasSubstr("3:19 error: Q1 has no option `aa`")));
  EXPECT_THAT(faults_of("{{ N }}\n"),
              ElementsAre(HasSubstr("1:4 error: this value reads the answer of one respondent")));
  EXPECT_THAT(faults_of("{{ share(Q1 == a) + N }}\n"),
              ElementsAre(HasSubstr("1:4 error: this value reads the answer of one respondent")));
  EXPECT_THAT(faults_of("{{ 3 + 4 }}\n"),
              ElementsAre(HasSubstr("1:4 error: this value does not look at the cases")));
}

TEST_F(CheckReport, EntriesOfTheStudy) {
  EXPECT_THAT(faults_of("{{ study.titel }}\n"),
              ElementsAre("1:4 error: study.yaml has no entry `titel` to print | did you mean "
                          "`title`?"));
  EXPECT_THAT(faults_of("{{ study.citation }}\n"),
              ElementsAre(HasSubstr("1:4 error: study.yaml says nothing about `citation`")));
  EXPECT_THAT(faults_of("{{ study.title :1 }}\n"),
              ElementsAre(HasSubstr("an entry of study.yaml takes no format")));
}

TEST_F(CheckReport, EveryKindOfFigurePasses) {
  EXPECT_THAT(figure("show: Q1\nas: bars"), IsEmpty());
  EXPECT_THAT(figure("show: M\nas: grouped"), IsEmpty());
  EXPECT_THAT(figure("show: M\nas: grouped\nby: S"), IsEmpty());
  EXPECT_THAT(figure("show: G\nas: stacked\nonly: [g2, g1]"), IsEmpty());
  EXPECT_THAT(figure("show: Q1\nas: stacked\nby: all_segments"), IsEmpty());
  EXPECT_THAT(figure("show: Q1\nas: segments\nnet: either\nby: S"), IsEmpty());
  EXPECT_THAT(figure("show: Q1\nas: segments\nnet: likes_a\nby: S"), IsEmpty());
  EXPECT_THAT(figure("show: Q1\nas: segments\nnet: a\nby: S"), IsEmpty());
  EXPECT_THAT(figure("show: Q1\nas: heat\nby: S"), IsEmpty());
  EXPECT_THAT(figure("show: [Q1, S, M]\nas: panels"), IsEmpty());
  EXPECT_THAT(figure("show: [Q1, S]"), IsEmpty());
  EXPECT_THAT(figure("show: N", "table"), IsEmpty());
  EXPECT_THAT(figure("table: planned", "table"), IsEmpty());
}

TEST_F(CheckReport, NamesInFigures) {
  EXPECT_THAT(figure("show: Q11"),
              ElementsAre("4:7 error: there is no variable `Q11` | did you mean `Q1`?"));
  EXPECT_THAT(figure("as: bars"), ElementsAre(HasSubstr("1:1 error: this figure shows nothing")));
  EXPECT_THAT(figure("show: Q1\nas: heat\nby: all_segment"),
              ElementsAre("6:5 error: there is no variable or banner `all_segment` | did you mean "
                          "`all_segments`?"));
  EXPECT_THAT(
      figure("show: G\nonly: [g3]"),
      ElementsAre(HasSubstr("5:8 error: there is no row `g3` in what is shown | did you mean")));
  EXPECT_THAT(
      figure("show: Q1\nonly: [a]"),
      ElementsAre(HasSubstr("5:8 error: `only` chooses rows of a grid, and `Q1` has none")));
  EXPECT_THAT(figure("show: Q1\nas: segments\nnet: eiter\nby: S"),
              ElementsAre(HasSubstr("6:6 error: `eiter` is neither a net nor an option of `Q1`")));
  EXPECT_THAT(figure("show: Q1\nwhere: S == w\nbase: B"),
              ElementsAre(HasSubstr("5:13 error: S has no option `w`")));
  EXPECT_THAT(
      figure("table: plannned", "table"),
      ElementsAre("4:8 error: tables.yaml has no table `plannned` | did you mean `planned`?"));
  EXPECT_THAT(figure("table: planned\nshow: Q1", "table"),
              ElementsAre(HasSubstr("4:8 error: `table:` names a table of tables.yaml")));
}

TEST_F(CheckReport, KindsThatAreNotPossible) {
  EXPECT_THAT(figure("show: [Q1, S]\nas: bars"),
              ElementsAre(HasSubstr("4:8 error: `bars` shows one")));
  EXPECT_THAT(figure("show: Q1\nas: bars\nby: S"),
              ElementsAre(HasSubstr("6:5 error: `bars` has no")));
  EXPECT_THAT(figure("show: Q1\nas: grouped"),
              ElementsAre(HasSubstr("4:7 error: the options of `Q1` have no groups")));
  EXPECT_THAT(figure("show: M\nas: stacked"),
              ElementsAre(HasSubstr("4:7 error: `M` allows several answers")));
  EXPECT_THAT(figure("show: [Q1, S]\nas: stacked"),
              ElementsAre(HasSubstr("the variables shown have different options")));
  EXPECT_THAT(figure("show: G\nas: stacked\nby: S"),
              ElementsAre(HasSubstr("6:5 error: several variables and `by` do not go together")));
  EXPECT_THAT(figure("show: Q1\nas: segments\nnet: a"),
              ElementsAre(HasSubstr("4:7 error: `segments` shows one variable within")));
  EXPECT_THAT(figure("show: Q1\nas: segments\nby: S"),
              ElementsAre(HasSubstr("`segments` shows one share, and nothing says which")));
  EXPECT_THAT(figure("show: Q1\nas: bars\nnet: a"),
              ElementsAre(HasSubstr("6:6 error: `net` is the share that `as: segments` shows")));
  EXPECT_THAT(figure("show: Q1\nas: panels\nby: S"),
              ElementsAre(HasSubstr("6:5 error: `panels` has no place for `by`")));
  EXPECT_THAT(figure("show: N"), ElementsAre(HasSubstr("4:7 error: `N` has no options to show")));
  EXPECT_THAT(figure("show: T", "table"), ElementsAre(HasSubstr("`T` has no options to show")));
  EXPECT_THAT(figure("show: Q1\nas: heat\nby: N"),
              ElementsAre(HasSubstr("6:5 error: `N` has no options to make columns of")));
  EXPECT_THAT(figure("show: Q1\nas: heat\nby: G"),
              ElementsAre(HasSubstr("6:5 error: `G` is a grid")));
}

TEST_F(CheckReport, ANarrowerBaseNeedsWords) {
  EXPECT_THAT(figure("show: Q1\nwhere: S == x"),
              ElementsAre(HasSubstr("5:8 warning: `where` narrows the base")));
  EXPECT_THAT(figure("show: Q1\nwhere: S == x\nbase: All in X"), IsEmpty());
}

TEST_F(CheckReport, IdsNumbersAndTitles) {
  const std::string one = "```figure\nid: f\nnumber: 1\ntitle: T\nshow: Q1\n```\n\n";
  EXPECT_THAT(faults_of(one + one),
              ElementsAre("9:5 error: the id `f` is taken | it stands already in line 2",
                          "8:1 error: there is a figure 1 already | it stands in line 1"));
  EXPECT_THAT(faults_of("```figure\nshow: Q1\n```\n"),
              ElementsAre(HasSubstr("1:1 error: this figure has no title")));
}

TEST_F(CheckReport, LinksLeadSomewhere) {
  const std::string figure = "\n\n```figure\nid: use\ntitle: T\nshow: Q1\n```\n";
  EXPECT_THAT(faults_of("## Part one\n\n[x](#part-one) [](#use) [y](https://example.org) "
                        "[z](mailto:a@example.org)" +
                        figure),
              IsEmpty());
  EXPECT_THAT(faults_of("[x](#us)" + figure),
              ElementsAre("1:2 error: nothing here is called `#us` | did you mean `use`?"));
  EXPECT_THAT(faults_of("[](https://example.org)" + figure),
              ElementsAre(HasSubstr("this link has no text")));
  EXPECT_THAT(
      faults_of("[x](other.md)" + figure),
      ElementsAre(HasSubstr("1:2 error: `other.md` leads out of the report's single file")));
  EXPECT_THAT(faults_of("[x](javascript:alert)" + figure),
              ElementsAre(HasSubstr("leads out of the report's single file")));
  EXPECT_THAT(faults_of("```findings\n- {value: n(Q1), text: x, show: usee}\n```" + figure),
              ElementsAre("2:33 error: there is no figure `usee` | did you mean `use`?"));
}

}  // namespace
}  // namespace topline
