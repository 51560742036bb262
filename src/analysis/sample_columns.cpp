#include "analysis/sample_columns.hpp"

namespace topline {

namespace {

// The position of the opinion that is given; −1: none.
int opinion_of(const Answer& answer, const Variable& variable) {
  if (!answer.answered() || answer.option < 0)
    return -1;
  if (variable.kind == VariableKind::flag)
    return answer.option;
  const Option& option = (*variable.options)[static_cast<size_t>(answer.option)];
  return option.missing == MissingReason::none ? answer.option : -1;
}

}  // namespace

SampleMask sample_domain(const WeighedCases& cases, const std::optional<Expression>& where) {
  const Dataset& dataset = cases.screened.dataset;
  SampleMask domain(cases.sample.rows.size());
  DatasetCase row(dataset);
  for (size_t k = 0; k < domain.size(); ++k) {
    row.move_to(cases.sample.rows[k]);
    domain[k] = cases.sample.counted[k] != 0 && cases.sample.design.weights[k] != 0 &&
                holds(where, dataset.codebook(), row);
  }
  return domain;
}

NumberColumn number_column(const Expression& expression, const WeighedCases& cases) {
  const Dataset& dataset = cases.screened.dataset;
  const bool truth = expression.type() == ExpressionType::boolean;
  NumberColumn column;
  column.value.assign(cases.sample.rows.size(), 0);
  column.known.assign(cases.sample.rows.size(), 0);
  DatasetCase row(dataset);
  for (size_t k = 0; k < column.value.size(); ++k) {
    row.move_to(cases.sample.rows[k]);
    if (cases.sample.counted[k] == 0)
      continue;
    const Value value = evaluate(expression, dataset.codebook(), row);
    if (!value.known)
      continue;
    column.known[k] = 1;
    column.value[k] = truth ? (value.number != 0 ? 1 : 0) : value.number;
  }
  return column;
}

void keep_answers(VariableId variable, const WeighedCases& cases, SampleMask& domain) {
  const Dataset& dataset = cases.screened.dataset;
  for (size_t k = 0; k < domain.size(); ++k) {
    if (domain[k] != 0 && opinion_of(dataset.answer(variable, cases.sample.rows[k]),
                                     dataset.codebook()[variable]) < 0)
      domain[k] = 0;
  }
}

CodeColumn code_column(VariableId variable, const WeighedCases& cases, const SampleMask& domain) {
  const Dataset& dataset = cases.screened.dataset;
  const Variable& of = dataset.codebook()[variable];
  const bool flag = of.kind == VariableKind::flag;
  CodeColumn column;
  column.variable = variable;
  column.code.assign(domain.size(), -1);
  std::vector<int> code_of(static_cast<size_t>(flag ? 2 : of.option_count()), -1);
  for (size_t k = 0; k < domain.size(); ++k) {
    if (domain[k] != 0)
      code_of[static_cast<size_t>(dataset.answer(variable, cases.sample.rows[k]).option)] = 0;
  }
  for (size_t option = 0; option < code_of.size(); ++option) {
    if (code_of[option] < 0)
      continue;
    code_of[option] = static_cast<int>(column.options.size());
    column.options.push_back(static_cast<int>(option));
    if (flag) {
      column.names.emplace_back(option == 1 ? "yes" : "no");
      column.texts.push_back((option == 1 ? "" : "not: ") + of.short_text());
    } else {
      column.names.push_back((*of.options)[option].name);
      column.texts.push_back((*of.options)[option].text);
    }
  }
  for (size_t k = 0; k < domain.size(); ++k) {
    if (domain[k] != 0)
      column.code[k] =
          code_of[static_cast<size_t>(dataset.answer(variable, cases.sample.rows[k]).option)];
  }
  return column;
}

VariableId class_variable(const std::string& name, const Place& place, const Codebook& codebook,
                          Diagnostics& faults) {
  const VariableId id = codebook.find(name);
  if (!id.valid()) {
    if (codebook.find_all(name).empty())
      faults.error(place, "there is no question `" + name + "`",
                   did_you_mean(name, codebook.names()));
    else
      faults.error(place, name + " is a grid: it makes no groups", "name one of its rows");
    return {};
  }
  const VariableKind kind = codebook[id].kind;
  if (kind == VariableKind::single || kind == VariableKind::flag)
    return id;
  if (kind == VariableKind::multiple || kind == VariableKind::ranking)
    faults.error(place, "the options of " + name + " do not exclude one another",
                 "derive a yes-or-no variable from them in processing.yaml, or compare them by "
                 "`topline test paired`");
  else
    faults.error(place, name + " has no options to make groups of",
                 "derive bands or a recode of it in processing.yaml");
  return {};
}

}  // namespace topline
