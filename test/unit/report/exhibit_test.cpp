#include "report/counted_exhibit.hpp"
#include "small_study.hpp"

namespace topline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ExhibitTest : public testing::Test {
 protected:
  // A figure with these lines, counted. The document lives as long as the test.
  CountedExhibit counted(const std::string& lines, const std::string& word = "figure") {
    Diagnostics faults;
    document = parse_report("```" + word + "\nid: f\ntitle: T\nbase: B\n" + lines + "\n```\n",
                            "report/en.md", faults);
    std::optional<Exhibit> exhibit = resolve_exhibit(document.exhibits[0], small.open, faults);
    EXPECT_THAT(told(faults), IsEmpty());
    return count_exhibit(std::move(*exhibit), small.cases(), small.open).value();
  }

  FigureModel model(const std::string& lines) {
    return figure_model(counted(lines), context, "f", "T", {});
  }

  std::string notes(const std::string& lines) {
    std::string all;
    for (const std::string& note : exhibit_notes(counted(lines), context, ""))
      all += note + "\n";
    return all;
  }

  // "label: 63% 42%" for each category, series side by side.
  static std::vector<std::string> rows(const FigureModel& model) {
    std::vector<std::string> all;
    for (size_t i = 0; i < model.categories.size(); ++i) {
      std::string row = model.categories[i].label + ":";
      for (const FigureValue& value : model.values[i])
        row += " " + value.label + (value.small_base ? "!" : "") + (value.missing ? "?" : "");
      all.push_back(row);
    }
    return all;
  }

  static std::vector<std::string> rows(const PrintedTable& table) {
    std::vector<std::string> all;
    for (const PrintedRow& row : table.rows) {
      std::string line = row.label + ":";
      for (const std::string& cell : row.cells)
        line += " " + cell;
      all.push_back(line);
    }
    return all;
  }

  SmallStudy small;
  Language language;
  TablePrinter printer{small.open.study, small.open.codebook(), small.open.questionnaire, language};
  ExhibitContext context{small.open, language, printer};
  Document document;
};

TEST_F(ExhibitTest, BarsWithNetsAboveAndDontKnowLast) {
  const FigureModel figure = model("show: Q1");
  EXPECT_EQ(figure.kind, FigureKind::bars);
  EXPECT_THAT(rows(figure), ElementsAre("Either of them: 88%", "A <first>: 63%",
                                        "B \"second\": 25%", "Don't know: 13%"));
  EXPECT_EQ(figure.categories[0].role, FigureRole::net);
  EXPECT_EQ(figure.categories[3].role, FigureRole::dont_know);
  EXPECT_DOUBLE_EQ(figure.values[1][0].value, 62.5);
  EXPECT_FALSE(figure.values[1][0].interval);  // opt-in, and no model
}

TEST_F(ExhibitTest, DontKnowLeftOutChangesTheBase) {
  // 25 of 35 is 71.4, 10 of 35 is 28.6.
  EXPECT_THAT(rows(model("show: Q1\ndont_know: excluded")),
              ElementsAre("Either of them: 100%", "A <first>: 71%", "B \"second\": 29%"));
  EXPECT_THAT(notes("show: Q1\ndont_know: excluded"), HasSubstr("left out of the base: 5."));
}

TEST_F(ExhibitTest, SegmentsShowAllFirstAndMarkSmallBases) {
  // X 20 of 20; Y 5 of 12, a base to mark; Z on 3, not shown.
  const FigureModel figure = model("show: Q1\nas: segments\nnet: a\nby: S");
  EXPECT_THAT(rows(figure), ElementsAre("All: 63%", "X: 100%", "Y: 42%!", "Z: –?"));
  EXPECT_EQ(figure.categories[0].role, FigureRole::total);
  EXPECT_EQ(figure.categories[2].note, "n = 12");
  const CountedExhibit exhibit = counted("show: Q1\nas: segments\nnet: a\nby: S");
  EXPECT_THAT(rows(exhibit_tables(exhibit, context)[0]),
              ElementsAre("All: 63% 25 40", "X: 100% 20 20", "Y: 42% 5 12", "Z: – – 3"));
}

TEST_F(ExhibitTest, AYesOrNoVariableServesAsNet) {
  EXPECT_THAT(rows(model("show: Q1\nas: segments\nnet: likes_a\nby: S")),
              ElementsAre("All: 63%", "X: 100%", "Y: 42%!", "Z: –?"));
}

TEST_F(ExhibitTest, HeatTableOfAllCasesWithMargins) {
  // Of 35 who named a segment: a-X 20 (57.1), a-Y 5 (14.3), b-Y 7 (20), b-Z 3 (8.6).
  const std::string lines = "show: Q1\nas: heat\nby: S\nwhere: answered(S)";
  EXPECT_THAT(rows(model(lines)),
              ElementsAre("A <first>: 57% 14% 0% 71%", "B \"second\": 0% 20% 9% 29%",
                          "Column total: 57% 34% 9% 100%"));
  const PrintedTable table = exhibit_tables(counted(lines), context)[0];
  EXPECT_THAT(table.heads, ElementsAre("Total", "X", "Y", "Z"));
  EXPECT_THAT(table.rows.back().cells, ElementsAre("100%", "57%", "34%", "9%"));
}

TEST_F(ExhibitTest, StacksOfAGridInTheOrderOfOnly) {
  const FigureModel figure = model("show: G\nas: stacked\nonly: [g2, g1]");
  EXPECT_THAT(rows(figure), ElementsAre("Second row: 100% 0%", "First row: 25% 75%"));
  EXPECT_EQ(figure.series[0].label, "Yes");
  EXPECT_THAT(rows(exhibit_tables(counted("show: G\nas: stacked"), context)[0]),
              ElementsAre("First row: 40 25% 75%", "Second row: 40 100% 0%"));
  EXPECT_THAT(rows(model("show: G\nas: stacked\nsort: size")),
              ElementsAre("Second row: 100% 0%", "First row: 25% 75%"));
}

