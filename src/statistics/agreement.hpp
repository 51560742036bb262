// How far two coders agree beyond chance.
#pragma once

#include <span>

#include "base/result.hpp"
#include "statistics/bounds.hpp"

namespace topline::statistics {

struct Kappa {
  double value = 0;
  double standard_error = 0;
  Bounds interval;      // value ∓ z·standard error; may exceed 1
  double observed = 0;  // agreement, weighted
  double expected = 0;  // the same by chance, from both coders' shares
};

// What codes i and j of k agree by: 1 where equal, else 0; 1 − |i − j|/(k − 1); 1 − (i − j)²/(k −
// 1)². The latter two suppose that the codes stand in their order, at equal distances.
enum class AgreementWeights { none, linear, quadratic };

// (observed − expected)/(1 − expected) (Cohen 1960, Educ. Psychol. Meas. 20, 37-46; 1968, Psychol.
// Bull. 70, 213-220) with its large-sample standard error (Fleiss, Cohen and Everitt 1969, Psychol.
// Bull. 72, 323-327, equation 8). `counts`: a square table of cases, the first coder's codes down,
// row by row. `level`: 0.95 for 95 %. Refused where both coders give all cases one and the same
// code.
Result<Kappa> kappa(std::span<const double> counts, size_t codes, AgreementWeights weights,
                    double level);

}  // namespace topline::statistics
