// How many cases of which kind: whole numbers for every cell of every clique, so that the
// cliques agree where they overlap and every target comes out as printed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "simulation/case_model.hpp"
#include "simulation/integer_program.hpp"
#include "simulation/junction_tree.hpp"

namespace topline {

// The combinations that are possible in one clique.
struct CliqueTable {
  Clique clique;
  std::vector<std::vector<int>> cells;  // each: a value for every facet of the clique

  // The value that a cell has for a facet of the clique.
  [[nodiscard]] int value(size_t cell, int facet) const;
  // The values for several of them.
  [[nodiscard]] std::vector<int> values(size_t cell, const Scope& facets) const;
};

using CellCounts = std::vector<std::vector<int64_t>>;  // by clique and cell
using CellWeights = std::vector<std::vector<double>>;

// The counts out of `base` that print as the share: none when `least` > `most`.
struct CountRange {
  int64_t least = 0;
  int64_t most = 0;
};
CountRange counts_printed_as(const Target& share, int64_t base);

class CountPlan {
 public:
  // Nothing when the targets tie too many answers together (told in `faults`). All arguments
  // must outlive the plan.
  static std::optional<CountPlan> make(const OpenStudy& study, const Targets& targets,
                                       const FacetSpace& space, const CaseModel& model,
                                       int64_t cases, Diagnostics& faults);

  // The plan cut down to some of its cliques (positions, ascending, joined to one another).
  // What contradicts it contradicts the whole plan; the reverse is not so. Only targets of
  // which holds_target() is true may be active.
  [[nodiscard]] CountPlan part(const std::vector<size_t>& cliques) const;
  [[nodiscard]] bool holds_target(size_t target) const { return homes_[target] < cliques_.size(); }

  // Whether `cases` cases can meet the targets whose position is set in `active`.
  [[nodiscard]] IntegerProgram::Outcome possible(const std::vector<uint8_t>& active) const;
  // Counts that meet all targets, as near to `wanted` as is quickly found.
  [[nodiscard]] std::optional<CellCounts> solve(const CellCounts& wanted) const;

  [[nodiscard]] int64_t cases() const { return cases_; }
  [[nodiscard]] const std::vector<CliqueTable>& cliques() const { return cliques_; }
  // The clique that a target is counted in, and what it says of each of that clique's cells.
  [[nodiscard]] size_t home(size_t target) const { return homes_[target]; }
  [[nodiscard]] const std::vector<uint8_t>& roles(size_t target) const { return roles_[target]; }
  // The base of a share where it is known: all cases, or the number of a target that is
  // `active` and counts just the cases that are the base (`by` is its position, -1 for all).
  struct KnownBase {
    int64_t cases = 0;
    int by = -1;
  };
  [[nodiscard]] std::optional<KnownBase> known_base(size_t target,
                                                    const std::vector<uint8_t>& active) const;

 private:
  CountPlan(const OpenStudy& study, const Targets& targets, const FacetSpace& space,
            const CaseModel& model, int64_t cases)
      : study_(study), targets_(targets), space_(space), model_(model), cases_(cases) {}
  bool list_cells(Diagnostics& faults);
  void find_homes();

  struct Columns;
  struct Row;
  [[nodiscard]] IntegerProgram program(const std::vector<uint8_t>& active, const CellCounts* wanted,
                                       Columns& columns) const;
  void add_overlaps(IntegerProgram& program, const Columns& columns) const;
  void add_tick_limits(IntegerProgram& program, const Columns& columns) const;
  void add_target(IntegerProgram& program, const Columns& columns, size_t position,
                  const std::vector<uint8_t>& active) const;
  [[nodiscard]] size_t clique_with(const Scope& scope) const;
  // Adds `factor` for each case with these values of facets of one clique.
  void count_where(Row& row, const std::vector<std::pair<int, int>>& values, int64_t factor) const;

  const OpenStudy& study_;
  const Targets& targets_;
  const FacetSpace& space_;
  const CaseModel& model_;
  int64_t cases_;
  std::vector<CliqueTable> cliques_;
  std::vector<size_t> homes_;                // by target
  std::vector<std::vector<uint8_t>> roles_;  // by target and cell of its home
};

}  // namespace topline
