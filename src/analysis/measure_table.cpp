#include "analysis/measure_table.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/banner_test.hpp"
#include "analysis/column_tests.hpp"
#include "analysis/counted_cases.hpp"
#include "analysis/domain_share.hpp"
#include "engine/column_rows.hpp"
#include "estimation/hypothesis_test.hpp"
#include "estimation/means.hpp"
#include "estimation/share_interval.hpp"
#include "statistics/distributions.hpp"

namespace topline {

namespace {

using Eigen::Index;

// value ∓ t × standard error
Precision around(double value, double standard_error, double degrees_of_freedom, double level) {
  const double half =
      statistics::student_quantile((1 + level) / 2, degrees_of_freedom) * standard_error;
  return {standard_error, value - half, value + half};
}

// Each respondent a unit by itself: the classical intervals, from counts and from the standard
// deviation.
void measure_plain(const Study& study, Table& table) {
  for (std::optional<Moments>& moments : table.moments) {
    if (!moments || moments->n < 2)
      continue;
    const auto n = static_cast<double>(moments->n);
    moments->precision = around(moments->mean, moments->standard_deviation / std::sqrt(n), n - 1,
                                study.confidence / 100);
  }
  for (size_t row = 0; row < table.rows.size(); ++row) {
    for (size_t column = 0; column < table.columns.size(); ++column) {
      const Share share = table.share(row, column);
      const std::optional<Interval> interval = share_interval(share.hits, share.base, study);
      if (!interval)
        continue;
      const double p = static_cast<double>(share.hits) / static_cast<double>(share.base);
      table.cells[row][column].precision =
          Precision{100 * std::sqrt(p * (1 - p) / static_cast<double>(share.base)), interval->low,
                    interval->high};
    }
  }
}

class TableMeasurer {
 public:
  TableMeasurer(const TablePlan& plan, const Study& study, const Dataset& dataset,
                const WeighedCases& cases, Table& table)
      : cases_(cases),
        level_(study.confidence / 100),
        intervals_(study.sample.gives_intervals()),
        table_(table),
        columns_(table.columns.size()),
        size_(cases.sample.rows.size()) {
    read_cases(plan, dataset);
  }

  Result<Done> measure() {
    for (size_t column = 0; column < columns_; ++column)
      column_sizes_.push_back(size_of([&](size_t k) { return in_column(k, column); }));
    test_df_ = size_of([&](size_t k) { return counted_[k] != 0; }).degrees_of_freedom - 1;
    for (size_t row = 0; row < table_.rows.size(); ++row) {
      const Result<Done> done = measure_row(row);
      if (!done)
        return done.fault();
    }
    return measure_means();
  }

 private:
  void read_cases(const TablePlan& plan, const Dataset& dataset) {
    counted_.assign(size_, 0);
    number_.assign(size_, std::nullopt);
    column_.assign(size_ * columns_, 0);
    hit_.assign(size_ * table_.rows.size(), 0);
    each_counted_case(plan, dataset, cases_, table_, [&](size_t k, const TableCase& read) {
      counted_[k] = 1;
      number_[k] = read.number;
      for (size_t column : read.columns)
        column_[k * columns_ + column] = 1;
      std::copy(read.hits.begin(), read.hits.end(),
                hit_.begin() + static_cast<std::ptrdiff_t>(k * table_.rows.size()));
    });
  }

  [[nodiscard]] bool in_column(size_t k, size_t column) const {
    return column_[k * columns_ + column] != 0;
  }
  [[nodiscard]] bool in_row(size_t k, size_t row) const {
    return hit_[k * table_.rows.size() + row] != 0;
  }

  template <typename In>
  [[nodiscard]] DomainSize size_of(const In& in) const {
    std::vector<uint8_t> domain(size_);
    for (size_t k = 0; k < size_; ++k)
      domain[k] = in(k) ? 1 : 0;
    return column_rows(cases_.sample.design, cases_.framed, {}, std::move(domain), cases_.threads)
        ->size();
  }

  template <typename In>
  [[nodiscard]] std::vector<double> indicator(const In& in) const {
    std::vector<double> values(size_);
    for (size_t k = 0; k < size_; ++k)
      values[k] = in(k) ? 1 : 0;
    return values;
  }

