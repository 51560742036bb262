#include "report/render_report.hpp"

#include <map>
#include <set>

#include "report/build_report.hpp"
#include "report/used_text.hpp"
#include "small_study.hpp"
#include "text/html_text.hpp"

namespace topline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// A reader of tags that is strict about what this project writes: every element is closed in
// order, attributes are quoted and given once, `<` and `&` in text are escaped.
class TagReader {
 public:
  explicit TagReader(const std::string& html) : html_(html) { read(); }

  std::vector<std::string> faults;
  std::vector<std::string> ids;
  std::vector<std::string> targets;  // of links within the page
  std::vector<std::string> labels;   // ids named by aria-labelledby
  std::map<std::string, int> elements;

 private:
  void fault(const std::string& what, size_t at) {
    faults.push_back(what + " near: " + html_.substr(at, 60));
  }

  void read() {
    static const std::set<std::string> voids = {"meta", "br", "hr"};
    std::vector<std::string> open;
    for (size_t at = 0; at < html_.size();) {
      const size_t tag = html_.find('<', at);
      check_text(at, tag == std::string::npos ? html_.size() : tag);
      if (tag == std::string::npos)
        break;
      size_t end = tag + 1;
      for (bool quoted = false; end < html_.size() && (quoted || html_[end] != '>'); ++end)
        quoted = quoted != (html_[end] == '"');
      std::string inside = html_.substr(tag + 1, end - tag - 1);
      at = end + 1;
      if (inside.empty() || inside[0] == '!')
        continue;
      if (inside[0] == '/') {
        if (open.empty() || open.back() != inside.substr(1))
          fault("</" + inside.substr(1) + "> closes " + (open.empty() ? "nothing" : open.back()),
                tag);
        else
          open.pop_back();
        continue;
      }
      const bool closed = inside.back() == '/';
      if (closed)
        inside.pop_back();
      const std::string name = inside.substr(0, inside.find(' '));
      ++elements[name];
      attributes(inside.substr(name.size()), tag);
      if (name == "style")
        at = html_.find("</style>", at);
      if (!closed && !voids.contains(name))
        open.push_back(name);
    }
    for (const std::string& name : open)
      faults.push_back("<" + name + "> is never closed");
  }

  void attributes(std::string text, size_t tag) {
    std::set<std::string> names;
    while (text.find_first_not_of(" \n") != std::string::npos) {
      text.erase(0, text.find_first_not_of(" \n"));
      const size_t equals = text.find("=\"");
      const size_t close = equals == std::string::npos ? equals : text.find('"', equals + 2);
      if (close == std::string::npos || text.substr(0, equals).find(' ') != std::string::npos) {
        fault("attribute without a quoted value", tag);
        return;
      }
      const std::string name = text.substr(0, equals);
      const std::string value = text.substr(equals + 2, close - equals - 2);
      if (!names.insert(name).second)
        fault("attribute " + name + " twice", tag);
      if (value.find('<') != std::string::npos)
        fault("< in an attribute", tag);
      if (name == "id")
        ids.push_back(value);
      if (name == "href" && value.starts_with('#'))
        targets.push_back(value.substr(1));
      if (name == "aria-labelledby")
        for (size_t from = 0; from < value.size();) {
          const size_t to = std::min(value.find(' ', from), value.size());
          labels.push_back(value.substr(from, to - from));
          from = to + 1;
        }
      text.erase(0, close + 1);
    }
  }

  void check_text(size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i)
      if (html_[i] == '&' && html_.find(';', i) > std::min(i + 8, html_.size()))
        fault("bare &", i);
  }

  const std::string& html_;
};

// All of HTML that a report may hold, once.
const char* const kReport = R"(## Foreword {{ n(Q1) }}

