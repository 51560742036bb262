#include "weighting/rake.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

namespace topline {

namespace {

// The joint cells that have weight, side by side.
struct Table {
  std::vector<size_t> cell;                 // its number among all joint cells
  std::vector<double> before;               // Σ weights
  std::vector<double> now;                  // adjusted
  std::vector<std::vector<uint32_t>> code;  // [margin][cell]
};

Table table_of(const JointCells& cells, const std::vector<double>& sums, size_t margins) {
  Table table;
  table.code.resize(margins);
  for (size_t cell = 0; cell < sums.size(); ++cell) {
    if (!(sums[cell] > 0))
      continue;
    table.cell.push_back(cell);
    table.before.push_back(sums[cell]);
    for (size_t m = 0; m < margins; ++m)
      table.code[m].push_back(cells.codes(m)[cell]);
  }
  table.now = table.before;
  return table;
}

std::vector<double> totals_of(const Table& table, size_t m, size_t categories) {
  std::vector<double> totals(categories);
  for (size_t i = 0; i < table.now.size(); ++i)
    totals[table.code[m][i]] += table.now[i];
  return totals;
}

// Whether every category with weight has a population, and the other way round.
bool categories_agree(const Table& table, const std::vector<Margin>& margins) {
  for (size_t m = 0; m < margins.size(); ++m) {
    for (uint32_t code : table.code[m]) {
      if (!(margins[m].count(code) > 0))
        return false;
    }
    const std::vector<double> totals = totals_of(table, m, margins[m].population.size());
    for (size_t code = 0; code < totals.size(); ++code) {
      if (!(totals[code] > 0) && margins[m].count(code) > 0)
        return false;
    }
  }
  return true;
}

// Adjusts to each margin in turn; says by how much the total of a cell changed at most.
double sweep(Table& table, const std::vector<Margin>& margins,
             std::vector<std::vector<double>>& factors) {
  const std::vector<double> before = table.now;
  for (size_t m = 0; m < margins.size(); ++m) {
    std::vector<double> totals = totals_of(table, m, margins[m].population.size());
    for (size_t code = 0; code < totals.size(); ++code)
      totals[code] = totals[code] > 0 ? margins[m].count(code) / totals[code] : 1;
    for (size_t i = 0; i < table.now.size(); ++i)
      table.now[i] *= totals[table.code[m][i]];
    factors[m] = std::move(totals);
  }
  double change = 0;
  for (size_t i = 0; i < before.size(); ++i)
    change = std::max(change, std::abs(table.now[i] - before[i]));
  return change;
}

std::vector<CategoryFit> worst_fits(const Table& table, const std::vector<Margin>& margins) {
  std::vector<CategoryFit> worst;
  for (size_t m = 0; m < margins.size(); ++m) {
    const Margin& margin = margins[m];
    const std::vector<double> totals = totals_of(table, m, margin.population.size());
    size_t at = 0;
    double misfit = -1;
    for (size_t code = 0; code < totals.size(); ++code) {
      if (!(margin.count(code) > 0))
        continue;
      const double own = CategoryFit{{}, {}, totals[code], margin.count(code)}.misfit();
      if (own > misfit) {
        misfit = own;
        at = code;
      }
    }
    worst.push_back({margin.name, category_name(margin, at), totals[at], margin.count(at)});
  }
  return worst;
}

double largest_misfit(const std::vector<CategoryFit>& worst) {
  double largest = 0;
  for (const CategoryFit& fit : worst)
    largest = std::max(largest, fit.misfit());
  return largest;
}

Diagnostic not_converged(const RakeReport& report) {
  const CategoryFit* most = &report.worst.front();
  for (const CategoryFit& fit : report.worst)
    most = fit.misfit() > most->misfit() ? &fit : most;
  return fault_in("",
                  "raking did not converge in " + std::to_string(report.sweeps) +
                      " sweeps: " + most->category + " weighs " + in_words(most->reached) +
                      " for a population of " + in_words(most->wanted),
                  "some categories may never occur together: put small ones together, or use fewer "
                  "margins");
}

// The first fault of weights and margins that were found not to agree.
Diagnostic disagreement(const std::vector<double>& weights, const std::vector<Margin>& margins) {
  Diagnostics faults;
  check_margins(weights, margins, faults);
  return faults.empty() ? fault_in("", "the weights add up to more than a number can hold")
                        : faults.all().front();
}

struct Raked {
  std::vector<double> factors;  // by joint cell
  RakeReport report;
};

Result<Raked> rake_cells(const std::vector<double>& weights, const std::vector<Margin>& margins,
                         const JointCells& cells, const RakeOptions& options, size_t threads) {
  Diagnostics faults;
  check_populations(margins, faults);
  if (weights.empty() || weights.size() != cells.rows() || faults.has_errors())
    return disagreement(weights, margins);
  const JointCells::Sums sums = cells.sums(weights, threads);
  Table table = table_of(cells, sums.by_cell, margins.size());
  if (!sums.valid || table.now.empty() || !categories_agree(table, margins))
    return disagreement(weights, margins);
  Raked raked;
  RakeReport& report = raked.report;
  report.last_factors.resize(margins.size());
  while (!report.converged && report.sweeps < options.most_sweeps) {
    const double change = sweep(table, margins, report.last_factors);
    ++report.sweeps;
    if (options.stop == RakeStop::cells_settled)
      report.converged = change < options.tolerance;
    else
      report.converged = largest_misfit(worst_fits(table, margins)) <= options.tolerance;
  }
  report.worst = worst_fits(table, margins);
  if (!report.converged && !options.accept_unconverged)
    return not_converged(report);
  raked.factors.assign(cells.cells(), 1);
  report.smallest_factor = report.largest_factor = table.now.front() / table.before.front();
  for (size_t i = 0; i < table.now.size(); ++i) {
    const double factor = table.now[i] / table.before[i];
    raked.factors[table.cell[i]] = factor;
    report.smallest_factor = std::min(report.smallest_factor, factor);
    report.largest_factor = std::max(report.largest_factor, factor);
  }
  return raked;
}

}  // namespace

Result<RakedWeights> rake(const std::vector<double>& weights, const std::vector<Margin>& margins,
                          const RakeOptions& options, size_t threads) {
  if (margins.empty())
    return fault_in("", "there is no margin to rake to");
  const Result<JointCells> cells = JointCells::of(margins, threads);
  if (!cells)
    return cells.fault();
  Result<Raked> raked = rake_cells(weights, margins, *cells, options, threads);
  if (!raked)
    return raked.fault();
  RakedWeights result;
  result.report = std::move(raked->report);
  result.weights.resize(weights.size());
  cells->multiply(raked->factors, weights.data(), result.weights.data(), threads);
  return result;
}

Result<RakeReport> rake_in_place(std::vector<double>& weights, const std::vector<Margin>& margins,
                                 const JointCells& cells, const RakeOptions& options,
                                 size_t threads) {
  Result<Raked> raked = rake_cells(weights, margins, cells, options, threads);
  if (!raked)
    return raked.fault();
  cells.multiply(raked->factors, weights.data(), weights.data(), threads);
  return std::move(raked->report);
}

RakeOptions single_margin() {
  RakeOptions once;
  once.tolerance = 1e-9;
  once.most_sweeps = 1;
  return once;
}

Result<RakedWeights> post_stratify(const std::vector<double>& weights, const Margin& margin,
                                   size_t threads) {
  return rake(weights, {margin}, single_margin(), threads);
}

}  // namespace topline
