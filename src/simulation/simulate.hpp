// Invented respondents: they walk the questionnaire's own routing, and tabulated they give every
// number of targets.yaml exactly as printed.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/diagnostic.hpp"
#include "dataset/dataset.hpp"
#include "simulation/targets.hpp"
#include "study/open_study.hpp"

namespace topline {

// A target and what the invented respondents give, counted by screening and tabulation.
struct MetTarget {
  size_t target = 0;  // position in Targets::all
  int64_t hits = 0;   // cases for whom the condition holds
  int64_t base = 0;   // cases for whom it is known
};

struct Simulated {
  Dataset raw;  // as they would come from the fieldwork: those who do not count included
  std::vector<MetTarget> met;
  int64_t started = 0;
  int64_t valid = 0;
  int64_t complete = 0;
};

// Respondents of `study` that meet `targets`, which must have been read without faults. The same
// seed gives the same respondents on every machine. Nothing is returned when the targets
// contradict one another or the questionnaire (each smallest set of targets that cannot hold
// together is one error in `faults`), or when no respondents that meet them were found.
std::optional<Simulated> simulate(const OpenStudy& study, const Targets& targets, uint64_t seed,
                                  Diagnostics& faults);

// `cases` respondents who give plausible answers, and meet no targets: a few are screened out
// or leave early, as in any fieldwork. `targets` lend their phrases, and how often each option
// is taken.
Simulated simulate_freely(const OpenStudy& study, const Targets& targets, int64_t cases,
                          uint64_t seed);

}  // namespace topline