It's *so* & **truly** so[^why]: {{ share(Q1 == a) }} of `code <x>`, see [](#pref) and
[the table](#tab). "Quoted" 'words'.

| head | share |
| --- | ---: |
| a & b | {{ share(Q1 == a) }} |

> quoted {{ study.title }}

1. one
2. two

   second paragraph

- tight
- list

---

## Key findings

```findings
- {value: share(Q1 == a), text: "like <a> & {{ n(Q1) }} were asked", show: pref}
- {value: mean(N), text: is the mean}
```

## Figures

### Of one kind

```figure
id: pref
title: Most "like" A <first>, {{ share(Q1 == a) }}
show: Q1
note: Of <all> & more, {{ n(Q1) }}.
```

```figure
title: Segments
show: Q1
as: segments
net: a
by: S
```

```figure
id: grid
title: Grid
show: G
```

```figure
id: groups
title: Groups
show: M
as: grouped
```

```figure
id: heat
title: Heat
show: Q1
as: heat
by: S
```

```figure
id: panels
title: Panels
show: [Q1, S]
```

```table
id: tab
title: A table
show: Q1
by: S
```

[^why]: Because of {{ share(Q1 == b) }}.
)";

class RenderReport : public testing::Test {
 protected:
  RenderedReport render(const std::string& text, const std::string& tag = "en") {
    const Language language = *Language::parse(tag);
    const Document document = parse_report(text, "report/en.md", faults);
    check_report(document, small.open, faults);
    Result<FaceSet> faces = FaceSet::open(language);
    if (!faces) {
      ADD_FAILURE() << faces.fault().message;
      return {};
    }
    Result<RenderedReport> report =
        render_report(document, {small.open, language, {}}, small.cases(), *faces, faults);
    if (!report) {
      ADD_FAILURE() << report.fault().message;
      return {};
    }
    return std::move(*report);
  }

  // The page without its style sheet and fonts.
  std::string body(const std::string& text) {
    const std::string html = render(text).html;
    return html.substr(std::min(html.find("<body>"), html.size()));
  }

  SmallStudy small;
  Diagnostics faults;
};

TEST_F(RenderReport, PageIsWellFormed) {
  const std::string html = render(kReport).html;
  EXPECT_THAT(told(faults), IsEmpty());
  const TagReader tags(html);
  EXPECT_THAT(tags.faults, IsEmpty());
  const std::set<std::string> ids(tags.ids.begin(), tags.ids.end());
  EXPECT_EQ(ids.size(), tags.ids.size()) << "an id stands twice";
  for (const std::string& target : tags.targets)
    EXPECT_TRUE(ids.contains(target)) << "#" << target;
  for (const std::string& label : tags.labels)
    EXPECT_TRUE(ids.contains(label)) << label;
  EXPECT_EQ(tags.elements.at("h1"), 1);
  EXPECT_EQ(tags.elements.at("main"), 1);
  EXPECT_EQ(tags.elements.at("figure"), 7);
  EXPECT_EQ(tags.elements.at("details"), 6);  // a table needs no second one
}

TEST_F(RenderReport, NothingIsFetchedAndNothingRuns) {
  const std::string html = render(kReport).html;
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("<link")));
  EXPECT_THAT(html, Not(HasSubstr("src=\"")));
  EXPECT_THAT(html, Not(HasSubstr("@import")));
  for (size_t at = html.find("url("); at != std::string::npos; at = html.find("url(", at + 1)) {
    const std::string target = html.substr(at, 10);
    EXPECT_TRUE(target.starts_with("url(data:") || target.starts_with("url(\"data:") ||
                target.starts_with("url(#"))
        << target;
  }
}

TEST_F(RenderReport, TextsOfTheStudyAreEscaped) {
  const std::string html = body(kReport);
  EXPECT_THAT(html, HasSubstr("<h1>Small &amp; &lt;simple&gt;</h1>"));
  EXPECT_THAT(html, HasSubstr("It’s “quoted”"));
  EXPECT_THAT(html, HasSubstr("<code>code &lt;x&gt;</code>"));
  EXPECT_THAT(html, HasSubstr("A &lt;first&gt;"));
  EXPECT_THAT(html, HasSubstr("Which one do you &lt;prefer&gt;?"));
  EXPECT_THAT(html, HasSubstr("like &lt;a&gt; &amp; "));
  EXPECT_THAT(html, Not(HasSubstr("<first>")));
  EXPECT_THAT(html, Not(HasSubstr("<simple>")));
}

