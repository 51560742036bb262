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
// There are none for samples without margin of error (Sample::gives_intervals) and for percentages
// of mentions, of which one respondent may have several. Cells on an empty base, or on one without
// degrees of freedom, are left as they are.
// Columns of column percentages are compared as the plan says, or `usual` where it does not say
// (see analysis/column_tests.hpp): by the pooled z of shares and Welch's t of means in a sample
// without design and weights, else by t of the design with its degrees of freedom less one. With a
// margin of error each banner variable is tested as a whole, too: Pearson's chi-squared, or Rao and
// Scott's F. Refused where the design is (strata with a single unit). `dataset` has the codes of
// `cases`, in any language.
Result<Done> measure_table(const TablePlan& plan, const Study& study, const Dataset& dataset,
                           const WeighedCases& cases, ColumnTests usual, Table& table);

}  // namespace topline
