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

}  // namespace topline
