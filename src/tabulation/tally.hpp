// The sums that an engine hands over, with what their variance needs; never rows.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "design/design_frame.hpp"

namespace topline {

// How large the domain is that a tally was made of.
struct DomainSize {
  int64_t n = 0;                  // rows with a weight other than 0
  double weight = 0;              // Σw
  double weight_squares = 0;      // Σw²
  double degrees_of_freedom = 0;  // of the design within the domain

  // (Σw)² / Σw²  (Kish 1965, Survey Sampling, section 11.7)
  [[nodiscard]] double effective_base() const {
    return weight_squares > 0 ? weight * weight / weight_squares : 0;
  }
};

// First and second moments within one stratum, where every row is a unit.
struct StratumMoments {
  std::vector<double> first;   // Σ w·x, by column
  std::vector<double> second;  // Σ (w·x)(w·x)', columns × columns
  int64_t present = 0;         // rows of the domain
};

// Weighted totals of `columns` measures over a domain, along one of three variance axes:
// the units of the design's last stage, moments by stratum, or replicates. For calibrated
// designs unit sums and moments are those of the residuals on the auxiliaries; totals are not.
struct Tally {
  std::shared_ptr<const DesignFrame> frame;
  size_t columns = 0;
  DomainSize size;
  std::vector<double> totals;

  std::vector<double> unit_sums;        // units of the last stage × columns
  std::vector<uint8_t> unit_present;    // by unit of the last stage: 1 if the domain has rows in it
  std::vector<StratumMoments> moments;  // by stratum
  std::vector<double> replicate_totals;  // replicates × columns
};

}  // namespace topline
