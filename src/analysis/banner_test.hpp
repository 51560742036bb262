// Whether a table's stub depends on its banner.
#pragma once

#include "analysis/weighed_cases.hpp"
#include "tabulation/plan.hpp"

namespace topline {

// Tests each banner variable of a counted table by itself, over the stub's options (nets apart):
// Pearson's chi-squared in a sample without design and weights, else Rao and Scott's F. Stubs and
// banner variables with several answers, numbers, and tables that allow no test have none.
void test_banner(const TablePlan& plan, const Dataset& dataset, const WeighedCases& cases,
                 Table& table);

}  // namespace topline
