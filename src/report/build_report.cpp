#include "report/build_report.hpp"

#include "report/check_report.hpp"
#include "report/render_report.hpp"

namespace topline {

Result<std::vector<OutputFile>> build_report(const OpenStudy& study, const WeighedCases& cases,
                                             Diagnostics& faults) {
  std::vector<OutputFile> outputs;
  std::vector<Language> editions;
  std::vector<std::string> tags;  // of the editions, as study.yaml writes them
  for (const std::string& tag : study.study.languages) {
    if (!study.report_texts.contains(tag))
      continue;
    const Result<Language> language = Language::parse(tag, study.study.place);
    if (!language) {
      faults.add(language.fault());
      continue;
    }
    editions.push_back(*language);
    tags.push_back(tag);
  }
  for (size_t i = 0; i < editions.size(); ++i) {
    const Language& language = editions[i];
    Diagnostics own;
    const OpenStudy translated = in_language(study, tags[i], own);
    const Document document =
        parse_report(study.report_texts.at(tags[i]), "report/" + tags[i] + ".md", own);
    check_report(document, translated, own);
    const bool sound = !own.has_errors();
    faults.append(std::move(own));
    if (!sound)
      continue;
    std::vector<Language> others;
    for (const Language& other : editions)
      if (other != language)
        others.push_back(other);
    Result<FaceSet> faces = FaceSet::open(language);
    if (!faces)
      return faces.fault();
    Result<RenderedReport> report =
        render_report(document, {translated, language, others}, cases, *faces, faults);
    if (!report)
      return report.fault();
    outputs.push_back({"report." + language.tag() + ".html", std::move(report->html)});
    for (auto& [path, bytes] : report->files)
      outputs.push_back({path, std::move(bytes)});
  }
  return outputs;
}

}  // namespace topline
