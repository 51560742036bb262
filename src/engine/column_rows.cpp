#include "engine/column_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <numeric>

#include "engine/block_sums.hpp"
#include "engine/residuals.hpp"

namespace topline {

namespace {

// Σ a·b in eight running sums: the same on every machine, and quick on all of them.
double product_sum(const double* a, const double* b, size_t count) {
  std::array<double, 8> lanes{};
  size_t k = 0;
  for (; k + 8 <= count; k += 8) {
    for (size_t lane = 0; lane < 8; ++lane)
      lanes[lane] += a[k + lane] * b[k + lane];
  }
  for (; k < count; ++k)
    lanes[k % 8] += a[k] * b[k];
  return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) +
         ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

// The measures of one block of rows, column by column, 0 outside the domain.
class BlockMeasures {
 public:
  BlockMeasures(const RowPass& pass, const std::vector<const double*>& inputs,
                const std::vector<uint8_t>& domain)
      : pass_(pass),
        inputs_(inputs),
        domain_(domain),
        here_(inputs.size()),
        by_row_(rows_of_block * pass.columns),
        by_column_(rows_of_block * pass.columns) {}

  void compute(size_t first, size_t rows) {
    for (size_t i = 0; i < inputs_.size(); ++i)
      here_[i] = inputs_[i] + first;
    pass_.measure(rows, here_.data(), by_row_.data());
    const size_t columns = pass_.columns;
    for (size_t column = 0; column < columns; ++column) {
      double* out = by_column_.data() + column * rows_of_block;
      for (size_t k = 0; k < rows; ++k)
        out[k] = by_row_[k * columns + column];
      if (!domain_.empty()) {
        for (size_t k = 0; k < rows; ++k)
          out[k] = domain_[first + k] != 0 ? out[k] : 0;
      }
    }
  }

  [[nodiscard]] const double* column(size_t column) const {
    return by_column_.data() + column * rows_of_block;
  }
  [[nodiscard]] double* column(size_t column) { return by_column_.data() + column * rows_of_block; }

 private:
  const RowPass& pass_;
  const std::vector<const double*>& inputs_;
  const std::vector<uint8_t>& domain_;
  std::vector<const double*> here_;
  std::vector<double> by_row_;
  std::vector<double> by_column_;
};

// Many ranges keep processors busy; few keep their sums small. Decided by sizes alone.
size_t ranges_for(size_t sums_of_range) {
  return std::clamp<size_t>(size_t{8} * 1024 * 1024 / std::max<size_t>(1, sums_of_range), 1, 64);
}

class ColumnRows final : public SampleRows {
 public:
  ColumnRows(const SampleDesign& design, FramedDesign framed, std::vector<const double*> inputs,
             std::vector<uint8_t> domain)
      : design_(design),
        framed_(std::move(framed)),
        inputs_(std::move(inputs)),
        domain_(std::move(domain)),
        sorted_(inputs_.size()) {
    measure_size();
  }

  [[nodiscard]] const DesignFrame& frame() const override { return *framed_.frame; }
  [[nodiscard]] const DomainSize& size() const override { return size_; }
  [[nodiscard]] size_t inputs() const override { return inputs_.size(); }

  [[nodiscard]] Tally tally(const RowPass& pass) const override {
    Tally tally;
    tally.frame = framed_.frame;
    tally.columns = pass.columns;
    tally.size = size_;
    if (frame().replicated())
      sum_replicates(pass, tally);
    else if (!design_.calibrations.empty())
      sum_residuals(pass, tally);
    else
      sum_design(pass, tally);
    return tally;
  }

  [[nodiscard]] std::vector<double> totals(const RowPass& pass, int replicate) const override {
    const double* weights = weights_of(replicate);
    return over_ranges(
        pass, pass.columns,
        [&](BlockMeasures& block, size_t first, size_t rows, std::vector<double>& sums) {
          for (size_t column = 0; column < pass.columns; ++column)
            sums[column] += product_sum(block.column(column), weights + first, rows);
        });
  }

  [[nodiscard]] Distribution distribution(size_t input, int replicate) const override {
    const std::vector<uint32_t>& order = sorted_rows(input);
    const double* values = inputs_[input];
    const double* weights = weights_of(replicate);
    Distribution distribution;
    for (uint32_t row : order) {
      if (distribution.value.empty() || distribution.value.back() != values[row]) {
        distribution.value.push_back(values[row]);
        distribution.weight.push_back(0);
      }
      distribution.weight.back() += weights[row];
    }
    return distribution;
  }

 private:
  [[nodiscard]] size_t rows() const { return design_.rows(); }
  [[nodiscard]] bool in_domain(size_t row) const { return domain_.empty() || domain_[row] != 0; }
  [[nodiscard]] const double* weights_of(int replicate) const {
    return replicate == full_sample
               ? design_.weights.data()
               : design_.replicates.weights[static_cast<size_t>(replicate)].data();
  }