  // Those whom the percentage in this row and column rests on.
  [[nodiscard]] std::vector<double> base_of(size_t row, size_t column) const {
    switch (table_.percentages) {
      case Percentages::row:
        return indicator([&](size_t k) { return in_row(k, row); });
      case Percentages::total:
        return indicator([&](size_t k) { return in_column(k, 0); });
      default:
        return indicator([&](size_t k) { return in_column(k, column); });
    }
  }

  [[nodiscard]] DomainSize base_size(size_t row, size_t column) const {
    if (table_.percentages == Percentages::row)
      return size_of([&](size_t k) { return in_row(k, row); });
    return column_sizes_[table_.percentages == Percentages::total ? 0 : column];
  }

  // Numerators and denominators in turn, over the domain of the whole table.
  [[nodiscard]] Result<Estimates> ratios_of(const std::vector<std::vector<double>>& values) const {
    std::vector<const double*> inputs;
    std::vector<std::pair<size_t, size_t>> pairs;
    for (size_t i = 0; i < values.size(); ++i) {
      inputs.push_back(values[i].data());
      if (i % 2 == 0)
        pairs.emplace_back(i, i + 1);
    }
    return ratios(*column_rows(cases_.sample.design, cases_.framed, std::move(inputs), counted_,
                               cases_.threads),
                  pairs);
  }

  // The row's percentages at once: they are ratios over one domain, that of the whole table.
  Result<Done> measure_row(size_t row) {
    std::vector<size_t> measured;
    std::vector<std::vector<double>> values;
    for (size_t column = 0; column < columns_; ++column) {
      if (!(table_.share(row, column).base_weight > 0))
        continue;
      measured.push_back(column);
      values.push_back(indicator([&](size_t k) { return in_row(k, row) && in_column(k, column); }));
      values.push_back(base_of(row, column));
    }
    if (measured.empty())
      return Done{};
    const Result<Estimates> shares = ratios_of(values);
    if (!shares)
      return shares.fault();
    for (size_t i = 0; i < measured.size() && intervals_; ++i)
      set_precision(row, measured[i], *shares, static_cast<Index>(i));
    const std::vector<std::string> letters = letters_by(*shares, measured);
    for (size_t column = 0; column < columns_; ++column)
      table_.cells[row][column].higher_than = letters[column];
    return Done{};
  }

  // The letters of columns whose estimates are numbered as in `measured`.
  [[nodiscard]] std::vector<std::string> letters_by(const Estimates& estimates,
                                                    const std::vector<size_t>& measured) const {
    return letters_of(
        table_, 1 - level_, [&](size_t a, size_t b) -> std::optional<ColumnDifference> {
          const auto first = std::find(measured.begin(), measured.end(), a);
          const auto second = std::find(measured.begin(), measured.end(), b);
          if (first == measured.end() || second == measured.end() || !(test_df_ > 0))
            return std::nullopt;
          Eigen::MatrixXd contrast = Eigen::MatrixXd::Zero(1, estimates.value.size());
          contrast(0, first - measured.begin()) = -1;
          contrast(0, second - measured.begin()) = 1;
          const Result<TTest> test = t_test(contrasts(estimates, contrast), 0, 0, test_df_);
          if (!test)
            return std::nullopt;
          return ColumnDifference{a, b, test->estimate.value, test->p};
        });
  }

  // All means at once, so that their covariance comes with them.
  Result<Done> measure_means() {
    std::vector<size_t> measured;
    std::vector<std::vector<double>> values;
    for (size_t column = 0; column < columns_; ++column) {
      if (!table_.moments[column])
        continue;
      measured.push_back(column);
      std::vector<double> value(size_, 0);
      for (size_t k = 0; k < size_; ++k) {
        if (has_number(k, column))
          value[k] = *number_[k];
      }
      values.push_back(std::move(value));
      values.push_back(indicator([&](size_t k) { return has_number(k, column); }));
    }
    if (measured.empty())
      return Done{};
    const Result<Estimates> means = ratios_of(values);
    if (!means)
      return means.fault();
    const std::vector<std::string> letters = letters_by(*means, measured);
    for (size_t i = 0; i < measured.size(); ++i) {
      Moments& moments = *table_.moments[measured[i]];
      moments.higher_than = letters[measured[i]];
      const DomainSize size = size_of([&](size_t k) { return has_number(k, measured[i]); });
      const auto index = static_cast<Index>(i);
      if (intervals_ && size.degrees_of_freedom > 0)
        moments.precision = around(means->value(index), means->at(index).standard_error,
                                   size.degrees_of_freedom, level_);
    }
    return Done{};
  }

