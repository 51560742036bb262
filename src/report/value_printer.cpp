#include "report/value_printer.hpp"

#include <algorithm>

#include "base/rounding.hpp"
#include "dataset/aggregate.hpp"
#include "instrument/resolve.hpp"
#include "report/study_entry.hpp"

namespace topline {

namespace {

Quantity quantity_at(const Expression& expression, int32_t index) {
  const Node& node = expression.nodes[static_cast<size_t>(index)];
  const auto child = [&](size_t i) { return quantity_at(expression, node.children[i]); };
  switch (node.op) {
    case Op::share:
      return Quantity::percent;
    case Op::base_count:
    case Op::case_count:
      return Quantity::count;
    case Op::add:
      return child(0) == child(1) ? child(0) : Quantity::number;
    case Op::subtract:
      if (child(0) != child(1))
        return Quantity::number;
      return child(0) == Quantity::percent ? Quantity::points : child(0);
    case Op::negate:
    case Op::absolute:
    case Op::rounded:
    case Op::minimum:
    case Op::maximum:
      return child(0);
    default:
      return Quantity::number;
  }
}

// A share, mean or extreme describes people; a count only says how many there are.
bool describes_people(Op op) {
  return is_aggregate(op) && op != Op::base_count && op != Op::case_count;
}

// Decimals of the numbers that a mean or median is made of, and one more.
int decimals_of(const Expression& expression, const Codebook& codebook) {
  int decimals = 0;
  for (const VariableId id : expression.variables_read())
    if (codebook[id].kind == VariableKind::number)
      decimals = std::max(decimals, codebook[id].decimals);
  return decimals + 1;
}

}  // namespace

Quantity quantity_of(const Expression& expression) {
  return quantity_at(expression, static_cast<int32_t>(expression.nodes.size()) - 1);
}

bool reads_one_case(const Expression& expression) {
  std::vector<uint8_t> aggregated(expression.nodes.size(), 0);
  for (size_t i = expression.nodes.size(); i-- > 0;) {
    const Node& node = expression.nodes[i];
    if (is_aggregate(node.op) || aggregated[i] != 0)
      for (int32_t child : node.children)
        aggregated[static_cast<size_t>(child)] = 1;
    else if (node.variable.valid() || !node.variables.empty() || node.op == Op::reached_page ||
             node.op == Op::reached_end)
      return true;
  }
  return false;
}

PrintedValue ValuePrinter::print(const ValueText& value) {
  if (const std::string_view entry = value.study_entry(); !entry.empty())
    return {study_entry_text(study_.study, entry, language_).value_or(""), {}, {}};
  const std::optional<Expression> expression =
      resolve_expression(value.expression, value.place, cases_.screened.dataset.codebook(),
                         ExpressionType::number, Aggregates::allowed, faults_);
  if (!expression || !bases_suffice(*expression))
    return {"–", {}, {}};
  if (expression->root().op == Op::share && value.unit == ValueUnit::natural)
    return print_share(value, *expression);
  const Dataset& dataset = cases_.screened.dataset;
  const std::optional<Expression> bound =
      bind_aggregates(*expression, dataset, cases_.screened.valid, cases_.weights);
  const Value result =
      bound ? evaluate(*bound, dataset.codebook(), DatasetCase(dataset)) : Value::unknown();
  if (!result.known) {
    faults_.error(value.place, "this value cannot be computed",
                  "nobody is in its base, or it divides by zero");
    return {"–", {}, {}};
  }
  Quantity quantity = quantity_of(*expression);
  if (value.unit != ValueUnit::natural)
    quantity = value.unit == ValueUnit::points ? Quantity::points : Quantity::count;
  const int decimals = value.decimals.value_or(
      quantity == Quantity::number  ? decimals_of(*expression, dataset.codebook())
      : quantity == Quantity::count ? 0
                                    : study_.study.decimals);
  return {in_unit(quantity, decimals, result.number), {}, {}};
}

PrintedValue ValuePrinter::print_share(const ValueText& value, const Expression& expression) {
  const Aggregate share = aggregate(expression, static_cast<int32_t>(expression.nodes.size()) - 1,
                                    cases_.screened.dataset, cases_.screened.valid, cases_.weights);
  const bool weighted = !cases_.weights.empty();
  const std::string base = printer_.numbers().count(share.base);
  PrintedValue printed;
  printed.text =
      printer_.percent({share.hits, share.base, share.hit_weight, share.base_weight, weighted},
                       value.decimals.value_or(study_.study.decimals));
  printed.trace = weighted ? printer_.messages().format(tr("n = {n}"), {{"n", base}})
                           : printer_.numbers().count(share.hits) + " / " + base;
  printed.percent = share.value.number;
  return printed;
}

bool ValuePrinter::bases_suffice(const Expression& expression) {
  for (size_t i = 0; i < expression.nodes.size(); ++i) {
    if (!describes_people(expression.nodes[i].op))
      continue;
    const int64_t base = aggregate(expression, static_cast<int32_t>(i), cases_.screened.dataset,
                                   cases_.screened.valid, cases_.weights)
                             .base;
    if (base >= study_.study.suppress_below && base > 0)
      continue;
    const Node& node = expression.nodes[i];
    const std::string number = std::to_string(base);
    faults_.error(place_within(expression.place, node.begin, node.length),
                  base == 0 ? "nobody is in the base of this value"
                            : "this value rests on " + number +
                                  " respondents, and the study shows "
                                  "none on fewer than " +
                                  std::to_string(study_.study.suppress_below),
                  base == 0 ? "choose a wider base"
                            : "choose a wider base, or change `small_base:` in study.yaml");
    return false;
  }
  return true;
}

std::string ValuePrinter::in_unit(Quantity quantity, int decimals, double number) const {
  const NumberFormat& format = printer_.numbers();
  const double rounded = round_half_up(number, decimals);
  if (quantity == Quantity::percent)
    return format.percent(rounded, decimals);
  if (quantity == Quantity::points)
    return format.points(rounded, decimals);
  if (quantity == Quantity::count && decimals == 0)
    return format.count(static_cast<int64_t>(rounded));
  return format.decimal(rounded, decimals);
}

}  // namespace topline
