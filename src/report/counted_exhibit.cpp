#include "report/counted_exhibit.hpp"

#include <algorithm>

#include "analysis/measure_table.hpp"
#include "engine/count.hpp"

namespace topline {

namespace {

// Options in the words of the edition: the cases carry those of the study's own language.
void translate(Table& table, const TablePlan& plan, const Codebook& codebook) {
  const Variable& stub = codebook[table.stub];
  for (StubRow& row : table.rows) {
    if (row.role == RowRole::net) {
      for (const Net& net : plan.nets)
        if (net.name == row.name)
          row.text = net.text;
    } else if (stub.kind == VariableKind::flag) {
      row.text = stub.short_text();
    } else {
      row.text = (*stub.options)[static_cast<size_t>(row.option)].text;
    }
  }
  for (BannerColumn& column : table.columns) {
    if (!column.variable.valid())
      continue;
    const Variable& banner = codebook[column.variable];
    column.text = banner.kind == VariableKind::flag
                      ? banner.short_text()
                      : (*banner.options)[static_cast<size_t>(column.option)].text;
  }
}

template <typename T>
void keep(std::vector<T>& items, const std::vector<size_t>& kept) {
  std::vector<T> result;
  for (size_t i : kept)
    result.push_back(std::move(items[i]));
  items = std::move(result);
}

bool is_missing(const Variable& variable, int option) {
  return variable.kind != VariableKind::flag && option >= 0 &&
         (*variable.options)[static_cast<size_t>(option)].missing != MissingReason::none;
}

// With `where`, an answer that nobody in the base can have given is no finding of 0 %.
void drop_excluded(Table& table, const Codebook& codebook) {
  std::vector<size_t> kept;
  for (size_t row = 0; row < table.rows.size(); ++row)
    if (table.cells[row][0].count > 0 || !is_missing(codebook[table.stub], table.rows[row].option))
      kept.push_back(row);
  keep(table.rows, kept);
  keep(table.cells, kept);
  kept = {0};
  for (size_t column = 1; column < table.columns.size(); ++column)
    if (table.bases[column].count > 0)
      kept.push_back(column);
  keep(table.columns, kept);
  keep(table.bases, kept);
  keep(table.mentions, kept);
  keep(table.not_asked, kept);
  keep(table.no_answer, kept);
  keep(table.dont_know_excluded, kept);
  keep(table.moments, kept);
  for (std::vector<Cell>& cells : table.cells)
    keep(cells, kept);
}

// Bars that are stacked, by falling share of the first option.
void sort_by_leading_option(std::vector<Table>& tables) {
  const auto leading = [](const Table& table) {
    for (size_t row = 0; row < table.rows.size(); ++row)
      if (table.rows[row].role == RowRole::option)
        return table.percent(row, 0).value_or(0);
    return 0.0;
  };
  std::stable_sort(tables.begin(), tables.end(),
                   [&](const Table& a, const Table& b) { return leading(a) > leading(b); });
}

}  // namespace

Result<CountedExhibit> count_exhibit(Exhibit exhibit, const WeighedCases& cases,
                                     const OpenStudy& study) {
  CountedExhibit counted;
  counted.exhibit = std::move(exhibit);
  const Dataset& dataset = cases.screened.dataset;
  // Letters belong to tables of columns; other exhibits show intervals.
  const bool lettered =
      study.study.sample.gives_intervals() && counted.exhibit.kind == ExhibitKind::table;
  const ColumnTests usual = lettered ? ColumnTests::bonferroni : ColumnTests::none;
  for (const TablePlan& plan : counted.exhibit.plans) {
    Table table = count_table(plan, dataset, cases.screened.valid, cases.weights);
    translate(table, plan, study.codebook());
    if (plan.where)
      drop_excluded(table, study.codebook());
    const Result<Done> measured = measure_table(plan, study.study, dataset, cases, usual, table);
    if (!measured)
      return measured.fault();
    counted.tables.push_back(std::move(table));
  }
  if (counted.exhibit.kind == ExhibitKind::stacked && counted.exhibit.text->sort == SortOrder::size)
    sort_by_leading_option(counted.tables);
  return counted;
}

}  // namespace topline
