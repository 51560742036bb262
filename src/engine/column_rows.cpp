#include "engine/column_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>

#include "base/row_blocks.hpp"
#include "engine/residuals.hpp"

namespace topline {

namespace {

// Rows that a pass computes at a time: their measures stay in the cache.
constexpr size_t rows_of_block = 2048;

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

std::vector<double> added(const std::vector<std::vector<double>>& parts) {
  std::vector<double> sum = parts.front();
  for (size_t part = 1; part < parts.size(); ++part) {
    for (size_t i = 0; i < sum.size(); ++i)
      sum[i] += parts[part][i];
  }
  return sum;
}

// Rows in classes: the input that holds their codes. Without classes everybody is in the first.
struct Classes {
  const double* code = nullptr;
  size_t count = 1;

  // The row's class; `count` for none.
  [[nodiscard]] size_t of(size_t row) const {
    if (code == nullptr)
      return 0;
    const double here = code[row];
    return here >= 0 && here < static_cast<double>(count) ? static_cast<size_t>(here) : count;
  }
};

// The pass that has a column for each class: for calibrated designs, whose residuals leave no
// measure at 0.
RowPass spread_over_classes(const RowPass& pass, size_t code, size_t classes) {
  const size_t columns = pass.columns * classes;
  return {columns,
          [pass, code, classes, columns](size_t count, const double* const* in, double* out) {
            std::vector<double> narrow(count * pass.columns);
            pass.measure(count, in, narrow.data());
            std::fill_n(out, count * columns, 0.0);
            const Classes of{in[code], classes};
            for (size_t k = 0; k < count; ++k) {
              const size_t here = of.of(k);
              if (here < classes)
                std::copy_n(narrow.data() + k * pass.columns, pass.columns,
                            out + k * columns + here * pass.columns);
            }
          }};
}

class ColumnRows final : public SampleRows {
 public:
  ColumnRows(const SampleDesign& design, std::shared_ptr<const FramedDesign> framed,
             std::vector<const double*> inputs, std::vector<uint8_t> domain, size_t threads)
      : design_(design),
        framed_(std::move(framed)),
        inputs_(std::move(inputs)),
        domain_(std::move(domain)),
        threads_(threads),
        sorted_(inputs_.size()) {
    measure_size();
  }

  [[nodiscard]] const DesignFrame& frame() const override { return *framed_->frame; }
  [[nodiscard]] const DomainSize& size() const override { return size_; }
  [[nodiscard]] size_t inputs() const override { return inputs_.size(); }

  [[nodiscard]] Tally tally(const RowPass& pass) const override { return tally_in(pass, {}); }

  [[nodiscard]] Tally tally_by_class(const RowPass& pass, size_t code,
                                     size_t classes) const override {
    if (!frame().replicated() && !design_.calibrations.empty())
      return tally_in(spread_over_classes(pass, code, classes), {});
    return tally_in(pass, {inputs_[code], classes});
  }

