#include "simulation/integer_program.hpp"

#include <algorithm>
#include <cmath>
#include <glpk.h>
#include <memory>

namespace topline {

namespace {

struct Free {
  void operator()(glp_prob* problem) const { glp_delete_prob(problem); }
};
using Problem = std::unique_ptr<glp_prob, Free>;

int bound_kind(const std::optional<int64_t>& low, const std::optional<int64_t>& high) {
  if (low && high)
    return *low == *high ? GLP_FX : GLP_DB;
  if (low)
    return GLP_LO;
  return high ? GLP_UP : GLP_FR;
}

double bound(const std::optional<int64_t>& value) {
  return value ? static_cast<double>(*value) : 0.0;
}

// What the branch-and-bound search is told and asked on the way.
struct Search {
  std::vector<int> order;  // GLPK's column numbers, by rank
  int nodes_left = 0;
  bool given_up = false;
};

void branch(glp_tree* tree, const Search& search) {
  glp_prob* relaxed = glp_ios_get_prob(tree);
  for (int column : search.order) {
    if (glp_ios_can_branch(tree, column) == 0)
      continue;
    const double value = glp_get_col_prim(relaxed, column);
    const bool up = value - std::floor(value) >= 0.5;
    glp_ios_branch_upon(tree, column, up ? GLP_UP_BRNCH : GLP_DN_BRNCH);
    return;
  }
}

void on_event(glp_tree* tree, void* info) {
  auto& search = *static_cast<Search*>(info);
  switch (glp_ios_reason(tree)) {
    case GLP_IBRANCH:
      branch(tree, search);
      break;
    case GLP_ISELECT:
      if (search.nodes_left-- <= 0) {
        search.given_up = true;
        glp_ios_terminate(tree);
      }
      break;
    case GLP_IBINGO:
      glp_ios_terminate(tree);
      break;
    default:
      break;
  }
}

}  // namespace

int IntegerProgram::add_column(int64_t low, std::optional<int64_t> high, int64_t cost, int rank) {
  columns_.push_back({low, high, cost, rank});
  return static_cast<int>(columns_.size()) - 1;
}

void IntegerProgram::add_row(std::vector<LinearTerm> terms, std::optional<int64_t> low,
                             std::optional<int64_t> high) {
  rows_.push_back({std::move(terms), low, high});
}

bool IntegerProgram::satisfied(const std::vector<int64_t>& values) const {
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (values[i] < columns_[i].low || (columns_[i].high && values[i] > *columns_[i].high))
      return false;
  }
  return std::all_of(rows_.begin(), rows_.end(), [&](const Row& row) {
    int64_t sum = 0;
    for (const LinearTerm& term : row.terms)
      sum += term.factor * values[static_cast<size_t>(term.column)];
    return (!row.low || sum >= *row.low) && (!row.high || sum <= *row.high);
  });
}

IntegerProgram::Solution IntegerProgram::solve(int most_nodes) const {
  Solution solution;
  if (std::any_of(rows_.begin(), rows_.end(),
                  [](const Row& row) { return row.low && row.high && *row.low > *row.high; }) ||
      std::any_of(columns_.begin(), columns_.end(),
                  [](const Column& column) { return column.high && column.low > *column.high; })) {
    solution.outcome = Outcome::none;
    return solution;
  }
  if (columns_.empty()) {
    solution.outcome = satisfied({}) ? Outcome::found : Outcome::none;
    return solution;
  }

  glp_term_out(GLP_OFF);
  const Problem problem(glp_create_prob());
  Search search;
  search.nodes_left = most_nodes;
  glp_add_cols(problem.get(), static_cast<int>(columns_.size()));
  for (size_t i = 0; i < columns_.size(); ++i) {
    const Column& column = columns_[i];
    const int number = static_cast<int>(i) + 1;
    glp_set_col_bnds(problem.get(), number, bound_kind(column.low, column.high),
                     static_cast<double>(column.low), bound(column.high));
    glp_set_obj_coef(problem.get(), number, static_cast<double>(column.cost));
    glp_set_col_kind(problem.get(), number, GLP_IV);
    search.order.push_back(number);
  }
  std::stable_sort(search.order.begin(), search.order.end(), [&](int a, int b) {
    return columns_[static_cast<size_t>(a) - 1].rank < columns_[static_cast<size_t>(b) - 1].rank;
  });
  if (!rows_.empty())
    glp_add_rows(problem.get(), static_cast<int>(rows_.size()));
  for (size_t i = 0; i < rows_.size(); ++i) {
    const Row& row = rows_[i];
    const int number = static_cast<int>(i) + 1;
    glp_set_row_bnds(problem.get(), number, bound_kind(row.low, row.high), bound(row.low),
                     bound(row.high));
    std::vector<int> columns(1, 0);  // GLPK counts from 1
    std::vector<double> factors(1, 0);
    for (const LinearTerm& term : row.terms) {
      columns.push_back(term.column + 1);
      factors.push_back(static_cast<double>(term.factor));
    }
    glp_set_mat_row(problem.get(), number, static_cast<int>(row.terms.size()), columns.data(),
                    factors.data());
  }

  glp_smcp simplex;
  glp_init_smcp(&simplex);
  simplex.msg_lev = GLP_MSG_OFF;
  simplex.presolve = GLP_ON;
  const int relaxed = glp_simplex(problem.get(), &simplex);
  if (relaxed == GLP_ENOPFS || glp_get_status(problem.get()) == GLP_NOFEAS) {
    solution.outcome = Outcome::none;
    return solution;
  }
  if (relaxed != 0 || glp_get_status(problem.get()) != GLP_OPT)
    return solution;

  glp_iocp options;
  glp_init_iocp(&options);
  options.msg_lev = GLP_MSG_OFF;
  options.bt_tech = GLP_BT_DFS;
  options.cb_func = on_event;
  options.cb_info = &search;
  glp_intopt(problem.get(), &options);
  const int status = glp_mip_status(problem.get());
  if (status == GLP_NOFEAS && !search.given_up) {
    solution.outcome = Outcome::none;
    return solution;
  }
  if (status != GLP_OPT && status != GLP_FEAS)
    return solution;
  for (size_t i = 0; i < columns_.size(); ++i)
    solution.values.push_back(
        std::llround(glp_mip_col_val(problem.get(), static_cast<int>(i) + 1)));
  // GLPK computes in floating point; the answer counts only if it holds in whole numbers.
  if (satisfied(solution.values))
    solution.outcome = Outcome::found;
  return solution;
}

}  // namespace topline
