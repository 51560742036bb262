#include "simulation/count_plan.hpp"

#include <algorithm>

namespace topline {

namespace {

constexpr size_t most_cells = 40'000;
constexpr int most_nodes = 1'000;  // of the search for whole numbers

// Columns of the program are branched on in this order.
enum Rank { rank_base, rank_hits, rank_cell };

int64_t floor_divided(int64_t a, int64_t b) {
  return a >= 0 ? a / b : -((-a + b - 1) / b);
}

int64_t share_scale(const Target& share) {
  int64_t scale = 100;
  for (int i = 0; i < share.decimals; ++i)
    scale *= 10;
  return scale;
}

// Lists the cells of a clique that no rule forbids.
class CellLister {
 public:
  CellLister(const Scope& facets, const FacetSpace& space, const std::vector<ScopeTable>& rules,
             size_t most)
      : facets_(facets), space_(space), most_(most), values_(space.all().size(), 0) {
    rules_.resize(facets.size());
    for (const ScopeTable& rule : rules) {
      if (!within(rule.scope, facets))
        continue;
      // Checked as soon as the last of its facets has a value.
      const auto last = std::lower_bound(facets.begin(), facets.end(), rule.scope.back());
      rules_[static_cast<size_t>(last - facets.begin())].push_back(&rule);
    }
  }

  // False when there are too many.
  bool run(std::vector<std::vector<int>>& cells) { return extend(0, cells); }

 private:
  bool extend(size_t position, std::vector<std::vector<int>>& cells) {
    if (position == facets_.size()) {
      std::vector<int> cell;
      for (int facet : facets_)
        cell.push_back(values_[static_cast<size_t>(facet)]);
      cells.push_back(std::move(cell));
      return cells.size() <= most_;
    }
    const int facet = facets_[position];
    const auto count = static_cast<int>(space_[facet].values.size());
    for (int value = 0; value < count; ++value) {
      values_[static_cast<size_t>(facet)] = value;
      const bool allowed =
          std::all_of(rules_[position].begin(), rules_[position].end(),
                      [&](const ScopeTable* rule) { return rule->at(values_) != 0; });
      if (allowed && !extend(position + 1, cells))
        return false;
    }
    return true;
  }

  const Scope& facets_;
  const FacetSpace& space_;
  const size_t most_;
  std::vector<int> values_;
  std::vector<std::vector<const ScopeTable*>> rules_;  // by position of their last facet
};

}  // namespace

// Where the cells stand in the program. A cell's count is `wanted` plus `more` minus `less`.
struct CountPlan::Columns {
  std::vector<std::vector<int>> more, less;  // -1: none
  const CellCounts* wanted = nullptr;
};

// A row that is being put together; constants move to its bounds.
struct CountPlan::Row {
  explicit Row(const Columns& from) : columns(from) {}

  void cell(size_t clique, size_t cell, int64_t factor) {
    terms.push_back({columns.more[clique][cell], factor});
    if (const int less = columns.less[clique][cell]; less >= 0)
      terms.push_back({less, -factor});
    if (columns.wanted != nullptr)
      constant += factor * (*columns.wanted)[clique][cell];
  }
  void column(int column, int64_t factor) { terms.push_back({column, factor}); }
  void add_to(IntegerProgram& program, std::optional<int64_t> low, std::optional<int64_t> high) {
    if (low)
      *low -= constant;
    if (high)
      *high -= constant;
    program.add_row(std::move(terms), low, high);
  }

