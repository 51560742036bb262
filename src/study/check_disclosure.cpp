#include <algorithm>

#include "study/check_parts.hpp"

namespace topline {

namespace {

// The disclosure items of AAPOR's Transparency Initiative that only the authors can tell. The
// instrument, sample sizes and screening are printed from the study itself.
void check_items(const Study& study, Diagnostics& faults) {
  const auto want = [&](bool given, const std::string& entry, const std::string& what,
                        const std::string& hint) {
    if (!given && (entry == "sample" || !study.places.contains(entry)))
      faults.warning(study.place_of(entry), "study.yaml does not say " + what,
                     hint + " (one of AAPOR's disclosure items)");
  };
  want(!study.publisher.empty(), "publisher", "who conducts the study", "add `publisher:`");
  want(!study.sponsors.empty(), "sponsors", "who paid for the study", "add `sponsors: [...]`");
  want(!study.population.empty(), "population", "whom the results speak of", "add `population:`");
  want(!study.fieldwork_from.empty() && !study.fieldwork_to.empty(), "fieldwork",
       "when the questions were asked", "add `fieldwork: {from: 2023-09-04, to: 2023-10-20}`");
  want(!study.mode.empty(), "mode", "how the questions were asked",
       "add `mode:`, such as online self-completion");
  want(!study.sample.frame.empty() || !study.sample.sources.empty(), "sample",
       "how respondents were found", "add `frame:` or `sources:` to `sample`");
  want(!study.quality.empty(), "quality", "how the data were checked", "add `quality:`");
  want(!study.limitations.empty(), "limitations", "what the results cannot show",
       "add `limitations:`");
  want(!study.contact.empty(), "contact", "whom readers can ask", "add `contact:`");
}

void check_sample(const OpenStudy& study, Diagnostics& faults) {
  const Sample& sample = study.study.sample;
  if (sample.kind == SampleKind::probability && sample.model)
    faults.warning(study.study.place_of("sample.model"),
                   "a probability sample needs no declared model",
                   "its intervals follow from the design; remove `model:`, or write "
                   "`kind: opt-in`");
  const Codebook& codebook = study.questionnaire.codebook;
  const VariableId source = codebook.find("source");
  if (!source.valid() || codebook[source].kind != VariableKind::single)
    return;
  std::vector<std::string> names;
  for (const Option& option : *codebook[source].options)
    names.push_back(option.name);
  for (const NamedText& text : sample.sources) {
    if (std::find(names.begin(), names.end(), text.name) == names.end()) {
      const std::string near = did_you_mean(text.name, names);
      faults.warning(text.place, "`" + text.name + "` is no option of the hidden variable `source`",
                     near.empty() ? "give both the same names, so that cases can be counted by "
                                    "source"
                                  : near);
    }
  }
}

}  // namespace

void check_disclosure(const OpenStudy& study, Diagnostics& faults) {
  if (!study.files.contains("study.yaml"))
    return;
  check_items(study.study, faults);
  check_sample(study, faults);
}

}  // namespace topline