  [[nodiscard]] bool has_number(size_t k, size_t column) const {
    return in_column(k, column) && number_[k].has_value();
  }

  void set_precision(size_t row, size_t column, const Estimates& shares, Index index) {
    const DomainSize size = base_size(row, column);
    if (!(size.degrees_of_freedom > 0))
      return;
    const Result<ShareBounds> bounds = domain_share_interval(
        shares, index, size, *cases_.framed->frame, ShareInterval::logit, level_);
    if (bounds)
      table_.cells[row][column].precision =
          Precision{100 * shares.at(index).standard_error, 100 * bounds->low, 100 * bounds->high};
  }

  const WeighedCases& cases_;
  const double level_;
  const bool intervals_;  // whether there is a margin of error
  Table& table_;
  const size_t columns_;
  const size_t size_;             // rows of the sample
  std::vector<uint8_t> counted_;  // by row of the sample: in the table's base
  std::vector<std::optional<double>> number_;
  std::vector<uint8_t> column_;  // rows of the sample × columns
  std::vector<uint8_t> hit_;     // rows of the sample × rows of the table
  std::vector<DomainSize> column_sizes_;
  double test_df_ = 0;  // of differences between columns
};

// Those who are in two columns of a banner variable with several answers, and what their numbers
// have in common. Empty where no banner variable is such.
ColumnOverlaps overlaps_of(const TablePlan& plan, const Dataset& dataset, const WeighedCases& cases,
                           const Table& table) {
  ColumnOverlaps overlaps;
  const size_t columns = table.columns.size();
  const bool several =
      std::any_of(table.columns.begin(), table.columns.end(), [&](const BannerColumn& column) {
        return column.variable.valid() &&
               dataset.codebook()[column.variable].kind == VariableKind::multiple;
      });
  if (!several)
    return overlaps;
  overlaps.columns = columns;
  overlaps.count.assign(columns * columns, 0);
  overlaps.covariance.assign(columns * columns, 0);
  each_counted_case(plan, dataset, cases, table, [&](size_t, const TableCase& read) {
    for (size_t a : read.columns) {
      for (size_t b : read.columns) {
        ++overlaps.count[a * columns + b];
        if (read.number && table.moments[a] && table.moments[b])
          overlaps.covariance[a * columns + b] +=
              (*read.number - table.moments[a]->mean) * (*read.number - table.moments[b]->mean) /
              static_cast<double>(table.moments[a]->n) / static_cast<double>(table.moments[b]->n);
      }
    }
  });
  return overlaps;
}

}  // namespace

Result<Done> measure_table(const TablePlan& plan, const Study& study, const Dataset& dataset,
                           const WeighedCases& cases, ColumnTests usual, Table& table) {
  const bool intervals = study.sample.gives_intervals();
  if (table.percentages == Percentages::column && table.columns.size() > 1)
    table.tests = plan.tests.value_or(usual);
  const bool tested = table.tests != ColumnTests::none;
  if (table.percentages == Percentages::mentions || (!intervals && !tested))
    return Done{};
  if (tested)
    letter_columns(table, study.suppress_below);
  if (cases.plain()) {
    if (intervals)
      measure_plain(study, table);
    if (tested)
      test_plain_columns(table, 1 - study.confidence / 100,
                         overlaps_of(plan, dataset, cases, table));
  } else {
    const Result<Done> measured = TableMeasurer(plan, study, dataset, cases, table).measure();
    if (!measured)
      return measured.fault();
  }
  if (tested && intervals)
    test_banner(plan, dataset, cases, table);
  return Done{};
}

}  // namespace topline
