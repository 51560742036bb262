#include <gtest/gtest.h>
#include <map>
#include <random>

#include "figure/figure_layout.hpp"
#include "layout_faults.hpp"
#include "samples.hpp"

namespace topline {
namespace {

FaceSet& faces_for(const Language& language) {
  static std::map<std::string, FaceSet> opened;
  auto found = opened.find(language.tag());
  if (found == opened.end())
    found = opened.emplace(language.tag(), std::move(FaceSet::open(language)).value()).first;
  return found->second;
}

FigureLayout laid_out(const FigureModel& model, double width = 720) {
  FigureStyle style;
  style.width = width;
  style.print_title = true;
  style.print_notes = true;
  return figure_layout(model, faces_for(model.language), style);
}

std::vector<PlacedShape> shapes_of(const FigureLayout& layout, ShapeKind kind) {
  std::vector<PlacedShape> found;
  for (const PlacedShape& shape : layout.shapes)
    if (shape.kind == kind)
      found.push_back(shape);
  return found;
}

const PlacedText* find_text(const FigureLayout& layout, const std::string& text) {
  for (const PlacedText& placed : layout.texts)
    if (placed.text == text)
      return &placed;
  return nullptr;
}

void expect_sound(const FigureModel& model, double width) {
  const FigureLayout layout = laid_out(model, width);
  for (const std::string& fault : layout_faults(layout))
    ADD_FAILURE() << model.id << " at " << width << ": " << fault;
  EXPECT_EQ(layout.width, width);
}

TEST(Layout, SamplesAreSoundAtAllWidths) {
  for (const FigureModel& model : samples::all())
    for (const double width : {320.0, 360.0, 480.0, 600.0, 720.0, 960.0})
      expect_sound(model, width);
}

TEST(Layout, TheCheckerFindsFaults) {
  FigureLayout layout = laid_out(samples::bars());
  ASSERT_TRUE(layout_faults(layout).empty());
  layout.texts[1].box = layout.texts[0].box;
  EXPECT_FALSE(layout_faults(layout).empty());
  layout = laid_out(samples::bars());
  layout.texts[0].box.x = -5;
  EXPECT_FALSE(layout_faults(layout).empty());
  layout = laid_out(samples::bars());
  layout.shapes[0].box.width = 10'000;
  EXPECT_FALSE(layout_faults(layout).empty());
  layout = laid_out(samples::grid());
  for (PlacedText& text : layout.texts)
    if (text.inside >= 0)
      text.box.width += 500;
  EXPECT_FALSE(layout_faults(layout).empty());
}

TEST(Bars, LengthsAreProportionalAndValuesStandAtTheEnd) {
  FigureModel model = samples::model("two", "en", FigureKind::bars);
  model.categories = {{"One"}, {"Two"}, {"None"}};
  model.values = {{samples::percent(40)}, {samples::percent(10)}, {samples::percent(0)}};
  const FigureLayout layout = laid_out(model);
  const auto bars = shapes_of(layout, ShapeKind::bar);
  ASSERT_EQ(bars.size(), 2U);  // nothing is drawn for 0
  EXPECT_NEAR(bars[0].box.width, 4 * bars[1].box.width, 0.01);
  EXPECT_DOUBLE_EQ(bars[0].box.x, bars[1].box.x);
  const PlacedText* value = find_text(layout, "10%");
  ASSERT_NE(value, nullptr);
  EXPECT_NEAR(value->box.x, bars[1].box.right() + 6, 0.01);
  EXPECT_NE(find_text(layout, "0%"), nullptr);
  model.axis_max = 100;
  const auto on_hundred = shapes_of(laid_out(model), ShapeKind::bar);
  EXPECT_NEAR(on_hundred[0].box.width, 0.4 * bars[0].box.width, 0.01);
}

TEST(Bars, MissingValuesHaveNoBarAndSmallBasesAreHatched) {
  FigureModel model = samples::model("few", "en", FigureKind::bars);
  model.categories = {{"One"}, {"Two"}, {"Not in the values"}};
  model.values = {{FigureValue{50, "–", false, true, std::nullopt}},
                  {FigureValue{50, "50%", true, false, std::nullopt}}};
  const auto bars = shapes_of(laid_out(model), ShapeKind::bar);
  ASSERT_EQ(bars.size(), 1U);
  EXPECT_TRUE(bars[0].hatched);
}

TEST(Bars, EmphasisTurnsTheOthersGrey) {
  FigureModel model = samples::bars();
  EXPECT_EQ(shapes_of(laid_out(model), ShapeKind::bar)[1].paint.tone, Tone::accent);
  model.categories[0].emphasized = true;
  const auto bars = shapes_of(laid_out(model), ShapeKind::bar);
  EXPECT_EQ(bars[0].paint.tone, Tone::accent);
  EXPECT_EQ(bars[1].paint.tone, Tone::quiet);
  EXPECT_EQ(bars.back().paint.tone, Tone::faint);  // don't know
}

TEST(Stacked, DivergingBarsAreCentredOnTheMiddle) {
  const FigureModel model = samples::likert("en");
  const auto bars = shapes_of(laid_out(model), ShapeKind::bar);
  ASSERT_EQ(bars.size(), 18U);  // three rows of six
  const auto centre = [&](size_t row) {
    const Box& middle = bars[row * 6 + 2].box;
    return middle.x + (middle.width + 1) / 2;  // 1 px is the separator
  };
  EXPECT_NEAR(centre(0), centre(1), 0.01);
  EXPECT_NEAR(centre(0), centre(2), 0.01);
  // Don't know stands apart, at one place, on the same scale.
  for (size_t row = 0; row < 3; ++row) {
    EXPECT_DOUBLE_EQ(bars[row * 6 + 5].box.x, bars[5].box.x);
    EXPECT_GE(bars[row * 6 + 5].box.x, bars[row * 6 + 4].box.right() + 16);
  }
  EXPECT_NEAR((bars[17].box.width + 1) / 6, (bars[0].box.width + 1) / 29, 0.01);
  // One accent: the first pole in it, the other in grey, stronger outwards.
  EXPECT_EQ(bars[0].paint.tone, Tone::ramp);
  EXPECT_LT(bars[0].paint.step, bars[1].paint.step);
  EXPECT_EQ(bars[2].paint.tone, Tone::track);
  EXPECT_EQ(bars[4].paint.tone, Tone::counter);
  EXPECT_LT(bars[4].paint.step, bars[3].paint.step);
  EXPECT_EQ(bars[5].paint.tone, Tone::faint);
}

TEST(Stacked, AnEvenScaleIsCentredBetweenItsHalves) {
  FigureModel model = samples::model("even", "en", FigureKind::stacked_bars);
  model.scale = FigureScale::diverging;
  model.series = {{"Agree"}, {"Rather agree"}, {"Rather not"}, {"Not"}};
  model.categories = {{"One"}, {"Two"}};
  for (const auto& row :
       {std::vector<double>{40, 30, 20, 10}, std::vector<double>{10, 20, 30, 40}}) {
    model.values.emplace_back();
    for (const double value : row)
      model.values.back().push_back(samples::percent(value));
  }
  const auto bars = shapes_of(laid_out(model), ShapeKind::bar);
  ASSERT_EQ(bars.size(), 8U);
  EXPECT_NEAR(bars[2].box.x, bars[6].box.x, 0.01);
}

TEST(Stacked, ValuesStandInsideOnlyWhereTheyFit) {
  const FigureLayout layout = laid_out(samples::likert("en"), 360);
  bool any_inside = false;
  bool any_below = false;
  for (const PlacedText& text : layout.texts) {
    if (text.inside < 0)
      any_below = any_below || text.text == "7%";
    else
      any_inside = true;
  }
  EXPECT_TRUE(any_inside);
  EXPECT_TRUE(any_below);
}

TEST(HeatTable, TintGrowsWithTheValueAndMarginsHaveNone) {
  const FigureLayout layout = laid_out(samples::heat_table("en"));
  const auto cells = shapes_of(layout, ShapeKind::cell);
  ASSERT_EQ(cells.size(), 9U);
  EXPECT_LT(cells[0].paint.opacity, cells[4].paint.opacity);  // 4 and 18
  EXPECT_DOUBLE_EQ(cells[7].paint.opacity, 0.5);              // 33, the largest
  const PlacedText* margin = find_text(layout, "100%");
  ASSERT_NE(margin, nullptr);
  EXPECT_EQ(margin->inside, -1);
}

TEST(HeatTable, ANarrowOneIsListed) {
  FigureModel model = samples::heat_table("en");
  const FigureLayout layout = laid_out(model, 320);
  size_t heads = 0;
  for (const PlacedText& text : layout.texts)
    heads += text.text == "Own technology" ? 1 : 0;
  EXPECT_EQ(heads, model.categories.size());
}

TEST(Panels, ShareOneScale) {
  const FigureLayout layout = laid_out(samples::panels());
  const auto bars = shapes_of(layout, ShapeKind::bar);
  ASSERT_EQ(bars.size(), 14U);
  EXPECT_NEAR(bars[0].box.width / 57, bars[11].box.width / 92, 0.01);
}

TEST(Numbers, AsManyDotsAsPercent) {
  FigureModel model = samples::numbers();
  size_t filled = 0;
  const auto dots = shapes_of(laid_out(model), ShapeKind::dot);
  for (const PlacedShape& dot : dots)
    filled += dot.paint.tone == Tone::accent ? 1 : 0;
  EXPECT_EQ(dots.size(), 100U);
  EXPECT_EQ(filled, 63U);
}

TEST(RightToLeft, IsTheMirrorImage) {
  const FigureLayout layout = laid_out(samples::arabic());
  EXPECT_TRUE(layout.right_to_left);
  const auto bars = shapes_of(layout, ShapeKind::bar);
  EXPECT_NEAR(bars[0].box.right(), bars[1].box.right(), 0.01);
  const PlacedText* label = find_text(layout, "المصدر المفتوح");
  ASSERT_NE(label, nullptr);
  EXPECT_GT(label->box.x, bars[0].box.right());
  const PlacedText* value = find_text(layout, "9%");
  ASSERT_NE(value, nullptr);
  EXPECT_LT(value->box.right(), bars[1].box.x);
}

TEST(Layout, EmptyModelsAreSound) {
  for (const FigureKind kind : {FigureKind::bars, FigureKind::grouped_bars,
                                FigureKind::stacked_bars, FigureKind::segmented_bars,
                                FigureKind::heat_table, FigureKind::panels, FigureKind::numbers}) {
    FigureModel model = samples::model("empty", "en", kind);
    expect_sound(model, 720);
    model.categories = {{"Only a category"}, {""}};
    model.series = {{"Only a series"}};
    model.panels.resize(2);
    model.numbers.resize(2);
    expect_sound(model, 320);
  }
}

// Invented figures of every kind, with labels of 1 to 200 characters in five languages.
class Inventor {
 public:
  explicit Inventor(unsigned seed) : random_(seed) {}