TEST_F(RenderReport, ProseHoldsItsNumbers) {
  const std::string html = body(kReport);
  EXPECT_THAT(html, HasSubstr("<span class=\"value\" title=\"25 / 40\">63%</span>"));
  EXPECT_THAT(html, HasSubstr("<h2 id=\"foreword-nq1\">Foreword <span class=\"value\">40</span>"));
  EXPECT_THAT(html,
              HasSubstr("<td class=\"r\"><span class=\"value\" title=\"25 / 40\">63%</span>"));
  EXPECT_THAT(html, HasSubstr("<span class=\"large\">63%</span>"));
  EXPECT_THAT(html, HasSubstr("<span class=\"large\">19.5</span>"));
  EXPECT_THAT(html, HasSubstr("<a href=\"#pref\">Figure 1</a>"));
  EXPECT_THAT(html, HasSubstr("‘words’"));
}

TEST_F(RenderReport, FiguresAreNumberedAndHaveTheirData) {
  const std::string html = body(kReport);
  EXPECT_THAT(html, HasSubstr("<span class=\"number\">Figure 2</span> Segments"));
  EXPECT_THAT(html, HasSubstr("<span class=\"number\">Table 1</span> A table"));
  EXPECT_THAT(html, HasSubstr("<summary>Show the data of Figure 1</summary>"));
  EXPECT_THAT(html, HasSubstr("<th scope=\"row\">A &lt;first&gt;</th><td>63%</td><td>25</td>"));
  EXPECT_THAT(html, HasSubstr("<th scope=\"colgroup\" colspan=\"3\">Segment</th>"));
}

TEST_F(RenderReport, NumbersGoOnFromThoseThatAreGiven) {
  const std::string figure = "```figure\ntitle: T\nshow: Q1\n";
  const std::string html =
      body(figure + "number: 2a\n```\n\n" + figure + "number: 2b\n```\n\n" + figure + "```\n");
  EXPECT_THAT(html, HasSubstr(">Figure 2a<"));
  EXPECT_THAT(html, HasSubstr(">Figure 3<"));
}

TEST_F(RenderReport, FootnotesLeadThereAndBack) {
  const std::string html = body(kReport);
  EXPECT_THAT(html, HasSubstr("id=\"note-1-back\" href=\"#note-1\">1</a></sup>"));
  EXPECT_THAT(html, HasSubstr("<li id=\"note-1\"><p>Because of"));
  EXPECT_THAT(html, HasSubstr("href=\"#note-1-back\">"));
}

TEST_F(RenderReport, EveryFigureIsAFileToo) {
  const RenderedReport report = render(kReport);
  EXPECT_TRUE(report.files.contains("figures/pref.en.svg"));
  EXPECT_TRUE(report.files.contains("figures/figure-at-2.en.csv"));
  EXPECT_FALSE(report.files.contains("figures/tab.en.svg"));
  EXPECT_TRUE(report.files.contains("figures/tab.en.csv"));
  EXPECT_THAT(report.files.at("figures/pref.en.svg"), HasSubstr("A &lt;first&gt;"));
  EXPECT_THAT(report.files.at("figures/pref.en.csv"), HasSubstr(",a,A <first>,25,40,62.5"));
}

TEST_F(RenderReport, AboutTheStudyDisclosesWhatTheCodesAskFor) {
  const std::string html = body("## A\n\nText.\n");
  small.open.study.quality = "Checked twice.";
  const std::string full = body("## A\n\nText.\n");
  for (const char* item :
       {"Collection of the data", "Sponsors", "Conducted by", "Question wording", "Population",
        "Sample design", "Mode", "Fieldwork dates", "Sample size", "Precision", "Weighting",
        "Processing and quality of the data", "Limitations", "Contact", "Licence"})
    EXPECT_THAT(full, HasSubstr("<dt>" + std::string(item) + "</dt>"));
  EXPECT_THAT(html, Not(HasSubstr("Processing and quality")));  // nothing is said, nothing stands
  EXPECT_THAT(html, HasSubstr("Opt-in sample"));
  EXPECT_THAT(html, HasSubstr("so no margin of error is given"));
  EXPECT_THAT(html, Not(HasSubstr("Response rate")));
  EXPECT_THAT(html, HasSubstr("The data are not weighted."));
  EXPECT_THAT(html, Not(HasSubstr("are invented")));
}

