#include "design/given_replicates.hpp"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace topline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::vector<double> weights = {10, 10, 20, 20};
const std::vector<std::vector<double>> columns = {
    {20, 0, 20, 20}, {0, 20, 20, 20}, {10, 10, 40, 0}, {10, 10, 0, 40}};

GivenReplicates of_type(ReplicateType type) {
  GivenReplicates given;
  given.type = type;
  return given;
}

double scale(const GivenReplicates& given) {
  const Result<ReplicateRows> rows = given_replicates(weights, columns, given);
  EXPECT_TRUE(rows.ok());
  return rows.ok() ? rows->scales.scale : 0;
}

std::string fault(const GivenReplicates& given,
                  const std::vector<std::vector<double>>& of = columns) {
  const Result<ReplicateRows> rows = given_replicates(weights, of, given);
  return rows.ok() ? "" : rows.fault().message;
}

TEST(GivenReplicates, ScalesByType) {
  EXPECT_DOUBLE_EQ(scale(of_type(ReplicateType::jk1)), 0.75);
  EXPECT_DOUBLE_EQ(scale(of_type(ReplicateType::brr)), 0.25);
  EXPECT_DOUBLE_EQ(scale(of_type(ReplicateType::bootstrap)), 1.0 / 3);
  EXPECT_DOUBLE_EQ(scale(of_type(ReplicateType::subbootstrap)), 1.0 / 3);
  EXPECT_DOUBLE_EQ(scale(of_type(ReplicateType::preston)), 1.0 / 3);
  EXPECT_DOUBLE_EQ(scale(of_type(ReplicateType::acs)), 1);
  EXPECT_DOUBLE_EQ(scale(of_type(ReplicateType::successive_difference)), 1);
  GivenReplicates fay = of_type(ReplicateType::fay);
  fay.rho = 0.3;
  EXPECT_DOUBLE_EQ(scale(fay), 1 / (4 * 0.49));
  GivenReplicates jkn = of_type(ReplicateType::jkn);
  jkn.rscales = {0.5};
  EXPECT_DOUBLE_EQ(scale(jkn), 1);
  EXPECT_THAT(given_replicates(weights, columns, jkn)->scales.rscales,
              ElementsAre(0.5, 0.5, 0.5, 0.5));
  GivenReplicates other = of_type(ReplicateType::other);
  other.rscales = {1, 2, 3, 4};
  other.scale = 0.02;
  EXPECT_DOUBLE_EQ(scale(other), 0.02);
  EXPECT_THAT(given_replicates(weights, columns, other)->scales.rscales, ElementsAre(1, 2, 3, 4));
}

TEST(GivenReplicates, CentreAndDegreesOfFreedom) {
  const ReplicateRows brr = *given_replicates(weights, columns, of_type(ReplicateType::brr));
  EXPECT_FALSE(brr.scales.mse);
  EXPECT_EQ(brr.degrees_of_freedom, 2);
  EXPECT_EQ(brr.weights, columns);
  EXPECT_TRUE(given_replicates(weights, columns, of_type(ReplicateType::acs))->scales.mse);
  GivenReplicates told = of_type(ReplicateType::acs);
  told.mse = false;
  told.degrees_of_freedom = 40;
  EXPECT_FALSE(given_replicates(weights, columns, told)->scales.mse);
  EXPECT_EQ(given_replicates(weights, columns, told)->degrees_of_freedom, 40);
}

TEST(GivenReplicates, Factors) {
  const std::vector<std::vector<double>> factors = {{2, 0, 1, 1}, {0, 2, 1, 1}};
  GivenReplicates given = of_type(ReplicateType::brr);
  given.factors = true;
  const Result<ReplicateRows> rows = given_replicates(weights, factors, given);
  ASSERT_TRUE(rows.ok());
  EXPECT_THAT(rows->weights[0], ElementsAre(20, 0, 20, 20));
  EXPECT_THAT(rows->weights[1], ElementsAre(0, 20, 20, 20));
  EXPECT_THAT(fault(given), HasSubstr("do not look like factors"));
  given.factors = false;
  EXPECT_THAT(fault(given, factors), HasSubstr("do not look like analysis weights"));
}

TEST(GivenReplicates, NamesWhatIsWrongInTheWeights) {
  GivenReplicates given = of_type(ReplicateType::brr);
  given.names = {"rw1", "rw2"};
  EXPECT_THAT(fault(given, {{20, 0, 20, 20}, {0, 20, -1, 20}}),
              testing::StrEq("replicate weight `rw2` is negative in row 3"));
  EXPECT_THAT(fault(given, {{20, 0, 20, 20}, {0, 20, 20, std::nan("")}}),
              testing::StrEq("replicate weight `rw2` is not a number in row 4"));
  EXPECT_THAT(fault(given, {{20, 0, 20, 20}, {0, 20}}), HasSubstr("has 2 rows, the sample 4"));
  EXPECT_THAT(fault(given, {}), HasSubstr("no replicate weights"));
  EXPECT_THAT(fault(given, {{20, 0, 20, 20}}), HasSubstr("one replicate weight"));
  given.names.clear();
  EXPECT_THAT(fault(given, {{20, -3, 20, 20}, {0, 20, 20, 20}}),
              testing::StrEq("replicate weight 1 is negative in row 2"));
  given.negative_allowed = true;
  EXPECT_EQ(fault(given, {{20, -3, 20, 20}, {0, 20, 20, 20}}), "");
  EXPECT_EQ(fault(of_type(ReplicateType::acs), {{20, -3, 20, 20}, {0, 20, 20, 20}}), "");
}

TEST(GivenReplicates, NamesWhatIsMissing) {
  EXPECT_THAT(fault(of_type(ReplicateType::fay)), HasSubstr("need rho"));
  EXPECT_THAT(fault(of_type(ReplicateType::jkn)), HasSubstr("need rscales"));
  EXPECT_THAT(fault(of_type(ReplicateType::other)), HasSubstr("need a scale and rscales"));
  GivenReplicates given = of_type(ReplicateType::brr);
  given.rho = 0.3;
  EXPECT_THAT(fault(given), HasSubstr("rho is for"));
  given = of_type(ReplicateType::fay);
  given.rho = 1;
  EXPECT_THAT(fault(given), HasSubstr("below 1"));
  given = of_type(ReplicateType::jkn);
  given.rscales = {0.5, 0.5, 0.5};
  EXPECT_THAT(fault(given), HasSubstr("3 rscales for 4"));
  given.rscales = {0.5, 0.5, 0.5, -1};
  EXPECT_THAT(fault(given), HasSubstr("must not be negative"));
  given.rscales = {0};
  EXPECT_THAT(fault(given), HasSubstr("nor all 0"));
  given = of_type(ReplicateType::jk1);
  given.scale = 0;
  EXPECT_THAT(fault(given), HasSubstr("above 0"));
}

}  // namespace
}  // namespace topline
