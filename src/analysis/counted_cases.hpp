// The cases that a table counts, one by one.
#pragma once

#include <functional>

#include "analysis/weighed_cases.hpp"
#include "engine/table_case.hpp"

namespace topline {

// Calls `use` for every row of the sample that counts and lies in the table's base, with its number
// in the sample and what it adds to the table, which is good until the next call.
void each_counted_case(const TablePlan& plan, const Dataset& dataset, const WeighedCases& cases,
                       const Table& table,
                       const std::function<void(size_t k, const TableCase& read)>& use);

}  // namespace topline
