#include "estimation/independence_test.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Dense>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "estimation/estimates.hpp"
#include "estimation/hypothesis_test.hpp"
#include "statistics/distributions.hpp"
#include "statistics/quadratic_form.hpp"

namespace topline {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// The part of a table that somebody is in. Cells are numbered row by row.
struct Table {
  Index rows = 0;
  Index columns = 0;
  MatrixXd select;  // cells of this table × columns of the tally
  VectorXd totals;
  VectorXd row_totals;
  VectorXd column_totals;
  double all = 0;
  double n = 0;  // rows of the sample

  [[nodiscard]] Index cell(Index row, Index column) const { return row * columns + column; }
  [[nodiscard]] double freedom() const {
    return static_cast<double>(rows - 1) * static_cast<double>(columns - 1);
  }
  [[nodiscard]] double expected(Index row, Index column) const {
    return row_totals(row) * column_totals(column) / all;
  }
};

// Positions with a total above 0.
std::vector<Index> occupied(const VectorXd& totals) {
  std::vector<Index> positions;
  for (Index i = 0; i < totals.size(); ++i) {
    if (totals(i) > 0)
      positions.push_back(i);
  }
  return positions;
}

Result<Table> occupied_table(const Tally& tally, size_t row_count, size_t column_count) {
  if (row_count * column_count != tally.columns)
    return fault_in("", "the tally is not one of a table with " + std::to_string(row_count) +
                            " rows and " + std::to_string(column_count) + " columns");
  using RowMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Eigen::Map<const RowMatrix> cells(tally.totals.data(), static_cast<Index>(row_count),
                                          static_cast<Index>(column_count));
  Table table;
  table.all = cells.sum();
  table.n = static_cast<double>(tally.size.n);
  if (!(table.all > 0))
    return fault_in("", "nobody is in this table, so that there is nothing to test");
  if (std::abs(table.all - tally.size.weight) > 1e-9 * tally.size.weight)
    return fault_in("", "some rows of the base lie in no cell of the table",
                    "restrict the base to those who answered both questions");
  const std::vector<Index> rows = occupied(cells.rowwise().sum());
  const std::vector<Index> columns = occupied(cells.colwise().sum().transpose());
  if (rows.size() < 2 || columns.size() < 2)
    return fault_in("",
                    std::string("all of this table lies in one ") +
                        (rows.size() < 2 ? "row" : "column") +
                        ", so that there is no association to be tested",
                    "choose a question that not everybody answered alike");
  table.rows = static_cast<Index>(rows.size());
  table.columns = static_cast<Index>(columns.size());
  table.select = MatrixXd::Zero(table.rows * table.columns, static_cast<Index>(tally.columns));
  table.totals.resize(table.rows * table.columns);
  table.row_totals = VectorXd::Zero(table.rows);
  table.column_totals = VectorXd::Zero(table.columns);
  for (Index r = 0; r < table.rows; ++r) {
    for (Index c = 0; c < table.columns; ++c) {
      const Index from_row = rows[static_cast<size_t>(r)];
      const Index from_column = columns[static_cast<size_t>(c)];
      const double total = cells(from_row, from_column);
      table.select(table.cell(r, c), from_row * cells.cols() + from_column) = 1;
      table.totals(table.cell(r, c)) = total;
      table.row_totals(r) += total;
      table.column_totals(c) += total;
    }
  }
  return table;
}

double pearson_statistic(const Table& table) {
  double sum = 0;
  for (Index r = 0; r < table.rows; ++r) {
    for (Index c = 0; c < table.columns; ++c) {
      const double expected = table.expected(r, c);
      const double residual = table.totals(table.cell(r, c)) - expected;
      sum += residual * residual / expected;
    }
  }
  return sum * table.n / table.all;
}

// Orthonormal contrasts of `count` categories (Helmert's), a column each.
MatrixXd helmert(Index count) {
  MatrixXd contrasts = MatrixXd::Zero(count, count - 1);
  for (Index j = 1; j < count; ++j) {
    const auto before = static_cast<double>(j);
    const double scale = 1 / std::sqrt(before * (before + 1));
    contrasts.col(j - 1).head(j).setConstant(scale);
    contrasts(j, j - 1) = -before * scale;
  }
  return contrasts;
}

// Contrasts of cells that no sum of row and column effects shows: their interactions.
MatrixXd interactions(const Table& table) {
  const MatrixXd rows = helmert(table.rows);
  const MatrixXd columns = helmert(table.columns);
  MatrixXd contrasts(table.rows * table.columns, rows.cols() * columns.cols());
  for (Index r = 0; r < table.rows; ++r) {
    for (Index c = 0; c < table.columns; ++c) {
      for (Index i = 0; i < rows.cols(); ++i)
        contrasts.row(table.cell(r, c)).segment(i * columns.cols(), columns.cols()) =
            rows(r, i) * columns.row(c);
    }
  }
  return contrasts;
}

// The generalized design effects: eigenvalues of (Q'D⁻¹Q/n)⁻¹ Q'D⁻¹VD⁻¹Q, with Q the interactions,
// D the shares of cells and V their covariance. Empty cells have 0 in D⁻¹, as in R.
Result<VectorXd> design_effects(const Tally& tally, const Table& table) {
  const MatrixXd contrasts = interactions(table);
  VectorXd inverse(table.totals.size());
  for (Index i = 0; i < inverse.size(); ++i)
    inverse(i) = table.totals(i) > 0 ? table.all / table.totals(i) : 0;
  const MatrixXd scaled = contrasts.transpose() * inverse.asDiagonal();
  const Result<Estimates> effects =
      estimate(tally, {[&](const VectorXd& t) -> VectorXd {
                         const VectorXd cells = table.select * t;
                         return scaled * cells / cells.sum();
                       },
                       [&](const VectorXd&) -> MatrixXd {
                         const Index cells = table.totals.size();
                         return scaled *
                                (MatrixXd::Identity(cells, cells) -
                                 table.totals / table.all * VectorXd::Ones(cells).transpose()) /
                                table.all * table.select;
                       }});
  if (!effects)
    return effects.fault();
  const Eigen::LLT<MatrixXd> simple(scaled * contrasts / table.n);
  if (simple.info() != Eigen::Success ||
      !(MatrixXd(simple.matrixL()).diagonal().minCoeff() > 1e-8) ||
      !effects->covariance.allFinite())
    return fault_in("", "too many cells of this table are empty for a test of independence",
                    "put options together, or leave out those that hardly anybody took");
  const MatrixXd half = simple.matrixL().solve(effects->covariance);
  const MatrixXd relative = simple.matrixL().solve(half.transpose());
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver((relative + relative.transpose()) / 2,
                                                       Eigen::EigenvaluesOnly);
  const VectorXd lambda = solver.eigenvalues().reverse();
  if (!(lambda(0) > 1e-20))
    return fault_in("", "the sample does not vary, so that this table cannot be tested",
                    "nothing is to be tested where everybody was asked");
  // What rounding leaves where units or replicates are fewer than contrasts.
  return VectorXd((lambda.array() > 1e-13 * lambda(0)).select(lambda, 0));
}

// Y = T − T₊·T·₊/T₊₊ of the cells but the first row and column, with their covariance.
Result<double> residual_chi_squared(const Tally& tally, const Table& table) {
  std::vector<std::pair<Index, Index>> cells;
  for (Index r = 1; r < table.rows; ++r) {
    for (Index c = 1; c < table.columns; ++c)
      cells.emplace_back(r, c);
  }
  const auto count = static_cast<Index>(cells.size());
  VectorXd residual(count);
  MatrixXd derivative(count, table.totals.size());
  for (Index i = 0; i < count; ++i) {
    const auto [row, column] = cells[static_cast<size_t>(i)];
    residual(i) = table.totals(table.cell(row, column)) - table.expected(row, column);
    const double row_share = table.row_totals(row) / table.all;
    const double column_share = table.column_totals(column) / table.all;
    for (Index r = 0; r < table.rows; ++r) {
      for (Index c = 0; c < table.columns; ++c)
        derivative(i, table.cell(r, c)) =
            ((r == row ? 1 : 0) - row_share) * ((c == column ? 1 : 0) - column_share);
    }
  }
  MatrixXd weights = derivative * table.select;
  const Result<Estimates> linear =
      estimate(tally, {[&](const VectorXd& t) -> VectorXd { return weights * t; },
                       [&](const VectorXd&) -> MatrixXd { return weights; }});
  if (!linear)
    return linear.fault();
  return wald_chi_squared(residual, linear->covariance);
}

bool is_wald(IndependenceStatistic statistic) {
  return statistic == IndependenceStatistic::wald ||
         statistic == IndependenceStatistic::adjusted_wald ||
         statistic == IndependenceStatistic::wls_score;
}

Result<IndependenceTest> residual_test(const Tally& tally, const Table& table,
                                       IndependenceStatistic statistic, IndependenceTest test) {
  const double above = table.freedom();
  double below = test.degrees_of_freedom;
  if (statistic == IndependenceStatistic::adjusted_wald)
    below += 1 - above;
  if (statistic == IndependenceStatistic::wls_score)
    below += 2 - static_cast<double>(table.rows + table.columns);
  if (!(below > 0))
    return fault_in("", "the design leaves no degrees of freedom for this test of independence",
                    "use Rao and Scott's test, or put options together");
  const Result<double> chi_squared = residual_chi_squared(tally, table);
  if (!chi_squared)
    return chi_squared.fault();
  test.statistic = *chi_squared / above;
  test.method = "Wald test of independence";
  if (statistic == IndependenceStatistic::adjusted_wald) {
    test.statistic *= below / test.degrees_of_freedom;
    test.method = "adjusted Wald test of independence";
  } else if (statistic == IndependenceStatistic::wls_score) {
    test.method = "weighted least squares score test of independence";
  }
  test.numerator_df = above;
  test.denominator_df = below;
  test.p = statistics::f_upper(test.statistic, above, below);
  return test;
}

Result<IndependenceTest> pearson_test(const VectorXd& lambda, IndependenceStatistic statistic,
                                      IndependenceTest test) {
  const double sum = lambda.sum();
  const double freedom = sum * sum / lambda.squaredNorm();
  const double below = freedom * test.degrees_of_freedom;
  test.design_effects.assign(lambda.begin(), lambda.end());
  test.statistic = test.pearson;
  switch (statistic) {
    case IndependenceStatistic::rao_scott_chi_squared:
      test.numerator_df = static_cast<double>(lambda.size());
      test.p = statistics::chi_squared_upper(test.pearson / lambda.mean(), test.numerator_df);
      test.method = "Pearson's chi-squared, Rao and Scott's first-order correction";
      return test;
    case IndependenceStatistic::linear_combination:
    case IndependenceStatistic::saddlepoint: {
      const bool saddlepoint = statistic == IndependenceStatistic::saddlepoint;
      const std::vector<double> one_each(test.design_effects.size(), 1.0);
      const Result<double> p =
          saddlepoint
              ? statistics::f_saddlepoint_upper(test.pearson, test.design_effects, one_each, below)
              : statistics::f_sum_upper(test.pearson, test.design_effects, one_each, below);
      if (!p)
        return p.fault();
      test.p = *p;
      test.denominator_df = below;
      test.method = saddlepoint
                        ? "Pearson's chi-squared, saddlepoint approximation of its distribution"
                        : "Pearson's chi-squared, linear combination of chi-squared";
      return test;
    }
    default:
      test.statistic = test.pearson / sum;
      test.numerator_df = freedom;
      test.denominator_df = below;
      test.p = statistics::f_upper(test.statistic, freedom, below);
      test.method = "Pearson's chi-squared, Rao and Scott's second-order correction";
      return test;
  }
}

}  // namespace

