// How often 95 % intervals of a share hold the truth: 10,000 samples from each of four populations
// whose shares are known. Prints a table; the default method must come within a point of 95 %.
#include <algorithm>
#include <array>
#include <cstdio>
#include <gtest/gtest.h>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "design/counter_random.hpp"
#include "engine/column_rows.hpp"
#include "estimation/design_share_interval.hpp"

namespace topline {
namespace {

constexpr uint32_t draws = 10000;
constexpr uint64_t seed = 1936;  // of all populations and samples
constexpr double level = 0.95;

constexpr std::array<ShareInterval, 6> methods = {ShareInterval::logit,  ShareInterval::likelihood,
                                                  ShareInterval::asin,   ShareInterval::beta,
                                                  ShareInterval::wilson, ShareInterval::mean};

// What one draw gives: a sample with 0 or 1 for each row.
struct Drawn {
  SampleDesign design;
  std::vector<double> holds;
};

struct Population {
  std::string name;
  double share = 0;
  virtual Drawn draw(CounterRandom& random) = 0;

  Population() = default;
  Population(const Population&) = delete;
  Population& operator=(const Population&) = delete;
  virtual ~Population() = default;
};

// The first `count` of `all` become a simple random sample of it, without replacement.
template <typename T>
void sample_first(std::vector<T>& all, size_t count, CounterRandom& random) {
  for (size_t i = 0; i < count; ++i)
    std::swap(all[i], all[i + random.below(all.size() - i)]);
}

// Strata of which some are ones, and a simple random sample of each. One stratum: the simple
// random sample of everybody.
struct Stratified : Population {
  struct Stratum {
    size_t population = 0;
    size_t ones = 0;
    size_t sampled = 0;
  };
  std::vector<std::vector<uint8_t>> people;
  Drawn blank;

  Stratified(std::string what, const std::vector<Stratum>& strata) {
    name = std::move(what);
    double ones = 0;
    double all = 0;
    StageRows stage;
    for (uint32_t number = 0; number < strata.size(); ++number) {
      const Stratum& stratum = strata[number];
      people.emplace_back(stratum.population);
      std::fill_n(people.back().begin(), stratum.ones, uint8_t{1});
      ones += static_cast<double>(stratum.ones);
      all += static_cast<double>(stratum.population);
      for (size_t i = 0; i < stratum.sampled; ++i) {
        stage.stratum.push_back(number);
        stage.unit.push_back(static_cast<uint32_t>(stage.unit.size()));
        stage.population.push_back(static_cast<double>(stratum.population));
        blank.design.weights.push_back(static_cast<double>(stratum.population) /
                                       static_cast<double>(stratum.sampled));
      }
    }
    blank.design.stages = {stage};
    share = ones / all;
  }

  Drawn draw(CounterRandom& random) override {
    Drawn drawn = blank;
    const std::vector<uint32_t>& stratum = drawn.design.stages.front().stratum;
    for (uint32_t number = 0; number < people.size(); ++number) {
      const auto sampled = static_cast<size_t>(std::count(stratum.begin(), stratum.end(), number));
      sample_first(people[number], sampled, random);
      drawn.holds.insert(drawn.holds.end(), people[number].begin(),
                         people[number].begin() + static_cast<std::ptrdiff_t>(sampled));
    }
    return drawn;
  }
};

// 600 clusters of 20 to 80 people, whose shares differ; a simple random sample of 60 clusters and
// of 8 people in each.
struct Clustered : Population {
  static constexpr size_t sampled_clusters = 60;
  static constexpr size_t sampled_people = 8;
  std::vector<std::vector<uint8_t>> clusters;

  Clustered() {
    name = "clusters: 60 of 600, 8 people each";
    CounterRandom random(seed, 0, 0, 0);
    double ones = 0;
    double all = 0;
    for (size_t cluster = 0; cluster < 600; ++cluster) {
      const size_t people = 20 + random.below(61);
      // Shares between 0.1 and 0.7: a correlation of about 0.12 within clusters.
      const uint64_t per_mille = 100 + random.below(601);
      std::vector<uint8_t>& members = clusters.emplace_back(people);
      for (uint8_t& member : members)
        member = random.below(1000) < per_mille ? 1 : 0;
      ones += static_cast<double>(std::accumulate(members.begin(), members.end(), 0));
      all += static_cast<double>(people);
    }
    share = ones / all;
  }