  [[nodiscard]] std::vector<double> totals(const RowPass& pass, int replicate) const override {
    const double* weights = weights_of(replicate);
    return over_ranges(
        pass, pass.columns,
        [&](BlockMeasures& block, size_t first, size_t count, std::vector<double>& sums) {
          for (size_t column = 0; column < pass.columns; ++column)
            sums[column] += product_sum(block.column(column), weights + first, count);
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
        distribution.first.push_back(0);
        distribution.last.push_back(0);
        distribution.rows.push_back(0);
      }
      if (weights[row] == 0)
        continue;
      if (distribution.rows.back()++ == 0)
        distribution.first.back() = weights[row];
      distribution.last.back() = weights[row];
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

  // n, Σw and Σw² of the domain, by ranges of rows.
  void sum_weights() {
    struct Sums {
      int64_t n = 0;
      std::array<double, 4> weight{};  // by row modulo 4: sums that do not wait for one another
      std::array<double, 4> squares{};
    };
    const RowBlocks ranges(rows(), 64);
    std::vector<Sums> parts(ranges.count);
    in_parallel(ranges.count, threads_, [&](size_t range) {
      Sums& sums = parts[range];
      const size_t first = ranges.first(range);
      for (size_t row = first; row < ranges.end(range); ++row) {
        const double weight = in_domain(row) ? design_.weights[row] : 0;
        sums.n += weight != 0 ? 1 : 0;
        sums.weight[(row - first) % 4] += weight;
        sums.squares[(row - first) % 4] += weight * weight;
      }
    });
    for (const Sums& sums : parts) {
      size_.n += sums.n;
      size_.weight += (sums.weight[0] + sums.weight[2]) + (sums.weight[1] + sums.weight[3]);
      size_.weight_squares +=
          (sums.squares[0] + sums.squares[2]) + (sums.squares[1] + sums.squares[3]);
    }
  }

  void measure_size() {
    sum_weights();
    const bool counts_units = !frame().replicated() && !domain_.empty();
    std::vector<uint8_t> unit_seen(counts_units ? rows() : 0);
    for (size_t row = 0; counts_units && row < rows(); ++row) {
      if (in_domain(row) && design_.weights[row] != 0)
        unit_seen[framed_->unit_of_row.front()[row]] = 1;
    }
    size_.degrees_of_freedom = frame().degrees_of_freedom;
    if (!counts_units || design_.degrees_of_freedom > 0)
      return;
    // Units with members in the domain, less the strata that they lie in.
    std::vector<uint8_t> stratum_seen(frame().stages.front().strata.size());
    for (size_t row = 0; row < rows(); ++row) {
      if (unit_seen[framed_->unit_of_row.front()[row]] != 0)
        stratum_seen[framed_->stratum_of_row[row]] = 1;
    }
    size_.degrees_of_freedom =
        static_cast<double>(std::count(unit_seen.begin(), unit_seen.end(), uint8_t{1}) -
                            std::count(stratum_seen.begin(), stratum_seen.end(), uint8_t{1}));
  }

  // Sums over the blocks of every range by `add`, and over the ranges in order.
  template <typename Add>
  [[nodiscard]] std::vector<double> over_ranges(const RowPass& pass, size_t sums_of_range,
                                                const Add& add) const {
    const RowBlocks ranges(rows(), ranges_for(sums_of_range));
    std::vector<std::vector<double>> parts(std::max<size_t>(1, ranges.count));
    parts.front().resize(sums_of_range);
    in_parallel(ranges.count, threads_, [&](size_t range) {
      std::vector<double>& sums = parts[range];
      sums.assign(sums_of_range, 0);
      each_block(pass, ranges, range, [&](BlockMeasures& block, size_t first, size_t count) {
        add(block, first, count, sums);
      });
    });
    return added(parts);
  }

  template <typename Use>
  void each_block(const RowPass& pass, const RowBlocks& ranges, size_t range,
                  const Use& use) const {
    BlockMeasures block(pass, inputs_, domain_);
    for (size_t first = ranges.first(range); first < ranges.end(range); first += rows_of_block) {
      const size_t count = std::min(rows_of_block, ranges.end(range) - first);
      block.compute(first, count);
      use(block, first, count);
    }
  }

  [[nodiscard]] Tally tally_in(const RowPass& pass, const Classes& classes) const {
    Tally tally;
    tally.frame = framed_->frame;
    tally.columns = pass.columns * classes.count;
    tally.size = size_;
    if (frame().replicated()) {
      sum_replicates(pass, classes, tally);
      return tally;
    }
    if (design_.calibrations.empty()) {
      sum_design(pass, classes, tally);
      tally.totals = totals_of_parts(tally);
      return tally;
    }
    tally.totals = totals(pass, full_sample);
    const std::vector<double> measures = residuals(pass);
    // Their blocks are read, not computed.
    const RowPass nothing{pass.columns, [](size_t, const double* const*, double*) {}};
    sum_design(nothing, {}, tally, measures.data());
    return tally;
  }

  // The totals are the sums of the parts that the variance needs.
  static std::vector<double> totals_of_parts(const Tally& tally) {
    std::vector<double> totals(tally.columns);
    for (const StratumMoments& stratum : tally.moments) {
      for (size_t column = 0; column < tally.columns; ++column)
        totals[column] += stratum.first[column];
    }
    for (size_t i = 0; i < tally.unit_sums.size(); ++i)
      totals[i % tally.columns] += tally.unit_sums[i];
    return totals;
  }

  void sum_replicates(const RowPass& pass, const Classes& classes, Tally& tally) const {
    const size_t columns = pass.columns * classes.count;
    const size_t replicates = design_.replicates.weights.size();
    std::vector<double> sums = over_ranges(
        pass, columns * (replicates + 1),
        [&](BlockMeasures& block, size_t first, size_t count, std::vector<double>& part) {
          for (size_t r = 0; r <= replicates; ++r) {
            const double* weights =
                (r == 0 ? design_.weights : design_.replicates.weights[r - 1]).data() + first;
            double* to = part.data() + r * columns;
            if (classes.code == nullptr) {
              for (size_t column = 0; column < columns; ++column)
                to[column] += product_sum(block.column(column), weights, count);
              continue;
            }
            for (size_t k = 0; k < count; ++k) {
              const size_t here = classes.of(first + k);
              for (size_t j = 0; here < classes.count && j < pass.columns; ++j)
                to[here * pass.columns + j] += weights[k] * block.column(j)[k];
            }
          }
        });
    const auto own = static_cast<std::ptrdiff_t>(columns);
    tally.totals.assign(sums.begin(), sums.begin() + own);
    tally.replicate_totals.assign(sums.begin() + own, sums.end());
  }

  // What the auxiliaries leave of every row's measures, column by column.
  [[nodiscard]] std::vector<double> residuals(const RowPass& pass) const {
    std::vector<double> measures(rows() * pass.columns);
    const RowBlocks ranges(rows(), 64);
    in_parallel(ranges.count, threads_, [&](size_t range) {
      each_block(pass, ranges, range, [&](BlockMeasures& block, size_t first, size_t count) {
        for (size_t column = 0; column < pass.columns; ++column)
          std::copy_n(block.column(column), count, measures.data() + column * rows() + first);
      });
    });
    for (const CalibrationRows& calibration : design_.calibrations)
      leave_residuals(calibration, measures, pass.columns);
    return measures;
  }

  // Sums along the design's variance axis; of `measures`, columns of all rows, where given.
  void sum_design(const RowPass& pass, const Classes& classes, Tally& tally,
                  const double* measures = nullptr) const {
    if (frame().stages.back().units.empty())
      sum_moments(pass, classes, measures, tally);
    else
      sum_units(pass, classes, measures, tally);
  }

  // Reads a block from `measures` where they are given; it has been computed otherwise.
  void fill(BlockMeasures& block, const double* measures, size_t columns, size_t first,
            size_t count) const {
    for (size_t column = 0; measures != nullptr && column < columns; ++column)
      std::copy_n(measures + column * rows() + first, count, block.column(column));
  }

  void sum_units(const RowPass& pass, const Classes& classes, const double* measures,
                 Tally& tally) const {
    const std::vector<uint32_t>& unit_of_row = framed_->unit_of_row.back();
    const size_t units = frame().stages.back().units.size();
    const size_t columns = pass.columns * classes.count;
    tally.unit_sums = over_ranges(
        pass, units * columns,
        [&](BlockMeasures& block, size_t first, size_t count, std::vector<double>& sums) {
          fill(block, measures, pass.columns, first, count);
          for (size_t k = 0; k < count; ++k) {
            const size_t here = classes.of(first + k);
            if (here == classes.count)
              continue;
            double* to = sums.data() + unit_of_row[first + k] * columns + here * pass.columns;
            for (size_t j = 0; j < pass.columns; ++j)
              to[j] += design_.weights[first + k] * block.column(j)[k];
          }
        });
    tally.unit_present.assign(units, 0);
    for (size_t row = 0; row < rows(); ++row) {
      // Calibrated designs keep all rows: a unit without members still has residuals.
      if (in_domain(row) || measures != nullptr)
        tally.unit_present[unit_of_row[row]] = 1;
    }
  }

  void sum_moments(const RowPass& pass, const Classes& classes, const double* measures,
                   Tally& tally) const {
    const size_t columns = pass.columns * classes.count;
    const size_t strata = frame().stages.front().strata.size();
    // By stratum and class: a count, first moments, second moments within the class. Rows of
    // different classes never meet in a product.
    const size_t of_class = 1 + pass.columns + pass.columns * pass.columns;
    const std::vector<double> sums = over_ranges(
        pass, strata * classes.count * of_class,
        [&](BlockMeasures& block, size_t first, size_t count, std::vector<double>& part) {
          fill(block, measures, pass.columns, first, count);
          add_moments(block, classes, first, count, pass.columns, measures != nullptr, part);
        });
    tally.moments.resize(strata);
    for (size_t stratum = 0; stratum < strata; ++stratum) {
      StratumMoments& moments = tally.moments[stratum];
      moments.first.assign(columns, 0);
      moments.second.assign(columns * columns, 0);
      for (size_t c = 0; c < classes.count; ++c) {
        const double* from = sums.data() + (stratum * classes.count + c) * of_class;
        moments.present += static_cast<int64_t>(from[0]);
        for (size_t i = 0; i < pass.columns; ++i) {
          moments.first[c * pass.columns + i] = from[1 + i];
          for (size_t j = 0; j < pass.columns; ++j)
            moments.second[(c * pass.columns + i) * columns + c * pass.columns + j] =
                from[1 + pass.columns + i * pass.columns + j];
        }
      }
    }
  }

  // `all`: calibrated designs keep all rows, for those outside the domain have residuals too.
  void add_moments(const BlockMeasures& block, const Classes& classes, size_t first, size_t count,
                   size_t columns, bool all, std::vector<double>& part) const {
    const size_t of_class = 1 + columns + columns * columns;
    for (size_t k = 0; k < count; ++k) {
      const size_t here = classes.of(first + k);
      if (here == classes.count)
        continue;
      const double weight = design_.weights[first + k];
      double* sums =
          part.data() + (framed_->stratum_of_row[first + k] * classes.count + here) * of_class;
      sums[0] += all || in_domain(first + k) ? 1 : 0;
      for (size_t i = 0; i < columns; ++i) {
        const double value = weight * block.column(i)[k];
        sums[1 + i] += value;
        for (size_t j = 0; j < columns; ++j)
          sums[1 + columns + i * columns + j] += value * (weight * block.column(j)[k]);
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
  std::shared_ptr<const FramedDesign> framed_;
  std::vector<const double*> inputs_;
  std::vector<uint8_t> domain_;
  size_t threads_;
  DomainSize size_;
  mutable std::mutex sorting_;
  mutable std::vector<std::vector<uint32_t>> sorted_;  // by input, rows of the domain
};

}  // namespace

Result<std::unique_ptr<SampleRows>> column_rows(const SampleDesign& design,
                                                std::vector<const double*> inputs,
                                                std::vector<uint8_t> domain, size_t threads) {
  Result<FramedDesign> framed = frame_design(design);
  if (!framed)
    return framed.fault();
  return column_rows(design, std::make_shared<const FramedDesign>(std::move(*framed)),
                     std::move(inputs), std::move(domain), threads);
}

std::unique_ptr<SampleRows> column_rows(const SampleDesign& design,
                                        std::shared_ptr<const FramedDesign> framed,
                                        std::vector<const double*> inputs,
                                        std::vector<uint8_t> domain, size_t threads) {
  return std::make_unique<ColumnRows>(design, std::move(framed), std::move(inputs),
                                      std::move(domain), threads);
}

}  // namespace topline
