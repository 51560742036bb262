// Rows in memory for the tests of estimation: weighted, in clusters or one by one, drawn with
// replacement, or with replicate weights.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

#include "tabulation/sample_rows.hpp"

namespace topline {

class SampleOfRows final : public SampleRows {
 public:
  // Every row is a unit and weighs 1, unless said otherwise below.
  explicit SampleOfRows(std::vector<std::vector<double>> inputs)
      : inputs_(std::move(inputs)), weights_(inputs_.front().size(), 1), unit_(weights_.size()) {
    std::iota(unit_.begin(), unit_.end(), uint32_t{0});
    measure();
  }
  SampleOfRows& weigh(std::vector<double> weights) {
    weights_ = std::move(weights);
    measure();
    return *this;
  }
  SampleOfRows& cluster(std::vector<uint32_t> unit) {
    unit_ = std::move(unit);
    measure();
    return *this;
  }
  // JK1: leaves out each row in turn.
  SampleOfRows& jackknife() {
    const size_t n = weights_.size();
    const auto count = static_cast<double>(n);
    for (size_t r = 0; r < n; ++r) {
      std::vector<double> weights = weights_;
      for (double& weight : weights)
        weight *= count / (count - 1);
      weights[r] = 0;
      replicates_.push_back(std::move(weights));
    }
    measure();
    return *this;
  }

  [[nodiscard]] const DesignFrame& frame() const override { return *frame_; }
  [[nodiscard]] const DomainSize& size() const override { return size_; }
  [[nodiscard]] size_t inputs() const override { return inputs_.size(); }

  [[nodiscard]] Tally tally(const RowPass& pass) const override {
    Tally tally;
    tally.frame = frame_;
    tally.columns = pass.columns;
    tally.size = size_;
    tally.totals = totals(pass, full_sample);
    if (frame_->replicated()) {
      for (size_t r = 0; r < replicates_.size(); ++r) {
        const std::vector<double> sums = totals(pass, static_cast<int>(r));
        tally.replicate_totals.insert(tally.replicate_totals.end(), sums.begin(), sums.end());
      }
      return tally;
    }
    const size_t units = frame_->stages.front().units.size();
    const std::vector<double> measures = measured(pass);
    tally.unit_present.assign(units, 1);
    tally.unit_sums.assign(units * pass.columns, 0);
    for (size_t row = 0; row < weights_.size(); ++row) {
      for (size_t j = 0; j < pass.columns; ++j)
        tally.unit_sums[unit_[row] * pass.columns + j] +=
            weights_[row] * measures[row * pass.columns + j];
    }
    return tally;
  }

  [[nodiscard]] Tally tally_by_class(const RowPass& pass, size_t code,
                                     size_t classes) const override {
    return tally({pass.columns * classes, [&](size_t count, const double* const* in, double* out) {
                    std::vector<double> narrow(count * pass.columns);
                    pass.measure(count, in, narrow.data());
                    std::fill_n(out, count * pass.columns * classes, 0.0);
                    for (size_t k = 0; k < count; ++k) {
                      const double here = in[code][k];
                      if (here >= 0 && here < static_cast<double>(classes))
                        std::copy_n(narrow.data() + k * pass.columns, pass.columns,
                                    out + (k * classes + static_cast<size_t>(here)) * pass.columns);
                    }
                  }});
  }

  [[nodiscard]] std::vector<double> totals(const RowPass& pass, int replicate) const override {
    const std::vector<double> measures = measured(pass);
    const std::vector<double>& weights = weights_of(replicate);
    std::vector<double> sums(pass.columns);
    for (size_t row = 0; row < weights.size(); ++row) {
      for (size_t j = 0; j < pass.columns; ++j)
        sums[j] += weights[row] * measures[row * pass.columns + j];
    }
    return sums;
  }

  [[nodiscard]] Distribution distribution(size_t input, int replicate) const override {
    std::map<double, double> weight_of;
    for (size_t row = 0; row < weights_.size(); ++row)
      weight_of[inputs_[input][row]] += weights_of(replicate)[row];
    Distribution distribution;
    for (const auto& [value, weight] : weight_of) {
      distribution.value.push_back(value);
      distribution.weight.push_back(weight);
    }
    return distribution;
  }

 private:
  [[nodiscard]] const std::vector<double>& weights_of(int replicate) const {
    return replicate == full_sample ? weights_ : replicates_[static_cast<size_t>(replicate)];
  }
  [[nodiscard]] std::vector<double> measured(const RowPass& pass) const {
    std::vector<const double*> in;
    for (const std::vector<double>& input : inputs_)
      in.push_back(input.data());
    std::vector<double> out(weights_.size() * pass.columns);
    pass.measure(weights_.size(), in.data(), out.data());
    return out;
  }
  void measure() {
    size_ = {};
    for (const double weight : weights_) {
      size_.n += weight != 0 ? 1 : 0;
      size_.weight += weight;
      size_.weight_squares += weight * weight;
    }
    DesignFrame frame;
    if (replicates_.empty()) {
      const uint32_t units = unit_.empty() ? 0 : *std::max_element(unit_.begin(), unit_.end()) + 1;
      frame.stages.resize(1);
      frame.stages.front().strata.push_back({"all", 0, units});
      frame.stages.front().units.resize(units);
      frame.degrees_of_freedom = units - 1.0;
    } else {
      const auto count = static_cast<double>(replicates_.size());
      frame.replicates.type = ReplicateType::jk1;
      frame.replicates.scale = (count - 1) / count;
      frame.replicates.rscales.assign(replicates_.size(), 1);
      frame.degrees_of_freedom = count - 1;
    }
    size_.degrees_of_freedom = frame.degrees_of_freedom;
    frame_ = std::make_shared<const DesignFrame>(std::move(frame));
  }

  std::vector<std::vector<double>> inputs_;
  std::vector<double> weights_;
  std::vector<uint32_t> unit_;
  std::vector<std::vector<double>> replicates_;
  DomainSize size_;
  std::shared_ptr<const DesignFrame> frame_;
};

}  // namespace topline
