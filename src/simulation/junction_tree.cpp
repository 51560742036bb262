#include "simulation/junction_tree.hpp"

#include <algorithm>
#include <set>

namespace topline {

namespace {

struct Step {
  int eliminated = -1;
  Scope facets;     // the eliminated one and its neighbours at that time
  int parent = -1;  // position of a later step
};

// Eliminates facets, those first whose clique has the smallest table; ties by number.
std::vector<Step> eliminate(const std::vector<int64_t>& sizes, const std::vector<Scope>& scopes) {
  const size_t count = sizes.size();
  std::vector<std::set<int>> neighbours(count);
  for (const Scope& scope : scopes) {
    for (int a : scope) {
      for (int b : scope) {
        if (a != b)
          neighbours[static_cast<size_t>(a)].insert(b);
      }
    }
  }
  std::vector<Step> steps;
  std::vector<int> step_of(count, -1);
  for (size_t round = 0; round < count; ++round) {
    int best = -1;
    double best_size = 0;
    for (size_t i = 0; i < count; ++i) {
      if (step_of[i] >= 0)
        continue;
      auto size = static_cast<double>(sizes[i]);
      for (int other : neighbours[i])
        size *= static_cast<double>(sizes[static_cast<size_t>(other)]);
      if (best < 0 || size < best_size) {
        best = static_cast<int>(i);
        best_size = size;
      }
    }
    const std::set<int> around = neighbours[static_cast<size_t>(best)];
    Step step;
    step.eliminated = best;
    step.facets.assign(around.begin(), around.end());
    step.facets.insert(std::lower_bound(step.facets.begin(), step.facets.end(), best), best);
    step_of[static_cast<size_t>(best)] = static_cast<int>(round);
    for (int a : around) {
      std::set<int>& of = neighbours[static_cast<size_t>(a)];
      of.erase(best);
      of.insert(around.begin(), around.end());
      of.erase(a);
    }
    steps.push_back(std::move(step));
  }
  for (Step& step : steps) {
    for (int facet : step.facets) {
      const int later = step_of[static_cast<size_t>(facet)];
      if (facet != step.eliminated && (step.parent < 0 || later < step.parent))
        step.parent = later;
    }
  }
  return steps;
}

}  // namespace

bool within(const Scope& part, const Scope& whole) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

Scope united(const Scope& a, const Scope& b) {
  Scope all;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
  return all;
}

std::vector<Clique> junction_tree(const std::vector<int64_t>& sizes,
                                  const std::vector<Scope>& scopes) {
  std::vector<Step> steps = eliminate(sizes, scopes);
  // A parent that lies within its child adds nothing: the child takes its place.
  std::vector<int> stands_for(steps.size());
  for (size_t i = 0; i < steps.size(); ++i)
    stands_for[i] = static_cast<int>(i);
  std::vector<uint8_t> gone(steps.size(), 0);
  for (size_t i = 0; i < steps.size(); ++i) {
    const int parent = steps[i].parent;
    if (parent < 0 || !within(steps[static_cast<size_t>(parent)].facets, steps[i].facets))
      continue;
    steps[static_cast<size_t>(parent)].facets = steps[i].facets;
    gone[i] = 1;
    stands_for[i] = parent;
  }
  // Parents before children: the last eliminated first.
  std::vector<Clique> cliques;
  std::vector<int> position(steps.size(), -1);
  for (size_t i = steps.size(); i-- > 0;) {
    if (gone[i] != 0)
      continue;
    Clique clique;
    clique.facets = steps[i].facets;
    if (int parent = steps[i].parent; parent >= 0) {
      while (gone[static_cast<size_t>(parent)] != 0)
        parent = stands_for[static_cast<size_t>(parent)];
      clique.parent = position[static_cast<size_t>(parent)];
      const Scope& other = cliques[static_cast<size_t>(clique.parent)].facets;
      std::set_intersection(clique.facets.begin(), clique.facets.end(), other.begin(), other.end(),
                            std::back_inserter(clique.overlap));
    }
    position[i] = static_cast<int>(cliques.size());
    cliques.push_back(std::move(clique));
  }
  return cliques;
}

}  // namespace topline