  void measure_size() {
    const bool linearized = !frame().replicated();
    const std::vector<FrameStage>& stages = frame().stages;
    const std::vector<uint32_t>* unit_of_row = linearized ? framed_.unit_of_row.data() : nullptr;
    const bool whole = domain_.empty();
    std::vector<uint8_t> unit_seen(linearized && !whole ? rows() : 0);
    for (size_t row = 0; row < rows(); ++row) {
      const double weight = design_.weights[row];
      if (!in_domain(row) || weight == 0)
        continue;
      ++size_.n;
      size_.weight += weight;
      size_.weight_squares += weight * weight;
      if (!unit_seen.empty())
        unit_seen[(*unit_of_row)[row]] = 1;
    }
    size_.degrees_of_freedom = frame().degrees_of_freedom;
    if (unit_seen.empty() || design_.degrees_of_freedom > 0)
      return;
    // Units with members in the domain, less the strata that they lie in.
    std::vector<uint8_t> stratum_seen(stages.front().strata.size());
    int64_t units = 0;
    if (stages.front().units.empty()) {
      for (size_t row = 0; row < rows(); ++row) {
        if (unit_seen[row] != 0) {
          ++units;
          stratum_seen[framed_.stratum_of_row[row]] = 1;
        }
      }
    } else {
      for (size_t unit = 0; unit < stages.front().units.size(); ++unit) {
        if (unit_seen[unit] != 0) {
          ++units;
          stratum_seen[stages.front().units[unit].stratum] = 1;
        }
      }
    }
    size_.degrees_of_freedom = static_cast<double>(
        units - std::count(stratum_seen.begin(), stratum_seen.end(), uint8_t{1}));
  }

  // Sums over the blocks of every range by `add`, and over the ranges in order.
  template <typename Add>
  [[nodiscard]] std::vector<double> over_ranges(const RowPass& pass, size_t sums_of_range,
                                                const Add& add) const {
    const RowRanges ranges(rows(), ranges_for(sums_of_range));
    std::vector<std::vector<double>> parts(std::max<size_t>(1, ranges.ranges));
    parts.front().resize(sums_of_range);
    for_each_range(ranges, [&](size_t range) {
      std::vector<double>& sums = parts[range];
      sums.assign(sums_of_range, 0);
      BlockMeasures block(pass, inputs_, domain_);
      for (size_t first = ranges.first(range); first < ranges.end(range); first += rows_of_block) {
        const size_t count = std::min(rows_of_block, ranges.end(range) - first);
        block.compute(first, count);
        add(block, first, count, sums);
      }
    });
    return added(parts);
  }

  void sum_replicates(const RowPass& pass, Tally& tally) const {
    const size_t columns = pass.columns;
    const size_t replicates = design_.replicates.weights.size();
    std::vector<double> sums = over_ranges(
        pass, columns * (replicates + 1),
        [&](BlockMeasures& block, size_t first, size_t count, std::vector<double>& part) {
          for (size_t r = 0; r <= replicates; ++r) {
            const double* weights =
                (r == 0 ? design_.weights : design_.replicates.weights[r - 1]).data() + first;
            for (size_t column = 0; column < columns; ++column)
              part[r * columns + column] += product_sum(block.column(column), weights, count);
          }
        });
    tally.totals.assign(sums.begin(), sums.begin() + static_cast<std::ptrdiff_t>(columns));
    sums.erase(sums.begin(), sums.begin() + static_cast<std::ptrdiff_t>(columns));
    tally.replicate_totals = std::move(sums);
  }

  void sum_design(const RowPass& pass, Tally& tally) const {
    tally.totals = totals(pass, full_sample);
    if (frame().stages.back().units.empty())
      sum_moments(pass, nullptr, tally);
    else
      sum_units(pass, nullptr, tally);
  }

  // Calibrated weights: all measures are computed, and their residuals are summed.
  void sum_residuals(const RowPass& pass, Tally& tally) const {
    tally.totals = totals(pass, full_sample);
    std::vector<double> measures(rows() * pass.columns);
    const RowRanges ranges(rows(), 64);
    for_each_range(ranges, [&](size_t range) {
      BlockMeasures block(pass, inputs_, domain_);
      for (size_t first = ranges.first(range); first < ranges.end(range); first += rows_of_block) {
        const size_t count = std::min(rows_of_block, ranges.end(range) - first);
        block.compute(first, count);
        for (size_t column = 0; column < pass.columns; ++column)
          std::copy_n(block.column(column), count, measures.data() + column * rows() + first);
      }
    });
    for (const CalibrationRows& calibration : design_.calibrations)
      leave_residuals(calibration, measures, pass.columns);
    if (frame().stages.back().units.empty())
      sum_moments(pass, measures.data(), tally);
    else
      sum_units(pass, measures.data(), tally);
  }

