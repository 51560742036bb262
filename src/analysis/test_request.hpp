// A test as it is asked for: `topline test means income --by region`.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "estimation/independence_test.hpp"
#include "estimation/rank_test.hpp"
#include "instrument/expression.hpp"
#include "instrument/variable.hpp"
#include "statistics/agreement.hpp"
#include "statistics/multiple_testing.hpp"

namespace topline {

enum class TestKind {
  independence,  // two questions
  fit,           // one question's shares and given ones
  mean,          // one mean or share and a given value
  means,         // means or shares of groups
  ranks,         // distributions of groups
  paired,        // means or shares of several answers of the same people
  trend,         // a mean or share along ordered groups
  alpha,         // items of a scale
  kappa,         // two coders
};

// "independence, fit …", in the order of the above.
std::vector<std::string> test_kind_names();
std::optional<TestKind> test_kind(const std::string& name);

// As written on the command line.
struct TestWords {
  TestKind kind = TestKind::independence;
  std::vector<std::string> operands;
  std::string by;
  std::string where;
  std::optional<double> against;  // mean: of shares, percent
  std::string shares;             // fit: "weekly 30, monthly 70"
  std::optional<IndependenceStatistic> statistic;
  std::optional<RankScores> scores;
  std::optional<statistics::Adjustment> adjustment;
  std::optional<statistics::AgreementWeights> weights;
};

struct TestRequest {
  TestWords words;
  std::vector<Expression> numbers;           // operands that are numbers or conditions
  std::vector<VariableId> variables;         // operands that make classes, then that of `by`
  std::optional<Expression> where;           // restricts the domain
  std::map<std::string, double> shares;      // fit: by option, in any unit
  [[nodiscard]] bool of_conditions() const;  // shares are compared, not means
};

// Faults go to `faults`, placed in the texts of test_files: operands too few or too many, unknown
// names, numbers and conditions side by side, options that belong to another kind of test.
std::optional<TestRequest> parse_test(const TestWords& words, const Codebook& codebook,
                                      Diagnostics& faults);

// The texts that these faults point into, by name: "word 1" …, "--by", "--where", "--shares".
std::map<std::string, std::string> test_files(const TestWords& words);

}  // namespace topline
