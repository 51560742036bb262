// What weighting did, and the weights as CSV.
#pragma once

#include <string>

#include "analysis/result_table.hpp"
#include "analysis/study_sample.hpp"
#include "analysis/weigh_sample.hpp"

namespace topline {

// The weights before and after each step with their range, coefficient of variation, design effect
// (Kish) and effective size; each margin's and class's categories before, in the population and
// after the last step; how far each step converged and how it moved weights.
ResultTables weighting_results(const SampleWeighting& weighting);

// Columns id, weight: the cases that count, in the order of the responses.
std::string weights_csv(const SampleWeighting& weighting, const StudySample& sample,
                        const Dataset& dataset);

}  // namespace topline
