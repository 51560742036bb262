// Whether two simple samples have one distribution, by the largest difference of their empirical
// distribution functions.
#pragma once

#include <span>

#include "base/result.hpp"

namespace topline::statistics {

struct SmirnovTest {
  double statistic = 0;  // D
  double p = 1;          // of both sides
  bool exact = false;
};

// p is exact, given the values and their ties, where the product of both sizes is below 10 000:
// counted over the ways in which the values can be dealt to the samples (Hodges 1958, Ark. Mat. 3,
// 469-486; with ties, Schroeer and Trenkler 1995, Comput. Statist. Data Anal. 20, 185-202). Beyond,
// by Smirnov's limit (1948, Ann. Math. Statist. 19, 279-281). At least one value in each sample.
Result<SmirnovTest> smirnov_test(std::span<const double> x, std::span<const double> y);

}  // namespace topline::statistics
