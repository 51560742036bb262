#include "analysis/counted_cases.hpp"

namespace topline {

void each_counted_case(const TablePlan& plan, const Dataset& dataset, const WeighedCases& cases,
                       const Table& table,
                       const std::function<void(size_t k, const TableCase& read)>& use) {
  TableCaseReader reader(plan, dataset.codebook(), table);
  DatasetCase from(dataset);
  for (size_t k = 0; k < cases.sample.rows.size(); ++k) {
    if (cases.sample.counted[k] == 0)
      continue;
    from.move_to(cases.sample.rows[k]);
    const TableCase& read = reader.read(from);
    if (read.use == TableUse::counted)
      use(k, read);
  }
}

}  // namespace topline
