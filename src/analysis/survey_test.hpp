// Tests of hypotheses over the cases of a study, with what the sample's design says about them.
#pragma once

#include "analysis/result_table.hpp"
#include "analysis/test_request.hpp"
#include "analysis/weighed_cases.hpp"

namespace topline {

// Cases that lack one of the answers, or gave one that is no opinion, are left out. A sample
// without design and weights gets the classical test of simple samples where there is one, any
// other the tests of estimation. `level` is that of intervals, a fraction such as 0.95.
// Refused for samples without margin of error (Sample::gives_intervals), alpha and kappa apart, and
// where the statistic refuses, with its reason.
Result<ResultTables> survey_test(const TestRequest& request, const OpenStudy& study,
                                 const WeighedCases& cases, double level);

}  // namespace topline