TEST_F(ExhibitTest, GroupsBecomeHeadings) {
  const FigureModel figure = model("show: M\nas: grouped");
  EXPECT_EQ(figure.categories[0].group, "Group one");
  EXPECT_EQ(figure.categories[2].group, "Group two");
  EXPECT_THAT(rows(figure), ElementsAre("P: 67%", "Q: 67%", "R: 0%"));
}

TEST_F(ExhibitTest, SeriesByTheAnswersOfABanner) {
  const FigureModel figure = model("show: Q1\nas: grouped\nby: S");
  EXPECT_EQ(figure.kind, FigureKind::grouped_bars);
  EXPECT_EQ(figure.series[1].note, "n = 12");
  EXPECT_EQ(rows(figure)[1], "A <first>: 100% 42%! –?");
}

TEST_F(ExhibitTest, PanelsNoteTheirBasesWhereTheyDiffer) {
  const FigureModel figure = model("show: [Q1, S]\nas: panels");
  ASSERT_EQ(figure.panels.size(), 2U);
  EXPECT_EQ(figure.panels[0].title, "Preference & taste");
  EXPECT_EQ(figure.panels[1].note, "n = 35");
  EXPECT_EQ(figure.panels[1].values[0].label, "57%");  // 20 of 35
  EXPECT_THAT(notes("show: [Q1, S]\nas: panels"), HasSubstr("(n = 35–40)"));
}

TEST_F(ExhibitTest, PercentOfMentions) {
  // 40 ticks in all.
  EXPECT_THAT(rows(model("show: M\npercent: mentions")), ElementsAre("P: 50%", "Q: 50%", "R: 0%"));
}

TEST_F(ExhibitTest, NotesSayWhatMustBeSaid) {
  const std::string bars = notes("show: Q1");
  EXPECT_THAT(bars, HasSubstr("Q1: Which one do you <prefer>?\nBase: B (n = 40)\n"));
  EXPECT_THAT(bars, HasSubstr("may not add to 100"));  // 63 + 25 + 13 = 101
  EXPECT_THAT(bars, HasSubstr("not a probability sample"));
  EXPECT_THAT(bars, Not(HasSubstr("several answers")));
  EXPECT_THAT(notes("show: M"), HasSubstr("could give several answers"));
  EXPECT_THAT(notes("show: M"), Not(HasSubstr("may not add")));
  const std::string segments = notes("show: Q1\nas: segments\nnet: a\nby: S");
  EXPECT_THAT(segments, HasSubstr("Bases from 5 to 19 are marked"));
  EXPECT_THAT(segments, HasSubstr("fewer than 5 respondents are not shown"));
  EXPECT_THAT(segments, HasSubstr("S: Which segment?"));
  EXPECT_THAT(notes("show: likes_a"), HasSubstr("Likes A, from Q1: Which one do you <prefer>?\n"));
  // 10 and 30 of 40 add to 100, so nothing is said of rounding.
  EXPECT_THAT(notes("show: G.g1"), Not(HasSubstr("may not add")));
}

TEST_F(ExhibitTest, IntervalsNeedAModelOrADesign) {
  small.open.study.sample.model = SampleModel{"as if drawn", "simple random"};
  EXPECT_TRUE(model("show: Q1").values[0][0].interval);
  EXPECT_THAT(notes("show: Q1"), HasSubstr("95% intervals under the model"));
  EXPECT_THAT(notes("show: Q1"), Not(HasSubstr("not a probability sample")));
  EXPECT_FALSE(model("show: M\npercent: mentions").values[0][0].interval);
  small.open.study.sample.model.reset();
  small.open.study.sample.kind = SampleKind::probability;
  EXPECT_THAT(notes("show: Q1"), HasSubstr("95% confidence intervals"));
}

TEST_F(ExhibitTest, TablesOfTheTableBook) {
  const CountedExhibit exhibit = counted("table: planned", "table");
  const PrintedTable table = exhibit_tables(exhibit, context)[0];
  EXPECT_THAT(table.heads, ElementsAre("Total", "X", "Y", "Z"));
  EXPECT_THAT(rows(table)[0], "Base: 40 20 (12) (3)");
  EXPECT_THAT(rows(table)[2], "A <first>: 63% 100% 42% –");
}

TEST_F(ExhibitTest, LabelsComeFromTheEdition) {
  OpenStudy translated = small.open;
  const VariableId s = translated.codebook().find("S");
  Codebook codebook;
  for (const Variable& variable : small.open.codebook().variables()) {
    Variable copy = variable;
    if (variable.name == "S") {
      OptionList options = *variable.options;
      options[0].text = "エックス";
      copy.options = std::make_shared<const OptionList>(options);
    }
    codebook.add(std::move(copy));
  }
  translated.processing.codebook = codebook;
  Diagnostics faults;
  document = parse_report("```figure\ntitle: T\nshow: S\n```\n", "report/ja.md", faults);
  std::optional<Exhibit> exhibit = resolve_exhibit(document.exhibits[0], translated, faults);
  ASSERT_TRUE(exhibit);
  const CountedExhibit result =
      count_exhibit(std::move(*exhibit), small.cases(), translated).value();
  EXPECT_EQ(result.tables[0].rows[0].text, "エックス");
  EXPECT_EQ(result.tables[0].stub, s);
  EXPECT_EQ(result.tables[0].cells[0][0].count, 20);
}

}  // namespace
}  // namespace topline