  const Columns& columns;
  std::vector<LinearTerm> terms;
  int64_t constant = 0;
};

int CliqueTable::value(size_t cell, int facet) const {
  const Scope& facets = clique.facets;
  const auto at = std::lower_bound(facets.begin(), facets.end(), facet) - facets.begin();
  return cells[cell][static_cast<size_t>(at)];
}

std::vector<int> CliqueTable::values(size_t cell, const Scope& facets) const {
  std::vector<int> all;
  for (int facet : facets)
    all.push_back(value(cell, facet));
  return all;
}

CountRange counts_printed_as(const Target& share, int64_t base) {
  // Half up: 2 scale count / base lies from 2 value - 1, included, to 2 value + 1.
  const int64_t twice = 2 * share_scale(share);
  CountRange range;
  range.least = std::max<int64_t>(0, -floor_divided(-(2 * share.value - 1) * base, twice));
  range.most = std::min(base, floor_divided((2 * share.value + 1) * base - 1, twice));
  return range;
}

std::optional<CountPlan> CountPlan::make(const OpenStudy& study, const Targets& targets,
                                         const FacetSpace& space, const CaseModel& model,
                                         int64_t cases, Diagnostics& faults) {
  CountPlan plan(study, targets, space, model, cases);
  if (!plan.list_cells(faults))
    return std::nullopt;
  plan.find_homes();
  return plan;
}

bool CountPlan::list_cells(Diagnostics& faults) {
  std::vector<Scope> scopes;
  for (const ScopeTable& rule : model_.rules)
    scopes.push_back(rule.scope);
  for (const ScopeTable& target : model_.targets)
    scopes.push_back(target.scope);
  size_t left = most_cells;
  for (Clique& clique : junction_tree(space_.sizes(), scopes)) {
    CliqueTable table;
    table.clique = std::move(clique);
    if (!CellLister(table.clique.facets, space_, model_.rules, left).run(table.cells)) {
      std::string names;
      for (int facet : table.clique.facets) {
        if (space_[facet].kind == FacetKind::path)
          continue;
        const std::string& name = study_.codebook()[space_[facet].variable].name;
        if (names.find(name) == std::string::npos)
          names += (names.empty() ? "" : ", ") + name;
      }
      faults.error({targets_.all.empty() ? "targets.yaml" : targets_.all[0].place.file, 0, 0, 0},
                   "the targets and the routing tie too many answers together: " + names,
                   "give targets about fewer of these questions at once");
      return false;
    }
    left -= table.cells.size();
    cliques_.push_back(std::move(table));
  }
  return true;
}

size_t CountPlan::clique_with(const Scope& scope) const {
  size_t best = cliques_.size();
  for (size_t i = 0; i < cliques_.size(); ++i) {
    if (within(scope, cliques_[i].clique.facets) &&
        (best == cliques_.size() || cliques_[i].cells.size() < cliques_[best].cells.size()))
      best = i;
  }
  return best;
}

void CountPlan::find_homes() {
  std::vector<int> values(space_.all().size(), 0);
  for (const ScopeTable& target : model_.targets) {
    const size_t home = clique_with(target.scope);
    homes_.push_back(home);
    std::vector<uint8_t>& roles = roles_.emplace_back();
    if (home == cliques_.size())
      continue;
    const CliqueTable& table = cliques_[home];
    for (const std::vector<int>& cell : table.cells) {
      for (size_t i = 0; i < cell.size(); ++i)
        values[static_cast<size_t>(table.clique.facets[i])] = cell[i];
      roles.push_back(target.at(values));
    }
  }
}

std::optional<CountPlan::KnownBase> CountPlan::known_base(
    size_t target, const std::vector<uint8_t>& active) const {
  const std::vector<uint8_t>& roles = roles_[target];
  if (std::all_of(roles.begin(), roles.end(), [](uint8_t role) { return role != outside_base; }))
    return KnownBase{cases_, -1};
  const ScopeTable& table = model_.targets[target];
  for (size_t i = 0; i < targets_.all.size(); ++i) {
    const ScopeTable& other = model_.targets[i];
    if (active[i] == 0 || targets_.all[i].kind == TargetKind::share || other.scope != table.scope)
      continue;
    const bool same = std::equal(
        table.value.begin(), table.value.end(), other.value.begin(),
        [](uint8_t base, uint8_t counted) { return (base != outside_base) == (counted == hit); });
    if (same)
      return KnownBase{targets_.all[i].value, static_cast<int>(i)};
  }
  return std::nullopt;
}

CountPlan CountPlan::part(const std::vector<size_t>& cliques) const {
  CountPlan result(study_, targets_, space_, model_, cases_);
  for (size_t position : cliques) {
    CliqueTable table = cliques_[position];
    const auto parent =
        std::find(cliques.begin(), cliques.end(), static_cast<size_t>(table.clique.parent));
    table.clique.parent = table.clique.parent < 0 || parent == cliques.end()
                              ? -1
                              : static_cast<int>(parent - cliques.begin());
    result.cliques_.push_back(std::move(table));
  }
  result.find_homes();
  return result;
}

IntegerProgram CountPlan::program(const std::vector<uint8_t>& active, const CellCounts* wanted,
                                  Columns& columns) const {
  IntegerProgram program;
  columns.wanted = wanted;
  columns.more.resize(cliques_.size());
  columns.less.resize(cliques_.size());
  for (size_t i = 0; i < cliques_.size(); ++i) {
    for (size_t j = 0; j < cliques_[i].cells.size(); ++j) {
      const int64_t already = wanted != nullptr ? (*wanted)[i][j] : 0;
      // What nobody was expected to answer costs more than one case more of what is usual.
      const int64_t cost = wanted == nullptr ? 0 : already == 0 ? 3 : 1;
      columns.more[i].push_back(program.add_column(0, cases_, cost, rank_cell));
      columns.less[i].push_back(already > 0 ? program.add_column(0, already, 1, rank_cell) : -1);
    }
  }
  for (size_t i = 0; i < cliques_.size(); ++i) {
    if (cliques_[i].clique.parent >= 0)
      continue;
    Row everybody(columns);
    for (size_t j = 0; j < cliques_[i].cells.size(); ++j)
      everybody.cell(i, j, 1);
    everybody.add_to(program, cases_, cases_);
  }
  add_overlaps(program, columns);
  add_tick_limits(program, columns);
  for (size_t i = 0; i < targets_.all.size(); ++i) {
    if (active[i] != 0)
      add_target(program, columns, i, active);
  }
  return program;
}

void CountPlan::add_overlaps(IntegerProgram& program, const Columns& columns) const {
  for (size_t i = 0; i < cliques_.size(); ++i) {
    const Clique& clique = cliques_[i].clique;
    if (clique.parent < 0)
      continue;
    std::map<std::vector<int>, Row> rows;
    auto add = [&](size_t position, int64_t factor) {
      const CliqueTable& table = cliques_[position];
      for (size_t j = 0; j < table.cells.size(); ++j) {
        rows.try_emplace(table.values(j, clique.overlap), columns)
            .first->second.cell(position, j, factor);
      }
    };
    add(i, 1);
    add(static_cast<size_t>(clique.parent), -1);
    for (auto& [shared, row] : rows)
      row.add_to(program, 0, 0);
  }
}

void CountPlan::count_where(Row& row, const std::vector<std::pair<int, int>>& values,
                            int64_t factor) const {
  Scope scope;
  for (const auto& [facet, value] : values)
    scope = united(scope, {facet});
  const size_t home = clique_with(scope);
  const CliqueTable& table = cliques_[home];
  for (size_t j = 0; j < table.cells.size(); ++j) {
    const bool met = std::all_of(values.begin(), values.end(), [&](const auto& wanted) {
      return table.value(j, wanted.first) == wanted.second;
    });
    if (met)
      row.cell(home, j, factor);
  }
}

// Of a multiple question that was taken apart: everybody with regular ticks has at least one,
// and at most as many as the question allows. Taken together over all cases.
void CountPlan::add_tick_limits(IntegerProgram& program, const Columns& columns) const {
  for (size_t i = 0; i < space_.all().size(); ++i) {
    const Facet& mode = space_.all()[i];
    if (mode.kind != FacetKind::mode || !study_.codebook()[mode.variable].question.valid())
      continue;
    const Question& question = study_.questionnaire[study_.codebook()[mode.variable].question];
    const ChoiceLimits limits = choice_limits(question);
    int others = 0;  // regular options of which nothing is planned
    std::vector<int> ticks;
    bool whole = clique_with({static_cast<int>(i)}) < cliques_.size();
    for (size_t option = 0; option < question.options->size(); ++option) {
      if ((*question.options)[option].exclusive)
        continue;
      const int tick = space_.tick(mode.variable, static_cast<int>(option));
      if (tick >= 0)
        ticks.push_back(tick);
      else
        ++others;
      whole = whole && (tick < 0 || clique_with({static_cast<int>(i), tick}) < cliques_.size());
    }
    if (!whole)
      continue;  // part of a plan
    const int regular = static_cast<int>(mode.values.size()) - 1;
    auto add = [&](int each, bool at_least) {
      // Both sides in one clique would name a column twice; the left side is a column.
      const int sum = program.add_column(0, std::nullopt, 0, rank_cell);
      Row answers(columns);
      count_where(answers, {{static_cast<int>(i), regular}}, each);
      answers.column(sum, -1);
      answers.add_to(program, 0, 0);
      std::vector<int> parts;
      for (int tick : ticks) {
        const int part = program.add_column(0, std::nullopt, 0, rank_cell);
        Row on(columns);
        count_where(on, {{static_cast<int>(i), regular}, {tick, 1}}, 1);
        on.column(part, -1);
        on.add_to(program, 0, 0);
        parts.push_back(part);
      }
      Row balance(columns);
      for (int part : parts)
        balance.column(part, at_least ? 1 : -1);
      balance.column(sum, at_least ? -1 : 1);
      balance.add_to(program, 0, std::nullopt);
    };
    if (limits.least > others)
      add(limits.least - others, true);
    if (limits.most < static_cast<int>(ticks.size()))
      add(limits.most, false);
  }
}

void CountPlan::add_target(IntegerProgram& program, const Columns& columns, size_t position,
                           const std::vector<uint8_t>& active) const {
  const Target& target = targets_.all[position];
  const size_t home = homes_[position];
  const std::vector<uint8_t>& roles = roles_[position];
  auto sum = [&](auto counts) {
    Row row(columns);
    for (size_t j = 0; j < roles.size(); ++j) {
      if (counts(roles[j]))
        row.cell(home, j, 1);
    }
    return row;
  };
  const auto is_hit = [](uint8_t role) { return role == hit; };
  if (target.kind != TargetKind::share)
    return sum(is_hit).add_to(program, target.value, target.value);
  if (const std::optional<KnownBase> base = known_base(position, active)) {
    // Nobody to ask leaves nothing to print.
    const CountRange range =
        base->cases > 0 ? counts_printed_as(target, base->cases) : CountRange{1, 0};
    return sum(is_hit).add_to(program, range.least, range.most);
  }
  const int hits = program.add_column(0, cases_, 0, rank_hits);
  Row hit_row = sum(is_hit);
  hit_row.column(hits, -1);
  hit_row.add_to(program, 0, 0);
  const int base = program.add_column(1, cases_, 0, rank_base);
  Row base_row = sum([](uint8_t role) { return role != outside_base; });
  base_row.column(base, -1);
  base_row.add_to(program, 0, 0);
  const int64_t twice = 2 * share_scale(target);
  program.add_row({{hits, twice}, {base, -(2 * target.value - 1)}}, 0, std::nullopt);
  program.add_row({{hits, twice}, {base, -(2 * target.value + 1)}}, std::nullopt, -1);
}

IntegerProgram::Outcome CountPlan::possible(const std::vector<uint8_t>& active) const {
  Columns columns;
  return program(active, nullptr, columns).solve(most_nodes).outcome;
}

std::optional<CellCounts> CountPlan::solve(const CellCounts& wanted) const {
  Columns columns;
  const std::vector<uint8_t> all(targets_.all.size(), 1);
  const IntegerProgram::Solution solution = program(all, &wanted, columns).solve(most_nodes);
  if (solution.outcome != IntegerProgram::Outcome::found)
    return std::nullopt;
  CellCounts counts = wanted;
  for (size_t i = 0; i < counts.size(); ++i) {
    for (size_t j = 0; j < counts[i].size(); ++j) {
      counts[i][j] += solution.values[static_cast<size_t>(columns.more[i][j])];
      if (const int less = columns.less[i][j]; less >= 0)
        counts[i][j] -= solution.values[static_cast<size_t>(less)];
    }
  }
  return counts;
}

}  // namespace topline