  Drawn draw(CounterRandom& random) override {
    sample_first(clusters, sampled_clusters, random);
    Drawn drawn;
    StageRows first;
    StageRows second;
    for (uint32_t cluster = 0; cluster < sampled_clusters; ++cluster) {
      std::vector<uint8_t>& members = clusters[cluster];
      const auto size = static_cast<double>(members.size());
      sample_first(members, sampled_people, random);
      for (size_t i = 0; i < sampled_people; ++i) {
        first.stratum.push_back(0);
        first.unit.push_back(cluster);
        first.population.push_back(static_cast<double>(clusters.size()));
        second.stratum.push_back(cluster);
        second.unit.push_back(static_cast<uint32_t>(second.unit.size()));
        second.population.push_back(size);
        drawn.design.weights.push_back(size);
        drawn.holds.push_back(members[i]);
      }
    }
    drawn.design.stages = {first, second};
    return drawn;
  }
};

struct Coverage {
  int held = 0;
  int too_low = 0;   // the interval lies below the truth
  int too_high = 0;  // above it
  double width = 0;

  [[nodiscard]] double percent() const { return 100.0 * held / draws; }
};

std::array<Coverage, methods.size()> simulate(Population& population, uint32_t stream) {
  std::array<Coverage, methods.size()> results{};
  CounterRandom random(seed, 1, stream, 0);
  const std::array<size_t, 1> input = {0};
  for (uint32_t number = 0; number < draws; ++number) {
    const Drawn drawn = population.draw(random);
    const Result<std::unique_ptr<SampleRows>> rows =
        column_rows(drawn.design, {drawn.holds.data()});
    if (!rows)
      throw std::runtime_error(rows.fault().message);
    const Result<Estimates> shares = means(**rows, input);
    if (!shares)
      throw std::runtime_error(shares.fault().message);
    for (size_t method = 0; method < methods.size(); ++method) {
      const Result<ShareBounds> bounds =
          design_share_interval(*shares, 0, (*rows)->frame(), methods[method], level);
      if (!bounds)
        throw std::runtime_error(bounds.fault().message);
      Coverage& coverage = results[method];
      coverage.too_low += bounds->high < population.share ? 1 : 0;
      coverage.too_high += bounds->low > population.share ? 1 : 0;
      coverage.held += bounds->low <= population.share && population.share <= bounds->high ? 1 : 0;
      coverage.width += (bounds->high - bounds->low) / draws;
    }
  }
  return results;
}

void print(const Population& population, const std::array<Coverage, methods.size()>& results) {
  std::printf("\n%s: share %.4f\n  %-38s %8s %12s %12s %8s\n", population.name.c_str(),
              population.share, "method", "covers %", "all below %", "all above %", "width");
  for (size_t method = 0; method < methods.size(); ++method) {
    const Coverage& coverage = results[method];
    std::printf("  %-38s %8.2f %12.2f %12.2f %8.4f\n", method_name(methods[method]).c_str(),
                coverage.percent(), 100.0 * coverage.too_low / draws,
                100.0 * coverage.too_high / draws, coverage.width);
  }
}

// The simulation has a standard error of this many points.
constexpr double simulation_error = 0.22;

// The logit interval is the default of shares.
TEST(Coverage, SharesOfFourPopulations) {
  std::vector<std::unique_ptr<Population>> populations;
  populations.push_back(std::make_unique<Stratified>(
      "simple random, 400 of 20,000", std::vector<Stratified::Stratum>{{20000, 10000, 400}}));
  populations.push_back(std::make_unique<Stratified>(
      "simple random, 400 of 20,000, rare", std::vector<Stratified::Stratum>{{20000, 1000, 400}}));
  populations.push_back(std::make_unique<Stratified>(
      "four strata, 100 of each",
      std::vector<Stratified::Stratum>{
          {8000, 800, 100}, {6000, 1800, 100}, {4000, 2000, 100}, {2000, 1600, 100}}));
  populations.push_back(std::make_unique<Clustered>());
  for (uint32_t i = 0; i < populations.size(); ++i) {
    const auto results = simulate(*populations[i], i);
    print(*populations[i], results);
    EXPECT_GE(results[0].percent(), 94) << populations[i]->name;
    EXPECT_LE(results[0].percent(), 96) << populations[i]->name;
    // What the hypergeometric distribution of the sample's ones gives exactly.
    if (i < 2) {
      const bool rare = i == 1;
      EXPECT_NEAR(results[0].percent(), rare ? 95.249 : 95.127, 4 * simulation_error);  // logit
      EXPECT_NEAR(results[3].percent(), rare ? 96.382 : 95.127, 4 * simulation_error);  // beta
      EXPECT_NEAR(results[5].percent(), rare ? 92.977 : 95.127, 4 * simulation_error);  // mean
    }
    for (const Coverage& coverage : results)
      EXPECT_EQ(coverage.held + coverage.too_low + coverage.too_high, static_cast<int>(draws));
  }
}

}  // namespace
}  // namespace topline
