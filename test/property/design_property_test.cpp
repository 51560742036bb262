// What holds of estimates whatever the design and the data: tried on random ones.
#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <optional>

#include "design/make_replicates.hpp"
#include "estimation/means.hpp"
#include "random_sample.hpp"
#include "weighting/steps.hpp"

namespace topline {
namespace {

bool near(double a, double b, double size) {
  return std::abs(a - b) <= 1e-10 * (std::abs(size) + 1e-3);
}

bool same(const Estimates& a, const Estimates& b, double factor = 1) {
  if (a.value.size() != b.value.size())
    return false;
  for (Eigen::Index i = 0; i < a.value.size(); ++i) {
    if (!near(factor * a.value(i), b.value(i), b.value(i)))
      return false;
    for (Eigen::Index j = 0; j < a.value.size(); ++j) {
      const double size = std::sqrt(b.covariance(i, i) * b.covariance(j, j)) +
                          b.value(i) * b.value(i) + b.value(j) * b.value(j);
      if (!near(factor * factor * a.covariance(i, j), b.covariance(i, j), size))
        return false;
    }
  }
  return true;
}

bool same_size(const Estimates& a, const Estimates& b) {
  return a.size.n == b.size.n && a.size.degrees_of_freedom == b.size.degrees_of_freedom;
}

std::unique_ptr<SampleRows> bound(const RandomSample& sample, bool in_domain, size_t threads = 1) {
  return must(column_rows(sample.design, {sample.y.data(), sample.x.data(), sample.group.data()},
                          in_domain ? sample.domain : std::vector<uint8_t>{}, threads));
}

bool has_members(const RandomSample& sample) {
  return std::find(sample.domain.begin(), sample.domain.end(), 1) != sample.domain.end();
}

constexpr std::array<size_t, 2> both = {0, 1};

Estimates totals_of(const RandomSample& sample, bool in_domain = false) {
  return must(totals(*bound(sample, in_domain), both));
}

Estimates means_of(const RandomSample& sample, bool in_domain = false) {
  return must(means(*bound(sample, in_domain), both));
}

RandomSample with_replicates(RandomSample sample, const ReplicatePlan& plan) {
  sample.design.replicates = must(make_replicates(sample.design, plan));
  return sample;
}

ReplicatePlan of_type(ReplicateType type, bool mse = true) {
  ReplicatePlan plan;
  plan.type = type;
  plan.mse = mse;
  return plan;
}

RandomSample reordered(const RandomSample& sample, const std::vector<size_t>& order) {
  RandomSample moved;
  for (size_t row : order)
    moved.add_row(sample, row);
  return moved;
}

bool same_in_another_order(const RandomSample& sample, const std::vector<size_t>& order) {
  const RandomSample moved = reordered(sample, order);
  return same(totals_of(moved), totals_of(sample)) &&
         same_size(totals_of(moved), totals_of(sample)) &&
         (!has_members(sample) || (same(means_of(moved, true), means_of(sample, true)) &&
                                   same_size(means_of(moved, true), means_of(sample, true))));
}

TEST(DesignProperties, OrderOfRowsDoesNotMatter) {
  EXPECT_TRUE(holds_for_tapes("rows in any order", [](Tape tape) {
    const RandomSample sample = random_sample(tape);
    std::vector<size_t> order(sample.rows());
    std::iota(order.begin(), order.end(), size_t{0});
    for (size_t i = order.size(); i > 1; --i)
      std::swap(order[i - 1], order[static_cast<size_t>(tape.choose(static_cast<int>(i)))]);
    return same_in_another_order(sample, order);
  }));
}

TEST(DesignProperties, StrataMayLieInPieces) {
  EXPECT_TRUE(holds_for_tapes("every stratum and unit in two pieces of the file", [](Tape tape) {
    const RandomSample sample = random_sample(tape);
    std::vector<size_t> order;
    for (size_t first : {size_t{0}, size_t{1}}) {
      for (size_t row = first; row < sample.rows(); row += 2)
        order.push_back(row);
    }
    return same_in_another_order(sample, order);
  }));
}

TEST(DesignProperties, ScaledWeights) {
  EXPECT_TRUE(holds_for_tapes("means stay, totals scale", [](Tape tape) {
    const RandomSample sample = random_sample(tape);
    RandomSample scaled = sample;
    for (double& weight : scaled.design.weights)
      weight *= 7;
    return same(means_of(scaled), means_of(sample)) &&
           same(totals_of(sample), totals_of(scaled), 7) &&
           (!has_members(sample) || same(means_of(scaled, true), means_of(sample, true)));
  }));
}

TEST(DesignProperties, RowsTwiceInTheirUnits) {
  EXPECT_TRUE(holds_for_tapes("means of clusters stay, totals double", [](Tape tape) {
    const RandomSample sample = random_clusters(tape);
    RandomSample twice = sample;
    for (size_t row = 0; row < sample.rows(); ++row)
      twice.add_row(sample, row);
    const Estimates once = means_of(sample);
    const Estimates doubled = means_of(twice);
    return same(doubled, once) && same(totals_of(sample), totals_of(twice), 2) &&
           doubled.size.degrees_of_freedom == once.size.degrees_of_freedom &&
           doubled.size.n == 2 * once.size.n;
  }));
}

// Regression of y on a dummy of the domain, evaluated in the domain, out of its five totals.
Estimates fitted_in_domain(const SampleRows& rows) {
  const RowPass pass{5, [](size_t count, const double* const* inputs, double* out) {
                       for (size_t k = 0; k < count; ++k) {
                         const double y = inputs[0][k];
                         const double dummy = inputs[3][k];
                         out[5 * k] = 1;
                         out[5 * k + 1] = dummy;
                         out[5 * k + 2] = y;
                         out[5 * k + 3] = y * dummy;
                         out[5 * k + 4] = dummy * dummy;
                       }
                     }};
  const auto fitted = [](const Eigen::VectorXd& t) {
    const double determinant = t(0) * t(4) - t(1) * t(1);
    const double slope = (t(0) * t(3) - t(1) * t(2)) / determinant;
    const double intercept = (t(2) * t(4) - t(1) * t(3)) / determinant;
    return std::pair(intercept, slope);
  };
  TotalsFunction function;
  function.value = [fitted](const Eigen::VectorXd& t) {
    const auto [intercept, slope] = fitted(t);
    return Eigen::VectorXd::Constant(1, intercept + slope);
  };
  // From the normal equations: A·(da, db)' = dr − dA·(a, b)'.
  function.derivative = [fitted](const Eigen::VectorXd& t) {
    const auto [intercept, slope] = fitted(t);
    const double determinant = t(0) * t(4) - t(1) * t(1);
    const double u = (t(4) - t(1)) / determinant;
    const double v = (t(0) - t(1)) / determinant;
    Eigen::MatrixXd derivative(1, 5);
    derivative << -u * intercept, -u * slope - v * intercept, u, v, -v * slope;
    return derivative;
  };
  return must(estimate(rows.tally(pass), function));
}

TEST(DesignProperties, MeansOfDomainsAreRatiosAndRegressions) {
  EXPECT_TRUE(holds_for_tapes("mean, ratio, regression, class", [](Tape tape) {
    const RandomSample sample = random_sample(tape);
    if (!has_members(sample))
      return true;
    std::vector<double> member(sample.domain.begin(), sample.domain.end());
    std::vector<double> y_of_members = sample.y;
    for (size_t row = 0; row < sample.rows(); ++row)
      y_of_members[row] *= member[row];
    const std::unique_ptr<SampleRows> whole =
        must(column_rows(sample.design, {sample.y.data(), sample.x.data(), sample.group.data(),
                                         member.data(), y_of_members.data()}));
    const std::array<size_t, 1> y = {0};
    const Estimates domain = must(means(*bound(sample, true), y));
    const std::array<std::pair<size_t, size_t>, 1> pair = {{{4, 3}}};
    const bool all =
        std::find(sample.domain.begin(), sample.domain.end(), 0) == sample.domain.end();
    const Estimates ratio = must(ratios(*whole, pair));
    if (!same(ratio, domain))
      return false;
    if (all)
      return true;
    const Estimates classes = must(class_means(*whole, 0, 3, 2));
    return same(fitted_in_domain(*whole), domain) &&
           near(classes.value(1), domain.value(0), domain.value(0)) &&
           near(classes.covariance(1, 1), domain.covariance(0, 0), domain.covariance(0, 0) + 1);
  }));
}

TEST(DesignProperties, RowsOutsideTheDomainAddNothing) {
  EXPECT_TRUE(holds_for_tapes("more rows of the same units", [](Tape tape) {
    const RandomSample sample = random_clusters(tape);
    if (!has_members(sample))
      return true;
    RandomSample more = sample;
    for (size_t row = 0; row < sample.rows(); row += 2) {
      more.add_row(sample, row);
      more.domain.back() = 0;
      more.y.back() = 1000;
    }
    return same(means_of(more, true), means_of(sample, true)) &&
           same(totals_of(more, true), totals_of(sample, true)) &&
           same_size(totals_of(more, true), totals_of(sample, true));
  }));
}

TEST(DesignProperties, ADomainOfAllIsTheSample) {
  EXPECT_TRUE(holds_for_tapes("domain of all rows", [](Tape tape) {
    RandomSample sample = random_sample(tape);
    sample.domain.assign(sample.rows(), 1);
    return same(means_of(sample, true), means_of(sample)) &&
           same_size(means_of(sample, true), means_of(sample));
  }));
}

bool shares_add_up(const RandomSample& sample) {
  std::vector<std::vector<double>> shares(3);
  for (double group : sample.group) {
    for (size_t code = 0; code < 3; ++code)
      shares[code].push_back(group == static_cast<double>(code) ? 1 : 0);
  }
  const auto rows =
      must(column_rows(sample.design, {shares[0].data(), shares[1].data(), shares[2].data()}));
  const std::array<size_t, 3> inputs = {0, 1, 2};
  const Estimates estimates = must(means(*rows, inputs));
  bool holds = std::abs(estimates.value.sum() - 1) < 1e-12;
  for (Eigen::Index i = 0; i < 3; ++i)
    holds = holds && std::abs(estimates.covariance.row(i).sum()) < 1e-13;
  return holds;
}

TEST(DesignProperties, SharesAddUpAndTheirCovarianceIsSingular) {
  EXPECT_TRUE(holds_for_tapes("shares", [](Tape tape) {
    RandomSample sample = random_sample(tape);
    if (!shares_add_up(sample))
      return false;
    // Refused where everybody was asked.
    Result<ReplicateRows> replicates =
        make_replicates(sample.design, of_type(ReplicateType::preston));
    if (!replicates)
      return true;
    sample.design.replicates = std::move(*replicates);
    return shares_add_up(sample);
  }));
}

TEST(ReplicateProperties, JackknifeOfTotalsIsLinearization) {
  EXPECT_TRUE(holds_for_tapes("JKn and JK1", [](Tape tape) {
    const RandomSample sample = random_clusters(tape);
    const std::vector<uint32_t>& strata = sample.design.stages.front().stratum;
    const bool one = strata.front() == strata.back();
    const ReplicatePlan plan = of_type(one ? ReplicateType::jk1 : ReplicateType::jkn);
    const Result<ReplicateRows> replicates = make_replicates(sample.design, plan);
    if (!replicates) {  // everybody was asked
      const Eigen::MatrixXd covariance = totals_of(sample).covariance;
      return covariance.isZero(0);
    }
    return same(totals_of(with_replicates(sample, plan)), totals_of(sample)) &&
           (!has_members(sample) ||
            same(totals_of(with_replicates(sample, plan), true), totals_of(sample, true)));
  }));
}

// Leaving out one of n alike clusters leaves the mean a linear function of what is left.
TEST(ReplicateProperties, JackknifeOfMeansOfAlikeClusters) {
  EXPECT_TRUE(holds_for_tapes("JK1 of means", [](Tape tape) {
    RandomSample sample;
    sample.design.stages.resize(1);
    const int clusters = 2 + tape.choose(12);
    const int size = 1 + tape.choose(4);
    for (int cluster = 0; cluster < clusters; ++cluster) {
      for (int row = 0; row < size; ++row) {
        sample.design.weights.push_back(3.5);
        sample.stage().stratum.push_back(0);
        sample.stage().unit.push_back(static_cast<uint32_t>(cluster));
        sample.y.push_back(tape.choose(40) / 4.0 - 3);
        sample.x.push_back(1 + tape.choose(9));
        sample.group.push_back(0);
      }
    }
    for (bool mse : {false, true}) {
      if (!same(means_of(with_replicates(sample, of_type(ReplicateType::jk1, mse))),
                means_of(sample)))
        return false;
    }
    return true;
  }));
}

TEST(ReplicateProperties, HalfSamplesOfTotalsAreLinearization) {
  EXPECT_TRUE(holds_for_tapes("BRR and Fay", [](Tape tape) {
    RandomSample sample = random_clusters(tape);
    // Pairs of units: what is odd joins the pair before.
    for (uint32_t& unit : sample.stage().unit)
      unit /= 2;
    sample.stage().population.clear();
    const uint32_t pairs = sample.stage().unit.back() / 2;
    for (size_t row = 0; row < sample.rows(); ++row) {
      uint32_t& unit = sample.stage().unit[row];
      unit = std::min(unit, 2 * pairs + 1);
      sample.stage().stratum[row] = unit / 2;
    }
    if (sample.stage().unit.back() % 2 == 0) {
      for (size_t row = 0; row < sample.rows(); ++row) {
        if (sample.stage().unit[row] == 2 * pairs) {
          if (pairs == 0)
            return true;
          sample.stage().unit[row] = 2 * pairs - 1;
          sample.stage().stratum[row] = pairs - 1;
        }
      }
    }
    ReplicatePlan fay = of_type(ReplicateType::fay, false);
    fay.rho = tape.choose(9) / 10.0;
    return same(totals_of(with_replicates(sample, of_type(ReplicateType::brr))),
                totals_of(sample)) &&
           same(totals_of(with_replicates(sample, fay)), totals_of(sample));
  }));
}

TEST(ReplicateProperties, ScalingAndOrder) {
  EXPECT_TRUE(holds_for_tapes("bootstrap of scaled weights in another order", [](Tape tape) {
    const RandomSample sample = random_clusters(tape);
    ReplicatePlan plan = of_type(ReplicateType::subbootstrap, false);
    plan.replicates = 12;
    if (!make_replicates(sample.design, plan))
      return true;  // everybody was asked
    std::vector<size_t> order(sample.rows());
    std::iota(order.rbegin(), order.rend(), size_t{0});
    RandomSample moved = reordered(sample, order);
    for (double& weight : moved.design.weights)
      weight *= 3;
    return same(totals_of(with_replicates(sample, plan)), totals_of(with_replicates(moved, plan)),
                3);
  }));
}

// A margin that can be met: what the weights add up to after some change of them.
Margin met_by(const std::vector<double>& weights, const std::vector<uint32_t>& category,
              const char* name) {
  Margin margin;
  margin.name = name;
  margin.category = category;
  for (size_t row = 0; row < category.size(); ++row) {
    if (category[row] >= margin.population.size())
      margin.population.resize(category[row] + size_t{1});
    std::optional<double>& population = margin.population[category[row]];
    population = population.value_or(0) + weights[row];
  }
  return margin;
}

double worst_misfit(const Margin& margin, const std::vector<double>& weights) {
  const Margin reached = met_by(weights, margin.category, "");
  double worst = 0;
  for (size_t code = 0; code < reached.population.size(); ++code) {
    if (margin.population[code])
      worst = std::max(worst, std::abs(*reached.population[code] / *margin.population[code] - 1));
  }
  return worst;
}

TEST(WeightingProperties, RakedMarginsAreMetAndDoNotVary) {
  EXPECT_TRUE(holds_for_tapes("raking", [](Tape tape) {
    RandomSample sample = random_clusters(tape);
    std::vector<double> changed = sample.design.weights;
    for (double& weight : changed)
      weight *= 0.5 + tape.choose(10) / 5.0;
    const std::vector<Margin> margins = {
        met_by(changed, {sample.group.begin(), sample.group.end()}, "group"),
        met_by(changed, {sample.domain.begin(), sample.domain.end()}, "domain")};
    sample.design = must(reweight(sample.design, {Rake{margins, {}}}));
    for (const Margin& margin : margins) {
      if (worst_misfit(margin, sample.design.weights) > 1e-11)
        return false;
    }
    std::vector<double> red;
    for (double group : sample.group)
      red.push_back(group == 0 ? 1 : 0);
    const auto rows = must(column_rows(sample.design, {red.data()}));
    const std::array<size_t, 1> inputs = {0};
    return std::abs(must(means(*rows, inputs)).covariance(0, 0)) < 1e-20;
  }));
}

// Enough rows for several blocks and ranges.
RandomSample many_rows() {
  std::vector<uint8_t> bytes;
  for (unsigned i = 0; i < 400; ++i)
    bytes.push_back(static_cast<uint8_t>(i * i * 37 + 11 * i + 3));
  Tape tape(bytes);
  const RandomSample some = random_clusters(tape);
  RandomSample many = some;
  while (many.rows() < 30000) {
    for (size_t row = 0; row < some.rows(); ++row) {
      many.add_row(some, row);
      many.y.back() += std::sin(static_cast<double>(many.rows()));
    }
  }
  return many;
}

bool same_bytes(const Estimates& a, const Estimates& b) {
  return a.value == b.value && a.covariance == b.covariance;
}

TEST(EngineProperties, ThreadsDoNotMatter) {
  RandomSample clusters = many_rows();
  RandomSample elements = clusters;
  std::iota(elements.stage().unit.begin(), elements.stage().unit.end(), 0U);
  elements.stage().population.clear();
  RandomSample replicated = clusters;
  replicated.stage().population.clear();
  replicated = with_replicates(replicated, of_type(ReplicateType::jkn));
  for (const RandomSample* sample : {&clusters, &elements, &replicated}) {
    for (bool in_domain : {false, true}) {
      const Estimates one = must(means(*bound(*sample, in_domain, 1), both));
      for (size_t threads : {2U, 3U, 7U})
        EXPECT_TRUE(same_bytes(must(means(*bound(*sample, in_domain, threads), both)), one));
      EXPECT_GT(one.covariance(0, 0), 0);
    }
  }
}

}  // namespace
}  // namespace topline
