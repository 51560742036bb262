#include "analysis/weighed_cases.hpp"

#include "analysis/weigh_sample.hpp"

namespace topline {

std::optional<WeighedCases> weigh_cases(const OpenStudy& study, const Screened& screened,
                                        size_t threads, Diagnostics& faults) {
  const int before = faults.count(Severity::error);
  WeighedCases cases{screened, study_sample(study, screened, faults), {}, nullptr, {}, threads};
  if (faults.count(Severity::error) > before)
    return std::nullopt;
  cases.weighting = weigh_sample(study, screened.dataset, cases.sample, threads, faults);
  if (faults.count(Severity::error) > before)
    return std::nullopt;
  Result<FramedDesign> framed = frame_design(cases.sample.design);
  if (!framed) {
    Diagnostic fault = framed.fault();
    fault.place = study.study.place_of("sample");
    faults.add(std::move(fault));
    return std::nullopt;
  }
  cases.framed = std::make_shared<const FramedDesign>(std::move(*framed));
  if (cases.sample.weighted) {
    cases.weights.assign(screened.dataset.rows(), 0);
    for (size_t k = 0; k < cases.sample.rows.size(); ++k) {
      if (cases.sample.counted[k] != 0)
        cases.weights[cases.sample.rows[k]] = cases.sample.design.weights[k];
    }
  }
  return cases;
}

std::string design_note(const WeighedCases& cases) {
  const DesignFrame& frame = *cases.framed->frame;
  std::string note =
      design_in_words(cases.sample.design, frame, Messages::for_language(*Language::parse("en")));
  for (const std::string& calibration : frame.calibrations)
    note += "; " + calibration;
  return note;
}

Diagnostic no_margin_of_error(const std::string& what) {
  return fault_in(
      "", "an opt-in sample without a declared model has no margin of error, and so no " + what,
      "declare `sample.model` in study.yaml if there is one that results may rest on");
}

}  // namespace topline