  // Computes a block, or reads it from `measures` (columns of all rows) where that is given.
  void fill(BlockMeasures& block, const double* measures, size_t columns, size_t first,
            size_t count) const {
    if (measures == nullptr)
      return;
    for (size_t column = 0; column < columns; ++column)
      std::copy_n(measures + column * rows() + first, count, block.column(column));
  }

  void sum_units(const RowPass& pass, const double* measures, Tally& tally) const {
    const std::vector<uint32_t>& unit_of_row = framed_.unit_of_row.back();
    const size_t units = frame().stages.back().units.size();
    const size_t columns = pass.columns;
    tally.unit_sums = over_ranges(
        pass, units * columns,
        [&](BlockMeasures& block, size_t first, size_t count, std::vector<double>& sums) {
          fill(block, measures, columns, first, count);
          for (size_t column = 0; column < columns; ++column) {
            const double* values = block.column(column);
            for (size_t k = 0; k < count; ++k)
              sums[unit_of_row[first + k] * columns + column] +=
                  design_.weights[first + k] * values[k];
          }
        });
    tally.unit_present.assign(units, 0);
    for (size_t row = 0; row < rows(); ++row) {
      // Calibrated designs keep all rows: a unit without members still has residuals.
      if (in_domain(row) || measures != nullptr)
        tally.unit_present[unit_of_row[row]] = 1;
    }
  }

  void sum_moments(const RowPass& pass, const double* measures, Tally& tally) const {
    const size_t columns = pass.columns;
    const size_t strata = frame().stages.front().strata.size();
    const size_t of_stratum = columns + columns * columns;
    const std::vector<double> sums = over_ranges(
        pass, strata * of_stratum,
        [&](BlockMeasures& block, size_t first, size_t count, std::vector<double>& part) {
          fill(block, measures, columns, first, count);
          for (size_t column = 0; column < columns; ++column) {
            double* values = block.column(column);
            for (size_t k = 0; k < count; ++k)
              values[k] *= design_.weights[first + k];
          }
          add_moments(block, first, count, columns, strata, part);
        });
    tally.moments.resize(strata);
    for (size_t stratum = 0; stratum < strata; ++stratum) {
      const double* from = sums.data() + stratum * of_stratum;
      tally.moments[stratum].first.assign(from, from + columns);
      tally.moments[stratum].second.assign(from + columns, from + of_stratum);
    }
    for (size_t row = 0; row < rows(); ++row) {
      if (in_domain(row))
        ++tally.moments[framed_.stratum_of_row[row]].present;
    }
  }

  void add_moments(const BlockMeasures& block, size_t first, size_t count, size_t columns,
                   size_t strata, std::vector<double>& part) const {
    if (strata == 1) {
      static const std::vector<double> ones(rows_of_block, 1.0);
      for (size_t i = 0; i < columns; ++i) {
        part[i] += product_sum(block.column(i), ones.data(), count);
        for (size_t j = i; j < columns; ++j) {
          const double sum = product_sum(block.column(i), block.column(j), count);
          part[columns + i * columns + j] += sum;
          if (j != i)
            part[columns + j * columns + i] += sum;
        }
      }
      return;
    }
    const size_t of_stratum = columns + columns * columns;
    for (size_t k = 0; k < count; ++k) {
      double* sums = part.data() + framed_.stratum_of_row[first + k] * of_stratum;
      for (size_t i = 0; i < columns; ++i) {
        const double value = block.column(i)[k];
        if (value == 0)
          continue;
        sums[i] += value;
        for (size_t j = 0; j < columns; ++j)
          sums[columns + i * columns + j] += value * block.column(j)[k];
      }
    }
  }

  const std::vector<uint32_t>& sorted_rows(size_t input) const {
    const std::lock_guard<std::mutex> lock(sorting_);
    std::vector<uint32_t>& order = sorted_[input];
    if (order.empty()) {
      for (size_t row = 0; row < rows(); ++row) {
        if (in_domain(row))
          order.push_back(static_cast<uint32_t>(row));
      }
      const double* values = inputs_[input];
      std::sort(order.begin(), order.end(), [values](uint32_t a, uint32_t b) {
        return values[a] != values[b] ? values[a] < values[b] : a < b;
      });
    }
    return order;
  }

  const SampleDesign& design_;
  FramedDesign framed_;
  std::vector<const double*> inputs_;
  std::vector<uint8_t> domain_;
  DomainSize size_;
  mutable std::mutex sorting_;
  mutable std::vector<std::vector<uint32_t>> sorted_;  // by input, rows of the domain
};

}  // namespace

Result<std::unique_ptr<SampleRows>> column_rows(const SampleDesign& design,
                                                std::vector<const double*> inputs,
                                                std::vector<uint8_t> domain) {
  Result<FramedDesign> framed = frame_design(design);
  if (!framed)
    return framed.fault();
  return std::unique_ptr<SampleRows>(std::make_unique<ColumnRows>(
      design, std::move(*framed), std::move(inputs), std::move(domain)));
}

}  // namespace topline
