// What cases are possible, and which of them each target counts: tables over the facets that
// each condition reads, filled by the study's own routing, rules and derivations.
#pragma once

#include <cstdint>
#include <vector>

#include "base/diagnostic.hpp"
#include "simulation/facets.hpp"
#include "simulation/targets.hpp"

namespace topline {

// One byte for each combination of values of the facets in `scope`, the last facet changing
// fastest.
struct ScopeTable {
  Scope scope;
  std::vector<size_t> sizes;
  std::vector<uint8_t> value;

  // `values` gives the value of every facet, by facet.
  [[nodiscard]] uint8_t at(const std::vector<int>& values) const;
};

// What a target says of a combination.
enum CellRole : uint8_t { outside_base, in_base, hit };

struct CaseModel {
  std::vector<ScopeTable> rules;    // 1: a case that counts may be so
  std::vector<ScopeTable> targets;  // by target: CellRole
};

// Targets that tie too many answers together to be counted are faults.
CaseModel make_model(const OpenStudy& study, const Targets& targets, const FacetSpace& space,
                     Diagnostics& faults);

}  // namespace topline
