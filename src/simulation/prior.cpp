#include "simulation/prior.hpp"

#include <algorithm>
#include <cmath>

namespace topline {

namespace {

constexpr int rounds = 40;

class Fitting {
 public:
  Fitting(const CountPlan& plan, const Targets& targets, const FacetSpace& space)
      : plan_(plan), targets_(targets) {
    for (const CliqueTable& table : plan.cliques()) {
      std::vector<double>& weights = weights_.emplace_back();
      for (const std::vector<int>& cell : table.cells) {
        double weight = 1;
        for (size_t i = 0; i < cell.size(); ++i)
          weight *= value_weight(space[table.clique.facets[i]], cell[i]);
        weights.push_back(weight);
      }
      normalize(weights);
    }
  }

  CellWeights run() {
    for (int round = 0; round < rounds; ++round) {
      for (size_t target = 0; target < targets_.all.size(); ++target)
        pull(target);
      for (size_t i = 0; i < weights_.size(); ++i) {
        if (plan_.cliques()[i].clique.parent >= 0)
          agree(i, static_cast<size_t>(plan_.cliques()[i].clique.parent));
      }
    }
    return std::move(weights_);
  }

 private:
  static double value_weight(const Facet& facet, int value) {
    double total = 0;
    for (const FacetValue& one : facet.values)
      total += static_cast<double>(one.weight);
    return static_cast<double>(facet.values[static_cast<size_t>(value)].weight) / total;
  }

  static void normalize(std::vector<double>& weights) {
    double total = 0;
    for (double weight : weights)
      total += weight;
    if (total > 0) {
      for (double& weight : weights)
        weight /= total;
    }
  }

  void pull(size_t target) {
    const Target& of = targets_.all[target];
    std::vector<double>& weights = weights_[plan_.home(target)];
    const std::vector<uint8_t>& roles = plan_.roles(target);
    double hits = 0, base = 0;
    for (size_t i = 0; i < weights.size(); ++i) {
      const bool counts = of.kind != TargetKind::share || roles[i] != outside_base;
      base += counts ? weights[i] : 0;
      hits += roles[i] == hit ? weights[i] : 0;
    }
    double wanted = static_cast<double>(of.value);
    if (of.kind == TargetKind::share) {
      for (int i = 0; i < of.decimals + 2; ++i)
        wanted /= 10;
    } else {
      wanted /= static_cast<double>(std::max<int64_t>(1, plan_.cases()));
    }
    wanted = std::clamp(wanted, 1e-4, 1 - 1e-4);
    if (hits <= 0 || hits >= base)
      return;
    const double up = wanted * base / hits, down = (1 - wanted) * base / (base - hits);
    for (size_t i = 0; i < weights.size(); ++i) {
      if (roles[i] == hit)
        weights[i] *= up;
      else if (of.kind != TargetKind::share || roles[i] != outside_base)
        weights[i] *= down;
    }
  }

  // Both cliques take the mean of what they say of the facets that they share.
  void agree(size_t child, size_t parent) {
    const Scope& shared = plan_.cliques()[child].clique.overlap;
    const std::map<std::vector<int>, double> mine = margin(child, shared);
    const std::map<std::vector<int>, double> theirs = margin(parent, shared);
    std::map<std::vector<int>, double> mean;
    for (const auto& [values, weight] : mine) {
      const auto other = theirs.find(values);
      mean[values] = other == theirs.end() ? 0 : (weight + other->second) / 2;
    }
    scale(child, shared, mine, mean);
    scale(parent, shared, theirs, mean);
  }

  [[nodiscard]] std::map<std::vector<int>, double> margin(size_t clique,
                                                          const Scope& shared) const {
    std::map<std::vector<int>, double> sums;
    for (size_t i = 0; i < weights_[clique].size(); ++i)
      sums[plan_.cliques()[clique].values(i, shared)] += weights_[clique][i];
    return sums;
  }

  void scale(size_t clique, const Scope& shared, const std::map<std::vector<int>, double>& from,
             const std::map<std::vector<int>, double>& to) {
    for (size_t i = 0; i < weights_[clique].size(); ++i) {
      const std::vector<int> values = plan_.cliques()[clique].values(i, shared);
      const double before = from.at(values);
      const auto after = to.find(values);
      weights_[clique][i] *= after == to.end() ? 0 : before > 0 ? after->second / before : 1;
    }
    normalize(weights_[clique]);
  }

  const CountPlan& plan_;
  const Targets& targets_;
  CellWeights weights_;
};

}  // namespace

CellCounts expected_counts(const CountPlan& plan, const Targets& targets, const FacetSpace& space,
                           Random random) {
  const CellWeights weights = Fitting(plan, targets, space).run();
  CellCounts counts;
  for (const std::vector<double>& of : weights) {
    std::vector<int64_t>& rounded = counts.emplace_back();
    // Systematic rounding: steps of one along the running sum, from a start by chance.
    const double start = static_cast<double>(random.below(1'000'000)) / 1e6;
    double sum = start;
    for (double weight : of) {
      const double next = sum + weight * static_cast<double>(plan.cases());
      rounded.push_back(static_cast<int64_t>(std::floor(next) - std::floor(sum)));
      sum = next;
    }
  }
  return counts;
}

}  // namespace topline
