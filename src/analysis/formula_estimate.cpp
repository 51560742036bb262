#include "analysis/formula_estimate.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/domain_share.hpp"
#include "analysis/formula_function.hpp"
#include "engine/column_rows.hpp"
#include "estimation/design_share_interval.hpp"
#include "estimation/means.hpp"
#include "estimation/quantile.hpp"
#include "estimation/share_interval.hpp"
#include "instrument/resolve.hpp"

namespace topline {

namespace {

using Eigen::Index;

// Where ` by ` divides the text, outside brackets and quotes; npos where it does not.
size_t by_position(const std::string& text) {
  int depth = 0;
  bool quoted = false;
  size_t found = std::string::npos;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"')
      quoted = !quoted;
    depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    if (!quoted && depth == 0 && text.compare(i, 4, " by ") == 0)
      found = i;
  }
  return found;
}

VariableId group_variable(const std::string& name, const Place& place, const Codebook& codebook,
                          Diagnostics& faults) {
  const VariableId id = codebook.find(name);
  if (!id.valid()) {
    faults.error(place, "there is no question `" + name + "` to make groups of",
                 did_you_mean(name, codebook.names()));
    return {};
  }
  const VariableKind kind = codebook[id].kind;
  if (kind == VariableKind::single || kind == VariableKind::flag || kind == VariableKind::multiple)
    return id;
  faults.error(place, name + " has no options to make groups of",
               "derive bands or a recode of it in processing.yaml");
  return {};
}

// The answers to one variable that make groups: an option's position, and its column of 0 and 1.
struct Grouping {
  std::vector<std::vector<int>> groups;
  std::vector<std::vector<double>> columns;
};

bool is_in(const Answer& answer, VariableKind kind, int option) {
  if (!answer.answered())
    return false;
  if (kind == VariableKind::multiple)
    return option < answer.marks.size() && answer.marks[option] != 0;
  return answer.option == option;
}

// Crosses the groups so far with the options of one more variable.
Grouping crossed(const Grouping& with, VariableId id, const Dataset& dataset,
                 const std::vector<uint32_t>& rows) {
  const Variable& variable = dataset.codebook()[id];
  const bool flag = variable.kind == VariableKind::flag;
  const int options = flag ? 2 : variable.option_count();
  Grouping result;
  for (size_t g = 0; g < with.groups.size(); ++g) {
    for (int i = 0; i < options; ++i) {
      const int option = flag ? 1 - i : i;
      std::vector<int> group = with.groups[g];
      group.push_back(option);
      std::vector<double> column = with.columns[g];
      for (size_t k = 0; k < rows.size(); ++k) {
        if (column[k] != 0 && !is_in(dataset.answer(id, rows[k]), variable.kind, option))
          column[k] = 0;
      }
      result.groups.push_back(std::move(group));
      result.columns.push_back(std::move(column));
    }
  }
  return result;
}

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
    for (const std::vector<int>& group : grouping_.groups) {
      GroupEstimate estimate;
      estimate.groups = group;
      result_.groups.push_back(std::move(estimate));
    }
    plain_ = sample_.plain();
    result_.statistic = statistic();
    result_.interval = is_median()   ? "Woodruff, Student's t with the design's degrees of freedom"
                       : !is_share() ? "estimate ∓ quantile of Student's t × standard error"
                       : plain_      ? "Wilson"
                                     : method_name(request_.interval) +
                                      ", Student's t with the design's degrees of freedom";
    Result<FramedDesign> framed = frame_design(sample_.design);
    if (!framed)
      return framed.fault();
    framed_ = std::make_shared<const FramedDesign>(std::move(*framed));
    result_.design = design_in_words(sample_.design, *framed_->frame, messages_);
    for (const std::string& calibration : framed_->frame->calibrations)
      result_.design += "; " + calibration;
    result_.method = variance_method(*framed_->frame);
    measure_groups();
    Result<Done> estimated = is_median() ? estimate_medians() : estimate_groups();
    if (!estimated)
      return estimated.fault();
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool is_median() const { return request_.formula.root().op == Op::median; }
  [[nodiscard]] bool is_share() const { return request_.formula.root().op == Op::share; }

  // The formula's name, and whether weights are in it.
  [[nodiscard]] std::string statistic() const {
    switch (request_.formula.root().op) {
      case Op::share:
        return "share: ratio of weighted totals, in percent";
      case Op::mean:
        return "mean: ratio of weighted totals";
      case Op::median:
        return "median: the middle of the weighted distribution";
      case Op::sum:
      case Op::case_count:
        return "total: sum of weights (Horvitz and Thompson 1952)";
      default:
        return "function of weighted totals, by the delta method";
    }
  }

  void make_columns() {
    grouping_.groups = {{}};
    grouping_.columns = {std::vector<double>(sample_.rows.size(), 1)};
    DatasetCase row(dataset_);
    for (size_t k = 0; k < sample_.rows.size(); ++k) {
      row.move_to(sample_.rows[k]);
      if (sample_.counted[k] == 0 || !holds(request_.where, dataset_.codebook(), row))
        grouping_.columns[0][k] = 0;
    }
    for (VariableId id : request_.by)
      grouping_ = crossed(grouping_, id, dataset_, sample_.rows);
    for (int32_t node : aggregates_of(request_.formula))
      aggregates_.push_back(aggregate_columns(request_.formula, node, sample_, dataset_));
  }

