// Overlapping groups of facets, arranged as a tree so that counts which agree where two groups
// overlap always come from some set of cases.
//
// A set of scopes (the facets that a condition reads) is completed to a chordal graph; its
// cliques form a junction tree (Lauritzen and Spiegelhalter 1988): whatever facet two cliques
// share, all cliques on the path between them hold it too. Tables of counts over the cliques
// that agree on the overlaps can then be dealt out to cases, clique by clique.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace topline {

using Scope = std::vector<int>;  // facets, ascending

struct Clique {
  Scope facets;
  int parent = -1;  // position in the list of cliques, before this one; -1: a root
  Scope overlap;    // with the parent
};

// `sizes` gives the number of values of each facet. Every scope lies within some clique.
std::vector<Clique> junction_tree(const std::vector<int64_t>& sizes,
                                  const std::vector<Scope>& scopes);

// Whether `part` lies within `whole`.
bool within(const Scope& part, const Scope& whole);
Scope united(const Scope& a, const Scope& b);

}  // namespace topline