  FigureModel figure() {
    static constexpr const char* tags[] = {"en", "ja", "ar", "he", "de"};
    static constexpr FigureKind kinds[] = {FigureKind::bars,         FigureKind::grouped_bars,
                                           FigureKind::stacked_bars, FigureKind::segmented_bars,
                                           FigureKind::heat_table,   FigureKind::panels,
                                           FigureKind::numbers};
    static constexpr FigureScale scales[] = {FigureScale::nominal, FigureScale::sequential,
                                             FigureScale::diverging};
    tag_ = tags[up_to(4)];
    FigureModel model = samples::model("invented", tag_, kinds[up_to(6)]);
    model.title = words(up_to(120));
    model.scale = scales[up_to(2)];
    model.unit = words(up_to(30));
    const bool several = model.kind == FigureKind::grouped_bars ||
                         model.kind == FigureKind::stacked_bars ||
                         model.kind == FigureKind::heat_table;
    model.categories = categories(several ? 2 + up_to(4) : 2 + up_to(18));
    const size_t series = several ? 2 + up_to(18) : 1;
    for (size_t s = 0; several && s < series; ++s)
      model.series.push_back({words(1 + up_to(60)), "", role(s + 1 == series)});
    const size_t style = up_to(3);
    for (size_t c = 0; c < model.categories.size(); ++c)
      model.values.push_back(row(series, style, model.kind == FigureKind::stacked_bars));
    for (size_t i = 0; model.kind == FigureKind::panels && i < 1 + up_to(5); ++i) {
      FigurePanel panel{words(1 + up_to(80)), words(up_to(20)), categories(1 + up_to(8)), {}};
      panel.values = row(panel.categories.size(), style, false);
      model.panels.push_back(panel);
    }
    for (size_t i = 0; model.kind == FigureKind::numbers && i < 1 + up_to(5); ++i)
      model.numbers.push_back({words(1 + up_to(20)),
                               words(1 + up_to(150)),
                               i % 2 == 0 ? FigurePicture::dots : FigurePicture::bars,
                               row(1 + up_to(4), style, false),
                               {words(1 + up_to(60)), "b"}});
    model.notes = {words(1 + up_to(199))};
    return model;
  }