  // Whom the estimate of a group rests on.
  [[nodiscard]] std::vector<uint8_t> members(size_t g) const {
    std::vector<uint8_t> domain(sample_.rows.size());
    for (size_t k = 0; k < domain.size(); ++k) {
      for (const AggregateColumns& aggregate : aggregates_)
        domain[k] = domain[k] != 0 || (grouping_.columns[g][k] != 0 && aggregate.known[k] != 0);
    }
    return domain;
  }

  // The median, as the middle value or the mean of the two middle ones, with Woodruff's interval;
  // one group at a time.
  Result<Done> estimate_medians() {
    static constexpr double half = 0.5;
    for (size_t g = 0; g < result_.groups.size(); ++g) {
      GroupEstimate& group = result_.groups[g];
      if (group.base == 0)
        continue;
      const std::unique_ptr<SampleRows> rows = bound({aggregates_[0].value.data()}, members(g));
      QuantileOptions options;
      options.rule = QuantileRule::school;
      options.level = level_;
      if (degrees_[g] <= 0)
        options.reference = Reference::normal;
      const Result<std::vector<QuantileEstimate>> medians =
          quantiles(*rows, 0, std::span(&half, 1), options);
      if (!medians)
        return medians.fault();
      const QuantileEstimate& median = medians->front();
      Estimate one;
      one.value = median.value;
      one.n = group.base;
      one.effective_base = group.effective_base;
      one.degrees_of_freedom = degrees_[g];
      one.method = median.method;
      group.bounded = median.low && median.high && degrees_[g] > 0;
      one.standard_error = median.standard_error.value_or(0);
      group.low = median.low.value_or(0);
      group.high = median.high.value_or(0);
      group.estimate = std::move(one);
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
    if (result_.percent)
      in_percent();
    tell_of_edges();
    return Done{};
  }

  [[nodiscard]] Result<ShareBounds> symmetric_bounds(const Estimate& one) const {
    const auto [low, high] = symmetric_interval(one, level_, Reference::student);
    return ShareBounds{low, high};
  }

  // Wilson's interval where every respondent is a unit of equal weight; otherwise as asked, and
  // Korn and Graubard's where nobody or everybody said so and the others have nothing to say.
  [[nodiscard]] Result<ShareBounds> share_bounds(const Estimates& all, Index u,
                                                 const DesignFrame& frame) const {
    const GroupEstimate& group = result_.groups[used_[static_cast<size_t>(u)]];
    if (plain_)
      return wilson_bounds(all.value(u), group.base);
    DomainSize size = all.size;
    size.n = group.base;
    size.weight = group.effective_base;  // Kish's base: (Σw)²/Σw² with Σw² = Σw
    size.weight_squares = group.effective_base;
    size.degrees_of_freedom = degrees_[used_[static_cast<size_t>(u)]];
    return domain_share_interval(all, u, size, frame, request_.interval, level_);
  }

  [[nodiscard]] Result<ShareBounds> wilson_bounds(double share, int64_t base) const {
    const auto hits = static_cast<int64_t>(std::llround(share * static_cast<double>(base)));
    const Interval interval = wilson_interval(hits, base, 100 * level_);
    return ShareBounds{interval.low / 100, interval.high / 100};
  }

  // Shares of 0 and 100 % may have an interval of another kind, which is said.
  void tell_of_edges() {
    const bool other = !plain_ && request_.interval != ShareInterval::wilson &&
                       request_.interval != ShareInterval::beta;
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
      group.low *= 100;
      group.high *= 100;
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
  Grouping grouping_;
  std::vector<AggregateColumns> aggregates_;
  std::vector<double> degrees_;  // by group
  std::vector<size_t> used_;     // groups that can be estimated
  std::vector<double> centre_;   // used groups × aggregates
  bool plain_ = false;           // no design: each respondent a unit of equal weight
};

}  // namespace

std::optional<EstimateRequest> parse_estimate(const std::string& text, const std::string& where,
                                              const Codebook& codebook, Diagnostics& faults) {
  EstimateRequest request;
  const int before = faults.count(Severity::error);
  const size_t by = by_position(text);
  std::optional<Expression> formula =
      resolve_expression(text.substr(0, by), {"formula", 1, 1, 0}, codebook, ExpressionType::number,
                         Aggregates::allowed, faults);
  if (formula)
    check_differentiable(*formula, faults);
  for (size_t at = by; at != std::string::npos;) {
    const size_t first = at + (at == by ? 4 : 1);
    at = text.find(',', first);
    std::string name = text.substr(first, at == std::string::npos ? at : at - first);
    name.erase(0, name.find_first_not_of(' '));
    name.erase(name.find_last_not_of(' ') + 1);
    const Place place = {"formula", 1, static_cast<int>(first) + 1, static_cast<int>(name.size())};
    const VariableId id = group_variable(name, place, codebook, faults);
    if (id.valid())
      request.by.push_back(id);
  }
  if (!where.empty())
    request.where = resolve_expression(where, {"--where", 1, 1, 0}, codebook,
                                       ExpressionType::boolean, Aggregates::refused, faults);
  if (!formula || faults.count(Severity::error) > before)
    return std::nullopt;
  request.formula = std::move(*formula);
  return request;
}

Result<FormulaEstimates> formula_estimates(const EstimateRequest& request,
                                           const StudySample& sample, const Dataset& dataset,
                                           double level, size_t threads) {
  return FormulaEstimator(request, sample, dataset, level, threads).run();
}

}  // namespace topline
