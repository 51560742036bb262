#include "analysis/sample_groups.hpp"

namespace topline {

namespace {

bool is_in(const Answer& answer, VariableKind kind, int option) {
  if (!answer.answered())
    return false;
  if (kind == VariableKind::multiple)
    return option < answer.marks.size() && answer.marks[option] != 0;
  return answer.option == option;
}

// Crosses the groups so far with the options of one more variable.
SampleGroups crossed(const SampleGroups& with, VariableId id, const Dataset& dataset,
                     const std::vector<uint32_t>& rows) {
  const Variable& variable = dataset.codebook()[id];
  const bool flag = variable.kind == VariableKind::flag;
  const int count = flag ? 2 : variable.option_count();
  SampleGroups result;
  for (size_t g = 0; g < with.options.size(); ++g) {
    for (int i = 0; i < count; ++i) {
      const int option = flag ? 1 - i : i;
      std::vector<int> group = with.options[g];
      group.push_back(option);
      std::vector<double> column = with.columns[g];
      for (size_t k = 0; k < rows.size(); ++k) {
        if (column[k] != 0 && !is_in(dataset.answer(id, rows[k]), variable.kind, option))
          column[k] = 0;
      }
      result.options.push_back(std::move(group));
      result.columns.push_back(std::move(column));
    }
  }
  return result;
}

}  // namespace

SampleGroups sample_groups(std::vector<double> domain, const std::vector<VariableId>& by,
                           const Dataset& dataset, const StudySample& sample) {
  SampleGroups groups;
  groups.options = {{}};
  groups.columns.push_back(std::move(domain));
  for (VariableId id : by)
    groups = crossed(groups, id, dataset, sample.rows);
  return groups;
}

}  // namespace topline
