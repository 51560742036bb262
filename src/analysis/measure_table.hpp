// The precision of a counted table's percentages, by the sample's design.
#pragma once

#include "analysis/weighed_cases.hpp"
#include "instrument/study.hpp"
#include "tabulation/plan.hpp"

namespace topline {

// Gives the cells of `table`, which `plan` was counted to, their standard errors and confidence
// intervals at the study's level: Wilson's for a sample without design and weights, else those of a
// ratio under the design, by its logit, with Student's t and the degrees of freedom that the design
// has in the cell's base. Rows and columns of the table may have been sorted or dropped.
// Nothing is done for samples without margin of error (Sample::gives_intervals) and for percentages
// of mentions, of which one respondent may have several. Cells on an empty base, or on one without
// degrees of freedom, are left as they are. Refused where the design is (strata with a single
// unit). `dataset` has the codes of `cases`, in any language.
Result<Done> measure_table(const TablePlan& plan, const Study& study, const Dataset& dataset,
                           const WeighedCases& cases, Table& table);

}  // namespace topline