Tally cell_tally(const SampleRows& rows, size_t row_code, size_t row_count, size_t column_code,
                 size_t column_count) {
  const RowPass pass{row_count * column_count,
                     [=](size_t count, const double* const* in, double* out) {
                       std::fill_n(out, count * row_count * column_count, 0.0);
                       for (size_t k = 0; k < count; ++k) {
                         const double row = in[row_code][k];
                         const double column = in[column_code][k];
                         if (row >= 0 && row < static_cast<double>(row_count) && column >= 0 &&
                             column < static_cast<double>(column_count))
                           out[(k * row_count + static_cast<size_t>(row)) * column_count +
                               static_cast<size_t>(column)] = 1;
                       }
                     }};
  return rows.tally(pass);
}

Result<IndependenceTest> independence_test(const Tally& cells, size_t row_count,
                                           size_t column_count, IndependenceStatistic statistic) {
  const Result<Table> table = occupied_table(cells, row_count, column_count);
  if (!table)
    return table.fault();
  IndependenceTest test;
  test.degrees_of_freedom = cells.size.degrees_of_freedom;
  if (!(test.degrees_of_freedom > 0))
    return fault_in("", "the design has no degrees of freedom, so that nothing can be tested",
                    "a test needs more sampled units than strata");
  test.pearson = pearson_statistic(*table);
  test.smallest_expected = table->row_totals.minCoeff() * table->column_totals.minCoeff() /
                           (table->all * table->all) * table->n;
  if (is_wald(statistic))
    return residual_test(cells, *table, statistic, std::move(test));
  const Result<VectorXd> lambda = design_effects(cells, *table);
  if (!lambda)
    return lambda.fault();
  return pearson_test(*lambda, statistic, std::move(test));
}

}  // namespace topline
