// Figures with invented numbers in the shapes that a report has, for the tests of this folder.
#pragma once

#include <string>
#include <vector>

#include "figure/figure_model.hpp"

namespace topline::samples {

inline Language language(const char* tag) {
  return Language::parse(tag).value();
}

inline FigureValue percent(double value) {
  return {value, std::to_string(static_cast<int>(value + 0.5)) + "%", false, false, std::nullopt};
}

inline FigureModel model(const char* id, const char* tag, FigureKind kind) {
  FigureModel figure;
  figure.id = id;
  figure.language = language(tag);
  figure.kind = kind;
  figure.title = "Sample figure " + std::string(id);
  return figure;
}

inline FigureModel bars() {
  FigureModel figure = model("areas", "en", FigureKind::bars);
  figure.title = "Quality assurance and testing lead the areas of use";
  figure.categories = {{"Software quality assurance"},
                       {"Software testing"},
                       {"Writing and keeping up documentation for users and developers"},
                       {"Cybersecurity"},
                       {"Software development"},
                       {"Supply chain"},
                       {"Other, please specify", "", "", FigureRole::anchored},
                       {"Don't know or not sure", "", "", FigureRole::dont_know}};
  for (const double value : {35.2, 34.4, 33.9, 31.0, 29.2, 8.0, 0.4, 4.0})
    figure.values.push_back({percent(value)});
  figure.values[6][0].label = "<1%";
  figure.values[3][0].interval = FigureInterval{25.8, 36.2};
  figure.values[5][0].small_base = true;
  figure.notes = {"Q12. In which areas do you expect to develop or use generative AI?",
                  "Base: all respondents (n = 280). Several answers possible."};
  return figure;
}

inline FigureModel japanese_bars() {
  FigureModel figure = model("areas-ja", "ja", FigureKind::bars);
  figure.title = "活用が見込まれる分野は品質保証とテスト";
  figure.categories = {{"ソフトウェアの品質保証", "", "開発", FigureRole::normal, true},
                       {"ソフトウェアのテスト", "", "開発"},
                       {"利用者および開発者向けドキュメントの作成と継続的な更新", "", "開発"},
                       {"サイバーセキュリティー", "", "運用"},
                       {"サプライチェーンの最適化", "n = 72", "運用"},
                       {"その他", "", "", FigureRole::anchored},
                       {"わからない", "", "", FigureRole::dont_know}};
  for (const double value : {35, 34, 34, 31, 29, 1, 4})
    figure.values.push_back({percent(value)});
  figure.notes = {"設問12：生成AIをどの分野で開発または利用すると考えますか（複数回答可）。",
                  "回答者ベース：全回答者（n = 280）"};
  return figure;
}

inline FigureModel grouped_bars() {
  FigureModel figure = model("grouped", "en", FigureKind::grouped_bars);
  figure.series = {{"End user organizations", "n = 142"}, {"IT vendors", "n = 97"}};
  figure.categories = {{"Open source"}, {"Proprietary"}, {"Both equally"}, {"No preference"}};
  const double values[][2] = {{34, 50}, {10, 8}, {27, 17}, {29, 25}};
  for (const auto& row : values)
    figure.values.push_back({percent(row[0]), percent(row[1])});
  return figure;
}

inline FigureModel grid() {
  FigureModel figure = model("grid", "en", FigureKind::stacked_bars);
  figure.series = {{"Open source"},
                   {"Proprietary"},
                   {"No difference"},
                   {"Don't know", "", FigureRole::dont_know}};
  figure.categories = {{"Access to diverse data and models"},
                       {"Transparency and reproducibility"},
                       {"Cost and budget"},
                       {"Adoption and accessibility"}};
  const double values[][4] = {{42, 35, 20, 3}, {42, 30, 25, 3}, {41, 32, 22, 5}, {38, 36, 25, 1}};
  for (const auto& row : values) {
    figure.values.emplace_back();
    for (const double value : row)
      figure.values.back().push_back(percent(value));
  }
  return figure;
}

inline FigureModel likert(const char* tag) {
  const bool ja = std::string(tag) == "ja";
  FigureModel figure = model(ja ? "likert-ja" : "likert", tag, FigureKind::stacked_bars);
  figure.scale = FigureScale::diverging;
  if (ja) {
    figure.series = {
        {"強く同意する"}, {"同意する"},           {"どちらともいえない", "", FigureRole::middle},
        {"同意しない"},   {"まったく同意しない"}, {"わからない", "", FigureRole::dont_know}};
    figure.categories = {{"オープンソースはデータの管理と透明性を向上させる"},
                         {"ベンダーに依存せずに済む"},
                         {"長期的な持続可能性がある"}};
  } else {
    figure.series = {{"Strongly agree"},
                     {"Agree"},
                     {"Neither agree nor disagree", "", FigureRole::middle},
                     {"Disagree"},
                     {"Strongly disagree"},
                     {"Don't know", "", FigureRole::dont_know}};
    figure.categories = {{"Open source improves data control and transparency"},
                         {"It frees us from a single vendor"},
                         {"It will be there in the long term"}};
  }
  const double values[][6] = {
      {29, 40, 18, 7, 3, 3}, {22, 31, 25, 12, 6, 4}, {12, 25, 30, 18, 9, 6}};
  for (const auto& row : values) {
    figure.values.emplace_back();
    for (const double value : row)
      figure.values.back().push_back(percent(value));
  }
  return figure;
}

inline FigureModel sequential() {
  FigureModel figure = model("importance", "en", FigureKind::stacked_bars);
  figure.scale = FigureScale::sequential;
  figure.series = {{"Extremely important"},  {"Very important"},
                   {"Moderately important"}, {"Slightly important"},
                   {"Not at all important"}, {"Don't know", "", FigureRole::dont_know}};
  figure.categories = {{"All respondents", "n = 280", "", FigureRole::total},
                       {"Own technology", "n = 72"},
                       {"Ready-made with little customization", "n = 33"}};
  const double values[][6] = {{28, 35, 20, 9, 6, 2}, {51, 37, 8, 2, 1, 1}, {15, 24, 33, 15, 9, 4}};
  for (const auto& row : values) {
    figure.values.emplace_back();
    for (const double value : row)
      figure.values.back().push_back(percent(value));
  }
  return figure;
}

inline FigureModel segments() {
  FigureModel figure = model("segments", "en", FigureKind::segmented_bars);
  figure.categories = {{"All", "n = 247", "", FigureRole::total},
                       {"Own technology", "n = 72"},
                       {"Extensive customization", "n = 142"},
                       {"Ready-made with little customization", "n = 33"}};
  for (const double value : {63, 71, 62, 48})
    figure.values.push_back({percent(value)});
  figure.values[3][0].small_base = true;
  return figure;
}

inline FigureModel heat_table(const char* tag) {
  const bool ja = std::string(tag) == "ja";
  FigureModel figure = model(ja ? "heat-ja" : "heat", tag, FigureKind::heat_table);
  figure.unit = ja ? "全件に占める割合（％）" : "percent of all cases";
  if (ja) {
    figure.series = {{"ほぼそのまま利用"},
                     {"大幅にカスタマイズ"},
                     {"自社技術"},
                     {"行計", "", FigureRole::total}};
    figure.categories = {{"社内業務の改善"},
                         {"提供中の製品・サービスへの組み込み"},
                         {"新しい製品・サービスの創出"},
                         {"列計", "", "", FigureRole::total}};
  } else {
    figure.series = {{"Ready-made with little customization"},
                     {"Extensive customization"},
                     {"Own technology"},
                     {"Row total", "", FigureRole::total}};
    figure.categories = {{"Improve internal processes"},
                         {"Embed in products or services on offer"},
                         {"Create new products or services"},
                         {"Column total", "", "", FigureRole::total}};
  }
  const double values[][4] = {{4, 7, 5, 16}, {6, 18, 6, 29}, {3, 33, 19, 55}, {13, 57, 30, 100}};
  for (const auto& row : values) {
    figure.values.emplace_back();
    for (const double value : row)
      figure.values.back().push_back(percent(value));
  }
  return figure;
}

inline FigurePanel panel(const char* title, std::vector<FigureCategory> categories,
                         const std::vector<double>& values) {
  FigurePanel made{title, "n = 284", std::move(categories), {}};
  for (const double value : values)
    made.values.push_back(percent(value));
  return made;
}

inline FigureModel panels() {
  FigureModel figure = model("demographics", "en", FigureKind::panels);
  figure.panels = {
      panel("Kind of organization",
            {{"End user"},
             {"IT vendor or service provider"},
             {"Other", "", "", FigureRole::anchored}},
            {57, 39, 4}),
      panel("Employees", {{"1 to 999"}, {"1,000 to 9,999"}, {"10,000 or more"}}, {29, 47, 24}),
      panel("Role",
            {{"AI or machine learning engineer"},
             {"Senior or executive manager outside IT"},
             {"IT manager"},
             {"Data scientist"},
             {"Other", "", "", FigureRole::anchored}},
            {31, 20, 17, 13, 19}),
      panel("Headquarters", {{"United States or Canada"}, {"Europe"}, {"Asia"}}, {92, 5, 3})};
  return figure;
}

inline FigureModel numbers() {
  FigureModel figure = model("key", "en", FigureKind::numbers);
  FigureNumber first{"63%",
                     "say that generative AI is extremely or very important to the future of "
                     "their company",
                     FigurePicture::dots,
                     {percent(63)},
                     {}};
  FigureNumber second{"41%",
                      "prefer open source technology, four times as many as prefer proprietary",
                      FigurePicture::bars,
                      {percent(41), percent(9)},
                      {"Open source", "Proprietary"}};
  FigureNumber third{"7 in 10",
                     "of those who build their own are concerned about openness",
                     FigurePicture::none,
                     {},
                     {}};
  figure.numbers = {first, second, third};
  return figure;
}

inline FigureModel arabic() {
  FigureModel figure = model("rtl", "ar", FigureKind::bars);
  figure.categories = {{"المصدر المفتوح"},
                       {"البرمجيات الاحتكارية"},
                       {"كلاهما بالتساوي"},
                       {"لا أعرف", "", "", FigureRole::dont_know}};
  for (const double value : {41, 9, 22, 28})
    figure.values.push_back({percent(value)});
  return figure;
}

inline std::vector<FigureModel> all() {
  return {bars(),       japanese_bars(), grouped_bars(), grid(),           likert("en"),
          likert("ja"), sequential(),    segments(),     heat_table("en"), heat_table("ja"),
          panels(),     numbers(),       arabic()};
}

}  // namespace topline::samples