TEST_F(RenderReport, TheSampleDecidesTheWords) {
  small.open.study.sample.invited = 80;
  EXPECT_THAT(body("x\n"), HasSubstr("Participation rate: 50% (40 of 80)"));
  small.open.study.sample.kind = SampleKind::probability;
  const std::string probability = body("x\n");
  EXPECT_THAT(probability, HasSubstr("Response rate: 50% (40 of 80)"));
  // 1.96 · sqrt(0.25 / 40) = 15.5 points.
  EXPECT_THAT(probability, HasSubstr("margin of error is ±15.5 points"));
  EXPECT_THAT(probability, Not(HasSubstr("Participation rate")));
  small.open.study.sample.kind = SampleKind::opt_in;
  small.open.study.sample.model = SampleModel{"As if drawn.", "simple random"};
  EXPECT_THAT(body("x\n"), HasSubstr("<p>As if drawn.</p><p>Under this model the margin"));
}

TEST_F(RenderReport, InventedRespondentsAreNamedOnEveryPage) {
  small.open.study.invented = true;
  const std::string html = render("x\n").html;
  EXPECT_THAT(html, HasSubstr("<aside class=\"invented bar\""));
  EXPECT_THAT(html, HasSubstr("@bottom-left{content:\"Small & \\3c simple>  ·  The respondents"));
}

TEST_F(RenderReport, LanguagesAndDirections) {
  const std::string arabic = render("## A\n\nx\n", "ar").html;
  EXPECT_THAT(arabic, HasSubstr("<html lang=\"ar\" dir=\"rtl\">"));
  EXPECT_THAT(TagReader(arabic).faults, IsEmpty());
  const std::string japanese = render("## 章\n\n最初の行\n次の行 AI\nの話。\n", "ja").html;
  EXPECT_THAT(japanese, HasSubstr("<html lang=\"ja\" dir=\"ltr\">"));
  EXPECT_THAT(japanese, HasSubstr("<p>最初の行次の行 AIの話。</p>"));
  EXPECT_THAT(japanese, HasSubstr("line-break:strict"));
  EXPECT_THAT(japanese, HasSubstr("em{font-style:normal"));
  EXPECT_THAT(japanese, HasSubstr("<h2 id=\"about\">本調査について</h2>"));
}

TEST_F(RenderReport, TheSameInputGivesTheSameBytes) {
  EXPECT_EQ(render(kReport).html, render(kReport).html);
}

TEST_F(RenderReport, AValueOnTooSmallABaseIsAFault) {
  render("{{ share(Q1 == a | S == z) }}\n");
  EXPECT_THAT(told(faults), ElementsAre(HasSubstr("1:4 error: this value rests on 3 respondents")));
}

TEST_F(RenderReport, AllEditionsAreBuilt) {
  small.open.report_texts["en"] = kReport;
  const Result<std::vector<OutputFile>> files = build_report(small.open, small.cases(), faults);
  ASSERT_TRUE(files.ok());
  EXPECT_THAT(told(faults), IsEmpty());
  EXPECT_EQ((*files)[0].path, "report.en.html");
  EXPECT_EQ(files->size(), 1U + 6 + 7);  // six pictures, seven tables of data
}

TEST_F(RenderReport, AnEditionWithFaultsIsNotBuilt) {
  small.open.report_texts["en"] = "{{ share(Q9 == a) }}\n";
  const Result<std::vector<OutputFile>> files = build_report(small.open, small.cases(), faults);
  ASSERT_TRUE(files.ok());
  EXPECT_TRUE(faults.has_errors());
  EXPECT_EQ(faults.all()[0].place.file, "report/en.md");
  EXPECT_THAT(*files, IsEmpty());
}

TEST(HtmlText, EscapesWhatHtmlReads) {
  EXPECT_EQ(html_text("<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
}

TEST(NoteUsedText, BoldAndRegular) {
  Result<FaceSet> faces = FaceSet::open(Language());
  ASSERT_TRUE(faces.ok());
  note_used_text("<p title=\"Z\">a&lt;<strong>b</strong></p><style>q{}</style><h2>c</h2>", *faces);
  std::map<Weight, std::string> used;
  for (const FaceSet::Used& one : faces->used())
    for (char32_t c : one.characters)
      used[one.weight] += static_cast<char>(c);
  EXPECT_EQ(used[Weight::regular], "<abc");
  EXPECT_EQ(used[Weight::bold], "bc");
}

}  // namespace
}  // namespace topline
