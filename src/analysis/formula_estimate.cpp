#include "analysis/formula_estimate.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/domain_share.hpp"
#include "analysis/formula_function.hpp"
#include "analysis/sample_groups.hpp"
#include "analysis/single_estimate.hpp"
#include "engine/column_rows.hpp"
#include "estimation/design_share_interval.hpp"
#include "estimation/means.hpp"
#include "statistics/proportion_intervals.hpp"

namespace topline {

namespace {

using Eigen::Index;

// Value and knownness of an aggregate's inner expression in every row of the sample.
struct AggregateColumns {
  Op op = Op::mean;
  std::vector<double> value;
  std::vector<double> known;
};

AggregateColumns aggregate_columns(const Expression& formula, int32_t node,
                                   const StudySample& sample, const Dataset& dataset) {
  const Node& root = formula.nodes[static_cast<size_t>(node)];
  AggregateColumns columns;
  columns.op = root.op;
  columns.value.assign(sample.rows.size(), 0);
  columns.known.assign(sample.rows.size(), 0);
  const Expression inner = part_of(formula, root.children[0]);
  std::optional<Expression> among;
  if (root.children.size() > 1)
    among = part_of(formula, root.children[1]);
  DatasetCase row(dataset);
  for (size_t k = 0; k < sample.rows.size(); ++k) {
    row.move_to(sample.rows[k]);
    if (sample.counted[k] == 0 || !holds(among, dataset.codebook(), row))
      continue;
    const Value value = evaluate(inner, dataset.codebook(), row);
    if (!value.known)
      continue;
    columns.known[k] = 1;
    const bool truth = root.op == Op::share || root.op == Op::case_count;
    columns.value[k] = truth ? (value.number != 0 ? 1 : 0) : value.number;
  }
  return columns;
}

// The same of a number by itself.
AggregateColumns argument_columns(const Expression& argument,
                                  const std::optional<Expression>& among, const StudySample& sample,
                                  const Dataset& dataset) {
  AggregateColumns columns;
  columns.value.assign(sample.rows.size(), 0);
  columns.known.assign(sample.rows.size(), 0);
  DatasetCase row(dataset);
  for (size_t k = 0; k < sample.rows.size(); ++k) {
    row.move_to(sample.rows[k]);
    if (sample.counted[k] == 0 || !holds(among, dataset.codebook(), row))
      continue;
    const Value value = evaluate(argument, dataset.codebook(), row);
    columns.known[k] = value.known ? 1 : 0;
    columns.value[k] = value.known ? value.number : 0;
  }
  return columns;
}

bool is_total(Op op) {
  return op == Op::sum || op == Op::case_count;
}

class FormulaEstimator {
 public:
  FormulaEstimator(const EstimateRequest& request, const StudySample& sample,
                   const Dataset& dataset, double level, size_t threads)
      : request_(request), sample_(sample), dataset_(dataset), level_(level), threads_(threads) {}

