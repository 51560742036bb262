#include "simulation/junction_tree.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace topline {

namespace {

// Every scope lies within a clique, parents stand before children, and the cliques that hold a
// facet hang together: all but one of them have it in the overlap with their parent.
void expect_junction_tree(const std::vector<Clique>& cliques, size_t facets,
                          const std::vector<Scope>& scopes) {
  for (const Scope& scope : scopes)
    EXPECT_TRUE(std::any_of(cliques.begin(), cliques.end(),
                            [&](const Clique& clique) { return within(scope, clique.facets); }));
  for (size_t i = 0; i < cliques.size(); ++i)
    EXPECT_LT(cliques[i].parent, static_cast<int>(i));
  for (size_t facet = 0; facet < facets; ++facet) {
    const Scope one{static_cast<int>(facet)};
    const auto holding = std::count_if(cliques.begin(), cliques.end(), [&](const Clique& clique) {
      return within(one, clique.facets);
    });
    const auto inherited = std::count_if(cliques.begin(), cliques.end(), [&](const Clique& clique) {
      return within(one, clique.overlap);
    });
    EXPECT_EQ(holding, inherited + 1) << "facet " << facet;
  }
}

TEST(JunctionTreeTest, AChainStaysAChain) {
  const std::vector<Scope> scopes = {{0, 1}, {1, 2}, {2, 3}};
  const std::vector<Clique> cliques = junction_tree({2, 2, 2, 2}, scopes);
  EXPECT_EQ(cliques.size(), 3U);
  expect_junction_tree(cliques, 4, scopes);
}

TEST(JunctionTreeTest, ACircleIsClosedByChords) {
  const std::vector<Scope> scopes = {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {0, 4}};
  const std::vector<Clique> cliques = junction_tree({2, 3, 4, 5, 6}, scopes);
  EXPECT_EQ(cliques.size(), 3U);  // a pentagon falls into three triangles
  expect_junction_tree(cliques, 5, scopes);
}

TEST(JunctionTreeTest, WhatIsNotTiedStandsAlone) {
  const std::vector<Scope> scopes = {{0, 2}, {}};
  const std::vector<Clique> cliques = junction_tree({2, 2, 2}, scopes);
  EXPECT_EQ(cliques.size(), 2U);
  expect_junction_tree(cliques, 3, scopes);
}

TEST(JunctionTreeTest, NothingGivesNothing) {
  EXPECT_TRUE(junction_tree({}, {}).empty());
}

TEST(JunctionTreeTest, ACliqueWithinAnotherIsLeftOut) {
  const std::vector<Scope> scopes = {{0, 1, 2}, {0, 1}, {1, 2}, {0, 2}};
  const std::vector<Clique> cliques = junction_tree({2, 2, 2}, scopes);
  EXPECT_EQ(cliques.size(), 1U);
  expect_junction_tree(cliques, 3, scopes);
}

}  // namespace

}  // namespace topline
