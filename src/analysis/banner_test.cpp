#include "analysis/banner_test.hpp"

#include <algorithm>

#include "analysis/counted_cases.hpp"
#include "engine/column_rows.hpp"
#include "estimation/independence_test.hpp"
#include "statistics/table_tests.hpp"

namespace topline {

namespace {

// The rows and columns of a table that a test is about: options, and one banner variable.
struct Cells {
  std::vector<size_t> rows;
  std::vector<size_t> columns;
};

// Rows and columns that nobody is in are left out.
Cells cells_of(const Table& table, VariableId banner) {
  const auto some = [&](size_t row, size_t column) { return table.cells[row][column].count > 0; };
  Cells cells;
  std::vector<size_t> columns;
  for (size_t column = 0; column < table.columns.size(); ++column) {
    if (table.columns[column].variable == banner)
      columns.push_back(column);
  }
  for (size_t row = 0; row < table.rows.size(); ++row) {
    if (table.rows[row].role != RowRole::net &&
        std::any_of(columns.begin(), columns.end(),
                    [&](size_t column) { return some(row, column); }))
      cells.rows.push_back(row);
  }
  for (size_t column : columns) {
    if (std::any_of(cells.rows.begin(), cells.rows.end(),
                    [&](size_t row) { return some(row, column); }))
      cells.columns.push_back(column);
  }
  return cells;
}

std::optional<BannerTest> plain_test(const Table& table, const Cells& cells) {
  std::vector<double> counts;
  for (size_t row : cells.rows) {
    for (size_t column : cells.columns)
      counts.push_back(static_cast<double>(table.cells[row][column].count));
  }
  const Result<statistics::ChiSquaredTest> test = statistics::independence_test(
      counts, cells.columns.size(), statistics::Continuity::uncorrected);
  if (!test)
    return std::nullopt;
  BannerTest result;
  result.statistic = test->statistic;
  result.df = test->df;
  result.p = test->p;
  return result;
}

std::optional<BannerTest> design_test(const TablePlan& plan, const Dataset& dataset,
                                      const WeighedCases& cases, const Table& table,
                                      const Cells& cells) {
  const size_t size = cases.sample.rows.size();
  std::vector<double> row_code(size, -1);
  std::vector<double> column_code(size, -1);
  std::vector<uint8_t> domain(size, 0);
  each_counted_case(plan, dataset, cases, table, [&](size_t k, const TableCase& read) {
    for (size_t i = 0; i < cells.rows.size(); ++i) {
      if (read.hits[cells.rows[i]] != 0)
        row_code[k] = static_cast<double>(i);
    }
    for (size_t i = 0; i < cells.columns.size(); ++i) {
      if (std::find(read.columns.begin(), read.columns.end(), cells.columns[i]) !=
          read.columns.end())
        column_code[k] = static_cast<double>(i);
    }
    domain[k] = row_code[k] >= 0 && column_code[k] >= 0;
  });
  const std::unique_ptr<SampleRows> rows =
      column_rows(cases.sample.design, cases.framed, {row_code.data(), column_code.data()},
                  std::move(domain), cases.threads);
  const Result<IndependenceTest> test =
      independence_test(cell_tally(*rows, 0, cells.rows.size(), 1, cells.columns.size()),
                        cells.rows.size(), cells.columns.size());
  if (!test)
    return std::nullopt;
  BannerTest result;
  result.design_based = true;
  result.statistic = test->statistic;
  result.df = test->numerator_df;
  result.denominator_df = test->denominator_df;
  result.p = test->p;
  return result;
}

}  // namespace

void test_banner(const TablePlan& plan, const Dataset& dataset, const WeighedCases& cases,
                 Table& table) {
  const Codebook& codebook = dataset.codebook();
  const VariableKind stub = codebook[table.stub].kind;
  if (stub != VariableKind::single && stub != VariableKind::flag)
    return;
  for (VariableId banner : plan.banner) {
    if (codebook[banner].kind != VariableKind::single)
      continue;
    const Cells cells = cells_of(table, banner);
    if (cells.rows.size() < 2 || cells.columns.size() < 2)
      continue;
    std::optional<BannerTest> test =
        cases.plain() ? plain_test(table, cells) : design_test(plan, dataset, cases, table, cells);
    if (!test)
      continue;
    test->variable = banner;
    table.banner_tests.push_back(*test);
  }
}

}  // namespace topline
