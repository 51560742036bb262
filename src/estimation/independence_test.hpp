// Tests that the rows and the columns of a two-way table are independent, under a sample design.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "tabulation/sample_rows.hpp"
#include "tabulation/tally.hpp"

namespace topline {

// X² is Pearson's statistic of the estimated shares, times the number n of rows:
// n·Σ (p − p₊·p·₊)²/(p₊·p·₊). Under independence it is distributed as Σ λ·χ²₁, the λ being the
// generalized design effects (Rao and Scott 1981, J. Am. Stat. Assoc. 76, 221-230; 1984, Ann.
// Statist. 12, 46-60). d = (R − 1)(C − 1), k the design's degrees of freedom.
enum class IndependenceStatistic {
  // X²/Σλ, referred to F with d₀ = (Σλ)²/Σλ² and d₀·k degrees of freedom: Rao and Scott's second
  // order (1984, section 4) with F (Thomas and Rao 1987, J. Am. Stat. Assoc. 82, 630-636). The one
  // to use unless there is a reason not to; R's default and Stata's.
  rao_scott_f,
  // X², referred to λ̄·χ²_d: Rao and Scott's first order. Too many findings where the λ differ.
  rao_scott_chi_squared,
  // The residuals Y = N̂·(p − p₊·p·₊) of d cells, Y'V⁻¹Y/d, referred to F with d and k (Koch,
  // Freeman and Freeman 1975, Int. Stat. Rev. 43, 59-78). Far too many findings with few units.
  wald,
  // Y'V⁻¹Y·(k − d + 1)/(d·k), referred to F with d and k − d + 1 (Fellegi 1980, J. Am. Stat. Assoc.
  // 75, 261-268).
  adjusted_wald,
  // P(Σ λ·χ²₁ > X²·χ²_{d₀k}/(d₀k)): exact, but for the λ, which are estimated.
  linear_combination,
  // The same probability by the saddlepoint approximation.
  saddlepoint,
  // The score test of a column's indicators in a regression of the row's indicators by weighted
  // least squares (Lipsitz et al. 2015, Biometrics 71, 832-840). Its quadratic form is Y'V⁻¹Y; that
  // divided by d is referred to F with d and k + 2 − R − C. The survey package divides by the
  // square of the number of rows in the place of d: its p values are too large for most tables,
  // and change when rows and columns do.
  wls_score,
};

struct IndependenceTest {
  double statistic = 0;
  double numerator_df = 0;    // 0 where the statistic's distribution has none of its own
  double denominator_df = 0;  // 0: none
  double p = 1;
  std::string method;

  double pearson = 0;                  // X²
  double degrees_of_freedom = 0;       // of the design, k
  std::vector<double> design_effects;  // the λ, descending; empty for Wald tests and wls_score
  // Of the cells, n·p₊·p·₊: where they are small the distributions do not hold well (below 5, by
  // the usual rule).
  double smallest_expected = 0;
};

// The totals of rows in the cells of a table: cell (r, c) is column r·columns + c. `row_code` and
// `column_code` are inputs with codes 0, 1, …; rows with other codes are left out. Tables have the
// same tally already.
Tally cell_tally(const SampleRows& rows, size_t row_code, size_t row_count, size_t column_code,
                 size_t column_count);

// Tests independence in a table of `row_count` times `column_count` cells from its cell totals, as
// cell_tally has them. Rows and columns that nobody is in are left out. Every row of the domain
// must lie in a cell.
// Refused: tables with fewer than two rows or columns that somebody is in; a domain with rows
// outside of the cells; no degrees of freedom; a covariance that does not allow the test (Wald
// tests of more cells than sampled units, a table that does not vary); strata with a single unit
// where the design fails on them.
Result<IndependenceTest> independence_test(
    const Tally& cells, size_t row_count, size_t column_count,
    IndependenceStatistic statistic = IndependenceStatistic::rao_scott_f);

}  // namespace topline
