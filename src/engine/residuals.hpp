// What the auxiliaries of a calibration leave unexplained of measures.
#pragma once

#include <vector>

#include "design/sample_design.hpp"

namespace topline {

// Replaces `measures` (one column of rows after the other, 0 outside the domain) by their
// residuals on the calibration's auxiliaries, under its regression weights: that is what varies
// after calibration (Deville and Särndal 1992, J. Am. Stat. Assoc. 87, equation 3.4). Margins
// are swept in turn until nothing moves.
void leave_residuals(const CalibrationRows& calibration, std::vector<double>& measures,
                     size_t columns);

}  // namespace topline