  double width() { return static_cast<double>(320 + up_to(640)); }

 private:
  size_t up_to(size_t most) {
    return static_cast<size_t>(random_() % (static_cast<std::mt19937::result_type>(most) + 1));
  }

  std::string words(size_t length) {
    static const std::map<std::string, std::vector<std::string>> letters = {
        {"en", {"a", "e", "W", "i", "m", "-", " ", "o", "t", " ", "s"}},
        {"de", {"ä", "Straße", "n", "r", "ü", "h", "ch", " ", "e", "w"}},
        {"ja", {"生成", "の", "ー", "ッ", "。", "「", "」", "開発", "A", "、", "ア", "（"}},
        {"ar", {"ا", "ل", "م", "س", "ت", " ", "ق", "ب", "4"}},
        {"he", {"א", "ב", "ש", " ", "ל", "ם", "ה"}}};
    const std::vector<std::string>& pool = letters.at(tag_);
    std::string text;
    for (size_t i = 0; i < length; ++i)
      text += pool[up_to(pool.size() - 1)];
    return text;
  }

  FigureRole role(bool last) {
    static constexpr FigureRole roles[] = {FigureRole::normal, FigureRole::normal,
                                           FigureRole::middle, FigureRole::net,
                                           FigureRole::anchored};
    return last && up_to(1) == 1 ? FigureRole::dont_know : roles[up_to(4)];
  }

