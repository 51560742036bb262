#include "analysis/measure_table.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/domain_share.hpp"
#include "engine/column_rows.hpp"
#include "engine/table_case.hpp"
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
        table_(table),
        columns_(table.columns.size()),
        size_(cases.sample.rows.size()) {
    read_cases(plan, dataset);
  }

  Result<Done> measure() {
    for (size_t column = 0; column < columns_; ++column)
      column_sizes_.push_back(size_of([&](size_t k) { return in_column(k, column); }));
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
    TableCaseReader reader(plan, dataset.codebook(), table_);
    DatasetCase from(dataset);
    for (size_t k = 0; k < size_; ++k) {
      if (cases_.sample.counted[k] == 0)
        continue;
      from.move_to(cases_.sample.rows[k]);
      const TableCase& read = reader.read(from);
      if (read.use != TableUse::counted)
        continue;
      counted_[k] = 1;
      number_[k] = read.number;
      for (size_t column : read.columns)
        column_[k * columns_ + column] = 1;
      std::copy(read.hits.begin(), read.hits.end(),
                hit_.begin() + static_cast<std::ptrdiff_t>(k * table_.rows.size()));
    }
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

  // The row's percentages at once: they are ratios over one domain, that of the whole table.
  Result<Done> measure_row(size_t row) {
    std::vector<size_t> measured;
    std::vector<std::vector<double>> values;
    std::vector<std::pair<size_t, size_t>> pairs;
    for (size_t column = 0; column < columns_; ++column) {
      if (!(table_.share(row, column).base_weight > 0))
        continue;
      measured.push_back(column);
      pairs.emplace_back(values.size(), values.size() + 1);
      values.push_back(indicator([&](size_t k) { return in_row(k, row) && in_column(k, column); }));
      values.push_back(base_of(row, column));
    }
    if (measured.empty())
      return Done{};
    std::vector<const double*> inputs;
    for (const std::vector<double>& value : values)
      inputs.push_back(value.data());
    const std::unique_ptr<SampleRows> rows = column_rows(
        cases_.sample.design, cases_.framed, std::move(inputs), counted_, cases_.threads);
    const Result<Estimates> shares = ratios(*rows, pairs);
    if (!shares)
      return shares.fault();
    for (size_t i = 0; i < measured.size(); ++i)
      set_precision(row, measured[i], *shares, static_cast<Index>(i), rows->frame());
    return Done{};
  }

  Result<Done> measure_means() {
    for (size_t column = 0; column < columns_; ++column) {
      std::optional<Moments>& moments = table_.moments[column];
      if (!moments)
        continue;
      const auto has_number = [&](size_t k) { return in_column(k, column) && number_[k]; };
      const std::vector<double> base = indicator(has_number);
      std::vector<double> value(size_, 0);
      for (size_t k = 0; k < size_; ++k) {
        if (has_number(k))
          value[k] = *number_[k];
      }
      const std::unique_ptr<SampleRows> rows =
          column_rows(cases_.sample.design, cases_.framed, {value.data(), base.data()}, counted_,
                      cases_.threads);
      const std::vector<std::pair<size_t, size_t>> value_by_base = {{0, 1}};
      const Result<Estimates> mean = ratios(*rows, value_by_base);
      if (!mean)
        return mean.fault();
      const DomainSize size = size_of(has_number);
      if (size.degrees_of_freedom > 0)
        moments->precision =
            around(mean->value(0), mean->at(0).standard_error, size.degrees_of_freedom, level_);
    }
    return Done{};
  }

  void set_precision(size_t row, size_t column, const Estimates& shares, Index index,
                     const DesignFrame& frame) {
    const DomainSize size = base_size(row, column);
    if (!(size.degrees_of_freedom > 0))
      return;
    const Result<ShareBounds> bounds =
        domain_share_interval(shares, index, size, frame, ShareInterval::logit, level_);
    if (bounds)
      table_.cells[row][column].precision =
          Precision{100 * shares.at(index).standard_error, 100 * bounds->low, 100 * bounds->high};
  }

  const WeighedCases& cases_;
  const double level_;
  Table& table_;
  const size_t columns_;
  const size_t size_;             // rows of the sample
  std::vector<uint8_t> counted_;  // by row of the sample: in the table's base
  std::vector<std::optional<double>> number_;
  std::vector<uint8_t> column_;  // rows of the sample × columns
  std::vector<uint8_t> hit_;     // rows of the sample × rows of the table
  std::vector<DomainSize> column_sizes_;
};

}  // namespace

Result<Done> measure_table(const TablePlan& plan, const Study& study, const Dataset& dataset,
                           const WeighedCases& cases, Table& table) {
  if (!study.sample.gives_intervals() || table.percentages == Percentages::mentions)
    return Done{};
  if (cases.plain()) {
    measure_plain(study, table);
    return Done{};
  }
  return TableMeasurer(plan, study, dataset, cases, table).measure();
}

}  // namespace topline
