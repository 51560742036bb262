// The replicate weights of the reference: those that can be made without chance are made again out
// of their designs, and those that are read get their scales and degrees of freedom.
#include <cmath>
#include <gtest/gtest.h>

#include "design/given_replicates.hpp"
#include "design/make_replicates.hpp"
#include "design/weight_rank.hpp"
#include "refs.hpp"

namespace topline::refs {
namespace {

ReplicateRows must(Result<ReplicateRows> rows) {
  if (!rows)
    throw std::runtime_error(rows.fault().message);
  return std::move(*rows);
}

void expect_scales(const ReplicateRows& rows, const ReplicateRows& reference) {
  EXPECT_NEAR(rows.scales.scale / reference.scales.scale, 1, 1e-14);
  ASSERT_EQ(rows.scales.rscales.size(), reference.scales.rscales.size());
  for (size_t i = 0; i < rows.scales.rscales.size(); ++i)
    EXPECT_NEAR(rows.scales.rscales[i] / reference.scales.rscales[i], 1, 1e-14);
  EXPECT_EQ(rows.degrees_of_freedom, reference.degrees_of_freedom);
}

double total(const std::vector<double>& weights, const std::vector<double>& values) {
  double sum = 0;
  for (size_t row = 0; row < weights.size(); ++row)
    sum += weights[row] * values[row];
  return sum;
}

// Of two totals, around the full sample's.
double covariance(const ReplicateRows& rows, const std::vector<double>& weights,
                  const std::vector<double>& x, const std::vector<double>& y) {
  double sum = 0;
  for (size_t r = 0; r < rows.weights.size(); ++r)
    sum += rows.scales.rscales[r] * (total(rows.weights[r], x) - total(weights, x)) *
           (total(rows.weights[r], y) - total(weights, y));
  return rows.scales.scale * sum;
}

ReplicatePlan of_type(ReplicateType type) {
  ReplicatePlan plan;
  plan.type = type;
  return plan;
}

TEST(Refs, JackknifeWeightsMade) {
  if (!present())
    GTEST_SKIP() << "needs shared/refs";
  for (const char* name : {"JK1 syn_clus1_nofpc", "JK1 syn_clus1_fpc", "JK1 api_clus1",
                           "JKn syn_strat_nofpc", "JKn syn_strat_fpc", "JKn syn_stratclus"}) {
    SCOPED_TRACE(name);
    const Sample& reference = sample(name);
    const Sample& of = sample(std::string(name).substr(4));
    const ReplicateRows rows =
        must(make_replicates(of.design, of_type(reference.design.replicates.scales.type)));
    expect_scales(rows, reference.design.replicates);
    EXPECT_EQ(rows.degrees_of_freedom, replicate_degrees_of_freedom(rows.weights));
    // The reference takes units in the order of the file, we in that of their codes.
    const std::vector<double> ones(of.design.rows(), 1.0);
    EXPECT_NEAR(covariance(rows, of.design.weights, ones, ones) /
                    covariance(reference.design.replicates, reference.design.weights, ones, ones),
                1, 1e-12);
    size_t found = 0;
    for (const std::vector<double>& expected : reference.design.replicates.weights) {
      for (const std::vector<double>& made : rows.weights) {
        double apart = 0;
        for (size_t row = 0; row < made.size(); ++row)
          apart = std::max(apart, std::abs(made[row] - expected[row]) / of.design.weights[row]);
        found += apart < 1e-12 ? 1 : 0;
      }
    }
    EXPECT_EQ(found, rows.weights.size());
  }
}

// Hadamard matrices of one order differ, what totals vary by does not.
TEST(Refs, HalfSamplesMade) {
  if (!present())
    GTEST_SKIP() << "needs shared/refs";
  const Sample& of = sample("syn_stratclus");
  for (const char* name : {"BRR syn_stratclus", "Fay0.3 syn_stratclus"}) {
    SCOPED_TRACE(name);
    const Sample& reference = sample(name);
    ReplicatePlan plan = of_type(reference.design.replicates.scales.type);
    plan.rho = 0.3;
    const ReplicateRows rows = must(make_replicates(of.design, plan));
    expect_scales(rows, reference.design.replicates);
    for (const char* x : {"x", "y", "z"}) {
      for (const char* y : {"x", "y", "z"})
        EXPECT_NEAR(covariance(rows, of.design.weights, of.data.numbers(x), of.data.numbers(y)) /
                        covariance(reference.design.replicates, of.design.weights,
                                   of.data.numbers(x), of.data.numbers(y)),
                    1, 1e-12);
    }
  }
}

// Chance differs, constants and degrees of freedom do not.
TEST(Refs, BootstrapsMade) {
  if (!present())
    GTEST_SKIP() << "needs shared/refs";
  for (const char* name :
       {"bootstrap80 syn_stratclus", "subbootstrap80 syn_stratclus", "mrbbootstrap80 syn_stratclus",
        "bootstrap100 syn_weights", "bootstrap api_clus1"}) {
    SCOPED_TRACE(name);
    const Sample& reference = sample(name);
    const std::string of_name(name);
    ReplicatePlan plan = of_type(reference.design.replicates.scales.type);
    plan.replicates = reference.design.replicates.weights.size();
    expect_scales(must(make_replicates(sample(of_name.substr(of_name.find(' ') + 1)).design, plan)),
                  reference.design.replicates);
  }
}

TEST(Refs, ReplicateWeightsRead) {
  if (!present())
    GTEST_SKIP() << "needs shared/refs";
  for (const char* name :
       {"read-as JK1", "read-as BRR", "read-as ACS", "read-as successive-difference",
        "read-as bootstrap", "read-as Fay rho=0.5", "read-as other scale=0.02 rscales=1",
        "read-as JKn"}) {
    SCOPED_TRACE(name);
    const Sample& reference = sample(name);
    GivenReplicates given;
    given.type = reference.design.replicates.scales.type;
    if (given.type == ReplicateType::fay)
      given.rho = 0.5;
    if (given.type == ReplicateType::jkn)
      given.rscales = {0.5};
    if (given.type == ReplicateType::other) {
      given.scale = 0.02;
      given.rscales = {1};
    }
    const ReplicateRows rows = must(
        given_replicates(reference.design.weights, reference.design.replicates.weights, given));
    expect_scales(rows, reference.design.replicates);
    // As factors they come to the same.
    given.factors = true;
    std::vector<std::vector<double>> factors = reference.design.replicates.weights;
    for (std::vector<double>& column : factors) {
      for (size_t row = 0; row < column.size(); ++row)
        column[row] /= reference.design.weights[row];
    }
    EXPECT_NEAR(must(given_replicates(reference.design.weights, factors, given)).weights[3][5],
                rows.weights[3][5], 1e-12);
  }
}

TEST(Refs, DegreesOfFreedomOfAllReplicateWeights) {
  if (!present())
    GTEST_SKIP() << "needs shared/refs";
  const Sheet index = read_sheet(folder() / "data" / "repweights" / "INDEX.csv");
  for (size_t row = 0; row < index.rows(); ++row) {
    const Sample& reference = sample(index.text("name")[row]);
    EXPECT_EQ(replicate_degrees_of_freedom(reference.design.replicates.weights),
              index.numbers("degf")[row])
        << index.text("name")[row];
  }
}

}  // namespace
}  // namespace topline::refs