  std::vector<FigureCategory> categories(size_t count) {
    std::vector<FigureCategory> made;
    for (size_t i = 0; i < count; ++i)
      made.push_back({words(1 + up_to(199)), up_to(3) == 0 ? words(8) : "",
                      up_to(5) == 0 ? words(10) : "", role(i + 1 == count), up_to(9) == 0});
    return made;
  }

  // Style 0: all 0, 1: all 100 (or even shares), else random.
  std::vector<FigureValue> row(size_t count, size_t style, bool adds_to_100) {
    std::vector<double> values(count);
    double sum = 0;
    for (double& value : values) {
      value = style == 0 ? 0 : style == 1 ? 100 : static_cast<double>(up_to(1000)) / 10;
      sum += value;
    }
    std::vector<FigureValue> made;
    for (double value : values) {
      if (adds_to_100 && sum > 0)
        value = 100 * value / sum;
      made.push_back(samples::percent(value));
      made.back().missing = up_to(20) == 0;
      made.back().small_base = up_to(10) == 0;
      if (up_to(5) == 0)
        made.back().interval = FigureInterval{value * 0.9, value * 1.1};
    }
    return made;
  }

  std::mt19937 random_;  // its sequence is fixed by the standard
  const char* tag_ = "en";
};

TEST(Layout, InventedFiguresAreSound) {
  for (unsigned seed = 0; seed < 400; ++seed) {
    Inventor inventor(seed);
    const FigureModel model = inventor.figure();
    SCOPED_TRACE("seed " + std::to_string(seed) + ", kind " +
                 std::to_string(static_cast<int>(model.kind)) + ", " + model.language.tag());
    expect_sound(model, inventor.width());
    if (HasFailure())
      break;
  }
}

}  // namespace
}  // namespace topline