  Result<FormulaEstimates> run() {
    make_columns();
    result_.percent = is_share();
    for (const std::vector<int>& group : grouping_.options) {
      GroupEstimate estimate;
      estimate.groups = group;
      result_.groups.push_back(std::move(estimate));
    }
    plain_ = sample_.plain();
    if (is_share()) {
      if (const std::optional<Diagnostic> fault = interval_fault())
        return *fault;
    }
    result_.statistic = statistic();
    result_.interval = interval();
    Result<FramedDesign> framed = frame_design(sample_.design);
    if (!framed)
      return framed.fault();
    framed_ = std::make_shared<const FramedDesign>(std::move(*framed));
    result_.design = design_in_words(sample_.design, *framed_->frame, messages_);
    for (const std::string& calibration : framed_->frame->calibrations)
      result_.design += "; " + calibration;
    result_.method = variance_method(*framed_->frame);
    measure_groups();
    const Result<Done> estimated = is_formula() ? estimate_groups() : estimate_each();
    if (!estimated)
      return estimated.fault();
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool is_formula() const { return request_.kind == EstimateKind::formula; }
  [[nodiscard]] bool is_share() const {
    return is_formula() && request_.formula.root().op == Op::share;
  }
  // Classical intervals are for samples without design and weights, unless a design's is asked for.
  [[nodiscard]] bool is_simple() const { return plain_ && !request_.interval; }

  [[nodiscard]] std::optional<Diagnostic> interval_fault() const {
    if (plain_ || !request_.simple_interval || *request_.simple_interval == SimpleInterval::wilson)
      return std::nullopt;
    return fault_in("",
                    "the intervals of Clopper and Pearson and of Agresti and Coull are for samples "
                    "without design and weights",
                    "`--interval beta` (Korn and Graubard) is the one of a design");
  }

  [[nodiscard]] ShareInterval design_interval() const {
    const bool wilson = request_.simple_interval == SimpleInterval::wilson;
    return request_.interval.value_or(wilson ? ShareInterval::wilson : ShareInterval::logit);
  }

  [[nodiscard]] std::string interval() const {
    if (!is_formula())
      return single_interval(request_);
    if (!is_share())
      return "estimate ∓ quantile of " + reference_name(request_.reference) + " × standard error";
    if (!is_simple())
      return method_name(design_interval()) + ", " + reference_name(request_.reference) +
             with_degrees(request_.reference);
    switch (request_.simple_interval.value_or(SimpleInterval::wilson)) {
      case SimpleInterval::clopper_pearson:
        return "Clopper-Pearson";
      case SimpleInterval::agresti_coull:
        return "Agresti-Coull";
      default:
        return "Wilson";
    }
  }

  // The formula's name, and whether weights are in it.
  [[nodiscard]] std::string statistic() const {
    if (!is_formula())
      return single_statistic(request_);
    switch (request_.formula.root().op) {
      case Op::share:
        return "share: ratio of weighted totals, in percent";
      case Op::mean:
        return "mean: ratio of weighted totals";
      case Op::sum:
      case Op::case_count:
        return "total: sum of weights (Horvitz and Thompson 1952)";
      default:
        return "function of weighted totals, by the delta method";
    }
  }

  void make_columns() {
    std::vector<double> domain(sample_.rows.size(), 0);
    DatasetCase row(dataset_);
    for (size_t k = 0; k < sample_.rows.size(); ++k) {
      row.move_to(sample_.rows[k]);
      if (sample_.counted[k] != 0 && holds(request_.where, dataset_.codebook(), row))
        domain[k] = 1;
    }
    grouping_ = sample_groups(std::move(domain), request_.by, dataset_, sample_);
    for (const Expression& argument : request_.arguments)
      aggregates_.push_back(argument_columns(argument, request_.among, sample_, dataset_));
    if (!is_formula())
      return;
    for (int32_t node : aggregates_of(request_.formula))
      aggregates_.push_back(aggregate_columns(request_.formula, node, sample_, dataset_));
  }

  // Whom the estimate of a group rests on: those with any of a formula's aggregates, with all of a
  // function's arguments.
  [[nodiscard]] std::vector<uint8_t> members(size_t g) const {
    std::vector<uint8_t> domain(sample_.rows.size());
    for (size_t k = 0; k < domain.size(); ++k) {
      const auto known = [k](const AggregateColumns& columns) { return columns.known[k] != 0; };
      const bool is_member = is_formula()
                                 ? std::any_of(aggregates_.begin(), aggregates_.end(), known)
                                 : std::all_of(aggregates_.begin(), aggregates_.end(), known);
      domain[k] = is_member && grouping_.columns[g][k] != 0;
    }
    return domain;
  }

  // Quantiles, variances and correlations: one group at a time.
  Result<Done> estimate_each() {
    std::vector<const double*> inputs;
    for (const AggregateColumns& aggregate : aggregates_)
      inputs.push_back(aggregate.value.data());
    for (size_t g = 0; g < result_.groups.size(); ++g) {
      const Result<std::string> caution =
          estimate_single(request_, *bound(inputs, members(g)), level_, result_.groups[g]);
      if (!caution)
        return caution.fault();
      if (!caution->empty())
        result_.caution = *caution;
    }
    return Done{};
  }

  // Base, effective base and degrees of freedom of every group.
  void measure_groups() {
    for (size_t g = 0; g < grouping_.columns.size(); ++g) {
      const DomainSize size = bound({}, members(g))->size();
      result_.groups[g].base = size.n;
      result_.groups[g].effective_base = size.effective_base();
      degrees_.push_back(size.degrees_of_freedom);
    }
  }

  [[nodiscard]] std::unique_ptr<SampleRows> bound(std::vector<const double*> inputs,
                                                  std::vector<uint8_t> domain) const {
    return column_rows(sample_.design, framed_, std::move(inputs), std::move(domain), threads_);
  }

  // All groups at once, so that their covariance comes with them.
  Result<Done> estimate_groups() {
    std::vector<const double*> inputs;
    for (const AggregateColumns& aggregate : aggregates_) {
      inputs.push_back(aggregate.value.data());
      inputs.push_back(aggregate.known.data());
    }
    for (const std::vector<double>& column : grouping_.columns)
      inputs.push_back(column.data());
    const std::unique_ptr<SampleRows> rows = bound(std::move(inputs), {});
    if (!find_centres(*rows))
      return Done{};
    const size_t columns = 2 * aggregates_.size() * used_.size();
    const Tally tally = rows->tally(pass(columns));
    const Result<Estimates> estimates = estimate(tally, function());
    if (!estimates)
      return estimates.fault();
    result_.covariance = estimates->covariance;
    for (size_t u = 0; u < used_.size(); ++u) {
      GroupEstimate& group = result_.groups[used_[u]];
      Estimate one = estimates->at(static_cast<Index>(u));
      one.n = group.base;
      one.effective_base = group.effective_base;
      one.degrees_of_freedom = degrees_[used_[u]];
      if (!(one.degrees_of_freedom > 0)) {
        // One unit in each stratum has members: a standard error may be there, an interval not.
        group.bounded = false;
        group.estimate = std::move(one);
        continue;
      }
      Result<ShareBounds> bounds =
          is_share() ? share_bounds(*estimates, static_cast<Index>(u), rows->frame())
                     : symmetric_bounds(one);
      if (!bounds)
        return bounds.fault();
      group.low = bounds->low;
      group.high = bounds->high;
      group.estimate = std::move(one);
    }
    measure_design_effects();
    if (result_.percent)
      in_percent();
    tell_of_edges();
    return Done{};
  }

  // Of a share, mean or total by itself. Where it cannot be told, there is none.
  void measure_design_effects() {
    if (plain_ || aggregates_.size() != 1 || !is_aggregate(request_.formula.root().op))
      return;
    static constexpr std::array<size_t, 1> first = {0};
    static constexpr SimpleSample compared = SimpleSample::with_replacement;
    for (size_t g : used_) {
      const std::unique_ptr<SampleRows> rows = bound({aggregates_[0].value.data()}, members(g));
      const bool total = is_total(aggregates_[0].op);
      const Result<Estimates> estimates = total ? totals(*rows, first) : means(*rows, first);
      if (!estimates)
        continue;
      const Result<Eigen::VectorXd> effects =
          total ? design_effects_of_totals(*rows, first, *estimates, compared)
                : design_effects_of_means(*rows, first, *estimates, compared);
      if (effects && std::isfinite((*effects)(0)))
        result_.groups[g].design_effect = (*effects)(0);
    }
  }

  [[nodiscard]] Result<ShareBounds> symmetric_bounds(const Estimate& one) const {
    const auto [low, high] = symmetric_interval(one, level_, request_.reference);
    return ShareBounds{low, high};
  }

  // Wilson's interval where every respondent is a unit of equal weight; otherwise as asked, and
  // Korn and Graubard's where nobody or everybody said so and the others have nothing to say.
  [[nodiscard]] Result<ShareBounds> share_bounds(const Estimates& all, Index u,
                                                 const DesignFrame& frame) const {
    const GroupEstimate& group = result_.groups[used_[static_cast<size_t>(u)]];
    if (is_simple())
      return simple_bounds(all.value(u), group.base);
    DomainSize size = all.size;
    size.n = group.base;
    size.weight = group.effective_base;  // Kish's base: (Σw)²/Σw² with Σw² = Σw
    size.weight_squares = group.effective_base;
    size.degrees_of_freedom = degrees_[used_[static_cast<size_t>(u)]];
    return domain_share_interval(all, u, size, frame, design_interval(), level_,
                                 request_.reference);
  }

  [[nodiscard]] Result<ShareBounds> simple_bounds(double share, int64_t base) const {
    const auto hits = static_cast<int64_t>(std::llround(share * static_cast<double>(base)));
    const SimpleInterval method = request_.simple_interval.value_or(SimpleInterval::wilson);
    const Result<statistics::Bounds> bounds =
        method == SimpleInterval::clopper_pearson
            ? statistics::clopper_pearson_bounds(hits, base, level_)
        : method == SimpleInterval::agresti_coull
            ? statistics::agresti_coull_bounds(hits, base, level_)
            : statistics::wilson_bounds(hits, base, level_);
    if (!bounds)
      return bounds.fault();
    return ShareBounds{bounds->low, bounds->high};
  }

  // Shares of 0 and 100 % may have an interval of another kind, which is said.
  void tell_of_edges() {
    const bool other = !is_simple() && design_interval() != ShareInterval::wilson &&
                       design_interval() != ShareInterval::beta;
    const auto edge = [](const GroupEstimate& group) {
      return group.estimate && group.bounded &&
             (group.estimate->value <= 0 || group.estimate->value >= 100);
    };
    if (is_share() && other && std::any_of(result_.groups.begin(), result_.groups.end(), edge))
      result_.interval += "; of 0 % and 100 %: " + method_name(ShareInterval::beta);
  }

  void in_percent() {
    for (GroupEstimate& group : result_.groups) {
      if (!group.estimate)
        continue;
      group.estimate->value *= 100;
      group.estimate->standard_error *= 100;
      for (std::optional<double>* bound : {&group.low, &group.high}) {
        if (*bound)
          **bound *= 100;
      }
    }
    result_.covariance *= 10000;
  }

  [[nodiscard]] RowPass pass(size_t columns) const {
    return {columns, [this, columns](size_t count, const double* const* in, double* out) {
              const size_t kinds = aggregates_.size();
              for (size_t k = 0; k < count; ++k) {
                double* to = out + k * columns;
                for (size_t u = 0; u < used_.size(); ++u) {
                  const double here = in[2 * kinds + used_[u]][k];
                  for (size_t a = 0; a < kinds; ++a) {
                    const double known = here * in[2 * a + 1][k];
                    *to++ = known * (in[2 * a][k] - centre_[u * kinds + a]);
                    *to++ = known;
                  }
                }
              }
            }};
  }

  // Means to centre measures on, and the groups that can be estimated.
  bool find_centres(const SampleRows& rows) {
    for (size_t g = 0; g < grouping_.columns.size(); ++g)
      used_.push_back(g);
    centre_.assign(used_.size() * aggregates_.size(), 0);
    const std::vector<double> sums = rows.totals(pass(2 * aggregates_.size() * used_.size()));
    std::vector<size_t> used;
    std::vector<double> centre;
    for (size_t g = 0; g < used_.size(); ++g) {
      std::vector<double> means;
      std::vector<double> values;
      bool known = result_.groups[g].base > 0;
      for (size_t a = 0; a < aggregates_.size(); ++a) {
        const double sum = sums[2 * (g * aggregates_.size() + a)];
        const double weight = sums[2 * (g * aggregates_.size() + a) + 1];
        known = known && weight > 0;
        means.push_back(is_total(aggregates_[a].op) || !(weight > 0) ? 0 : sum / weight);
        values.push_back(is_total(aggregates_[a].op) ? sum : means.back() * scale(a));
      }
      if (!known || !evaluate_formula(request_.formula, values).known)
        continue;
      used.push_back(g);
      centre.insert(centre.end(), means.begin(), means.end());
    }
    used_ = std::move(used);
    centre_ = std::move(centre);
    return !used_.empty();
  }

  // Shares are percentages; one alone becomes that at the end, behind its interval.
  [[nodiscard]] double scale(size_t aggregate) const {
    return aggregates_[aggregate].op == Op::share && !is_share() ? 100 : 1;
  }

  // The aggregates of one group from its totals.
  [[nodiscard]] std::vector<double> values_of(const Eigen::VectorXd& totals, size_t u) const {
    const size_t kinds = aggregates_.size();
    std::vector<double> values(kinds);
    for (size_t a = 0; a < kinds; ++a) {
      const auto at = static_cast<Index>(2 * (u * kinds + a));
      values[a] = is_total(aggregates_[a].op)
                      ? totals(at)
                      : scale(a) * (centre_[u * kinds + a] + totals(at) / totals(at + 1));
    }
    return values;
  }

  [[nodiscard]] TotalsFunction function() const {
    return {[this](const Eigen::VectorXd& totals) -> Eigen::VectorXd {
              Eigen::VectorXd result(static_cast<Index>(used_.size()));
              for (size_t u = 0; u < used_.size(); ++u)
                result(static_cast<Index>(u)) =
                    evaluate_formula(request_.formula, values_of(totals, u)).value;
              return result;
            },
            [this](const Eigen::VectorXd& totals) { return derivative(totals); }};
  }

  [[nodiscard]] Eigen::MatrixXd derivative(const Eigen::VectorXd& totals) const {
    const size_t kinds = aggregates_.size();
    Eigen::MatrixXd result = Eigen::MatrixXd::Zero(static_cast<Index>(used_.size()), totals.size());
    for (size_t u = 0; u < used_.size(); ++u) {
      const FormulaValue value = evaluate_formula(request_.formula, values_of(totals, u));
      for (size_t a = 0; a < kinds; ++a) {
        const auto at = static_cast<Index>(2 * (u * kinds + a));
        const auto row = static_cast<Index>(u);
        if (is_total(aggregates_[a].op)) {
          result(row, at) = value.derivative[a];
          continue;
        }
        const double weight = totals(at + 1);
        result(row, at) = scale(a) * value.derivative[a] / weight;
        result(row, at + 1) = -scale(a) * value.derivative[a] * totals(at) / (weight * weight);
      }
    }
    return result;
  }

  const EstimateRequest& request_;
  const StudySample& sample_;
  const Dataset& dataset_;
  const double level_;
  const size_t threads_;
  const Messages messages_ = Messages::for_language(*Language::parse("en"));
  FormulaEstimates result_;
  std::shared_ptr<const FramedDesign> framed_;
  SampleGroups grouping_;
  std::vector<AggregateColumns> aggregates_;
  std::vector<double> degrees_;  // by group
  std::vector<size_t> used_;     // groups that can be estimated
  std::vector<double> centre_;   // used groups × aggregates
  bool plain_ = false;           // no design: each respondent a unit of equal weight
};

}  // namespace

Result<FormulaEstimates> formula_estimates(const EstimateRequest& request,
                                           const StudySample& sample, const Dataset& dataset,
                                           double level, size_t threads) {
  return FormulaEstimator(request, sample, dataset, level, threads).run();
}

}  // namespace topline
