#include "analysis/typical_precision.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/measure_table.hpp"
#include "engine/column_rows.hpp"
#include "engine/count.hpp"
#include "estimation/means.hpp"
#include "estimation/share_interval.hpp"

namespace topline {

namespace {

// Design effects summed over the shares of a table's first column.
struct Effects {
  double sum = 0;
  int64_t shares = 0;

  void add(const Table& table, int64_t least_base) {
    for (size_t row = 0; row < table.rows.size(); ++row) {
      const std::optional<double> percent = table.percent(row, 0);
      const std::optional<Precision>& precision = table.cells[row][0].precision;
      const int64_t base = table.share(row, 0).base;
      if (table.rows[row].role == RowRole::net || !percent || !precision || base < 2 ||
          base < least_base || *percent <= 0 || *percent >= 100)
        continue;
      const double simple = *percent * (100 - *percent) / static_cast<double>(base - 1);
      sum += precision->standard_error * precision->standard_error / simple;
      ++shares;
    }
  }
};

}  // namespace

Result<std::optional<TypicalPrecision>> typical_precision(const OpenStudy& study,
                                                          const WeighedCases& cases) {
  TypicalPrecision result;
  result.n = cases.screened.ledger.complete;
  const std::optional<double> simple = margin_of_error(result.n, study.study);
  if (!simple)
    return std::optional<TypicalPrecision>();
  result.margin = *simple;
  if (cases.plain())
    return std::optional(result);
  Effects effects;
  const Dataset& dataset = cases.screened.dataset;
  for (const TablePlan& plan : frequency_deck(study.tables, study.codebook())) {
    Table table = count_table(plan, dataset, cases.screened.valid, cases.weights);
    const Result<Done> measured =
        measure_table(plan, study.study, dataset, cases, ColumnTests::none, table);
    if (!measured)
      return measured.fault();
    effects.add(table, study.study.suppress_below);
  }
  const double degrees =
      column_rows(cases.sample.design, cases.framed, {}, cases.sample.counted, cases.threads)
          ->size()
          .degrees_of_freedom;
  if (effects.shares == 0 || !(degrees > 0))
    return std::optional<TypicalPrecision>();
  result.design_effect = effects.sum / static_cast<double>(effects.shares);
  result.margin = 100 *
                  two_sided_quantile(study.study.confidence / 100, degrees, Reference::student) *
                  std::sqrt(result.design_effect * 0.25 / static_cast<double>(result.n));
  return std::optional(result);
}

}  // namespace topline
