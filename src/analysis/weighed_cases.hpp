// The cases that count with what each of them weighs, and the design that says how far their
// results can be trusted: what tables, figures and reports are made of.
#pragma once

#include <memory>
#include <optional>

#include "analysis/weigh_sample.hpp"
#include "dataset/aggregate.hpp"

namespace topline {

struct WeighedCases {
  const Screened& screened;
  StudySample sample;
  RowWeights weights;  // by row of the dataset; empty where the study declares no weights
  std::shared_ptr<const FramedDesign> framed;
  SampleWeighting weighting;  // what the steps of processing.yaml did
  size_t threads = 1;

  // Neither design nor weights: every respondent a unit by itself.
  [[nodiscard]] bool plain() const { return sample.plain(); }
};

// Draws up the sample that study.yaml declares and weighs it as processing.yaml says. Nothing, and
// told faults, where study_sample, weigh_sample or frame_design find some. `screened` must outlive
// the result.
std::optional<WeighedCases> weigh_cases(const OpenStudy& study, const Screened& screened,
                                        size_t threads, Diagnostics& faults);

// The design and what the weights were calibrated to, in English words.
std::string design_note(const WeighedCases& cases);

// The fault of a sample that no `what` ("tests") can be had from: Sample::gives_intervals.
Diagnostic no_margin_of_error(const std::string& what);

}  // namespace topline
