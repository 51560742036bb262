// Tails and quantiles of the distributions.
#include <gtest/gtest.h>

#include "call_text.hpp"
#include "refs.hpp"
#include "statistics/distributions.hpp"

namespace topline::refs {
namespace {

double value_of(const std::string& call, double x) {
  const std::string name = call.substr(0, call.find('('));
  const std::vector<double> given = numbers_of(call);
  if (name == "qnorm")
    return statistics::normal_quantile(x);
  if (name == "qt")
    return statistics::student_quantile(x, given.at(0));
  if (name == "pt")
    return statistics::student_lower(x, given.at(0));
  if (name == "qchisq")
    return statistics::chi_squared_quantile(x, given.at(0));
  if (name == "pchisq")
    return statistics::chi_squared_upper(x, given.at(0));
  if (name == "qf")
    return statistics::f_quantile(given.at(0), given.at(1), given.at(2));
  if (name == "pf")
    return statistics::f_upper(x, given.at(0), given.at(1));
  if (name == "qbeta")
    return statistics::beta_quantile(x, given.at(0), given.at(1));
  if (name == "pbeta")
    return statistics::beta_lower(x, given.at(0), given.at(1));
  if (name == "lgamma")
    return statistics::log_gamma(x);
  return name == "digamma" ? statistics::digamma(x) : std::numeric_limits<double>::quiet_NaN();
}

TEST(Refs, Distributions) {
  compare("distributions.csv", [](const Call& call) -> std::optional<Values> {
    Values values;
    for (const auto& wanted : call.wanted) {
      const std::vector<double> x = numbers_of(wanted.first);
      values[wanted] = {value_of(call.call, x.empty() ? 0 : x[0]), Kind::closed};
    }
    return values;
  });
}

}  // namespace
}  // namespace topline::refs
