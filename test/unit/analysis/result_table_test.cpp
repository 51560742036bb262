#include "analysis/result_table.hpp"

#include <gtest/gtest.h>
#include <limits>

namespace topline {
namespace {

ResultTables results() {
  const double infinite = std::numeric_limits<double>::infinity();
  ResultTable table = {"groups",
                       "Groups",
                       {{"n", "n", Quantity::count},
                        {"mean", "mean"},
                        {"standard_error", "s.e.", Quantity::error},
                        {"degrees_of_freedom", "df", Quantity::freedom},
                        {"p", "p", Quantity::probability}},
                       {}};
  table.lines = {{"a", "Älter, \"alt\"", {1234, 23.456, 0.0123, 8, 0.00004}},
                 {"b", "赤", {7, -1.5, std::nullopt, infinite, 0.05}}};
  return {"means: y", {table}, {{"Test", "t"}}};
}

// Three digits of the smallest standard error, 0.0123, are four decimals; the error has one more.
TEST(ResultTable, TextIsAsPreciseAsItsStandardErrors) {
  EXPECT_EQ(results_text(results(), 80),
            "means: y\n"
            "\n"
            "Groups           n     mean     s.e.  df        p\n"
            "Älter, \"alt\"  1234  23.4560  0.01230   8  <0.0001\n"
            "赤               7  -1.5000        –   ∞   0.0500\n"
            "\n"
            "Test: t\n");
}

TEST(ResultTable, CsvHasOneNumberALineAndNothingForWhatIsNotKnown) {
  EXPECT_EQ(results_csv(results()),
            "table,row,quantity,value\n"
            "groups,a,n,1234\n"
            "groups,a,mean,23.456\n"
            "groups,a,standard_error,0.0123\n"
            "groups,a,degrees_of_freedom,8\n"
            "groups,a,p,4e-05\n"
            "groups,b,n,7\n"
            "groups,b,mean,-1.5\n"
            "groups,b,standard_error,\n"
            "groups,b,degrees_of_freedom,\n"
            "groups,b,p,0.05\n");
}

TEST(ResultTable, JsonHasNullForWhatIsNotKnown) {
  const std::string json = results_json(results());
  EXPECT_NE(json.find("\"n\": 1234,"), std::string::npos);
  EXPECT_NE(json.find("\"standard_error\": null"), std::string::npos);
  EXPECT_NE(json.find("\"label\": \"赤\""), std::string::npos);
}

TEST(ResultTable, WithoutTablesThereIsTheTitle) {
  EXPECT_EQ(results_text({"nothing", {}, {}}, 80), "nothing\n");
  EXPECT_EQ(results_csv({"nothing", {}, {}}), "table,row,quantity,value\n");
}

}  // namespace
}  // namespace topline
